"""Stopping a sitting by staff: one person for the candidate, two for malpractice, a pause until the second."""

from __future__ import annotations

import pytest

from app.actions.end_sitting import stop
from app.records import outcomes
from app.records.outcomes import OutcomeSeen
from app.records.tables import audit, sitting_move
from app.rules.help import StopReason
from app.rules.outcome import Ended, OutcomeStatus
from app.rules.policy import POLICY, SECOND
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import TWO_PARTS

WORDS = "Found notes under the desk at half past nine"


def outcome(sat: Sat) -> OutcomeSeen:
    found: OutcomeSeen | None = sat.scene.store.look(outcomes.newest, **sat.keys)
    assert found is not None
    return found


@pytest.mark.parametrize("reason", [StopReason.CANDIDATE, StopReason.MEDICAL])
def test_one_person_stops_for_the_candidate_or_for_their_health(scene: Scene, reason: StopReason) -> None:
    sat = scene.started()
    sat.answer(right=5)
    assert sat.stop(reason, words="Wants to go home").state is State.STOPPED
    result = outcome(sat)
    assert (result.ended, result.status, result.parts[0].score.right) == (
        Ended.STOPPED,
        OutcomeStatus.IN_REVIEW,
        5,
    )
    assert sat.stop(reason).code is Refusal.SITTING_OVER
    must_agree(sat)


@pytest.mark.parametrize(
    ("reason", "words", "least"),
    [(StopReason.CANDIDATE, " \n", 1), (StopReason.MALPRACTICE, "x" * 19 + "  ", POLICY.stop_words)],
)
def test_row_47_a_stop_without_enough_words_is_refused(
    scene: Scene, reason: StopReason, words: str, least: int
) -> None:
    sat = scene.started()
    assert sat.stop(reason, words=words) == Refused(Refusal.REASON_NEEDED, details={"least": least})
    assert sat.seat.state is State.IN_PROGRESS


def test_malpractice_needs_a_second_person_and_pauses_until_then(scene: Scene) -> None:
    sat = scene.started()
    left = sat.left_ms
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS) == Refused(Refusal.SECOND_PERSON_NEEDED, kept=True)
    scene.forward(minutes=5)
    assert (sat.seat.state, sat.left_ms) == (State.PAUSED, left)
    assert sat.come_back().code is Refusal.STAFF_RESUME
    again = sat.stop(StopReason.MALPRACTICE, words=WORDS)
    assert again == Refused(Refusal.SECOND_PERSON_NEEDED)
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS, by=scene.second).state is State.STOPPED
    must_agree(sat)


@pytest.mark.parametrize("pause", ["break", "help", "identity"])
def test_malpractice_found_in_a_pause_waits_for_a_second_person_too(scene: Scene, pause: str) -> None:
    sat = scene.started()
    {"break": sat.take_break, "help": sat.call, "identity": lambda: sat.pause(PauseKind.IDENTITY)}[pause]()
    scene.forward(minutes=1)
    left = sat.left_ms
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS).kept is True
    assert (sat.left_ms, sat.come_back().code) == (left, Refusal.STAFF_RESUME)
    must_agree(sat)
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS, by=scene.lead).state is State.STOPPED
    must_agree(sat)


def test_a_stop_proposed_and_taken_back_needs_two_people_anew(scene: Scene) -> None:
    sat = scene.started()
    sat.stop(StopReason.MALPRACTICE, words=WORDS)
    sat.resume("Not what it looked like")
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS, by=scene.second).code is Refusal.SECOND_PERSON_NEEDED
    assert sat.seat.state is State.PAUSED


@pytest.mark.parametrize("seconds_late", [3, 60])
def test_a_stop_after_zero_uses_no_more_time_than_there_was(scene: Scene, seconds_late: int) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms + seconds_late * SECOND)
    assert sat.stop(words="Wants to go home").state is State.STOPPED
    assert sat.left_ms == 0
    must_agree(sat)


@pytest.mark.parametrize(
    ("seconds_late", "made", "counts"), [(3, 1, True), (3, -1, False), (12, None, False)]
)
def test_malpractice_found_after_zero_stops_the_clock_at_zero_and_makes_no_late_answer_count(
    scene: Scene, seconds_late: int, made: int | None, counts: bool
) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms + seconds_late * SECOND)
    assert sat.stop(StopReason.MALPRACTICE, words=WORDS).kept is True
    assert (sat.seat.state, sat.left_ms) == (State.PAUSED, 0)
    saved = sat.save(1, sat.right(1), sequence=None if made is None else 1, made_left_ms=made)
    assert isinstance(saved, Refused) is not counts
    must_agree(sat)


def test_a_stop_taken_back_does_not_wait_again_between_two_parts(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.stop(StopReason.MALPRACTICE, words=WORDS)
    sat.resume("Not what it looked like")
    sat.finish()
    assert sat.seat.pause_kind is PauseKind.SECTION
    again = sat.stop(StopReason.MALPRACTICE, words=WORDS, by=scene.second)
    assert again == Refused(Refusal.SECOND_PERSON_NEEDED, kept=True)
    assert (sat.seat.state, sat.seat.pause_kind) == (State.PAUSED, PauseKind.CONVERSATION)
    must_agree(sat)


def test_only_the_desk_of_this_centre_stops(scene: Scene) -> None:
    sat = scene.started()
    for actor in (scene.elsewhere, scene.officer, scene.administrator, sat.seat.actor):
        assert sat.stop(words="Stop this now", by=actor) == Refused(Refusal.NOT_FOUND)
    assert scene.do(
        stop, scene.elsewhere, centre_id=scene.other_centre_id, sitting_id=sat.keys["sitting_id"],
        reason=StopReason.MEDICAL, words="Unwell", keyring=scene.keyring,
    ) == Refused(Refusal.NOT_FOUND)  # fmt: skip
    assert scene.book().stop().code is Refusal.NOT_CHECKED_IN


def test_t20_the_plain_audit_row_never_says_why_the_test_was_stopped(scene: Scene) -> None:
    sat = scene.started()
    sat.stop(StopReason.MEDICAL, words="Fainted")
    rows = scene.db.execute(audit.select().where(audit.c.about == sat.keys["sitting_id"])).mappings().all()
    assert [row["detail"] for row in rows if row["act"] == "stop"] == ["{}"]
    assert sat.rows(sitting_move)[-1]["reason"] == "medical"
