"""The question page in the manners that people may choose, for the crawl: stops of their own, covers, clock, start.

What only a press leads to without script is reached by its address: a script answers such a press on the page.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.candidate_states import QUESTION, go, mark, press, seated, tick
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.support.browser import Tabs

ONLY_THE_QUESTION, STARTING = "only the question", "starting at"


def choosing(page: Page, centre: Centre, code: str, words: str) -> None:
    """Makes one choice about pages on its own page."""
    go(page, centre, f"/sitting/look/{code}")
    mark(page, words)
    press(page, "Save")


def answering(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Answers as stops of their own and covered, and the rest covered.

    The line band has tests of its own: what lies under it is there, and no place on the page is its buttons' own.
    """
    sitting = centre.showing(lambda one: 1 in one.wanted()[1:9])
    number = sitting.wanted()[1:9].index(1) + 2
    page = seated(desks, sitting)
    sitting.start()
    go(page, centre, f"/sitting/question/{number}")
    tick(page, 2)
    press(page, "Flag to check later")
    choosing(page, centre, "stops", "Each answer is a stop of its own")
    go(page, centre, f"/sitting/question/{number}?said=stay")
    crawl.stop(page, QUESTION, "each answer a stop, one chosen")
    for words in ("Cover the answers", "Cover the rest"):
        choosing(page, centre, "aid", words)
        go(page, centre, f"/sitting/question/{number}?open=a")
        crawl.stop(page, QUESTION, words.lower())


def time_and_tools(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The forms of the clock, and the tools behind one link."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    choosing(page, centre, "clock", "As a bar with words")
    go(page, centre, "/sitting/question/2")
    crawl.stop(page, QUESTION, "time as a bar")
    choosing(page, centre, "clock", "Hide it")
    choosing(page, centre, "show", "Only the question")
    go(page, centre, "/sitting/question/2")
    crawl.stop(page, QUESTION, f"{ONLY_THE_QUESTION}, no clock")
    press(page, "Tools and help")
    crawl.stop(page, "candidate/tools", ONLY_THE_QUESTION)


def starting(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Pages that start at the question, at what has just happened, or at the first answer."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    choosing(page, centre, "start", "At the question")
    go(page, centre, "/sitting/question/2")
    crawl.stop(page, QUESTION, f"{STARTING} the question")
    go(page, centre, "/sitting/question/2?said=stay")
    crawl.stop(page, QUESTION, f"{STARTING} a notice")
    choosing(page, centre, "start", "At the first answer")
    go(page, centre, "/sitting/question/3")
    crawl.stop(page, QUESTION, f"{STARTING} the first answer")


CHAPTERS = (answering, time_and_tools, starting)
