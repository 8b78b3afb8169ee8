"""Give back the time in which a desk could not reach us: a pause from the moment it was cut off, ended now.

How much is `rules.contact`'s; what is beyond it calls a person. See decision 15.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.records import help_calls, marking
from app.records.seats import Seat
from app.records.sittings import Told, last_contact, moves_of, record_move, take
from app.records.store import Db, hint
from app.rules.contact import CONNECTION, LEAST_MS, Silence, is_cut_off, reason_of, share
from app.rules.help import HelpReason
from app.rules.permissions import SYSTEM, Act, Actor, Role
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, PauseKind, State


@dataclass(frozen=True)
class Contact:
    """How much was given back now (ms), how the sitting stands, and the time left on its clock."""

    given_ms: int
    state: State
    left_ms: int


def credit_contact(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    device: str,
    claim: str,
    claimed_ms: int,
) -> Contact | Refused:
    """Give back what the page of this browser (`device`, a digest) was covered for, as far as nothing was heard of it.

    `claim` names one covering of the page, in letters and figures: sent again it is given nothing twice.
    OPEN_ELSEWHERE from a browser without the pen.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    if seat.device != device:
        return Refused(Refusal.OPEN_ELSEWHERE)
    if seat.state is not State.IN_PROGRESS:
        return _not_running(db, seat, now, claimed_ms)
    before = _given(moves_of(db, centre_id=centre_id, sitting_id=sitting_id))
    mine = sum(ms for name, ms in before if name == reason_of(claim))
    in_all = sum(ms for _name, ms in before)
    unheard = now - max(last_contact(db, seat), seat.clock.running_since or now)
    fair = share(Silence(claimed_ms, mine, unheard, in_all, seat.clock.left(now)))
    if fair.beyond:
        _call(db, seat, now)
    if not fair.given:
        return Contact(0, seat.state, seat.clock.left(now))
    moved = _give_back(db, seat, now, fair.given, claim)
    if isinstance(moved, Refused):
        return moved
    hint(db, "sitting", sitting_id)
    return Contact(fair.given, moved.state, moved.clock.left(now))


def _give_back(db: Db, seat: Seat, now: int, ms: int, claim: str) -> Seat | Refused:
    reason, us = reason_of(claim), (SYSTEM.person, Role.SYSTEM)
    stopped = Told(*us, kind=PauseKind.OUTAGE, reason=reason, at=now - ms)
    paused = record_move(db, seat, Move.PAUSE, now, stopped)
    return paused if isinstance(paused, Refused) else record_move(db, paused, Move.RESUME, now, Told(*us))


def _not_running(db: Db, seat: Seat, now: int, claimed_ms: int) -> Contact:
    """A stopped clock cost nobody time. One that ran out meanwhile is for a person: nothing is opened again."""
    ran_out = seat.state is State.FINISHED and seat.clock.left(now) <= 0
    if ran_out and claimed_ms >= LEAST_MS:
        _call(db, seat, now)
        marking.ask_for_review(db, seat, now, reason=CONNECTION)
    return Contact(0, seat.state, seat.clock.left(now))


def _call(db: Db, seat: Seat, now: int) -> None:
    """Call a person, unless one is called already. The clock goes on: the candidate did not ask for one."""
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    if help_calls.open_call(db, **keys) is None:
        help_calls.add(db, reason=HelpReason.CONNECTION, words=None, now=now, **keys)
        hint(db, "help", seat.centre_id)


def _given(rows: tuple[dict[str, Any], ...]) -> list[tuple[str, int]]:
    """What was given back so far: the name of each claim and the length of its pause."""
    return [
        (paused["reason"], resumed["at"] - paused["at"])
        for paused, resumed in pairwise(rows)
        if paused["move"] == Move.PAUSE and is_cut_off(paused["reason"])
    ]
