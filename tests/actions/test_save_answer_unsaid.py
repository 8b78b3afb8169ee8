"""Pages that say nothing new: made before the answer, or sent again after zero."""

from __future__ import annotations

import pytest

from app.actions.end_sitting import run_out
from app.records import answers, outcomes
from app.records.tables import answer_revision
from app.rules.outcome import OutcomeStatus
from app.rules.refusals import Refusal
from app.rules.saving import Repeat
from app.rules.sitting import State
from tests.support.factories import Scene
from tests.support.sat import Sat


def ask(sat: Sat, choose: int) -> int:
    """A position that asks for this many answers."""
    return next(n for n in range(1, 7) if sat.asked(n).choose == choose)


@pytest.mark.parametrize("choose", [1, 2])
def test_an_empty_page_made_before_the_answer_takes_nothing_away(scene: Scene, choose: int) -> None:
    sat = scene.started()
    position = ask(sat, choose)
    old = scene.now
    scene.forward(seconds=5)
    sat.save(position, sat.right(position))
    scene.forward(seconds=5)
    sat.save(position, "", rendered_at=old, token="old page", nothing_keeps=True)
    assert " ".join(sat.asked(position).chosen) == sat.right(position)


def test_boxes_unticked_on_the_page_that_showed_them_are_taken_away(scene: Scene) -> None:
    sat = scene.started()
    position = ask(sat, 2)
    sat.save(position, sat.right(position))
    scene.forward(seconds=5)
    sat.save(position, "", nothing_keeps=True)
    assert sat.asked(position).chosen == ()


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("seconds_late", [3, 40])
def test_a_page_sent_after_zero_that_says_what_is_saved_leaves_nothing_to_decide(
    scene: Scene, answered: bool, seconds_late: int
) -> None:
    sat = scene.started()
    if answered:
        sat.save(1, sat.right(1))
    scene.forward(ms=sat.left_ms + seconds_late * 1000)
    if seconds_late > 10:
        sat.candidate(run_out)
    again = sat.save(1, sat.right(1) if answered else "", nothing_keeps=True)
    assert again.repeat is Repeat.DUPLICATE
    assert scene.store.look(answers.after_time, **sat.keys) == ()
    if seconds_late <= 10:
        scene.forward(seconds=20)
        sat.candidate(run_out)
    assert sat.seat.state is State.FINISHED
    assert scene.store.look(outcomes.newest, **sat.keys).status is OutcomeStatus.PROVISIONAL


def test_another_answer_after_zero_is_still_for_a_person(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    scene.forward(ms=sat.left_ms + 3000)
    sat.save(1, sat.wrong(1))
    assert [position for position, _ in scene.store.look(answers.after_time, **sat.keys)] == [1]


@pytest.mark.parametrize("made", [-1, 5])
@pytest.mark.parametrize("seconds_late", [3, 40])
def test_an_older_choice_that_arrives_after_zero_is_kept_and_leaves_nothing_to_decide(
    scene: Scene, seconds_late: int, made: int
) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1), sequence=8)
    scene.forward(ms=sat.left_ms + seconds_late * 1000)
    if seconds_late > 10:
        sat.candidate(run_out)
    older = {"sequence": 7, "made_left_ms": made, "token": "older"}
    replies = [sat.save(1, sat.wrong(1), **older) for _ in range(2)]
    assert [reply.repeat for reply in replies] == [Repeat.SUPERSEDED, Repeat.DUPLICATE]
    assert [row["standing"] for row in sat.rows(answer_revision)] == ["counts", "not_counted"]
    assert " ".join(sat.asked(1).chosen) == sat.right(1)
    if seconds_late <= 10:
        scene.forward(seconds=20)
        sat.candidate(run_out)
    outcome = scene.store.look(outcomes.newest, **sat.keys)
    assert (outcome.status, outcome.revision) == (OutcomeStatus.PROVISIONAL, 1)


@pytest.mark.parametrize("seconds_late", [3, 40])
def test_a_newer_choice_made_and_arrived_after_zero_is_still_for_a_person(
    scene: Scene, seconds_late: int
) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1), sequence=8)
    scene.forward(ms=sat.left_ms + seconds_late * 1000)
    if seconds_late > 10:
        sat.candidate(run_out)
    refused = sat.save(1, sat.wrong(1), sequence=9, made_left_ms=-1)
    assert refused.code is (Refusal.TIME_ENDED if seconds_late > 10 else Refusal.FOR_REVIEW)
    scene.forward(seconds=20)
    if seconds_late <= 10:
        sat.candidate(run_out)
    assert scene.store.look(outcomes.newest, **sat.keys).status is OutcomeStatus.IN_REVIEW


def test_a_save_refused_while_paused_is_refused_again_in_the_same_words(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1), sequence=8)
    sat.pause()
    scene.forward(minutes=1)
    for _ in range(2):
        assert sat.save(1, sat.wrong(1), sequence=9).code is Refusal.PAUSED
    sat.resume()
    assert sat.save(1, sat.wrong(1), sequence=9).code is Refusal.PAUSED
