"""How a sitting ends: by its candidate, by its time, by staff; each once, marked in the same transaction."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.actions.end_sitting import PartEnded, finish_part, run_out
from app.actions.sign_in import carry_on_here
from app.records import answers, outcomes, papers
from app.records.outcomes import OutcomeSeen
from app.records.tables import answer_revision, sitting_move
from app.records.tables import outcome as outcome_table
from app.rules.outcome import Ended, OutcomeStatus
from app.rules.permissions import SYSTEM
from app.rules.policy import MINUTE, POLICY, SECOND
from app.rules.refusals import Refusal, Refused
from app.rules.saving import Standing
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.links import behind_the_back
from tests.support.sat import Sat
from tests.support.small_edition import TWO_PARTS
from tests.support.sweeping import sweep


def outcome(sat: Sat) -> OutcomeSeen:
    found: OutcomeSeen | None = sat.scene.store.look(outcomes.newest, **sat.keys)
    assert found is not None
    return found


def until_left(sat: Sat, left_ms: int) -> None:
    sat.scene.forward(ms=sat.left_ms - left_ms)


def swept(scene: Scene) -> tuple[str, ...]:
    found: tuple[str, ...] = scene.do(sweep, SYSTEM)
    return found


def ends(sat: Sat) -> list[str]:
    last = ("finish", "run_out", "stop")
    return [row["move"] for row in sat.rows(sitting_move) if row["move"] in last]


def test_row_34_a_finish_with_unanswered_questions_keeps_all_and_the_list_names_them(scene: Scene) -> None:
    sat = scene.started()
    for position in (1, 2, 4):
        sat.save(position, sat.right(position))
    lines = scene.store.look(papers.overview, **sat.keys, part=0)
    assert [line.position for line in lines if not line.answered] == [3, 5, 6]
    assert sat.finish() == PartEnded(State.FINISHED, 0)
    part = outcome(sat).parts[0]
    assert (part.answered, part.score.right, part.score.of) == (3, 3, 6)
    must_agree(sat)


def test_row_35_a_finish_pressed_twice_is_one_finish(scene: Scene) -> None:
    sat = scene.started()
    first = sat.finish()
    scene.forward(seconds=2)
    assert sat.finish() == first
    assert (ends(sat), len(sat.rows(outcome_table))) == (["finish"], 1)


@pytest.mark.parametrize("first", ["finish", "run out"])
def test_row_35_a_finish_and_a_run_out_at_once_are_one_end(scene: Scene, first: str) -> None:
    sat = scene.started()
    until_left(sat, -POLICY.grace_ms - 1)
    if first == "finish":
        assert sat.finish().state is State.FINISHED
        assert sat.keys["sitting_id"] not in swept(scene)
    else:
        assert sat.keys["sitting_id"] in swept(scene)
        assert sat.finish().state is State.FINISHED
    assert ends(sat) == ["run_out"]
    assert len(sat.rows(outcome_table)) == 1


def test_a_finish_needs_the_pen_and_the_candidate(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    assert sat.candidate(finish_part, epoch=sat.epoch - 1, part=0) == Refused(Refusal.OPEN_ELSEWHERE)
    for actor in (other.seat.actor, scene.desk, scene.administrator, SYSTEM):
        assert scene.do(finish_part, actor, **sat.keys, epoch=sat.epoch, part=0) == Refused(Refusal.NOT_FOUND)
    assert sat.seat.state is State.IN_PROGRESS


def test_a_finish_is_refused_by_name_before_the_start_and_in_a_pause(scene: Scene) -> None:
    booked, seated, paused = scene.book(), scene.seated(), scene.started()
    paused.pause()
    assert booked.finish().code is Refusal.NOT_CHECKED_IN
    assert seated.finish().code is Refusal.NOT_STARTED
    assert paused.finish().code is Refusal.PAUSED


def test_a_finish_from_a_break_ends_the_sitting(scene: Scene) -> None:
    sat = scene.started()
    sat.take_break()
    scene.forward(minutes=2)
    assert sat.finish().state is State.FINISHED
    assert sat.seat.break_used_ms == 2 * MINUTE
    must_agree(sat)


def test_a_finish_within_the_grace_uses_no_more_time_than_was_allowed(scene: Scene) -> None:
    sat = scene.started()
    until_left(sat, -POLICY.grace_ms)
    sat.finish()
    clock = sat.seat.clock
    assert clock.used_ms == clock.allowance_ms + clock.granted_ms
    assert outcome(sat).ended is Ended.FINISHED
    must_agree(sat)


def test_a_finish_within_the_grace_uses_no_more_also_when_another_tab_took_the_pen_after_zero(
    scene: Scene,
) -> None:
    sat = scene.started()
    until_left(sat, -2 * SECOND)
    sat.epoch = sat.candidate(carry_on_here).epoch
    scene.forward(seconds=1)
    assert sat.finish().state is State.FINISHED
    assert sat.left_ms == 0
    must_agree(sat)


@pytest.mark.parametrize(
    ("left", "ended"), [(1, False), (0, False), (-POLICY.grace_ms, False), (-POLICY.grace_ms - 1, True)]
)
def test_time_ends_a_part_only_after_the_grace(scene: Scene, left: int, ended: bool) -> None:
    sat = scene.started()
    until_left(sat, left)
    asked = sat.scene.do(run_out, sat.seat.actor, **sat.keys)
    if not ended:
        assert asked == Refused(Refusal.TIME_NOT_ENDED, details={"left_ms": left})
    assert (sat.keys["sitting_id"] in swept(scene)) is False  # either too early, or done by the call before
    assert (sat.seat.state is State.FINISHED) is ended


def test_the_sweep_closes_at_the_deadline_itself_however_late_it_comes(scene: Scene) -> None:
    sat = scene.started()
    deadline = sat.seat.clock.deadline
    sat.answer(right=5)
    until_left(sat, -7 * MINUTE)
    assert sat.keys["sitting_id"] in swept(scene)
    assert sat.keys["sitting_id"] not in swept(scene)
    moved = sat.rows(sitting_move)[-1]
    assert (moved["move"], moved["at"], moved["recorded_at"]) == ("run_out", deadline, scene.now)
    assert (sat.left_ms, outcome(sat).ended, outcome(sat).passed) == (0, Ended.TIME, True)
    must_agree(sat)


def test_the_sweep_leaves_paused_and_granted_sittings(scene: Scene) -> None:
    paused, granted = scene.started(), scene.started()
    for sat in (paused, granted):
        until_left(sat, 30 * SECOND)
        if sat is paused:
            sat.pause()
        else:
            sat.grant(5)
    scene.forward(minutes=3)
    assert not {paused.keys["sitting_id"], granted.keys["sitting_id"]} & set(swept(scene))


def test_the_first_part_runs_out_into_the_next(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.answer(right=4)
    until_left(sat, -POLICY.grace_ms - 1)
    assert sat.keys["sitting_id"] in swept(scene)
    assert (sat.seat.state, sat.seat.part, sat.seat.pause_kind) == (State.PAUSED, 1, PauseKind.SECTION)
    sat.come_back()
    assert sat.left_ms == 5 * MINUTE
    for position in (5, 6, 7):
        sat.save(position, sat.right(position))
    until_left(sat, -POLICY.grace_ms - 1)
    swept(scene)
    assert (sat.seat.state, outcome(sat).passed, len(outcome(sat).parts)) == (State.FINISHED, True, 2)
    must_agree(sat)


def test_both_parts_have_to_be_passed(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.answer(right=4)
    sat.finish()
    sat.come_back()
    sat.save(5, sat.right(5))
    sat.finish()
    result = outcome(sat)
    assert ([part.passed for part in result.parts], result.passed) == ([True, False], False)


def test_a_page_of_the_first_part_does_not_finish_the_second_that_runs(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.finish(part=0)
    sat.come_back()
    assert sat.finish(part=0) == PartEnded(State.IN_PROGRESS, 1)
    assert (sat.seat.state, sat.seat.part) == (State.IN_PROGRESS, 1)
    assert sat.finish(part=1).state is State.FINISHED


def test_finishing_the_first_part_twice_does_not_finish_the_second(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.finish()
    assert sat.finish().code is Refusal.PAUSED
    assert (sat.seat.state, sat.seat.part) == (State.PAUSED, 1)


def test_run_out_is_asked_for_by_the_candidate_alone_and_stands_a_second_run(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    until_left(sat, -11 * SECOND)
    for actor in (other.seat.actor, scene.desk, scene.elsewhere):
        assert scene.do(run_out, actor, **sat.keys) == Refused(Refusal.NOT_FOUND)
    for _ in range(2):
        assert sat.candidate(run_out) == PartEnded(State.FINISHED, 0)
    assert ends(sat) == ["run_out"]


def test_run_out_of_a_paused_sitting_changes_nothing(scene: Scene) -> None:
    sat = scene.started()
    sat.pause()
    scene.forward(minutes=120)
    assert sat.candidate(run_out) == PartEnded(State.PAUSED, 0)
    assert sat.finish().code is Refusal.PAUSED


def late_answers(sat: Sat) -> dict[int, Standing]:
    return dict(sat.scene.store.look(answers.after_time, **sat.keys))


def test_an_answer_in_flight_counts_and_sends_the_outcome_to_a_person(scene: Scene) -> None:
    sat = scene.started()
    until_left(sat, -9 * SECOND)
    sat.save(1, sat.right(1))
    until_left(sat, -11 * SECOND)
    swept(scene)
    result = outcome(sat)
    assert (result.status, result.parts[0].score.right) == (OutcomeStatus.IN_REVIEW, 1)
    assert late_answers(sat) == {1: Standing.IN_FLIGHT}


def test_a_late_answer_before_the_sweep_sends_the_outcome_to_a_person_and_does_not_count(
    scene: Scene,
) -> None:
    sat = scene.started()
    until_left(sat, -11 * SECOND)
    sat.save(1, sat.right(1))
    swept(scene)
    result = outcome(sat)
    assert (result.status, result.revision, result.parts[0].score.right) == (OutcomeStatus.IN_REVIEW, 1, 0)


def test_a_late_answer_after_the_marking_sends_a_provisional_outcome_to_a_person(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=6)
    until_left(sat, -11 * SECOND)
    swept(scene)
    assert outcome(sat).status is OutcomeStatus.PROVISIONAL
    for _ in range(2):
        assert sat.save(1, sat.wrong(1)).code is Refusal.TIME_ENDED
    result = outcome(sat)
    assert (result.status, result.revision, result.parts[0].score.right) == (OutcomeStatus.IN_REVIEW, 2, 6)
    assert late_answers(sat) == {1: Standing.LATE}
    must_agree(sat)


@pytest.mark.parametrize("instead", ["right", "what no question offers"])
def test_an_answer_changed_behind_the_back_is_marked_for_a_person_alone(scene: Scene, instead: str) -> None:
    sat = scene.started()
    sat.answer(right=4, wrong=1)
    value = sat.right(5) if instead == "right" else "nothing"
    with behind_the_back(scene.db):
        scene.db.execute(
            sa.update(answer_revision)
            .where(answer_revision.c.sitting_id == sat.keys["sitting_id"], answer_revision.c.position == 5)
            .values(value=value)
        )
    assert sat.finish() == PartEnded(State.FINISHED, 0)
    assert outcome(sat).status is OutcomeStatus.IN_REVIEW
    assert sat.rows(outcome_table)[0]["reason"] == "chain_broken"


def test_an_answer_after_the_finish_changes_no_outcome(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=6)
    sat.finish()
    sat.save(1, sat.wrong(1))
    assert (outcome(sat).revision, outcome(sat).status) == (1, OutcomeStatus.PROVISIONAL)
