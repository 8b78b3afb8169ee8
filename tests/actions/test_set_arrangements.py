"""Extra time and breaks on a booking: within the policy, with a reason, and frozen from check-in on."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.set_arrangements import ArrangementsSet, set_arrangements
from app.records.tables import audit
from app.rules.help import ArrangementsReason
from app.rules.permissions import Actor
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene
from tests.support.sat import Sat

WHY = ArrangementsReason.PROOF_SEEN


def arranged(sat: Sat, extra: int, breaks: int, why: Any = WHY, by: Actor | None = None) -> Any:
    return sat.desk(set_arrangements, by=by, extra_minutes=extra, break_minutes=breaks, reason=why)


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


@pytest.mark.parametrize("who", ["desk", "lead", "officer"])
def test_minutes_set_before_check_in_are_what_the_clock_gets(scene: Scene, who: str) -> None:
    sat = scene.book()
    assert arranged(sat, 15, 30, by=getattr(scene, who)) == ArrangementsSet(15, 30)
    sat.check_in()
    assert sat.seat.clock.allowance_ms == (10 + 15) * MINUTE
    assert sat.seat.break_left_ms(scene.now) == 30 * MINUTE


def test_a_change_needs_a_reason_and_the_same_numbers_need_none(scene: Scene) -> None:
    sat = scene.book(extra_minutes=5)
    assert code_of(arranged(sat, 6, 10, None)) is Refusal.REASON_NEEDED
    assert arranged(sat, 5, 10, None) == ArrangementsSet(5, 10)
    assert sat.seat.extra_minutes == 5


@pytest.mark.parametrize(
    ("extra", "breaks"),
    [(-1, 10), (POLICY.most_extra_minutes + 1, 10), (0, -1), (0, POLICY.most_break_minutes + 1)],
)
def test_minutes_outside_the_policy_are_refused_with_its_limits(
    scene: Scene, extra: int, breaks: int
) -> None:
    sat = scene.book()
    refused = arranged(sat, extra, breaks)
    assert code_of(refused) is Refusal.BEYOND_YOUR_LIMIT
    assert refused.details == {"extra": POLICY.most_extra_minutes, "breaks": POLICY.most_break_minutes}
    assert (sat.seat.extra_minutes, sat.seat.break_minutes) == (0, 10)


def test_the_limits_themselves_are_allowed(scene: Scene) -> None:
    sat = scene.book()
    assert arranged(sat, POLICY.most_extra_minutes, POLICY.most_break_minutes).extra_minutes == 240
    assert arranged(sat, 0, 0) == ArrangementsSet(0, 0)


def test_from_check_in_on_they_are_frozen(scene: Scene) -> None:
    checked_in, over = scene.checked_in(), scene.started()
    over.finish()
    assert code_of(arranged(checked_in, 15, 10)) is Refusal.ALREADY_CHECKED_IN
    assert code_of(arranged(over, 15, 10)) is Refusal.SITTING_OVER
    assert checked_in.seat.extra_minutes == 0


@pytest.mark.parametrize("who", ["administrator", "elsewhere"])
def test_others_set_nothing(scene: Scene, who: str) -> None:
    sat = scene.book()
    assert code_of(arranged(sat, 15, 10, by=getattr(scene, who))) is Refusal.NOT_FOUND
    assert sat.seat.extra_minutes == 0


def test_the_audit_row_says_from_what_to_what_and_why_as_a_code(scene: Scene) -> None:
    arranged(scene.book(extra_minutes=5), 15, 30)
    (row,) = scene.db.execute(audit.select().where(audit.c.act == "set_arrangements")).mappings()
    assert row["actor"] == scene.desk.person
    assert row["detail"] == (
        '{"break_minutes": 30, "break_minutes_before": 10, "extra_minutes": 15,'
        ' "extra_minutes_before": 5, "reason": "proof_seen"}'
    )
