"""Actions and rules with one promise of a sitting broken on purpose, to see that the model sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.actions import end_sitting, keep_alive, pause_sitting, save_answer, sign_in
from app.records import outcomes
from app.records.sittings import record_move
from app.rules.refusals import Refused
from app.rules.saving import AFTER_ZERO, Ruling, Standing
from app.rules.sitting import Move, State
from app.rules.timing import Clock
from tests.support import sat

Break = Callable[[pytest.MonkeyPatch], None]
_judge, _place, _finish = save_answer.judge, save_answer._place, end_sitting.finish_part


def a_save_ignores_who_has_the_pen(patch: pytest.MonkeyPatch) -> None:
    def judge(state: Any, clock: Any, arrival: Any, **more: Any) -> Any:
        return _judge(state, clock, replace(arrival, has_pen=True), **more)

    patch.setattr(save_answer, "judge", judge)


def the_last_arrival_wins(patch: pytest.MonkeyPatch) -> None:
    def place(found: Any, now: int, chosen: Any, value: str, flagged: bool) -> Any:
        return _place(found, now, replace(chosen, sequence=None), value, flagged)

    patch.setattr(save_answer, "_place", place)


def a_page_sent_again_is_stored_again(patch: pytest.MonkeyPatch) -> None:
    def place(found: Any, now: int, chosen: Any, value: str, flagged: bool) -> Any:
        return _place(found, now, replace(chosen, token=f"not {chosen.token}"), value, flagged)

    patch.setattr(save_answer, "_place", place)


def a_save_after_zero_counts_without_a_person(patch: pytest.MonkeyPatch) -> None:
    def judge(*about: Any, **more: Any) -> Any:
        ruling = _judge(*about, **more)
        after_zero = isinstance(ruling, Ruling) and ruling.standing in AFTER_ZERO
        return Ruling(Standing.COUNTS) if after_zero else ruling

    patch.setattr(save_answer, "judge", judge)


def a_save_in_a_pause_is_thrown_away(patch: pytest.MonkeyPatch) -> None:
    def judge(state: Any, *about: Any, **more: Any) -> Any:
        ruling = _judge(state, *about, **more)
        return ruling.refusal if state is State.PAUSED and ruling.refusal else ruling

    patch.setattr(save_answer, "judge", judge)


def paused_time_counts(patch: pytest.MonkeyPatch) -> None:
    def resume(db: Any, taken: Any, now: int, told: Any) -> Any:
        since = replace(told, at=taken.seat.paused_at)
        return pause_sitting._told(db, record_move(db, taken.seat, Move.RESUME, now, since), now)

    patch.setattr(pause_sitting, "_resume", resume)


def an_outage_is_not_given_back(patch: pytest.MonkeyPatch) -> None:
    def nothing(db: Any, *, since: int, now: int) -> Any:
        return keep_alive.NOTHING

    patch.setattr(keep_alive, "credit_outage", nothing)


def a_part_is_closed_before_the_grace_is_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Clock, "has_run_out", lambda self, now: self.left(now) < 0)


def a_second_desk_takes_the_pen_without_staff(patch: pytest.MonkeyPatch) -> None:
    found = sign_in.take_by_code

    def anybody(db: Any, *, code: str) -> Any:
        seat = found(db, code=code)
        return None if seat is None else replace(seat, device=None)

    patch.setattr(sign_in, "take_by_code", anybody)


def the_old_page_keeps_the_pen(patch: pytest.MonkeyPatch) -> None:
    def take(db: Any, seat: Any, now: int, *, device: str | None) -> Any:
        told = sign_in.Told(seat.candidate_id, sign_in.Role.CANDIDATE)
        return record_move(db, seat, Move.TAKE_PEN, now, told, device=device)

    patch.setattr(sign_in, "_take_pen", take)


def a_second_finish_makes_a_second_outcome(patch: pytest.MonkeyPatch) -> None:
    def finish(db: Any, actor: Any, now: int, **about: Any) -> Any:
        done = _finish(db, actor, now, **about)
        keys = {"centre_id": about["centre_id"], "sitting_id": about["sitting_id"]}
        taken = end_sitting.take(db, actor, end_sitting.Act.SIT, now, **keys)
        seen = outcomes.newest(db, **keys)
        if seen is not None and seen.at < now and not isinstance(done, Refused):
            about = {
                "status": seen.status,
                "ended": seen.ended,
                "passed": seen.passed,
                "result": seen.document,
            }
            outcomes.append(db, taken.seat, now, **about, actor="x", revision=seen.revision + 1)
        return done

    patch.setattr(sat, "finish_part", finish)


BROKEN: tuple[tuple[str, Break], ...] = (
    ("P5", a_save_ignores_who_has_the_pen),
    ("P5", a_second_desk_takes_the_pen_without_staff),
    ("P5", the_old_page_keeps_the_pen),
    ("P4", the_last_arrival_wins),
    ("P8", a_save_after_zero_counts_without_a_person),
    ("P8", a_save_in_a_pause_is_thrown_away),
    ("P8", a_part_is_closed_before_the_grace_is_over),
    ("P7", paused_time_counts),
    ("P6", an_outage_is_not_given_back),
    ("P5", a_second_finish_makes_a_second_outcome),
    ("P3", a_page_sent_again_is_stored_again),
)
