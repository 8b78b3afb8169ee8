"""The outcome of a sitting, whichever way it ended: right answers counted, and nothing in it that names a question."""

from __future__ import annotations

import json

import pytest

from app.actions.mark_absent import AbsentReason, mark_absent
from app.records import outcomes
from app.records.outcomes import OutcomeSeen
from app.records.tables import outcome as outcome_table
from app.rules.outcome import Ended, OutcomeStatus, Score
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import BANDED, QUESTIONS, WITH_CLIPS
from tests.support.sweeping import sweep


def outcome(sat: Sat) -> OutcomeSeen:
    found: OutcomeSeen | None = sat.scene.store.look(outcomes.newest, **sat.keys)
    assert found is not None
    return found


def by_topic(sat: Sat, topic: str) -> list[int]:
    return [n for n in range(1, 7) if sat.asked(n).topic == topic]


@pytest.mark.parametrize(("right", "passed"), [(6, True), (4, True), (3, False), (0, False)])
def test_the_pass_mark_decides(scene: Scene, right: int, passed: bool) -> None:
    sat = scene.started()
    sat.answer(right=right, wrong=6 - right)
    sat.finish()
    result = outcome(sat)
    assert (result.passed, result.status, result.ended) == (passed, OutcomeStatus.PROVISIONAL, Ended.FINISHED)
    assert (result.parts[0].score, result.parts[0].answered) == (Score(right, 6), 6)


def test_a_sitting_without_one_answer_has_a_result_too(scene: Scene) -> None:
    sat = scene.started()
    sat.finish()
    part = outcome(sat).parts[0]
    assert (part.score, part.answered, part.passed) == (Score(0, 6), 0, False)
    assert part.to_study == ("alertness", "attitude")


def test_time_that_ran_out_marks_what_was_saved(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=4)
    scene.forward(minutes=20)
    assert sat.keys["sitting_id"] in scene.do(sweep, SYSTEM)
    result = outcome(sat)
    assert (result.ended, result.passed, result.parts[0].answered) == (Ended.TIME, True, 4)


def test_the_newest_answer_counts_and_a_cleared_one_does_not(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=6)
    sat.save(1, sat.wrong(1))
    sat.save(2, "")
    sat.finish()
    part = outcome(sat).parts[0]
    assert (part.score.right, part.answered) == (4, 5)


def test_one_of_two_right_answers_is_no_mark_and_no_answer(scene: Scene) -> None:
    sat = scene.started()
    two = by_topic(sat, "attitude")
    sat.save(two[0], sat.right(two[0]).split()[0])
    sat.save(two[1], f"{sat.right(two[1]).split()[0]} {sat.wrong(two[1]).split()[0]}")
    sat.save(two[2], sat.right(two[2]))
    sat.finish()
    part = outcome(sat).parts[0]
    assert (part.answered, part.topics["attitude"]) == (2, Score(1, 3))


@pytest.mark.parametrize(
    ("awake", "kind", "missed"),
    [(2, 1, ()), (3, 0, ("kind",)), (1, 3, ("awake",)), (0, 0, ("awake", "kind"))],
)
def test_each_band_has_its_own_minimum(scene: Scene, awake: int, kind: int, missed: tuple[str, ...]) -> None:
    sat = scene.started(BANDED)
    for topic, right in (("alertness", awake), ("attitude", kind)):
        for position in by_topic(sat, topic)[:right]:
            sat.save(position, sat.right(position))
    sat.finish()
    part = outcome(sat).parts[0]
    assert (part.bands_missed, outcome(sat).passed) == (missed, missed == ())
    assert part.bands == {"awake": Score(awake, 3), "kind": Score(kind, 3)}


def test_a_stopped_sitting_is_marked_and_goes_to_a_person(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=6)
    sat.stop()
    result = outcome(sat)
    assert (result.status, result.ended, result.passed) == (OutcomeStatus.IN_REVIEW, Ended.STOPPED, True)


def test_a_sitting_stopped_before_its_start_has_nothing_right(scene: Scene) -> None:
    sat = scene.seated()
    sat.stop()
    result = outcome(sat)
    assert (result.ended, result.parts[0].score, result.passed) == (Ended.STOPPED, Score(0, 6), False)


def test_an_absent_candidate_has_an_outcome_without_a_mark(scene: Scene) -> None:
    sat = scene.book(starts_at=scene.now - HOUR)
    sat.desk(mark_absent, reason=AbsentReason.NOT_THERE)
    result = outcome(sat)
    assert (result.ended, result.passed, result.parts) == (Ended.NOT_ATTENDED, None, ())


def test_a_part_of_clips_is_in_the_model_and_is_not_passed_by_nobody_watching(scene: Scene) -> None:
    sat = scene.started(WITH_CLIPS)
    sat.answer(right=4)
    sat.finish()
    sat.come_back()
    sat.finish()
    result = outcome(sat)
    assert [part.passed for part in result.parts] == [True, False]
    assert result.passed is False


def test_there_is_no_outcome_before_the_end(scene: Scene) -> None:
    for sat in (scene.book(), scene.checked_in(), scene.started()):
        assert scene.store.look(outcomes.newest, **sat.keys) is None


def test_an_outcome_names_no_question_no_option_and_no_key(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=3, wrong=3)
    sat.finish()
    text = json.dumps(sat.rows(outcome_table))
    values = [value for n in range(1, 7) for value, _ in sat.asked(n).options]
    assert not [word for word in (*values, *(one.id for one in QUESTIONS)) if word in text]
