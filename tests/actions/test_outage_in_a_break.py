"""An outage during a rest break eats none of it, and the moves say the same as the sitting's row."""

from __future__ import annotations

import pytest

from app.actions.keep_alive import mark_alive, recover
from app.records.tables import sitting_move
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, MINUTE, SECOND
from app.rules.sitting import Move, PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat


def resting(scene: Scene) -> Sat:
    """A sitting one minute into its break, with a mark at this moment."""
    sat = scene.started()
    scene.forward(minutes=2)
    sat.take_break()
    scene.forward(minutes=1)
    scene.do(mark_alive, SYSTEM)
    return sat


@pytest.mark.parametrize("gap", [1 * SECOND, 30 * SECOND])
def test_after_a_short_outage_the_break_goes_on_with_all_that_was_left_of_it(scene: Scene, gap: int) -> None:
    sat = resting(scene)
    left, of_the_break = sat.left_ms, sat.seat.break_left_ms(scene.now)
    scene.forward(ms=gap)
    scene.do(recover, SYSTEM)
    assert (sat.seat.state, sat.seat.pause_kind) == (State.PAUSED, PauseKind.BREAK)
    assert (sat.left_ms, sat.seat.break_left_ms(scene.now)) == (left, of_the_break)
    must_agree(sat)
    scene.forward(minutes=4)
    must_agree(sat)
    assert sat.come_back().left_ms == left
    assert sat.seat.break_left_ms(scene.now) == of_the_break - 4 * MINUTE
    assert sat.seat.notice == f"resumed:break:{4 * MINUTE}"
    must_agree(sat)


@pytest.mark.parametrize("gap", [30 * SECOND + 1, 20 * MINUTE, 3 * HOUR])
def test_after_a_longer_outage_the_candidate_presses_continue_and_the_break_is_whole(
    scene: Scene, gap: int
) -> None:
    sat = resting(scene)
    left, of_the_break = sat.left_ms, sat.seat.break_left_ms(scene.now)
    scene.forward(ms=gap)
    scene.do(recover, SYSTEM)
    assert (sat.seat.state, sat.seat.pause_kind) == (State.PAUSED, PauseKind.OUTAGE)
    assert sat.seat.notice is None, "nothing has ended yet"
    scene.forward(minutes=3)
    assert sat.seat.break_left_ms(scene.now) == of_the_break
    assert sat.come_back().left_ms == left
    assert sat.seat.notice == f"resumed:outage:{gap + 3 * MINUTE}"
    assert sat.take_break().state is State.PAUSED
    assert sat.seat.break_left_ms(scene.now) == of_the_break
    must_agree(sat)


def test_a_break_that_began_after_the_mark_is_counted_from_its_own_beginning(scene: Scene) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    scene.forward(seconds=4)
    left = sat.left_ms
    sat.take_break()
    scene.forward(minutes=7)
    scene.do(recover, SYSTEM)
    assert (sat.left_ms, sat.seat.break_used_ms) == (left, 0)
    must_agree(sat)


def test_other_pauses_are_left_as_they_are(scene: Scene) -> None:
    sats = [scene.started() for _ in range(2)]
    sats[0].pause()
    sats[1].call()
    scene.do(mark_alive, SYSTEM)
    before = [sat.seat for sat in sats]
    scene.forward(minutes=20)
    scene.do(recover, SYSTEM)
    assert [sat.seat for sat in sats] == before


def test_the_moves_of_an_outage_in_a_break_follow_one_another_without_a_moment_between(scene: Scene) -> None:
    sat = resting(scene)
    since = scene.now
    scene.forward(seconds=20)
    scene.do(recover, SYSTEM)
    moves = [(row["move"], row["kind"], row["at"]) for row in sat.rows(sitting_move)[-4:]]
    assert moves == [
        (Move.RESUME, None, since),
        (Move.PAUSE, PauseKind.OUTAGE, since),
        (Move.RESUME, None, scene.now),
        (Move.PAUSE, PauseKind.BREAK, scene.now),
    ]
