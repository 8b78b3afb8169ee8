"""What is stored of a sitting beside what the model says of it: the two must never differ, whatever was pressed."""

from __future__ import annotations

from typing import Any

from app.records import outcomes
from app.records.tables import answer_revision, outcome, sitting_move
from app.rules.refusals import Refused
from app.rules.timing import Clock
from tests.faults.model import Model
from tests.faults.model_of_answers import ANY, COUNTING, Reply
from tests.support.agreeing import must_agree
from tests.support.sat import Sat


class Differs(AssertionError):
    """What is stored and what the model says are two things."""


def same(what: str, found: object, said: object) -> None:
    """Raise Differs, by what it is, unless the two are equal."""
    if found != said:
        raise Differs(f"{what}: found {found}, the model says {said}")


def compare(sat: Sat, model: Model, epochs: list[int], *, thorough: bool) -> None:
    """Raise AssertionError unless the sitting's row, answers and outcome are what the model says.

    A thorough look also folds the moves, works out the chain again and reads what the candidate's pages would show.
    """
    seat, now = sat.seat, sat.scene.now
    same("state", (seat.state, seat.pause_kind or "", seat.part), (model.state, model.kind, model.part))
    if model.state != "booked":
        compare_time(seat.clock, now, model)
    if seat.pause_kind == "break" or seat.state == "in_progress":
        same("left of the break", seat.break_left_ms(now), model.break_left)
    live = [pen for pen, epoch in enumerate(epochs) if epoch == seat.epoch]
    same("the pen", live, [pen for pen in [model.holder] if pen is not None])
    same("pens given out twice", len(epochs) - len(set(epochs)), 0)
    same("the desk", seat.device, model.device)
    compare_answers(sat, model, epochs)
    compare_outcome(sat, model)
    if thorough:
        must_agree(sat)
        for position in model.key:
            counting = " ".join(sat.asked(position).chosen)
            same(f"what counts at {position}", counting, model.answers.chosen(position))


def compare_time(clock: Clock, now: int, model: Model) -> None:
    """The time rule: used and left are what was allowed and granted, and nobody uses more than there was."""
    same("allowed", clock.allowance_ms, model.minutes[model.part] * 60_000)
    same("granted", clock.granted_ms, model.granted)
    same("left", clock.left(now), model.left)
    same("more shown than arranged", clock.shown(now) > clock.arranged(), False)
    same("a clock that stands below zero", not model.is_running and clock.left(now) < 0, False)


def compare_answers(sat: Sat, model: Model, epochs: list[int]) -> None:
    """Every save that was kept is stored once, with its place and its worth, and nothing else is."""
    stored = [
        (row["position"], row["epoch"], row["sequence"], row["value"], row["standing"], bool(row["counts"]))
        for row in sat.rows(answer_revision)
    ]
    said = [
        (position, epochs[one.pen] if one.pen >= 0 else 0, one.number, one.value, one.worth, one.counts)
        for position, kept in sorted(model.answers.kept.items())
        for one in kept
    ]
    same("answers kept", stored, said)


def compare_outcome(sat: Sat, model: Model) -> None:
    """None before the end, one at the end, and the right answers are marked; later ones only for a person to look."""
    rows = sat.rows(outcome)
    newest = outcomes.newest(sat.scene.db, **sat.keys) if rows else None
    right = tuple(part.score.right for part in newest.parts) if newest else ()
    same(
        "outcomes",
        [(row["status"], row["ended"]) for row in rows],
        [(e.status, e.ended) for e in model.outcome],
    )
    same("right answers", right, model.outcome[-1].right if model.outcome else ())


def compare_reply(told: Any, said: Reply, model: Model) -> None:
    """A save is refused by the name that the table gives; one that is told to be saved says what is stored."""
    if isinstance(told, Refused):
        if said.refusal != ANY:
            same("refusal of a save", (told.code, told.kept), (said.refusal, said.kept is not None))
        return
    if said.refusal == ANY:
        same("worth of a save sent again", told.standing in COUNTING, False)
        return
    same("refusal of a save", "", said.refusal)
    same("reply to a save", (told.value, told.left_ms, told.state), (said.value, model.left, model.state))


def what_happened(sat: Sat) -> set[str]:
    """Which moves, pauses, worths of answers and outcomes this sitting came to have."""
    moves = sat.rows(sitting_move)
    words = {row["move"] for row in moves} | {f"paused: {row['kind']}" for row in moves if row["kind"]}
    words |= {f"answer: {row['standing']}" for row in sat.rows(answer_revision)}
    words |= {"answer: a number twice" for row in sat.rows(answer_revision) if row["twin"]}
    return words | {f"{row['ended']}: {row['status']} {row['revision']}" for row in sat.rows(outcome)}
