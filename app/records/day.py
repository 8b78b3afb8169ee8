"""A centre's day as its staff see it: the list of sittings, and one sitting with its history.

Names are opened here and nowhere else for a list; birth dates only for one sitting (reliability and security
design, T20 and T21).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.records import help_calls, people
from app.records.help_calls import HelpSeen
from app.records.keyring import Keyring, SealBroken
from app.records.seats import COLUMNS, PartPlan, Seat, seat_of
from app.records.store import Db
from app.records.tables import candidate, person_key, sitting, sitting_move, staff
from app.rules.permissions import MAY, Act, Actor, Role
from app.rules.sitting import Move, PauseKind, State
from app.rules.timing import Clock

LEFT_OVER_MS = 7 * 24 * 60 * 60 * 1000
_LEFT_OVER = (State.IN_PROGRESS.value, State.PAUSED.value)
_NAMED = sitting.outerjoin(candidate, candidate.c.id == sitting.c.candidate_id).outerjoin(
    person_key, person_key.c.person_id == sitting.c.candidate_id
)


@dataclass(frozen=True)
class DayRow:
    """One sitting in the list. `name` is None when the candidate was erased; `help` is an unanswered call."""

    sitting_id: str
    name: str | None
    starts_at: int
    category: str
    state: State
    pause_kind: PauseKind | None
    paused_at: int | None
    state_at: int
    clock: Clock
    part: int
    parts: tuple[PartPlan, ...]
    help: HelpSeen | None
    released: bool
    signed_in: bool
    extra_minutes: int
    break_minutes: int
    break_used_ms: int


@dataclass(frozen=True)
class MoveSeen:
    """One move as the history shows it. `actor_name` is None for the candidate and for the service itself."""

    n: int
    move: Move
    kind: PauseKind | None
    at: int
    recorded_at: int
    actor: str
    actor_name: str | None
    role: Role
    amount_ms: int
    reason: str | None
    words: str | None


@dataclass(frozen=True)
class CallSeen:
    """One call for help with the candidate's words opened."""

    call: HelpSeen
    words: str | None


@dataclass(frozen=True)
class SittingSeen:
    """One sitting for its staff: the row, who the candidate is, and everything that happened."""

    row: DayRow
    born: date | None
    licence_tail: str | None
    moves: tuple[MoveSeen, ...]
    calls: tuple[CallSeen, ...]

    @property
    def staff_grants(self) -> tuple[MoveSeen, ...]:
        """Time added by people, in order; the service's own grants are not among them."""
        return tuple(m for m in self.moves if m.move is Move.GRANT and m.role is not Role.SYSTEM)

    @property
    def granted_by_staff_ms(self) -> int:
        return sum(grant.amount_ms for grant in self.staff_grants)


def day(
    db: Db, *, actor: Actor, centre_id: str, since: int, until: int, keyring: Keyring
) -> tuple[DayRow, ...]:
    """Sittings of a centre that start in a span (UTC ms, `until` excluded), and those left over from the week before.

    Empty for an actor without a role there; an actor comes with the roles that were in force when they were read.
    """
    if not _may(actor, Act.SEE_DAY, centre_id):
        return ()
    left_over = sa.and_(sitting.c.starts_at >= since - LEFT_OVER_MS, sitting.c.state.in_(_LEFT_OVER))
    rows = db.execute(
        sa.select(*COLUMNS, candidate.c.name, person_key.c.wrapped)
        .select_from(_NAMED)
        .where(
            sitting.c.centre_id == centre_id,
            sitting.c.starts_at < until,
            sa.or_(sitting.c.starts_at >= since, left_over),
        )
    ).all()
    calls = help_calls.open_calls(db, centre_id=centre_id)
    seats = ((seat_of(row), row[-2], row[-1]) for row in rows)
    listed = (
        _row(seat, _name(keyring, seat, sealed, wrapped), calls.get(seat.sitting_id))
        for seat, sealed, wrapped in seats
    )
    return tuple(sorted(listed, key=lambda row: (row.starts_at, row.name or "", row.sitting_id)))


