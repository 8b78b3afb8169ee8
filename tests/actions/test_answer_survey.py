"""Answers after a test: only then, only what can be answered, and never a way back to the person."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.answer_survey import Answered, answer_survey
from app.records import survey
from app.records.tables import survey_answer
from app.rules.refusals import Refusal, Refused
from app.rules.survey import ABOUT_YOU, SurveyQuestion
from tests.support.factories import Scene
from tests.support.sat import Sat

SET = "5e7" * 10


def answered(sat: Sat, question: SurveyQuestion, answer: str | None, set_id: str = SET) -> Any:
    return sat.candidate(answer_survey, set_id=set_id, question=question, answer=answer)


def stored(scene: Scene) -> list[dict[str, Any]]:
    return [dict(row) for row in scene.db.execute(sa.select(survey_answer)).mappings()]


def over(scene: Scene) -> Sat:
    sat = scene.started()
    sat.finish()
    return sat


def test_an_answer_about_the_test_keeps_centre_kind_and_day_and_nobody(scene: Scene) -> None:
    sat = over(scene)
    assert answered(sat, SurveyQuestion.EASE, "hard") == Answered(kept=True)
    assert stored(scene) == [
        {
            "set_id": SET,
            "question": "ease",
            "centre_id": scene.centre_id,
            "category": sat.seat.category,
            "period": "2026-11-23",
            "answer": "hard",
        }
    ]


@pytest.mark.parametrize(
    ("question", "answer"), [("age", "35-44"), ("health", "a-little"), ("language", "no")]
)
def test_an_answer_about_the_person_keeps_centre_and_month_alone(
    scene: Scene, question: str, answer: str
) -> None:
    answered(over(scene), SurveyQuestion(question), answer)
    assert [(row["category"], row["period"], row["answer"]) for row in stored(scene)] == [
        (None, "2026-11", answer)
    ]


def test_no_row_holds_the_sitting_or_its_candidate(scene: Scene) -> None:
    sat = over(scene)
    for question in ABOUT_YOU:
        answered(sat, question, "unsaid", "abc" * 10)
    answered(sat, SurveyQuestion.BARRIER, "The chair")
    written = str(stored(scene))
    assert sat.keys["sitting_id"] not in written
    assert sat.seat.candidate_id not in written
    assert len({row["set_id"] for row in stored(scene)}) == 2


def test_the_newest_answer_of_a_set_stands_and_can_be_taken_away(scene: Scene) -> None:
    sat = over(scene)
    for answer in ("easy", "hard"):
        answered(sat, SurveyQuestion.EASE, answer)
    told = scene.store.look(survey.answer_of, set_id=SET, question=SurveyQuestion.EASE)
    assert (told, len(stored(scene))) == ("hard", 1)
    assert answered(sat, SurveyQuestion.EASE, None) == Answered(kept=False)
    assert stored(scene) == []


@pytest.mark.parametrize("stage", ["checked_in", "seated", "started"])
def test_before_the_result_is_safe_nothing_is_asked(scene: Scene, stage: str) -> None:
    sat = getattr(scene, stage)()
    assert answered(sat, SurveyQuestion.EASE, "easy") == Refused(Refusal.NOT_OVER)
    assert stored(scene) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [("ease", "splendid"), ("ease", ""), ("age", "very-easy"), ("barrier", "  "), ("barrier", "x" * 501)],
)
def test_what_is_no_answer_is_not_stored(scene: Scene, question: str, answer: str) -> None:
    refused = answered(over(scene), SurveyQuestion(question), answer)
    assert refused == Refused(Refusal.NO_SUCH_OPTION)
    assert stored(scene) == []


def test_nobody_answers_after_the_test_of_somebody_else(scene: Scene) -> None:
    sat, other = over(scene), over(scene)
    for actor in (other.seat.actor, scene.desk, scene.administrator):
        told = scene.do(
            answer_survey, actor, **sat.keys, set_id=SET, question=SurveyQuestion.EASE, answer="easy"
        )
        assert told == Refused(Refusal.NOT_FOUND)
