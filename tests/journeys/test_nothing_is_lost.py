"""Unanswered questions, review and finish, and the accidents of a browser: Back, reload, two presses, two tabs."""

from __future__ import annotations

from playwright.sync_api import Page

from app.rules.sitting import State
from tests.journeys.centre import Centre
from tests.journeys.walks import (
    NEXT,
    activate,
    answer,
    as_usual,
    at_question,
    heading,
    pick,
    sign_in,
    type_into,
)
from tests.support.browser import Tabs
from tests.support.keyboard import choose, focused, press, press_and_wait, tab_to


def test_f01_what_is_wrong_takes_the_focus_and_leads_to_the_field(centre: Centre, desks: Tabs) -> None:
    page = desks.open(centre.url)
    type_into(page, "Your test code", "ABC 234")
    activate(page, "Continue")
    _wrong(page, "code", "That code does not match a test that is ready.")
    assert page.locator("#code").input_value() == "ABC 234"
    sitting = centre.showing(lambda one: 2 in one.wanted())
    page = at_question(desks, sitting, sitting.wanted().index(2) + 1)
    answer(page, "ABC")
    _wrong(page, "a1", "Choose 2 answers. You have chosen 3.")
    assert page.locator(":checked").count() == 3
    assert sitting.saved() == {}


def test_f03_back_from_the_page_after_a_wrong_count_shows_that_page_again(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    number = sitting.wanted().index(2) + 1
    page = at_question(desks, sitting, number)
    answer(page, "ABC")
    page.locator("input[type=checkbox]").nth(2).press("Space")
    activate(page, NEXT)
    assert f"Question {number} of" not in page.title()
    page.go_back()
    assert f"Question {number} of 10" in page.title()
    page.reload()
    assert f"Question {number} of 10" in page.title()


def _wrong(page: Page, field: str, words: str) -> None:
    """One error: the summary has the focus, its link leads to the field, and the same words stand beside it."""
    assert page.title().startswith("Error: ")
    stop = focused(page)
    assert stop is not None
    assert words in stop.name
    assert words in page.locator(f"#{field}-error").inner_text()
    link = page.get_by_role("link", name=words)
    assert link.inner_text() in page.locator(f"#{field}-error").inner_text()
    tab_to(page, link.inner_text())
    press(page, "Enter")
    at = focused(page)
    assert (at.id if at else None) == field or page.url.endswith(f"#{field}")


def test_f02_going_on_unanswered_is_allowed_and_told_once(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: one.wanted().index(2) > 2 if 2 in one.wanted() else False)
    page = at_question(desks, sitting)
    activate(page, NEXT)
    assert heading(page) == "You have not answered this question"
    activate(page, "Go back to question 1")
    activate(page, NEXT)
    activate(page, "Continue without an answer")
    activate(page, NEXT)
    assert "Question 3 of 10" in page.title()
    two = sitting.wanted().index(2) + 1
    page.goto(f"{centre.url}/sitting/question/{two}")
    answer(page, "A")
    assert heading(page) == "You have chosen 1 of 2 answers"
    activate(page, "Continue without an answer")
    page.goto(f"{centre.url}/sitting/questions")
    assert page.locator("h2").first.inner_text() == "Not answered (10)"


def test_f03_finishing_takes_a_look_and_a_confirmation_and_can_be_left(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 10)
    answer(page, "B")
    assert heading(page) == "Check your answers before you finish"
    activate(page, "Finish this part")
    assert sitting.seat.state is State.IN_PROGRESS
    assert heading(page) == "Do you want to finish the multiple choice part?"
    assert (
        "You have answered 1 question. 9 are not answered. None is flagged."
        in page.locator("main").inner_text()
    )
    activate(page, "Go back and check")
    activate(page, "Question 10. Answered…")
    assert page.locator(":checked").get_attribute("id") == "a2"
    activate(page, "See all questions")
    activate(page, "Finish this part")
    activate(page, "Finish this part")
    assert sitting.seat.state is State.FINISHED
    page.go_back()
    page.reload()
    assert sitting.saved() == {10: "B"}
    assert heading(page) == "You did not pass this time"


def test_f03_back_and_reload_show_what_is_saved_and_send_nothing_again(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    answer(page, "A")
    answer(page, "B")
    page.go_back()
    page.go_back()
    assert "Question 1 of 10" in page.title()
    page.reload()
    assert page.locator(":checked").get_attribute("id") == "a1"
    choose(page, "C")
    page.go_forward()
    assert sitting.saved() == {1: "A", 2: "B"}, "an answer that was not sent is not saved"
    page.go_back()
    assert page.locator(":checked").count() == 0 or page.locator(":checked").get_attribute("id") == "a1"


def test_f03_a_double_press_saves_once_and_moves_on_once(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    choose(page, "C")
    page.get_by_role("button", name=NEXT).dblclick()
    page.wait_for_url(lambda url: not url.endswith("/question/1"))
    assert sitting.saved() == {1: "C"}
    beside = desks.beside(page, f"{centre.url}/sitting/question/1")
    assert beside.locator(":checked").get_attribute("id") == "a3"


def test_f03_a_form_sent_again_by_back_counts_as_the_newest_intention(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    answer(page, "A")
    page.go_back()
    answer(page, "D")
    assert sitting.saved() == {1: "D"}
    assert "Question 2 of 10" in page.title()


def test_two_tabs_press_start_and_one_clock_starts(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = sign_in(desks, sitting)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    beside = desks.beside(page, page.url)
    activate(page, "Start the test…")
    centre.clock.forward(minutes=1)
    left = sitting.left_ms
    activate(beside, "Start the test…")
    assert heading(beside) == "You have this test open somewhere else"
    assert sitting.left_ms == left
    activate(beside, "Carry on here")
    assert "Question 1 of 10" in beside.title()
    answer(page, "B")
    assert heading(page) == "You have this test open somewhere else"
    assert "You chose B:" in page.locator("main").inner_text()
    answer(beside, "A")
    assert sitting.saved() == {1: "A"}


def test_a_double_press_of_start_is_one_start(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = sign_in(desks, sitting)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    page.get_by_role("button", name="Start the test").dblclick()
    page.wait_for_url("**/sitting/question/1")
    assert sitting.seat.state is State.IN_PROGRESS
    moves = [seen.move.value for seen in centre.seen(sitting).moves]
    assert moves.count("start") == 1


def test_a_browser_without_cookies_is_told_so(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = desks.open(centre.url)
    page.context.clear_cookies()  # as a browser has it that keeps none
    type_into(page, "Your test code", sitting.code)
    press_and_wait(page, "Enter")
    assert heading(page) == "This browser blocks cookies"
    assert "Nothing has started, so nothing is lost." in page.locator("main").inner_text()
    assert sitting.seat.device is None
