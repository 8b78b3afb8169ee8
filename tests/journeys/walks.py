"""What people do in a journey, by keyboard and by the names of things: a candidate's way, and the desk's.

Names are the words on the screen. Where a thing is found and how keys are pressed is in `tests.support.keyboard`.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.centre import PASSWORD, Centre, email
from tests.journeys.sitting import Sitting
from tests.support.browser import Tabs
from tests.support.keyboard import activate, choose, press, tab_to

NEXT = "Save and continue"


def sign_in(tabs: Tabs, sitting: Sitting, page: Page | None = None, **tab: Any) -> Page:
    """A candidate at a desk types the code; the page that comes."""
    page = page or tabs.open(**tab)
    page.goto(sitting.centre.url)
    type_into(page, "Your test code", sitting.code)
    activate(page, "Continue")
    return page


def at_question(tabs: Tabs, sitting: Sitting, number: int = 1, **tab: Any) -> Page:
    """Signed in by code, started, and at a question. The pages between are other tests' business."""
    page = sign_in(tabs, sitting, **tab)
    sitting.start()
    page.goto(f"{sitting.centre.url}/sitting/question/{number}")
    return page


def as_usual(page: Page) -> None:
    """From the first page of the set-up to the instructions: every setting as it is, and no practice."""
    activate(page, "Use these settings")
    activate(page, "Go on to the instructions")


def type_into(page: Page, label: str, words: str) -> None:
    """Goes to a field by Tab and types; what stood in it goes away."""
    tab_to(page, label)
    press(page, "Control+a")
    page.keyboard.type(words)


def pick(page: Page, label: str) -> None:
    """Goes to a radio button by Tab and arrows, and chooses it."""
    stop = press(page, "Tab")
    for _ in range(20):
        if stop is not None and stop.kind == "radio":
            break
        stop = press(page, "Tab")
    for _ in range(12):
        if stop is not None and stop.name.startswith(label):
            break
        stop = press(page, "ArrowDown")
    assert stop is not None, label
    assert stop.name.startswith(label), f"there is no {label!r}, only {stop.name!r}"
    if not stop.checked:
        press(page, "Space")


def answer(page: Page, letters: str, *, then: str = NEXT) -> None:
    """Chooses the answers with these letters and presses a button. What else is ticked stays ticked."""
    for letter in letters:
        choose(page, letter)
    activate(page, then)


def heading(page: Page) -> str:
    """The words of the one main heading."""
    return page.locator("h1").inner_text()


def notice(page: Page) -> str:
    """What is said above the page, empty when nothing is."""
    found = page.locator(".notice")
    return found.inner_text() if found.count() else ""


def clock(page: Page) -> str:
    """What the header says about time."""
    return page.locator(".band__clock").inner_text()


def staff(tabs: Tabs, centre: Centre, who: str = "desk", **tab: Any) -> Page:
    """Somebody of the staff signs in by keyboard; the page of their centres."""
    page = tabs.open(f"{centre.url}/staff/sign-in", **tab)
    staff_again(page, who)
    return page


def staff_again(page: Page, who: str) -> None:
    """Fills the sign-in form that the tab shows."""
    type_into(page, "E-mail address", email(who))
    type_into(page, "Password", PASSWORD)
    activate(page, "Sign in")
