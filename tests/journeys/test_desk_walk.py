"""The desk and the candidate beside each other, by keyboard and without script: from check-in to the end."""

from __future__ import annotations

from playwright.sync_api import Page

from app.rules.policy import MINUTE
from app.rules.sitting import State
from tests.journeys.centre import WHOLE, Centre
from tests.journeys.sitting import Sitting
from tests.journeys.walks import (
    activate,
    answer,
    as_usual,
    at_question,
    clock,
    heading,
    notice,
    pick,
    sign_in,
    staff,
    type_into,
)
from tests.support.browser import Tabs


def _check_in(page: Page, sitting: Sitting, extra: str) -> None:
    activate(page, "Today at Example Test Centre")
    activate(page, "Ada Example…")
    activate(page, "Check in")
    pick(page, "Photocard driving licence of Great Britain")
    pick(page, "Yes, both match")
    type_into(page, "Extra minutes", extra)
    pick(page, "We have seen proof for it")
    activate(page, "Check in")
    assert "The candidate is checked in." in page.locator("main").inner_text()
    activate(page, "Release to a desk")
    sitting.code = page.locator(".card__code").inner_text().replace(" ", "")
    activate(page, "Go to the sitting")


def _see(page: Page) -> str:
    """The desk looks again; what the page says."""
    activate(page, "Refresh this sitting")
    return page.locator("main").inner_text()


