"""Starting the clock: only after release and both confirmations, only once, and only with the pen."""

from __future__ import annotations

from app.actions.confirm_details import confirm_arrangements, confirm_details
from app.actions.start_sitting import Started, start_sitting
from app.records.tables import sitting_move
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.factories import Scene
from tests.support.sat import Sat


def moves(sat: Sat) -> list[str]:
    return [row["move"] for row in sat.rows(sitting_move)]


def test_the_start_opens_the_clock_with_the_loading_time_on_top(scene: Scene) -> None:
    sat = scene.started(extra_minutes=5)
    seat = sat.seat
    assert seat.state is State.IN_PROGRESS
    assert sat.left_ms == 15 * MINUTE + POLICY.loading_ms
    assert seat.clock.running_since == scene.now
    assert moves(sat) == ["check_in", "release", "take_pen", "start", "grant"]


def test_a_start_needs_the_release_by_staff(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.confirm()
    assert sat.start() == Refused(Refusal.NOT_RELEASED)
    assert sat.seat.state is State.CHECKED_IN


def test_a_start_needs_both_confirmations(scene: Scene) -> None:
    for confirmed in ((), (confirm_details,), (confirm_arrangements,)):
        sat = scene.seated()
        for one in confirmed:
            sat.candidate(one)
        assert sat.start() == Refused(Refusal.DETAILS_NOT_CONFIRMED)
        assert sat.seat.clock.running_since is None


def test_a_start_is_refused_by_name_in_every_state_that_is_not_checked_in(scene: Scene) -> None:
    booked = scene.book()
    assert booked.start(epoch=0).code is Refusal.NOT_CHECKED_IN
    stopped = scene.seated()
    stopped.confirm()
    stopped.stop()
    assert stopped.start().code is Refusal.SITTING_OVER


def test_row_29_a_double_press_on_start_is_one_start(scene: Scene) -> None:
    sat = scene.seated()
    sat.confirm()
    assert sat.start("page") == Started(sat.epoch)
    scene.forward(ms=40)
    assert sat.start("page") == Started(sat.epoch)
    assert moves(sat).count("start") == 1
    assert sat.seat.clock.granted_ms == POLICY.loading_ms


def test_row_30_a_start_from_a_second_tab_is_asked_whether_to_carry_on_there(scene: Scene) -> None:
    sat = scene.seated()
    sat.confirm()
    sat.start("one tab")
    assert sat.start("other tab") == Refused(Refusal.OPEN_ELSEWHERE)
    assert moves(sat).count("start") == 1


def test_a_start_without_the_pen_is_refused(scene: Scene) -> None:
    sat = scene.seated()
    sat.confirm()
    for epoch in (sat.epoch - 1, sat.epoch + 1):
        assert sat.start(epoch=epoch) == Refused(Refusal.OPEN_ELSEWHERE)


def test_nobody_starts_somebody_elses_sitting(scene: Scene) -> None:
    sat, other = scene.seated(), scene.seated()
    sat.confirm()
    for actor in (other.seat.actor, scene.desk, scene.administrator):
        refused = scene.do(start_sitting, actor, **sat.keys, epoch=sat.epoch, token="page")
        assert refused == Refused(Refusal.NOT_FOUND)
    assert sat.seat.state is State.CHECKED_IN
