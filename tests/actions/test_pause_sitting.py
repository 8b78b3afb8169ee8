"""Breaks and pauses: the clock stands still, the right person starts it again, and none holds a part open for ever."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.pause_sitting import come_back, pause, resume, take_break
from app.records.tables import audit, sitting_move
from app.rules.policy import MINUTE, POLICY, SECOND
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.small_edition import TWO_PARTS

BY_STAFF = [kind for kind in PauseKind if kind not in (PauseKind.HELP, PauseKind.OUTAGE, PauseKind.SECTION)]
CANDIDATE_RETURNS = (PauseKind.BREAK, PauseKind.DEVICE)


def test_a_break_stops_the_clock_and_coming_back_starts_it(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=2)
    left = sat.left_ms
    assert sat.take_break().kind is PauseKind.BREAK
    scene.forward(minutes=4)
    back = sat.come_back()
    assert (back.state, back.left_ms) == (State.IN_PROGRESS, left)
    assert sat.seat.break_used_ms == 4 * MINUTE
    must_agree(sat)


def test_breaks_end_when_the_arranged_minutes_are_used_up(scene: Scene) -> None:
    sat = scene.started(break_minutes=5)
    sat.take_break()
    scene.forward(minutes=5)
    sat.come_back()
    assert sat.take_break() == Refused(Refusal.NO_BREAK_LEFT)
    assert sat.seat.state is State.IN_PROGRESS


def test_a_break_that_lasts_too_long_locks_nothing(scene: Scene) -> None:
    sat = scene.started(break_minutes=5)
    sat.save(1, sat.right(1))
    left = sat.left_ms
    sat.take_break()
    scene.forward(minutes=50)
    assert sat.come_back().left_ms == left
    assert sat.save(1, sat.wrong(1)).answered is True


@pytest.mark.parametrize("kind", BY_STAFF)
def test_staff_pause_and_resume_with_the_clock_stopped(scene: Scene, kind: PauseKind) -> None:
    sat = scene.started()
    left = sat.left_ms
    assert sat.pause(kind).kind is kind
    scene.forward(minutes=12)
    alone = sat.come_back()
    if kind in CANDIDATE_RETURNS:
        assert alone.state is State.IN_PROGRESS
    else:
        assert alone == Refused(Refusal.STAFF_RESUME)
        assert sat.resume().state is State.IN_PROGRESS
    assert sat.left_ms == left


@pytest.mark.parametrize("kind", [PauseKind.HELP, PauseKind.OUTAGE, PauseKind.SECTION])
def test_staff_cannot_make_the_pauses_that_are_not_theirs(scene: Scene, kind: PauseKind) -> None:
    sat = scene.started()
    assert sat.pause(kind).code is Refusal.NOT_PERMITTED
    assert sat.seat.state is State.IN_PROGRESS


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_pause_by_staff_needs_words(scene: Scene, reason: str) -> None:
    sat = scene.started()
    assert sat.pause(reason=reason) == Refused(Refusal.REASON_NEEDED)
    assert sat.seat.state is State.IN_PROGRESS


def test_row_46_a_pause_of_a_paused_sitting_and_a_resume_of_a_running_one_say_how_it_stands(
    scene: Scene,
) -> None:
    sat = scene.started()
    assert sat.resume() == Refused(Refusal.NOT_PAUSED, details={"state": "in_progress"})
    assert sat.come_back() == Refused(Refusal.NOT_PAUSED, details={"state": "in_progress"})
    sat.pause()
    paused = Refused(Refusal.ALREADY_PAUSED, details={"state": "paused"})
    assert (sat.pause(), sat.take_break()) == (paused, paused)


@pytest.mark.parametrize("after", [0, -1])
def test_nothing_pauses_a_clock_that_has_passed_zero(scene: Scene, after: int) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms - after)
    made = (sat.take_break(), sat.call(), sat.pause())
    if after:
        assert [made[0].code, made[1].paused, made[2].code] == [
            Refusal.TIME_ENDED,
            False,
            Refusal.TIME_ENDED,
        ]
        assert sat.seat.state is State.IN_PROGRESS
    else:
        assert made[0].state is State.PAUSED


@pytest.mark.parametrize(
    ("seconds", "alone"), [(0, True), (POLICY.help_return_ms // SECOND, True), (121, False)]
)
def test_after_a_call_for_help_the_candidate_may_go_on_alone_for_two_minutes(
    scene: Scene, seconds: int, alone: bool
) -> None:
    sat = scene.started()
    sat.call()
    scene.forward(seconds=seconds)
    back = sat.come_back()
    assert (back == Refused(Refusal.STAFF_RESUME)) is not alone
    assert (sat.resume().code is Refusal.NOT_PAUSED) if alone else sat.resume().state is State.IN_PROGRESS


def test_a_break_needs_a_running_clock(scene: Scene) -> None:
    for sat, why in (
        (scene.checked_in(), Refusal.NOT_STARTED),
        (scene.book(), Refusal.NOT_CHECKED_IN),
    ):
        sat.epoch = sat.seat.epoch
        assert sat.take_break().code is why
        assert sat.pause().code is why
    sat = scene.started()
    sat.finish()
    assert [one.code for one in (sat.take_break(), sat.pause(), sat.resume())] == [Refusal.SITTING_OVER] * 3


@pytest.mark.parametrize("action", [take_break, come_back])
def test_a_candidate_needs_the_pen_to_stop_or_start_the_clock(scene: Scene, action: Any) -> None:
    sat = scene.started()
    if action is come_back:
        sat.take_break()
    before = sat.seat
    assert sat.candidate(action, epoch=sat.epoch - 1) == Refused(Refusal.OPEN_ELSEWHERE)
    assert sat.seat == before


def test_only_the_candidates_own_centre_and_sitting_stop_or_start_the_clock(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    for actor in (other.seat.actor, scene.desk, scene.elsewhere):
        for action in (take_break, come_back):
            assert scene.do(action, actor, **sat.keys, epoch=sat.epoch) == Refused(Refusal.NOT_FOUND)
    for actor in (sat.seat.actor, scene.elsewhere, scene.officer, scene.administrator):
        kind: dict[str, Any] = {"kind": PauseKind.MEDICAL, "reason": "Unwell", "keyring": scene.keyring}
        assert scene.do(pause, actor, **sat.keys, **kind) == Refused(Refusal.NOT_FOUND)
        assert scene.do(resume, actor, **sat.keys, reason="", keyring=scene.keyring).code is Refusal.NOT_FOUND
    wrong_centre = {"centre_id": scene.other_centre_id, "sitting_id": sat.keys["sitting_id"]}
    refused = scene.do(resume, scene.elsewhere, **wrong_centre, reason="", keyring=scene.keyring)
    assert refused == Refused(Refusal.NOT_FOUND)


def test_the_next_part_begins_paused_with_a_clock_of_its_own(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS, extra_minutes=5)
    scene.forward(minutes=3)
    ended = sat.finish()
    assert (ended.state, ended.part) == (State.PAUSED, 1)
    assert sat.seat.pause_kind is PauseKind.SECTION
    scene.forward(minutes=30)
    assert sat.come_back().left_ms == 10 * MINUTE
    must_agree(sat)


def test_the_candidate_reads_how_long_the_clock_was_stopped(scene: Scene) -> None:
    sat = scene.started()
    sat.pause(PauseKind.TECHNICAL)
    scene.forward(seconds=250)
    sat.resume()
    assert (sat.seat.notice, sat.seat.notice_at) == (f"resumed:technical:{250 * SECOND}", scene.now)


def test_t20_the_plain_audit_row_never_says_what_kind_of_pause_it_was(scene: Scene) -> None:
    sat = scene.started()
    sat.pause(PauseKind.MEDICAL, "A seizure")
    rows = scene.db.execute(audit.select().where(audit.c.about == sat.keys["sitting_id"])).mappings().all()
    assert [row["detail"] for row in rows if row["act"] == "pause"] == ["{}"]
    assert sat.rows(sitting_move)[-1]["kind"] == "medical"