def test_t04_t05_the_desk_checks_in_releases_pauses_adds_time_answers_and_stops(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.book(WHOLE)
    desk = staff(desks, centre, "lead")
    _check_in(desk, sitting, "15")
    page = sign_in(desks, sitting)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    assert "72 minutes for 50 questions" in page.locator("main").inner_text()
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    activate(page, "Start the test…")
    assert sitting.left_ms == 72 * MINUTE + 10_000
    assert "In progress" in _see(desk)

    # The desk stops the clock; the time is the same after as before.
    centre.clock.forward(minutes=5)
    before = sitting.left_ms
    activate(desk, "Stop the clock for a while")
    pick(desk, "Noise, or something else disturbs the test")
    type_into(desk, "What happened?", "A drill next door")
    activate(desk, "Stop the clock now")
    centre.clock.forward(seconds=6)  # an answer that was on its way when the clock stopped would count
    answer(page, "A")
    assert heading(page) == "Your test is paused"
    centre.clock.forward(minutes=7)
    assert sitting.left_ms == before
    activate(page, "Go back to your test")
    assert heading(page) == "Your test is paused. The clock is stopped."
    assert clock(page) == "The clock is stopped. About 68 minutes left"
    activate(desk, "Start the clock again")
    assert sitting.left_ms == before
    page.goto(f"{centre.url}/sitting")
    assert "Your clock was stopped for 7 minutes 6 seconds. That time is not lost." in notice(page)
    assert clock(page) == "About 68 minutes left"

    # Ten minutes more, mid-question: the notice stays until the candidate's next press, and the end is later.
    activate(desk, "Add time")
    type_into(desk, "Extra minutes", "10")
    type_into(desk, "Why?", "The drill")
    activate(desk, "Add the time")
    assert sitting.left_ms == before + 10 * MINUTE
    answer(page, "B", then="Flag to check later")
    page.goto(f"{centre.url}/sitting/question/1")
    assert clock(page) == "About 78 minutes left"

    # A call for help is seen and answered by a person who sees it.
    activate(page, "Ask a person for help")
    activate(page, "Come to me")
    assert heading(page) == "Your test is paused. The clock is stopped."
    assert "Nobody has seen it yet" in page.locator("main").inner_text()
    at_call = sitting.left_ms
    activate(desk, "Today’s list")
    assert "1 call for help" in desk.locator("main").inner_text()
    activate(desk, "I am coming to Ada Example")
    centre.clock.forward(minutes=1)
    activate(page, "Ask a person for help")
    assert "Morgan Example has seen your call." in page.locator("main").inner_text()
    activate(desk, "The call is answered…")
    page.goto(f"{centre.url}/sitting")
    activate(page, "Continue the test")
    assert sitting.left_ms == at_call

    # A break: no question on the page, the time as before.
    activate(page, "Take a break")
    activate(page, "Start my break")
    assert heading(page) == "You are on a break. The clock is stopped."
    assert page.locator("fieldset").count() == 0
    centre.clock.forward(minutes=4)
    assert "On a break" in _see(desk)
    activate(page, "Come back when you are ready")
    assert sitting.left_ms == at_call
    assert "Your break has ended." in notice(page)

    # The candidate wishes to stop.
    activate(desk, "Refresh this sitting")
    activate(desk, "Stop the test for good")
    pick(desk, "The candidate asked to stop")
    type_into(desk, "What happened?", "They want to go home")
    activate(desk, "Stop the test for good")
    assert sitting.seat.state is State.STOPPED
    page.goto(f"{centre.url}/sitting")
    assert heading(page) == "Your result is not ready"


def test_t05_time_that_staff_add_is_told_and_moves_the_end(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    desk = staff(desks, centre)
    desk.goto(f"{sitting.address}/grant")
    type_into(desk, "Extra minutes", "5")
    type_into(desk, "Why?", "A bell")
    activate(desk, "Add the time")
    desk.reload()
    page.goto(f"{centre.url}/sitting/question/2")
    assert notice(page) == "5 minutes have been added. You have about 17 minutes left."
    page.reload()
    assert notice(page) == "5 minutes have been added. You have about 17 minutes left.", (
        "it waits for the next press"
    )
    answer(page, "A")
    assert notice(page) == ""
    centre.clock.forward(minutes=17, seconds=9)
    page.goto(f"{centre.url}/sitting/question/3")
    assert clock(page) == "Less than 2 minutes left"
    answer(page, "A")
    assert sitting.saved() == {2: "A", 3: "A"}
    centre.clock.forward(seconds=1)
    page.goto(f"{centre.url}/sitting")
    assert heading(page) == "Your time for this part has ended"
    assert centre.sweep() == ()
    centre.clock.forward(seconds=11)
    assert centre.sweep() == (sitting.sitting_id,)


def test_a_candidate_who_did_not_come_is_marked_absent(centre: Centre, desks: Tabs) -> None:
    sitting = centre.book()
    centre.clock.forward(minutes=31)
    desk = staff(desks, centre)
    desk.goto(sitting.address)
    activate(desk, "Mark as not there")
    pick(desk, "They did not come")
    activate(desk, "Mark as not there for good")
    assert "The candidate is marked as not there." in desk.locator("main").inner_text()
    assert sitting.seat.state is State.NOT_ATTENDED


def test_a_test_moves_to_another_desk_with_its_time_and_answers(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    answer(page, "C")
    centre.clock.forward(minutes=3)
    desk = staff(desks, centre)
    desk.goto(sitting.address)
    activate(desk, "Stop the clock for a while")
    pick(desk, "The candidate moves to another desk")
    type_into(desk, "What happened?", "The mouse is broken")
    activate(desk, "Stop the clock now")
    before = sitting.left_ms
    activate(desk, "Move to another desk")
    sitting.code = desk.locator(".card__code").inner_text().replace(" ", "")
    centre.clock.forward(minutes=6)
    answer(page, "B")
    assert heading(page) == "Your test has moved to another computer"
    assert "What you sent just now was not saved. Do it again there." in page.locator("main").inner_text()
    other = sign_in(desks, sitting, browser="firefox")
    assert heading(other) == "Your test is paused. The clock is stopped."
    assert "Your test has moved to this computer." in other.locator("main").inner_text()
    activate(other, "Continue the test")
    assert sitting.left_ms == before
    assert sitting.saved() == {1: "C"}
    assert "Question 2 of 10" in other.title(), (
        "the first question without an answer, as this browser knows no place"
    )
    answer(other, "D")
    assert sitting.saved() == {1: "C", 2: "D"}
    page.go_back()
    page.reload()
    assert "Nothing is lost. Everything you saved is there." in page.locator("main").inner_text()
    activate(page, "Go to the start page")
    assert heading(page) == "Start your test"
