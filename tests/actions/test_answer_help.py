"""A call for help reaches a person: seen by the first who looks, answered once; the candidate can be told by whom."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.answer_help import CallMarked, CallsTakenBack, answer_call, see_call, take_back_calls
from app.records import help_calls
from app.records.tables import help_call
from app.rules.help import HelpReason
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.factories import Scene
from tests.support.sat import Sat


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def called(scene: Scene) -> Sat:
    sat = scene.started()
    sat.call(HelpReason.BROKEN, "The screen is dark")
    return sat


def open_call(sat: Sat) -> Any:
    return sat.scene.store.look(help_calls.open_call, **sat.keys)


def test_the_first_who_sees_a_call_is_the_one_the_candidate_is_told_of(scene: Scene) -> None:
    sat = called(scene)
    scene.forward(seconds=20)
    seen_at = scene.now
    assert sat.desk(see_call, n=1) == CallMarked(1)
    scene.forward(seconds=20)
    sat.desk(see_call, by=scene.second, n=1)
    call = open_call(sat)
    assert (call.seen_by, call.seen_at, call.answered_at) == ("Dana Desk", seen_at, None)


def test_an_answered_call_is_open_no_more_and_the_clock_waits_for_another_act(scene: Scene) -> None:
    sat = called(scene)
    left = sat.left_ms
    assert sat.desk(answer_call, n=1) == CallMarked(1)
    assert open_call(sat) is None
    scene.forward(minutes=1)
    assert (sat.seat.state, sat.left_ms) == (State.PAUSED, left)


def test_answering_an_unseen_call_marks_it_seen_and_answering_twice_keeps_the_first(scene: Scene) -> None:
    sat = called(scene)
    sat.desk(answer_call, n=1)
    first = sat.rows(help_call)
    scene.forward(minutes=1)
    sat.desk(answer_call, by=scene.second, n=1)
    assert sat.rows(help_call) == first
    assert (first[0]["seen_by"], first[0]["answered_by"]) == (scene.desk.person, scene.desk.person)


def test_the_words_of_a_call_are_stored_sealed(scene: Scene) -> None:
    assert b"screen" not in called(scene).rows(help_call)[0]["words"]


def test_a_candidate_who_is_all_right_takes_every_open_call_back_and_it_is_on_record(scene: Scene) -> None:
    sat = called(scene)
    sat.desk(see_call, n=1)
    sat.call(HelpReason.UNWELL)
    scene.forward(seconds=30)
    assert sat.candidate(take_back_calls) == CallsTakenBack(2)
    assert open_call(sat) is None
    rows = sat.rows(help_call)
    assert {(row["answered_at"], row["answered_by"]) for row in rows} == {(scene.now, sat.seat.candidate_id)}
    assert [row["seen_by"] for row in rows] == [scene.desk.person, None], "nobody is said to have seen it"
    assert sat.candidate(take_back_calls) == CallsTakenBack(0)


def test_the_desk_is_told_who_closed_a_call(scene: Scene) -> None:
    sat = called(scene)
    sat.desk(answer_call, n=1)
    sat.call(HelpReason.UNWELL)
    sat.candidate(take_back_calls)
    told = scene.store.look(help_calls.calls_of, **sat.keys)
    assert [call.taken_back for call, _words in told] == [False, True]


def test_nobody_takes_back_the_call_of_somebody_else(scene: Scene) -> None:
    sat, other = called(scene), scene.started()
    for actor in (other.seat.actor, scene.desk):
        assert code_of(scene.do(take_back_calls, actor, **sat.keys)) is Refusal.NOT_FOUND
    assert open_call(sat) is not None


@pytest.mark.parametrize("action", [see_call, answer_call])
def test_a_call_that_is_not_there_is_not_found(scene: Scene, action: Any) -> None:
    assert code_of(called(scene).desk(action, n=2)) is Refusal.NOT_FOUND


@pytest.mark.parametrize("action", [see_call, answer_call])
@pytest.mark.parametrize("who", ["officer", "administrator", "elsewhere"])
def test_only_the_desk_of_the_centre_answers(scene: Scene, action: Any, who: str) -> None:
    sat = called(scene)
    assert code_of(sat.desk(action, by=getattr(scene, who), n=1)) is Refusal.NOT_FOUND
    assert open_call(sat).seen_at is None
