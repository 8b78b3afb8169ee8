"""The pages of keys, for the crawl: what is on, what is off, the fields, a clash, and a question that shows keys."""

from __future__ import annotations

from tests.journeys.candidate_states import go, mark, press, seated
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.support.browser import Tabs

KEYS, CHANGE = "candidate/keys", "candidate/keys_change"


def keys(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """As usual, all on, changed, in a clash, and off because voice was chosen."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    go(page, centre, "/sitting/question/2")
    press(page, "Keys")
    crawl.stop(page, KEYS, "as usual")
    go(page, centre, "/sitting/look/page_keys")
    mark(page, "On")
    press(page, "Save")
    go(page, centre, "/sitting/keys")
    crawl.stop(page, KEYS, "for the whole page too")
    go(page, centre, "/sitting/question/2")
    crawl.stop(page, "candidate/question", "its buttons show their keys")
    go(page, centre, "/sitting/keys/change")
    crawl.stop(page, CHANGE)
    page.get_by_label("Ask a person for help", exact=True).fill("f")
    press(page, "Save these keys")
    crawl.stop(page, CHANGE, "one key for two")
    page.get_by_label("Ask a person for help", exact=True).fill("x")
    press(page, "Save these keys")
    crawl.stop(page, KEYS, "changed")
    go(page, centre, "/sitting/look/answering")
    mark(page, "Voice")
    press(page, "Save")
    go(page, centre, "/sitting/keys")
    crawl.stop(page, KEYS, "off with voice")


CHAPTERS = (keys,)
