"""Nobody came: not before they had time to, only from booked, for good, and with an outcome that has no mark."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.mark_absent import AbsentReason, MarkedAbsent, mark_absent
from app.records import outcomes
from app.rules.outcome import Ended
from app.rules.permissions import Actor
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat


def absent(sat: Sat, by: Actor | None = None) -> Any:
    return sat.desk(mark_absent, by=by, reason=AbsentReason.NOT_THERE)


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def test_an_absent_candidate_has_an_outcome_without_a_mark(scene: Scene) -> None:
    sat = scene.book()
    scene.forward(ms=POLICY.absent_after_ms)
    assert absent(sat) == MarkedAbsent(sat.keys["sitting_id"])
    outcome = scene.store.look(outcomes.newest, **sat.keys)
    assert outcome is not None
    assert (outcome.ended, outcome.passed, outcome.parts) == (Ended.NOT_ATTENDED, None, ())
    assert sat.seat.state is State.NOT_ATTENDED
    must_agree(sat)


def test_nobody_is_absent_until_they_had_time_to_come(scene: Scene) -> None:
    sat = scene.book(starts_at=scene.now + 1)
    refused = absent(sat)
    assert code_of(refused) is Refusal.TOO_EARLY_TO_BE_ABSENT
    assert refused.details == {"from_at": scene.now + 1 + POLICY.absent_after_ms}
    scene.forward(ms=POLICY.absent_after_ms)
    assert code_of(absent(sat)) is Refusal.TOO_EARLY_TO_BE_ABSENT
    scene.forward(ms=1)
    assert isinstance(absent(sat), MarkedAbsent)


def test_somebody_who_was_checked_in_is_not_absent(scene: Scene) -> None:
    assert code_of(absent(scene.checked_in())) is Refusal.ALREADY_CHECKED_IN
    assert code_of(absent(scene.started())) is Refusal.ALREADY_STARTED


def test_absent_is_for_good(scene: Scene) -> None:
    sat = scene.book()
    scene.forward(ms=POLICY.absent_after_ms)
    absent(sat)
    assert code_of(absent(sat)) is Refusal.SITTING_OVER
    assert code_of(sat.check_in()) is Refusal.SITTING_OVER


@pytest.mark.parametrize("who", ["officer", "administrator", "elsewhere"])
def test_only_the_desk_of_the_centre_marks_absent(scene: Scene, who: str) -> None:
    sat = scene.book()
    scene.forward(ms=POLICY.absent_after_ms)
    assert code_of(absent(sat, by=getattr(scene, who))) is Refusal.NOT_FOUND
    assert sat.seat.state is State.BOOKED
