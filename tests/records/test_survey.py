"""Counting answers after tests: every choice, no small group of persons, words by day."""

from __future__ import annotations

import secrets

from app.records import survey
from app.records.survey import Counted
from app.rules.survey import FEWEST, SurveyQuestion
from tests.support.factories import Scene


def put(scene: Scene, question: SurveyQuestion, answer: str, times: int = 1, period: str = "2026-11") -> None:
    for _person in range(times):
        survey.put(
            scene.db,
            set_id=secrets.token_hex(16),
            question=question,
            centre_id=scene.centre_id,
            category=None,
            period=period,
            answer=answer,
        )


def test_choices_are_counted_in_the_order_in_which_they_were_offered(scene: Scene) -> None:
    put(scene, SurveyQuestion.EASE, "very-hard")
    put(scene, SurveyQuestion.EASE, "easy", 2)
    put(scene, SurveyQuestion.SUPPORT, "some")
    assert scene.store.look(survey.counts) == (
        Counted(SurveyQuestion.EASE, "easy", 2),
        Counted(SurveyQuestion.EASE, "very-hard", 1),
        Counted(SurveyQuestion.SUPPORT, "some", 1),
    )


def test_a_small_group_of_persons_is_never_counted_out_loud(scene: Scene) -> None:
    put(scene, SurveyQuestion.HEALTH, "no", FEWEST)
    put(scene, SurveyQuestion.HEALTH, "a-lot", FEWEST - 1)
    assert scene.store.look(survey.counts) == (Counted(SurveyQuestion.HEALTH, "no", FEWEST),)


def test_words_are_told_by_day_and_never_counted(scene: Scene) -> None:
    put(scene, SurveyQuestion.BARRIER, "The chair", period="2026-11-24")
    put(scene, SurveyQuestion.BARRIER, "A drill", period="2026-11-23")
    assert scene.store.look(survey.in_words) == (("2026-11-23", "A drill"), ("2026-11-24", "The chair"))
    assert scene.store.look(survey.counts) == ()
