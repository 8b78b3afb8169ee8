"""A desk that could not reach us gets its time back, within limits, once, and on record."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.credit_contact import Contact, credit_contact
from app.actions.keep_alive import mark_alive, recover
from app.records.tables import help_call, outcome, sitting_move
from app.rules.help import HelpReason
from app.rules.permissions import SYSTEM
from app.rules.policy import MINUTE, POLICY, SECOND
from app.rules.refusals import Refusal
from app.rules.sitting import Move, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.sweeping import sweep

LIMIT = POLICY.connection_ms


def claim(sat: Sat, ms: int, *, name: str = "first0000", device: str | None = None) -> Any:
    """The page of this sitting was covered for so long."""
    held = sat.device if device is None else device
    return sat.candidate(credit_contact, device=held, claim=name, claimed_ms=ms)


def cut_off(sat: Sat, minutes: float, **named: str) -> Any:
    """Something is saved, then nothing reaches us for so long, and the page claims it."""
    sat.save(1, sat.right(1))
    sat.scene.forward(minutes=minutes)
    return claim(sat, int(minutes * MINUTE), **named)


def called(sat: Sat) -> list[str]:
    return [row["reason"] for row in sat.rows(help_call)]


def test_a_covered_page_costs_nobody_time(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=2)
    left = sat.left_ms
    assert cut_off(sat, 3) == Contact(3 * MINUTE, State.IN_PROGRESS, left)
    assert sat.left_ms == left
    assert sat.seat.notice == f"resumed:outage:{3 * MINUTE}"
    assert called(sat) == []
    must_agree(sat)


def test_only_the_covered_part_of_a_silence_is_given_back(scene: Scene) -> None:
    """Somebody who read for two minutes before the connection stopped used those."""
    sat = scene.started()
    sat.save(1, sat.right(1))
    left = sat.left_ms
    scene.forward(minutes=3)
    assert claim(sat, MINUTE).given_ms == MINUTE
    assert sat.left_ms == left - 2 * MINUTE


def test_nobody_is_given_time_in_which_something_was_heard(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=4)
    sat.save(1, sat.right(1))
    scene.forward(seconds=20)
    left = sat.left_ms
    assert claim(sat, 4 * MINUTE).given_ms == 20 * SECOND
    assert sat.left_ms == left + 20 * SECOND
    must_agree(sat)


def test_the_same_claim_twice_gives_once(scene: Scene) -> None:
    sat = scene.started()
    first = cut_off(sat, 2)
    assert claim(sat, 2 * MINUTE) == Contact(0, State.IN_PROGRESS, first.left_ms)
    scene.forward(seconds=30)
    assert claim(sat, 2 * MINUTE).given_ms == 0
    assert claim(sat, 2 * MINUTE + 30 * SECOND).given_ms == 30 * SECOND, "the page was covered on"
    must_agree(sat)


def test_five_minutes_in_all_and_the_rest_is_for_a_person(scene: Scene) -> None:
    sat = scene.started()
    assert cut_off(sat, 2, name="first0000").given_ms == 2 * MINUTE
    assert cut_off(sat, 2, name="second000").given_ms == 2 * MINUTE
    assert called(sat) == []
    assert cut_off(sat, 2, name="third0000").given_ms == MINUTE
    assert cut_off(sat, 2, name="fourth000").given_ms == 0
    assert called(sat) == [HelpReason.CONNECTION], "one call, however often"
    assert sat.seat.state is State.IN_PROGRESS
    must_agree(sat)


def test_no_claims_whatever_gain_more_than_the_limit(scene: Scene) -> None:
    sat = scene.started()
    began = sat.left_ms
    for number in range(12):
        scene.forward(seconds=50)
        claim(sat, 10**9, name=f"number{number:04}")
    assert sat.left_ms <= began - 12 * 50 * SECOND + LIMIT
    must_agree(sat)


def test_a_stopped_clock_cost_nothing_and_gets_nothing(scene: Scene) -> None:
    sat = scene.started()
    sat.pause()
    scene.forward(minutes=3)
    before = sat.left_ms
    assert claim(sat, 3 * MINUTE) == Contact(0, State.PAUSED, before)
    sat.resume()
    assert claim(sat, 3 * MINUTE).given_ms == 0
    assert sat.left_ms == before


def test_an_outage_of_ours_is_not_given_back_twice(scene: Scene) -> None:
    sat = scene.started()
    scene.do(mark_alive, SYSTEM)
    left = sat.left_ms
    scene.forward(seconds=25)
    scene.do(recover, SYSTEM)
    assert claim(sat, 25 * SECOND).given_ms == 0
    assert sat.left_ms == left


def test_a_clock_that_ran_out_meanwhile_runs_on_when_it_is_told_in_time(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms - 30 * SECOND)
    sat.save(1, sat.right(1))
    scene.forward(seconds=38)
    assert claim(sat, 38 * SECOND).left_ms == 30 * SECOND
    assert scene.do(sweep, SYSTEM) == ()
    must_agree(sat)


def test_a_part_that_was_closed_meanwhile_stays_closed_and_a_person_looks(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms - 30 * SECOND)
    sat.save(1, sat.right(1))
    scene.forward(minutes=3)
    scene.do(sweep, SYSTEM)
    before = len(sat.rows(sitting_move))
    assert claim(sat, 3 * MINUTE).given_ms == 0
    assert len(sat.rows(sitting_move)) == before
    assert sat.rows(sitting_move)[-1]["move"] == Move.RUN_OUT
    assert called(sat) == [HelpReason.CONNECTION]
    assert sat.rows(outcome)[-1]["status"] == "in_review"


def test_a_browser_without_the_pen_claims_nothing(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    assert claim(sat, MINUTE, device="another one").code is Refusal.OPEN_ELSEWHERE


@pytest.mark.parametrize("ms", [0, 999])
def test_less_than_a_second_writes_nothing(scene: Scene, ms: int) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    before = sat.rows(sitting_move)
    assert claim(sat, ms).given_ms == 0
    assert sat.rows(sitting_move) == before
