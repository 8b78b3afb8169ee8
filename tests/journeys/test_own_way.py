"""People who answer in their own way, by keyboard and without script: every choice is made and used on the pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.walks import NEXT, activate, at_question, clock, heading, notice, pick
from tests.support.browser import Kind, Tabs
from tests.support.focus import weak_rings
from tests.support.keyboard import choose, focused, press, press_and_wait, stops, tab_to

BROWSERS: list[Kind] = ["chromium", "firefox"]


def choosing(page: Page, centre: Centre, code: str, words: str, number: int = 1) -> Page:
    """Makes one choice about pages, and goes back to a question."""
    page.goto(f"{centre.url}/sitting/look/{code}")
    pick(page, words)
    activate(page, "Save")
    page.goto(f"{centre.url}/sitting/question/{number}")
    return page


def test_k02_a_question_is_answered_by_tab_and_space_alone_where_each_answer_is_a_stop(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: 1 in one.wanted()[:9])
    number = sitting.wanted()[:9].index(1) + 1
    page = at_question(desks, sitting, number)
    choosing(page, centre, "stops", "Each answer is a stop of its own", number)
    tab_to(page, "B …")
    press_and_wait(page, "Space")
    assert notice(page) == "You chose B. To go on, choose Save and continue."
    here = focused(page)
    assert here is not None
    assert (here.id, here.kind) == ("a2", "button")
    assert page.locator("#a2").get_attribute("aria-pressed") == "true"
    tab_to(page, "D …")
    press_and_wait(page, "Space")
    assert sitting.saved() == {number: "D"}
    activate(page, NEXT, key="Space")
    assert f"/question/{number}" not in page.url
    assert sitting.saved() == {number: "D"}


def test_k10_answers_that_are_stops_come_in_order_and_have_the_ring(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 1 in one.wanted()[:9])
    number = sitting.wanted()[:9].index(1) + 1
    page = at_question(desks, sitting, number)
    choosing(page, centre, "stops", "Each answer is a stop of its own", number)
    names = [stop.name for stop in stops(page)]
    first = next(at for at, name in enumerate(names) if name.startswith("A "))
    assert [name[:2] for name in names[first : first + 4]] == ["A ", "B ", "C ", "D "]
    assert names[first + 4] == NEXT
    assert weak_rings(page) == []


def test_d09_covered_answers_are_opened_and_answered_by_keyboard(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 1 in one.wanted()[:9])
    number = sitting.wanted()[:9].index(1) + 1
    page = at_question(desks, sitting, number)
    choosing(page, centre, "aid", "Cover the answers", number)
    assert page.locator("[name=answer]").count() == 0
    activate(page, "Show answer C")
    here = focused(page)
    assert here is not None
    assert (here.id, here.kind) == ("a3", "radio")
    press(page, "Space")
    activate(page, "Show all answers")
    assert sitting.saved() == {number: "C"}
    assert page.locator("[name=answer]").count() == 4
    choose(page, "D")
    activate(page, NEXT)
    assert sitting.saved() == {number: "D"}
    page.goto(f"{centre.url}/sitting/question/{number}")
    assert page.locator("[name=answer]").count() == 1, "what is chosen is never covered"
    activate(page, "Show everything")
    assert notice(page) == "The reading aid is off. Everything is shown."
    assert page.locator("[name=answer]").count() == 4


def test_s09_with_only_the_question_help_is_one_press_away_and_a_person_two(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 3)
    choosing(page, centre, "show", "Only the question", 3)
    choose(page, "B")
    activate(page, "Tools and help")
    assert sitting.saved() == {3: "B"}
    assert heading(page) == "Tools and help"
    activate(page, "Ask a person for help")
    assert heading(page) == "Ask for help"
    activate(page, "Tools and help")
    activate(page, "Go back to question 3")
    assert page.locator(":checked").get_attribute("id") == "a2"


def test_t03_every_form_of_the_clock_works_with_scripts_off(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    assert clock(page) == "About 12 minutes left"
    choosing(page, centre, "clock", "As a bar with words")
    assert clock(page) == "About 12 minutes left"
    assert page.locator("progress").bounding_box() is not None
    choosing(page, centre, "clock", "Only in the last 10 minutes")
    assert not page.locator(".band__clock").is_visible()
    centre.clock.forward(minutes=2, seconds=10)
    page.reload()
    assert clock(page) == "About 10 minutes left"
    choosing(page, centre, "clock", "Hide it")
    assert "minute" not in page.locator("header").inner_text() + page.title()
    activate(page, "How much time is left?")
    assert heading(page) == "About 10 minutes left"


@pytest.mark.parametrize("browser", BROWSERS)
def test_r05_pages_start_at_the_question_or_at_the_first_answer(
    centre: Centre, desks: Tabs, browser: Kind
) -> None:
    page = at_question(desks, centre.released(), browser=browser)
    choosing(page, centre, "start", "At the question")
    assert page.locator("h1:focus").count() == 1
    stop = press(page, "Tab")
    assert stop is not None
    assert stop.id.startswith("a")
    activate(page, "How much time is left?")
    assert page.locator("h1:focus").count() == 1
    choosing(page, centre, "start", "At the first answer")
    here = focused(page)
    assert here is not None
    assert here.id == "a1"
