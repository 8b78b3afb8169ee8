"""Screens beside the test itself, each brought into each of its states for the crawl: help before and after, an outage
of ours, a store that cannot save or read, and the questions after a test."""

from __future__ import annotations

from app.actions.keep_alive import recover
from app.rules.permissions import SYSTEM
from tests.journeys.candidate_ends import finished
from tests.journeys.candidate_states import MESSAGE, go, mark, press, seated
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.support.browser import Tabs

HELP, SURVEY, INTRO = "candidate/help", "candidate/survey", "candidate/survey_intro"


def calls(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """A call before the start, taken back, and one after the end."""
    sitting = centre.released()
    page = seated(desks, sitting)
    go(page, centre, "/sitting/help")
    press(page, "Come to me")
    crawl.stop(page, HELP, "called before the start")
    press(page, "I am all right now. Nobody has to come.")
    crawl.stop(page, HELP, "taken back")
    sitting.start()
    finished(page, sitting, 0)
    go(page, centre, "/sitting/help")
    press(page, "Come to me")
    crawl.stop(page, HELP, "called after the test")


def outages(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The service was away; then it can read but not save; then not even read."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    go(page, centre, "/sitting/question/2")
    centre.clock.forward(minutes=5)
    centre.do(recover, SYSTEM)
    go(page, centre, "/sitting")
    crawl.stop(page, MESSAGE, "after an outage")
    centre.clock.forward(minutes=11)
    page.reload()
    crawl.stop(page, MESSAGE, "long after an outage")
    sitting.resume()
    go(page, centre, "/sitting/break")
    centre.site.run(_stop_accepting(centre))
    press(page, "Start my break")
    crawl.stop(page, "errors/error", "not saved yet")
    centre.site.run(centre.store.close())
    go(page, centre, "/sitting")
    crawl.stop(page, "errors/error", "not read")


async def _stop_accepting(centre: Centre) -> None:
    centre.store.stop_accepting()


def afterwards(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The questions after a test, in choices and in words, before and after an answer."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    finished(page, sitting, 0)
    go(page, centre, "/sitting/survey")
    crawl.stop(page, INTRO)
    go(page, centre, "/sitting/survey/1")
    crawl.stop(page, SURVEY, "faces")
    go(page, centre, "/sitting/survey/3")
    page.get_by_label("Was anything in your way?").fill("x" * 501)
    press(page, "Save")
    crawl.stop(page, SURVEY, "too many words")
    go(page, centre, "/sitting/survey/about-you/2")
    mark(page, "Prefer not to say")
    press(page, "Save")
    go(page, centre, "/sitting/survey/about-you/2")
    crawl.stop(page, SURVEY, "about you, saved before")


CHAPTERS = (calls, outages, afterwards)
