"""Choosing how pages look, by keyboard and without script: from the start page to the middle of a test, and back."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.walks import answer, at_question, heading, notice, pick, sign_in
from tests.support.browser import Tabs
from tests.support.keyboard import activate, focused

GROUND = "getComputedStyle(document.body).backgroundColor"
LETTERS = "parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)"
BLACK, CREAM, WHITE = "rgb(0, 0, 0)", "rgb(255, 248, 225)", "rgb(255, 255, 255)"


def _ground(page: Page) -> str:
    return str(
        page.evaluate(
            f"{GROUND} === 'rgba(0, 0, 0, 0)' ? {GROUND.replace('body', 'documentElement')} : {GROUND}"
        )
    )


def _change(page: Page, name: str, words: str) -> None:
    """From the page of all settings to one of them, and back."""
    activate(page, f"Change – {name}: …")
    pick(page, words)
    activate(page, "Save")


def test_d09_choices_hold_without_script_from_the_start_page_on_change_mid_test_and_reset_in_one_press(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: one.wanted()[0] == 1)
    page = desks.open(centre.url)
    usual = page.evaluate(LETTERS)
    activate(page, "How this page looks")
    _change(page, "Text size", "150%")
    assert notice(page) == "Text size: 150%."
    stop = focused(page)
    assert stop is not None
    assert stop.name == "Change – Text size: 150%", "the keyboard goes on where it was"
    activate(page, "Go to the start page")
    assert page.evaluate(LETTERS) == 1.5 * usual

    sign_in(desks, sitting, page)
    assert page.evaluate(LETTERS) == 1.5 * usual
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    for question, words in (
        ("How would you like to answer?", "Keyboard"),
        ("Do you use a screen reader or magnifier?", "No"),
        ("How large should the text be?", "150%"),
        ("Which colours are easy for you to read?", "White on black"),
        ("How should the time left be shown?", "In minutes"),
        ("Where should each page start?", "At the question"),
    ):
        assert heading(page) == question
        pick(page, words)
        activate(page, "Save and go on")
    activate(page, "Go on to the instructions")
    activate(page, "Start the test…")
    assert "Question 1 of 10" in page.title()
    assert (_ground(page), page.evaluate(LETTERS)) == (BLACK, 1.5 * usual)
    stop = focused(page)
    assert stop is not None
    assert stop.kind == "h1", "the page starts at the question"

    answer(page, "B", then="How this page looks")
    assert sitting.saved() == {1: "B"}
    _change(page, "Colours", "Cream")
    assert _ground(page) == CREAM
    activate(page, "Go back to question 1")
    assert _ground(page) == CREAM
    assert page.locator("#a2").is_checked()
    page.goto(f"{centre.url}/sitting/question/99")
    assert _ground(page) == CREAM, "an error page looks the same"
    page.goto(f"{centre.url}/sitting/question/1")
    activate(page, "How this page looks")
    activate(page, "Reset everything")
    assert notice(page) == "Everything is as it was at first."
    activate(page, "Go back to question 1")
    assert (_ground(page), page.evaluate(LETTERS)) == (WHITE, usual)


def test_r05_d09_with_a_screen_reader_declared_no_page_can_start_at_an_answer(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.released())
    page.goto(f"{centre.url}/sitting/look")
    _change(page, "Where each page starts", "At the first answer")
    _change(page, "Screen reader", "Yes")
    assert "Pages start at the question." in notice(page)
    page.goto(f"{centre.url}/sitting/look/start")
    assert page.get_by_role("radio").count() == 2
    page.goto(f"{centre.url}/sitting/question/1")
    stop = focused(page)
    assert stop is not None
    assert stop.kind == "h1"
