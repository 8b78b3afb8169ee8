"""Time: what the clock says, what stops it, what comes in at its very end, and a day of idleness."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from tests.journeys.centre import Centre, free_port, opened
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
)
from tests.support.browser import Browsers, Tabs
from tests.support.keyboard import choose, tab_to
from tests.support.serving import HandClock


def test_t01_the_clock_changes_once_a_minute_at_most(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    said = []
    for _ in range(20):
        said.append(clock(page))
        centre.clock.forward(seconds=15)
        page.reload()
    assert all(re.fullmatch(r"About \d+ minutes left", words) for words in said)
    changes = sum(before != after for before, after in itertools.pairwise(said))
    assert changes == 4, said  # 4 minutes and 45 seconds, from 12 on: 12, 11, 10, 9, 8
    assert page.locator("[aria-live] .band__clock, .band__clock[aria-live]").count() == 0


def test_t04_a_break_and_a_call_leave_the_time_as_it_was(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    answer(page, "B")
    centre.clock.forward(minutes=2, seconds=7)
    for tool, button, come_back in (
        ("Take a break", "Start my break", "Come back when you are ready"),
        ("Ask a person for help", "Come to me", "Continue the test"),
    ):
        before = sitting.left_ms
        activate(page, tool)
        activate(page, button)
        centre.clock.forward(minutes=1, seconds=50)
        assert sitting.left_ms == before
        page.reload()
        assert clock(page) == "The clock is stopped. About 11 minutes left"
        activate(page, come_back)
        assert sitting.left_ms == before
        assert "Question 2 of 10" in page.title()
    assert sitting.saved() == {1: "B"}


def test_t04_an_outage_of_ours_takes_no_time(folder: Path, browsers: Browsers) -> None:
    """The service is gone for eight minutes, and comes back at the same address with the same data."""
    hand, port, tabs = HandClock(), free_port(), Tabs(browsers)
    try:
        with opened(folder, hand, port=port) as centre:
            sitting = centre.released()
            page = at_question(tabs, sitting)
            hand.forward(minutes=1)
            answer(page, "C")
            before = sitting.left_ms
        hand.forward(minutes=8)
        with opened(folder, hand, port=port) as centre:
            again = Sitting(centre, sitting.centre_id, sitting.sitting_id)
            page.reload()
            assert heading(page) == "Your test is paused. The clock is stopped."
            assert "Our service stopped for a while. It works again now." in page.locator("main").inner_text()
            assert again.left_ms == before
            activate(page, "Continue the test")
            assert "Question 2 of 10" in page.title()
            assert "That time is not lost." in notice(page)
            assert again.left_ms == before
            assert again.saved() == {1: "C"}
            page.close()
    finally:
        tabs.close()


def test_t06_an_answer_in_flight_when_the_time_ends_is_kept_and_named(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 4)
    choose(page, "B")
    centre.clock.forward(minutes=12, seconds=19)  # nine seconds after the end
    assert sitting.left_ms == -9_000
    activate(page, "Save and continue")
    assert heading(page) == "Your time for this part has ended"
    assert "All the answers you chose are saved, including question 4." in page.locator("main").inner_text()
    assert sitting.saved() == {4: "B"}
    activate(page, "Continue")
    assert heading(page) == "Your time for this part has ended", "the grace is still on, and the page says so"
    centre.clock.forward(seconds=2)
    activate(page, "Continue")
    # It counts; because it was in flight, a person looks before the result is told (settled design, point 7).
    assert heading(page) == "Your result is not ready"
    assert sitting.saved() == {4: "B"}


def test_an_answer_after_the_grace_is_kept_for_a_person(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    choose(page, "B")
    centre.clock.forward(minutes=12, seconds=25)
    activate(page, "Save and continue")
    assert heading(page) == "Your time has ended"
    words = page.locator("main").inner_text()
    assert "You chose B:" in words
    assert "a person will look at it" in words
    centre.sweep()
    activate(page, "Go back to your test")
    assert heading(page) == "Your result is not ready"


def test_t07_twenty_idle_hours_later_the_same_question_has_the_same_answers(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page = sign_in(desks, sitting)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    assert "You can stop and come back. You will not be signed out." in page.locator("main").inner_text()
    activate(page, "Start the test…")
    answer(page, "A")
    answer(page, "D", then="Take a break")
    activate(page, "Start my break")
    before = sitting.left_ms
    centre.clock.forward(hours=20)
    activate(page, "Come back when you are ready")
    assert "Question 2 of 10" in page.title()
    assert page.locator(":checked").get_attribute("id") == "a4"
    assert sitting.saved() == {1: "A", 2: "D"}
    assert sitting.left_ms == before


def test_t09_nothing_on_a_page_changes_while_it_is_looked_at_but_the_minutes(
    centre: Centre, desks: Tabs
) -> None:
    """The words of the clock change by the minute, and at ten minutes those are said; nothing is asked for."""
    page = at_question(desks, centre.released(), script=True)
    page.clock.install()
    page.reload()
    before, asked = page.content(), []
    page.on("request", lambda request: asked.append(request.url))
    centre.clock.forward(minutes=3)
    page.clock.run_for(180_000)
    assert clock(page) == "About 10 minutes left"
    page.clock.run_for(20_000)
    assert page.content().replace("About 9 minutes left", "About 12 minutes left") == before
    assert [url for url in asked if "/static/" not in url] == []
    assert tab_to(page, "Skip to the question") == 1
