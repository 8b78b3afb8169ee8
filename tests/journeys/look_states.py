"""The pages where people choose how pages look, for the crawl: all choices, one choice, the set-up, before sign-in."""

from __future__ import annotations

from tests.journeys.candidate_states import go, mark, press, seated
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.support.browser import Tabs

ALL, ONE = "candidate/looks", "candidate/look"


def choosing(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Before sign-in, in the set-up and in the middle of a test; refused, ruled out, and reset."""
    sitting = centre.released()
    page = desks.open(f"{centre.url}/look", script=True)
    crawl.stop(page, ALL, "before sign-in")
    page.close()
    page = seated(desks, sitting)
    go(page, centre, "/sitting/look/answering?setup=1")
    crawl.stop(page, ONE, "the first of the set-up")
    sitting.start()
    mark(page, "Voice")
    press(page, "Save and go on")
    crawl.stop(page, ONE, "the set-up goes on, with what was said")
    go(page, centre, "/sitting/question/2")
    press(page, "How this page looks")
    crawl.stop(page, ALL, "in the test")
    go(page, centre, "/sitting/look/colours")
    crawl.stop(page, ONE, "samples of colours")
    go(page, centre, "/sitting/look/page_keys")
    crawl.stop(page, ONE, "ruled out by voice")
    go(page, centre, "/sitting/look/told")
    mark(page, "At minutes of my own")
    press(page, "Save")
    crawl.stop(page, ONE, "no minutes typed")
    go(page, centre, "/sitting/look")
    press(page, "Reset everything")
    crawl.stop(page, ALL, "everything is reset")


CHAPTERS = (choosing,)
