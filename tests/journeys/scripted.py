"""A tab with the script on, overheard: what its live region says and when, what it saves, and the connection cut."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Locator, Page

from app.records.tables import answer_revision
from tests.journeys.centre import Centre
from tests.journeys.sitting import Sitting
from tests.journeys.walks import NEXT
from tests.support.browser import Tabs
from tests.support.serving import MONDAY_AT_NINE

Heard = list[tuple[int, str]]
HEARD = """addEventListener('DOMContentLoaded', () => {
  const region = document.getElementById('say');
  const hear = () => region.textContent && heard(Date.now(), region.textContent);
  hear();
  new MutationObserver(hear).observe(region, {childList: true, characterData: true, subtree: true});
})"""
CUT = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "503")


def listening(desks: Tabs, *, by_hand: bool = False, **tab: Any) -> tuple[Page, Heard]:
    """A tab with script, and what its live region says: at which ms of the browser, and the words.

    `by_hand`: the browser's time stands still until `later` moves it.
    """
    heard: Heard = []
    page = desks.open(script=True, **tab)
    if by_hand:
        page.clock.install(time=MONDAY_AT_NINE / 1000)
        page.clock.pause_at(MONDAY_AT_NINE / 1000 + 1)
    page.expose_function("heard", lambda at, said: heard.append((at, said.strip())))
    page.add_init_script(HEARD)
    return page, heard


def words(heard: Heard) -> list[str]:
    """What was said, without when."""
    return [said for _at, said in heard]


def later(centre: Centre, page: Page, *, seconds: float, quick: bool = False) -> None:
    """The same time goes by at the service and in the browser. `quick`: what repeats there happens once."""
    centre.clock.forward(ms=round(seconds * 1000))
    (page.clock.fast_forward if quick else page.clock.run_for)(round(seconds * 1000))


def saving(page: Page) -> Any:
    """Waits for the reply to a save."""
    return page.expect_response(lambda reply: reply.request.method == "POST")


def until(page: Page, holds: str) -> None:
    """Waits, 10 s at most, until an expression holds. A function that the page itself asks again and again would be
    compiled there, which its policy forbids."""
    end = time.monotonic() + 10
    while not page.evaluate(holds):
        assert time.monotonic() < end, f"never came true: {holds}"
        page.wait_for_timeout(20)


def next_button(page: Page) -> Locator:
    """The button that leads on."""
    return page.get_by_role("button", name=NEXT)


def revisions(sitting: Sitting) -> list[str]:
    """What was stored for a sitting, in order: the number of the question and the letters, as in 2B."""
    where = answer_revision.c.sitting_id == sitting.sitting_id
    order = (answer_revision.c.position, answer_revision.c.revision)
    rows = sitting.centre.rows(sa.select(*order, answer_revision.c.value).where(where).order_by(*order))
    return [f"{position}{sitting.letters(position, value.split())}" for position, _n, value in rows]


def kept(page: Page) -> str:
    """All that the tab's own storage holds."""
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def forgive(desks: Tabs, page: Page, *more: str) -> None:
    """Passes over what the browser tells of a connection that the test cut; anything else is still a fault."""
    watch = desks.watch(page)
    watch.problems[:] = [one for one in watch.problems if not any(part in one for part in (*CUT, *more))]


def choose_look(page: Page, sitting: Sitting, **chosen: str) -> None:
    """Make choices about pages by their forms, and come back to question 2."""
    for code, value in chosen.items():
        page.goto(f"{sitting.centre.url}/sitting/look/{code}")
        page.locator(f"input[name={code}][value='{value}']").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
    page.goto(f"{sitting.centre.url}/sitting/question/2")
