"""A freeze is an outage only when nobody marked meanwhile, and it is recorded once (settled design, point 5)."""

from __future__ import annotations

import pytest

from app.actions.keep_alive import Credited, after_a_freeze, credit_step, mark_alive, recover
from app.records import alive
from app.records.store.performing import FREEZE_MS
from app.records.tables import sitting_move
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, MINUTE, SECOND
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene


def woken(scene: Scene, gap: int) -> Credited:
    """What a process does that finds nothing of its own committed for so long."""
    with scene.db.begin_nested():
        return after_a_freeze(scene.db, gap_ms=gap, now=scene.now)


def test_the_hang_of_one_process_among_several_pauses_nobody(scene: Scene) -> None:
    sat = scene.started()
    for _ in range(12):
        scene.forward(seconds=5)
        scene.do(mark_alive, SYSTEM)  # by another process, which serves everybody
    scene.forward(seconds=5)
    left, moves = sat.left_ms, len(sat.rows(sitting_move))
    assert woken(scene, 65 * SECOND) == Credited(0, 0)
    assert (sat.left_ms, len(sat.rows(sitting_move))) == (left, moves)


def test_a_second_process_does_not_repeat_an_outage_that_the_first_recorded(scene: Scene) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    left = sat.left_ms
    scene.forward(minutes=1)
    assert woken(scene, MINUTE).gap_ms == MINUTE
    scene.forward(seconds=2)
    sat.come_back()
    scene.forward(seconds=1)
    assert woken(scene, MINUTE + 3 * SECOND) == Credited(0, 0)
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left - SECOND)
    must_agree(sat)


def found_away(scene: Scene, gap: int, silent: int) -> Credited:
    """What a process does that committed nothing for so long, and found the database away `silent` ms ago."""
    with scene.db.begin_nested():
        return after_a_freeze(scene.db, gap_ms=gap, now=scene.now, silent_ms=silent)


def test_a_short_absence_of_the_database_is_given_back_once_by_whoever_comes_first(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(seconds=1)
    scene.do(mark_alive, SYSTEM)
    left = sat.left_ms
    scene.forward(seconds=2)
    assert found_away(scene, 2 * SECOND, 2 * SECOND - 10).gap_ms == 2 * SECOND
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left)
    moves = len(sat.rows(sitting_move))
    scene.forward(ms=300)
    assert found_away(scene, 2 * SECOND + 300, 2 * SECOND + 290) == Credited(0, 0), "the other process"
    assert len(sat.rows(sitting_move)) == moves
    must_agree(sat)


def test_a_freeze_of_everybody_is_given_back_from_the_last_commit(scene: Scene) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=3)  # something else was committed three seconds after the mark
    left = sat.left_ms
    scene.forward(ms=FREEZE_MS)
    assert woken(scene, FREEZE_MS).gap_ms == FREEZE_MS
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left)
    assert alive.last_mark(scene.db) == scene.now


@pytest.mark.parametrize(("gap", "told"), [(1, False), (10 * SECOND - 1, False), (10 * SECOND, True)])
def test_a_candidate_is_told_of_an_outage_only_when_it_could_be_noticed(
    scene: Scene, gap: int, told: bool
) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    left = sat.left_ms
    scene.forward(ms=gap)
    scene.do(recover, SYSTEM)
    assert sat.left_ms == left, "given back either way"
    assert sat.seat.notice == (f"resumed:outage:{gap}" if told else None)
    must_agree(sat)


def test_a_notice_that_was_not_read_yet_outlives_a_short_outage(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(seconds=1)
    sat.grant(3)
    said = sat.seat.notice
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=4)
    scene.do(recover, SYSTEM)
    assert said == sat.seat.notice == f"granted:{3 * MINUTE}"


@pytest.mark.parametrize("step", [3 * SECOND, HOUR, 30 * 24 * HOUR])
def test_a_step_of_the_shared_clock_takes_nobody_s_time_and_stops_nobody(scene: Scene, step: int) -> None:
    sat, resting = scene.started(), scene.started()
    scene.forward(minutes=1)
    resting.take_break()
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=2)
    left, of_the_break = sat.left_ms, resting.seat.break_left_ms(scene.now)
    old = scene.now
    scene.forward(ms=step)
    assert scene.do(credit_step, SYSTEM, since=old).gap_ms == step
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left)
    assert resting.seat.pause_kind is PauseKind.BREAK
    assert resting.seat.break_left_ms(scene.now) == of_the_break
    assert (sat.seat.notice, resting.seat.notice) == (None, None), "nothing happened to the candidate"
    must_agree(sat)
    must_agree(resting)
    scene.forward(seconds=1)
    moves = len(sat.rows(sitting_move))
    assert scene.do(credit_step, SYSTEM, since=old + SECOND) == Credited(0, 0), "another process sees it too"
    assert len(sat.rows(sitting_move)) == moves
