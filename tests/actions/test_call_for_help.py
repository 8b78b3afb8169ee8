"""Calling a person: the clock stops, nothing is punished, and a call is never lost or doubled."""

from __future__ import annotations

import pytest

from app.actions.answer_help import answer_call, see_call
from app.actions.call_for_help import Called, call_for_help
from app.records import help_calls, outcomes
from app.records.tables import help_call
from app.rules.help import HelpReason
from app.rules.outcome import OutcomeStatus
from app.rules.policy import MINUTE
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene


@pytest.mark.parametrize("reason", list(HelpReason))
def test_a_call_stops_the_running_clock(scene: Scene, reason: HelpReason) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    left = sat.left_ms
    assert sat.call(reason) == Called(1, paused=True)
    assert (sat.seat.state, sat.seat.pause_kind) == (State.PAUSED, PauseKind.HELP)
    scene.forward(minutes=8)
    assert sat.left_ms == left
    must_agree(sat)


def test_the_same_call_pressed_twice_is_one_call(scene: Scene) -> None:
    sat = scene.started()
    assert (sat.call(), sat.call()) == (Called(1, paused=True), Called(1, paused=False))
    assert len(sat.rows(help_call)) == 1


def test_before_the_start_too_a_second_press_is_no_second_call_until_somebody_has_seen_it(
    scene: Scene,
) -> None:
    sat = scene.seated()
    assert (sat.call(), sat.call()) == (Called(1, paused=False), Called(1, paused=False))
    sat.desk(see_call, n=1)
    assert sat.call() == Called(2, paused=False)


def test_who_went_on_and_calls_again_waits_with_the_clock_stopped(scene: Scene) -> None:
    sat = scene.started()
    sat.call()
    sat.come_back()
    assert sat.call() == Called(1, paused=True)
    assert sat.seat.state is State.PAUSED


def test_another_reason_or_words_are_a_call_of_their_own(scene: Scene) -> None:
    sat = scene.started()
    sat.call()
    assert sat.call(HelpReason.UNWELL) == Called(2, paused=False)
    assert sat.call(HelpReason.UNWELL, "My head hurts") == Called(3, paused=False)
    assert sat.seat.pause_kind is PauseKind.HELP


def test_words_are_kept_sealed(scene: Scene) -> None:
    sat = scene.started()
    sat.call(HelpReason.MESSAGE, "<script>{{7*7}}'; DROP")
    stored = bytes(sat.rows(help_call)[0]["words"])
    assert b"DROP" not in stored


def test_before_check_in_there_is_nothing_to_call_from(scene: Scene) -> None:
    sat = scene.book()
    assert sat.call() == Refused(Refusal.NOT_CHECKED_IN)
    assert sat.rows(help_call) == []


def test_before_the_start_a_call_moves_nothing(scene: Scene) -> None:
    sat = scene.seated()
    assert sat.call(HelpReason.DETAILS) == Called(1, paused=False)
    assert sat.seat.state is State.CHECKED_IN


def test_nobody_calls_for_somebody_else(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    for actor in (other.seat.actor, scene.desk, scene.administrator):
        refused = scene.do(
            call_for_help, actor, **sat.keys, reason=HelpReason.COME, words="", keyring=scene.keyring
        )
        assert refused == Refused(Refusal.NOT_FOUND)
    assert sat.seat.state is State.IN_PROGRESS


def test_a_call_still_open_at_the_end_sends_the_outcome_to_a_person(scene: Scene) -> None:
    for answered in (True, False):
        sat = scene.started()
        n = sat.call().n
        if answered:
            sat.desk(answer_call, n=n)
        sat.resume()
        sat.finish()
        outcome = scene.store.look(outcomes.newest, **sat.keys)
        assert outcome.status is (OutcomeStatus.PROVISIONAL if answered else OutcomeStatus.IN_REVIEW)


def test_a_call_after_the_end_sends_the_outcome_to_a_person_once(scene: Scene) -> None:
    sat = scene.started()
    sat.finish()
    before = scene.store.look(outcomes.newest, **sat.keys)
    for _ in range(2):
        assert sat.call(HelpReason.MESSAGE, "The screen went dark").paused is False
    outcome = scene.store.look(outcomes.newest, **sat.keys)
    assert (before.status, outcome.status, outcome.revision) == (
        OutcomeStatus.PROVISIONAL,
        OutcomeStatus.IN_REVIEW,
        2,
    )
    assert outcome.document == before.document
    must_agree(sat)


def test_a_call_in_a_pause_of_staff_leaves_that_pause(scene: Scene) -> None:
    sat = scene.started()
    sat.pause(PauseKind.IDENTITY)
    assert sat.call() == Called(1, paused=False)
    assert sat.seat.pause_kind is PauseKind.IDENTITY
    assert scene.store.look(help_calls.open_call, **sat.keys).reason is HelpReason.COME


def test_the_time_of_a_call_is_given_back_whole(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=9)
    left = sat.left_ms
    sat.call()
    scene.forward(minutes=40)
    sat.resume()
    assert sat.left_ms == left
    assert sat.seat.clock.used_ms == 9 * MINUTE
