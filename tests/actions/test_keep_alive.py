"""An outage of ours costs nobody time: the gap is given back from the last mark, before anything is judged."""

from __future__ import annotations

import pytest

from app.actions.keep_alive import Credited, credit_outage, mark_alive, recover
from app.records import alive
from app.records.tables import sitting_move
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, MINUTE, POLICY, SECOND
from app.rules.refusals import Refusal
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.sweeping import sweep


def away(scene: Scene, ms: int) -> Credited:
    """The service is gone for so long after a mark, and comes back."""
    scene.do(mark_alive, SYSTEM)
    scene.forward(ms=ms)
    credited: Credited = scene.do(recover, SYSTEM)
    return credited


@pytest.mark.parametrize("gap", [10 * SECOND, 29 * SECOND, 30 * SECOND])
def test_a_short_outage_is_given_back_and_the_sitting_goes_on_by_itself(scene: Scene, gap: int) -> None:
    sat = scene.started()
    scene.forward(minutes=3)
    left = sat.left_ms
    assert away(scene, gap).gap_ms == gap
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left)
    assert sat.seat.notice == f"resumed:outage:{gap}"
    must_agree(sat)


@pytest.mark.parametrize("gap", [30 * SECOND + 1, 31 * SECOND, 3 * HOUR, 3 * 365 * 24 * HOUR])
def test_after_a_longer_outage_the_candidate_presses_continue(scene: Scene, gap: int) -> None:
    sat = scene.started()
    scene.forward(minutes=3)
    left = sat.left_ms
    away(scene, gap)
    assert (sat.seat.state, sat.seat.pause_kind) == (State.PAUSED, PauseKind.OUTAGE)
    scene.forward(ms=POLICY.outage_return_ms)
    assert sat.come_back().left_ms == left
    assert sat.seat.clock.used_ms == 3 * MINUTE
    must_agree(sat)


def test_ten_minutes_after_the_service_is_back_staff_start_the_clock(scene: Scene) -> None:
    sat = scene.started()
    away(scene, HOUR)
    scene.forward(ms=POLICY.outage_return_ms + 1)
    assert sat.come_back().code is Refusal.STAFF_RESUME
    assert sat.resume().state is State.IN_PROGRESS


def test_everything_under_way_is_credited_and_nothing_else_is_touched(scene: Scene) -> None:
    running = [scene.started(), scene.started()]
    paused, seated, booked, over = scene.started(), scene.seated(), scene.book(), scene.started()
    paused.pause()
    over.finish()
    before = [sat.seat for sat in (paused, seated, booked, over)]
    away(scene, 2 * HOUR)
    assert [sat.seat.pause_kind for sat in running] == [PauseKind.OUTAGE] * 2
    assert [sat.seat for sat in (paused, seated, booked, over)] == before


def test_a_recovery_run_twice_gives_back_once(scene: Scene) -> None:
    sat = scene.started()
    away(scene, 20 * SECOND)
    moves = len(sat.rows(sitting_move))
    assert scene.do(recover, SYSTEM) == Credited(0, 0)
    assert len(sat.rows(sitting_move)) == moves


def test_a_save_is_an_alive_mark_too(scene: Scene) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=4)
    sat.save(1, sat.right(1))
    left = sat.left_ms
    scene.forward(seconds=20)
    assert scene.do(recover, SYSTEM).gap_ms == 20 * SECOND
    assert sat.left_ms == left


def test_a_sitting_started_after_the_mark_is_paused_from_its_own_start(scene: Scene) -> None:
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=3)
    sat = scene.started()
    left = sat.left_ms
    scene.forward(minutes=5)
    scene.do(recover, SYSTEM)
    assert (sat.left_ms, sat.seat.clock.used_ms) == (left, 0)
    must_agree(sat)


def test_time_that_was_over_before_the_outage_is_over_after_it(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms)
    away(scene, HOUR)
    assert sat.seat.state is State.IN_PROGRESS
    assert sat.keys["sitting_id"] in scene.do(sweep, SYSTEM)
    assert sat.left_ms == 0


def test_one_millisecond_left_before_the_outage_is_there_after_it(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms - 1)
    away(scene, HOUR)
    assert scene.do(sweep, SYSTEM) == ()
    assert sat.come_back().left_ms == 1


def test_outages_one_after_the_other_are_all_given_back(scene: Scene) -> None:
    sat = scene.started()
    left = sat.left_ms
    for gap in (5 * SECOND, 45 * SECOND, HOUR, 12 * SECOND):
        away(scene, gap)
        if sat.seat.state is State.PAUSED:
            sat.come_back()
    assert sat.left_ms == left
    must_agree(sat)


def test_a_mark_never_goes_back_and_a_clock_set_back_takes_no_time(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=4)
    left = sat.left_ms
    scene.do(mark_alive, SYSTEM)
    marked = scene.now
    scene.now -= 30 * MINUTE
    assert scene.do(recover, SYSTEM) == Credited(0, 0)
    scene.do(mark_alive, SYSTEM)
    assert alive.last_mark(scene.db) == marked
    assert sat.left_ms >= left
    assert scene.do(sweep, SYSTEM) == ()
    saved = sat.save(1, sat.right(1))
    assert saved.left_ms >= left


def test_a_freeze_is_credited_from_the_last_commit(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=2)
    left = sat.left_ms
    frozen = 12 * SECOND
    scene.forward(ms=frozen)
    with scene.db.begin_nested():
        credit_outage(scene.db, since=scene.now - frozen, now=scene.now)
    assert (sat.seat.state, sat.left_ms) == (State.IN_PROGRESS, left)
    must_agree(sat)


def paused_reason(sat: Sat) -> list[tuple[str, int, int]]:
    rows = sat.rows(sitting_move)
    return [(row["reason"], row["at"], row["recorded_at"]) for row in rows if row["kind"] == "outage"]


def test_the_evidence_of_an_outage_says_since_when_and_when_it_was_known(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    since = scene.now
    away(scene, HOUR)
    assert paused_reason(sat) == [("outage", since, since + HOUR)]
