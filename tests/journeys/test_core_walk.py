"""The core of a test on a narrow screen in doubled text, and in forced colours: by keyboard, each page looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.sitting import Sitting
from tests.journeys.walks import activate, as_usual, heading, pick, sign_in
from tests.support.browser import Tabs
from tests.support.keyboard import choose

AtEach = Callable[[Page], None]
WIDE = "() => document.scrollingElement.scrollWidth - innerWidth"


def fits(page: Page) -> None:
    """Nothing reaches beyond the right edge, and text is twice as large as usual."""
    assert page.evaluate(WIDE) <= 0, page.url
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32, page.url


def keeps_edges(page: Page) -> None:
    """With the system's colours every button has an edge, and a chosen answer a thicker one than the others."""
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    edges = "all => all.map(one => parseFloat(getComputedStyle(one).borderTopWidth))"
    assert all(edge >= 1 for edge in page.locator("main .govuk-button").evaluate_all(edges)), page.url
    chosen = page.locator("input[name=answer]:checked + label").evaluate_all(edges)
    others = page.locator("input[name=answer]:not(:checked) + label").evaluate_all(edges)
    assert not chosen or min(chosen) > max(others), page.url


def _sit(page: Page, desks: Tabs, sitting: Sitting, at_each: AtEach) -> None:
    """From the code to the result, with a break and a flag on the way."""

    def go_on(name: str) -> None:
        activate(page, name)
        at_each(page)

    sign_in(desks, sitting, page=page)
    at_each(page)
    pick(page, "Yes, this is me")
    go_on("Continue")
    pick(page, "No, this is right")
    go_on("Continue")
    as_usual(page)
    at_each(page)
    go_on("Start the test…")
    for name in ("Flag to check later", "Take a break", "Start my break", "Come back when you are ready"):
        go_on(name)
    for number in range(1, 11):
        for letter in sitting.right(number):
            choose(page, letter)
        at_each(page)
        go_on("Save and continue")
    go_on("Finish this part")
    go_on("Finish this part")
    assert heading(page) == "You passed the multiple choice part"


@pytest.mark.timeout(150)
def test_a_test_at_320_px_in_text_of_200_percent_never_scrolls_sideways(centre: Centre, desks: Tabs) -> None:
    page = desks.open(f"{centre.url}/look/size", script=True)
    page.set_viewport_size({"width": 320, "height": 640})
    pick(page, "200%")
    activate(page, "Save")
    sitting = centre.released()
    _sit(page, desks, sitting, fits)
    assert sitting.flagged() == [1]


@pytest.mark.timeout(150)
def test_d04_a_test_in_forced_colours_keeps_its_edges_to_the_end(centre: Centre, desks: Tabs) -> None:
    page = desks.open(script=True, forced_colors="active")
    _sit(page, desks, centre.released(), keeps_edges)
