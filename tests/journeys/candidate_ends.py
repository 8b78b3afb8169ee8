"""The end of a test at its screen, and a fault of ours, each brought into each of its states for the crawl."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.journeys.candidate_states import MESSAGE, go, press, seated, tick
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.journeys.sitting import Sitting
from tests.support.browser import Tabs


def ends(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The end of the time, and results of each kind."""
    late = centre.released()
    page = seated(desks, late, script=False)
    late.start()
    go(page, centre, "/sitting/question/1")
    tick(page, 1)
    centre.clock.forward(minutes=12, seconds=10)
    go(beside := desks.beside(page), centre, "/sitting")
    crawl.stop(beside, MESSAGE, "time ended, answers may still come")
    centre.clock.forward(seconds=11)
    beside.reload()
    crawl.stop(beside, MESSAGE, "time ended")
    press(page, "Save and continue")
    crawl.stop(page, MESSAGE, "an answer after the time")
    press(beside, "Continue")
    crawl.stop(beside, "candidate/result", "a late answer is looked at")
    for label, right in (("passed", 10), ("not passed", 5)):
        sitting = centre.released()
        page = seated(desks, sitting)
        sitting.start()
        finished(page, sitting, right)
        crawl.stop(page, "candidate/result", label)
    go(page, centre, "/sitting/help")
    crawl.stop(page, "candidate/help", "after the test")
    stopped = centre.released()
    page = seated(desks, stopped)
    stopped.start()
    stopped.stop("candidate")
    go(page, centre, "/sitting")
    crawl.stop(page, "candidate/result", "stopped")


def finished(page: Page, sitting: Sitting, right: int) -> None:
    """So many questions answered right, the others not at all, and the part handed in."""
    for number in range(1, right + 1):
        page.goto(f"{sitting.centre.url}/sitting/question/{number}")
        for letter in sitting.right(number):
            tick(page, "ABCDEFGH".index(letter) + 1)
        press(page, "Save and continue")
    page.goto(f"{sitting.centre.url}/sitting/finish")
    press(page, "Finish this part")


@contextmanager
def broken(centre: Centre) -> Iterator[None]:
    """A service with a fault of ours: the store it should ask is not there."""
    store = centre.app.state.store
    centre.app.state.store = None
    try:
        yield
    finally:
        centre.app.state.store = store


def our_fault(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """What is said when the service itself fails."""
    page = seated(desks, centre.released())
    with broken(centre):
        go(page, centre, "/sitting")
        crawl.stop(page, "errors/error", "our fault")


CHAPTERS = (ends, our_fault)
