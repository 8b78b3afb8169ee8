"""What the candidate confirms before the start, each once, and remembering that a page was shown."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.confirm_details import Confirmed, confirm_arrangements, confirm_details, tell_unanswered
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene

BOTH_CONFIRM = [(confirm_details, "details_at"), (confirm_arrangements, "arrangements_at")]


@pytest.mark.parametrize(("action", "what"), BOTH_CONFIRM)
def test_a_confirmation_is_written_once(scene: Scene, action: Any, what: str) -> None:
    sat, first = scene.seated(), scene.now
    assert sat.candidate(action) == Confirmed(first)
    scene.forward(minutes=1)
    assert sat.candidate(action) == Confirmed(first)
    assert getattr(sat.seat, what) == first


@pytest.mark.parametrize(("action", "what"), BOTH_CONFIRM)
def test_nothing_is_confirmed_but_between_check_in_and_start(scene: Scene, action: Any, what: str) -> None:
    assert scene.book().candidate(action).code is Refusal.NOT_CHECKED_IN
    sat = scene.started()
    before = getattr(sat.seat, what)
    scene.forward(minutes=1)
    assert sat.candidate(action).code is Refusal.ALREADY_STARTED
    sat.finish()
    assert sat.candidate(action).code is Refusal.SITTING_OVER
    assert getattr(sat.seat, what) == before


@pytest.mark.parametrize("action", [confirm_details, confirm_arrangements, tell_unanswered])
def test_nobody_confirms_for_somebody_else(scene: Scene, action: Any) -> None:
    sat, other = scene.seated(), scene.seated()
    for actor in (other.seat.actor, scene.desk, scene.elsewhere, scene.administrator):
        assert scene.do(action, actor, **sat.keys) == Refused(Refusal.NOT_FOUND)
    seat = sat.seat
    assert (seat.details_at, seat.arrangements_at, seat.told_unanswered) == (None, None, False)


def test_the_page_about_unanswered_questions_is_remembered_as_shown(scene: Scene) -> None:
    sat = scene.started()
    assert sat.seat.told_unanswered is False
    for _ in range(2):
        assert sat.candidate(tell_unanswered) == Confirmed(scene.now)
    assert sat.seat.told_unanswered is True
