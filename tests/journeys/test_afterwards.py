"""After the test, by keyboard and without script: the result, a few questions if one likes, and out again."""

from __future__ import annotations

import sqlalchemy as sa

from app.records.tables import survey_answer
from tests.journeys.centre import Centre
from tests.journeys.walks import activate, at_question, heading, pick, type_into
from tests.support.browser import Tabs


def test_k02_the_questions_after_a_test_are_answered_skipped_and_left_by_keyboard(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    page.goto(f"{centre.url}/sitting/finish")
    activate(page, "Finish this part")
    assert heading(page) == "You did not pass this time"
    activate(page, "Answer 4 short questions (optional)")
    activate(page, "Start with question 1")
    assert page.title().startswith("Survey question 1 of 4 (optional)")
    pick(page, "Easy")
    activate(page, "Save")
    activate(page, "Skip")
    type_into(page, "Was anything in your way?", "The chair was too low")
    activate(page, "Save")
    pick(page, "Keyboard")
    activate(page, "Save")
    assert heading(page) == "3 questions about you (optional)"
    activate(page, "Go on with question 1 about you")
    pick(page, "Prefer not to say")
    activate(page, "Save")
    activate(page, "Stop here")
    assert heading(page) == "You did not pass this time"
    rows = centre.rows(sa.select(survey_answer))
    assert {(row.question, row.answer, row.category, row.period) for row in rows} == {
        ("ease", "easy", "car-short", "2026-11-23"),
        ("barrier", "The chair was too low", "car-short", "2026-11-23"),
        ("input", "keyboard", "car-short", "2026-11-23"),
        ("age", "unsaid", None, "2026-11"),
    }
    activate(page, "Look at your survey answers")
    activate(page, "Stop here")
    activate(page, "Sign out of this computer")
    assert heading(page) == "Start your test"
