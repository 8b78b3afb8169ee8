"""Releasing to a desk: a new code, the old one dead, every browser before it signed out; moving desks in a pause."""

from __future__ import annotations

import secrets

import pytest

from app.actions.release_sitting import CodeInUse, Released, release
from app.records import seats
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def signed_in(sat: Sat) -> bool:
    return sat.scene.store.look(seats.seat, session=sat.session, now=sat.scene.now) is not None


def test_a_released_code_opens_the_sitting(scene: Scene) -> None:
    sat = scene.checked_in()
    released = sat.release()
    assert isinstance(released, Released)
    assert sat.seat.state is State.CHECKED_IN
    assert sat.take_seat().sitting_id == sat.keys["sitting_id"]
    must_agree(sat)


def test_a_second_code_kills_the_first(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.release()
    first = sat.code
    sat.release()
    sat.code, second = first, sat.code
    assert code_of(sat.take_seat()) is Refusal.NO_SUCH_CODE
    sat.code = second
    assert not isinstance(sat.take_seat(), Refused)


def test_moving_desks_in_a_pause_signs_the_old_desk_out_and_takes_its_pen(scene: Scene) -> None:
    sat = scene.started()
    sat.pause()
    left, old_epoch = sat.left_ms, sat.epoch
    assert signed_in(sat)
    sat.release()
    assert not signed_in(sat)
    assert code_of(sat.come_back()) in (Refusal.OPEN_ELSEWHERE, Refusal.STAFF_RESUME)
    moved = sat.take_seat(device="another desk")
    assert moved.epoch > old_epoch
    assert (sat.seat.state, sat.left_ms) == (State.PAUSED, left)
    must_agree(sat)


def test_a_save_from_the_old_desk_does_not_count_after_the_move(scene: Scene) -> None:
    sat = scene.started()
    old = sat.epoch
    sat.pause()
    sat.release()
    sat.take_seat(device="another desk")
    sat.resume()
    assert code_of(sat.save(1, sat.right(1), epoch=old)) is Refusal.OPEN_ELSEWHERE
    assert not isinstance(sat.save(1, sat.right(1)), Refused)


def test_a_running_sitting_has_to_be_paused_first(scene: Scene) -> None:
    sat = scene.started()
    assert code_of(sat.release()) is Refusal.NOT_PAUSED
    assert signed_in(sat)


def test_a_booked_sitting_and_one_that_is_over_get_no_code(scene: Scene) -> None:
    booked, over = scene.book(), scene.started()
    over.finish()
    assert code_of(booked.release()) is Refusal.NOT_CHECKED_IN
    assert code_of(over.release()) is Refusal.SITTING_OVER


def test_a_code_that_another_sitting_has_is_not_given_twice(scene: Scene) -> None:
    one, other = scene.checked_in(), scene.checked_in()
    one.release()
    assert other.desk(release, code=one.code) == CodeInUse()
    assert other.seat.code is None
    one.take_seat()
    one.confirm()
    one.start()
    one.finish()
    assert isinstance(other.desk(release, code=one.code), Released)


@pytest.mark.parametrize("who", ["officer", "administrator", "elsewhere"])
def test_only_the_desk_of_the_centre_releases(scene: Scene, who: str) -> None:
    sat = scene.checked_in()
    by = getattr(scene, who)
    assert code_of(sat.desk(release, by=by, code=secrets.token_hex(8))) is Refusal.NOT_FOUND
    assert sat.seat.code is None