def one(db: Db, *, actor: Actor, centre_id: str, sitting_id: str, keyring: Keyring) -> SittingSeen | None:
    """One sitting with its history, or None when it is not there or not this actor's."""
    if not _may(actor, Act.SEE_SITTING, centre_id):
        return None
    row = db.execute(
        sa.select(*COLUMNS, person_key.c.wrapped)
        .select_from(_NAMED)
        .where(sitting.c.centre_id == centre_id, sitting.c.id == sitting_id)
    ).first()
    if row is None:
        return None
    seat, wrapped = seat_of(row), row[-1]
    try:
        who = people.candidate_named(db, keyring=keyring, candidate_id=seat.candidate_id)
    except (LookupError, SealBroken):
        who = None
    stored = help_calls.calls_of(db, centre_id=centre_id, sitting_id=sitting_id)
    calls = tuple(
        CallSeen(call, _words(keyring, wrapped, "help_call.words", seat, words)) for call, words in stored
    )
    waiting = [call.call for call in calls if call.call.answered_at is None]
    return SittingSeen(
        row=_row(seat, None if who is None else who.name, waiting[-1] if waiting else None),
        born=None if who is None else who.born,
        licence_tail=None if who is None else who.licence_tail,
        moves=_moves(db, keyring, seat, wrapped),
        calls=calls,
    )


def _moves(db: Db, keyring: Keyring, seat: Seat, wrapped: bytes | None) -> tuple[MoveSeen, ...]:
    rows = db.execute(
        sa.select(sitting_move, staff.c.name.label("actor_name"))
        .select_from(sitting_move.outerjoin(staff, staff.c.id == sitting_move.c.actor))
        .where(sitting_move.c.centre_id == seat.centre_id, sitting_move.c.sitting_id == seat.sitting_id)
        .order_by(sitting_move.c.n)
    ).mappings()
    return tuple(_move(keyring, seat, wrapped, dict(row)) for row in rows)


def _move(keyring: Keyring, seat: Seat, wrapped: bytes | None, row: Mapping[str, Any]) -> MoveSeen:
    return MoveSeen(
        n=row["n"],
        move=Move(row["move"]),
        kind=None if row["kind"] is None else PauseKind(row["kind"]),
        at=row["at"],
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        actor_name=row["actor_name"],
        role=Role(row["role"]),
        amount_ms=row["amount_ms"],
        reason=row["reason"],
        words=_words(keyring, wrapped, "sitting_move.words", seat, row["words"]),
    )


def _may(actor: Actor, act: Act, centre_id: str) -> bool:
    """Whether the actor holds a role for this here; which are in force was asked when the actor was read."""
    return actor.sitting is None and bool(actor.roles_at(centre_id, 0) & MAY[act])


def _name(keyring: Keyring, seat: Seat, sealed: bytes | None, wrapped: bytes | None) -> str | None:
    return _words(keyring, wrapped, "candidate.name", seat, sealed)


def _words(
    keyring: Keyring, wrapped: bytes | None, where: str, seat: Seat, sealed: bytes | None
) -> str | None:
    """What was sealed, or None: nothing was written, or the candidate's key was erased."""
    if wrapped is None or sealed is None:
        return None
    try:
        return keyring.unseal(bytes(wrapped), where, seat.candidate_id, bytes(sealed))
    except SealBroken:
        return None


def _row(seat: Seat, name: str | None, call: HelpSeen | None) -> DayRow:
    return DayRow(
        sitting_id=seat.sitting_id,
        name=name,
        starts_at=seat.starts_at,
        category=seat.category,
        state=seat.state,
        pause_kind=seat.pause_kind,
        paused_at=seat.paused_at,
        state_at=seat.state_at,
        clock=seat.clock,
        part=seat.part,
        parts=seat.parts,
        help=call,
        released=seat.code is not None,
        signed_in=seat.device is not None,
        extra_minutes=seat.extra_minutes,
        break_minutes=seat.break_minutes,
        break_used_ms=seat.break_used_ms,
    )
