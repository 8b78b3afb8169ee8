"""Time added by staff: within the role's limit, once for a button pressed twice, and never after the end."""

from __future__ import annotations

import pytest

from app.actions.grant_time import Granted, grant
from app.records.tables import audit, sitting_move
from app.rules.policy import MINUTE
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat


def grants(sat: Sat) -> list[dict[str, object]]:
    """The grants of staff; the service's own for loading is not among them."""
    return [m for m in sat.rows(sitting_move) if m["move"] == Move.GRANT and m["role"] != "system"]


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def test_staff_add_minutes_to_a_running_sitting_and_the_candidate_is_told(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=3)
    left = sat.left_ms
    assert sat.grant(5) == Granted(5, left + 5 * MINUTE)
    assert sat.seat.clock.running_since is not None
    assert sat.seat.notice == f"granted:{5 * MINUTE}"
    must_agree(sat)


@pytest.mark.parametrize("stage", ["checked_in", "on_break"])
def test_time_can_be_added_while_no_clock_runs(scene: Scene, stage: str) -> None:
    sat = scene.checked_in() if stage == "checked_in" else scene.started()
    if stage == "on_break":
        sat.take_break()
    before, state = sat.left_ms, sat.seat.state
    granted = sat.grant(2)
    assert (granted.left_ms, sat.seat.state) == (before + 2 * MINUTE, state)
    must_agree(sat)


def test_centre_staff_add_five_minutes_in_all_and_the_lead_thirty_more(scene: Scene) -> None:
    sat = scene.started()
    assert sat.grant(3).minutes == 3
    refused = sat.grant(3, by=scene.second)
    assert (refused.code, refused.details) == (Refusal.BEYOND_YOUR_LIMIT, {"most": 5, "added": 3})
    assert sat.grant(2, by=scene.second).minutes == 2
    assert sat.grant(30, by=scene.lead).minutes == 30
    assert code_of(sat.grant(1, by=scene.lead)) is Refusal.BEYOND_YOUR_LIMIT
    assert sat.grant(100, by=scene.administrator).minutes == 100
    assert len(grants(sat)) == 4


@pytest.mark.parametrize("minutes", [0, -5, 10_000])
def test_no_time_is_taken_away_and_no_absurd_time_added(scene: Scene, minutes: int) -> None:
    sat = scene.started()
    left = sat.left_ms
    assert code_of(sat.grant(minutes, by=scene.administrator)) is Refusal.BEYOND_YOUR_LIMIT
    assert sat.left_ms == left


def test_adding_time_needs_a_reason(scene: Scene) -> None:
    sat = scene.started()
    assert code_of(sat.grant(2, reason="  \n ")) is Refusal.REASON_NEEDED
    assert grants(sat) == []


def test_a_button_pressed_twice_adds_once(scene: Scene) -> None:
    sat = scene.started()
    pressed = {"minutes": 2, "reason": "A bell", "keyring": scene.keyring, "seen": 0}
    first = sat.desk(grant, **pressed)
    scene.forward(seconds=1)
    second = sat.desk(grant, **pressed)
    assert (first.repeat, second.repeat) == (False, True)
    assert len(grants(sat)) == 1
    assert sat.desk(grant, **{**pressed, "seen": 1}).repeat is False
    assert len(grants(sat)) == 2


def test_the_same_grant_by_somebody_else_is_another_grant(scene: Scene) -> None:
    sat = scene.started()
    pressed = {"minutes": 2, "reason": "A bell", "keyring": scene.keyring, "seen": 0}
    sat.desk(grant, **pressed)
    assert sat.desk(grant, by=scene.second, **pressed).repeat is False
    assert len(grants(sat)) == 2


def test_nothing_reopens_a_part_whose_time_has_ended(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms)
    assert code_of(sat.grant(5)) is Refusal.TIME_ENDED
    scene.forward(ms=-1)
    assert sat.grant(5).minutes == 5


def test_a_sitting_that_is_over_or_not_checked_in_gets_no_time(scene: Scene) -> None:
    over, booked = scene.started(), scene.book()
    over.finish()
    assert code_of(over.grant(2)) is Refusal.SITTING_OVER
    assert code_of(booked.grant(2)) is Refusal.NOT_CHECKED_IN
    assert over.seat.state is State.FINISHED


def test_only_the_desk_and_administrators_add_time_and_only_at_their_centre(scene: Scene) -> None:
    sat = scene.started()
    assert code_of(sat.grant(2, by=scene.officer)) is Refusal.NOT_FOUND
    assert code_of(sat.grant(2, by=scene.elsewhere)) is Refusal.NOT_FOUND
    assert code_of(sat.candidate(grant, minutes=2, reason="x", keyring=scene.keyring)) is Refusal.NOT_FOUND
    assert grants(sat) == []


def test_the_reason_is_sealed_and_the_audit_row_holds_numbers_only(scene: Scene) -> None:
    sat = scene.started()
    sat.grant(2, reason="Had a seizure")
    (move,) = grants(sat)
    words = move["words"]
    assert isinstance(words, bytes)
    assert b"seizure" not in words
    rows = [tuple(row) for row in scene.db.execute(audit.select().where(audit.c.act == "grant_time"))]
    assert len(rows) == 1
    assert "seizure" not in str(rows)
    assert '"minutes": 2' in str(rows)
