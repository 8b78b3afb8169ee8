"""Calls for help: made by a candidate, seen and answered by staff. Pausing the clock is the action's affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import help_call, staff
from app.rules.help import HelpReason


@dataclass(frozen=True)
class HelpSeen:
    """One call: `seen_by` is the name of the staff person who saw it first. Moments are UTC ms.

    `taken_back`: the candidate closed it, because no help was needed any more.
    """

    n: int
    reason: HelpReason
    called_at: int
    seen_at: int | None
    seen_by: str | None
    answered_at: int | None = None
    taken_back: bool = False


_answerer = staff.alias("answerer")
_COLUMNS = (
    help_call.c.n,
    help_call.c.reason,
    help_call.c.called_at,
    help_call.c.seen_at,
    staff.c.name,
    help_call.c.answered_at,
    sa.and_(
        help_call.c.answered_by.is_not(None),
        sa.not_(sa.exists().where(_answerer.c.id == help_call.c.answered_by)),
    ).label("taken_back"),
)
_WITH_STAFF = help_call.outerjoin(staff, staff.c.id == help_call.c.seen_by)


def _mine(centre_id: str, sitting_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(help_call.c.centre_id == centre_id, help_call.c.sitting_id == sitting_id)


def _seen(row: Sequence[Any]) -> HelpSeen:
    n, reason, called_at, seen_at, seen_by, answered_at, taken_back = row
    return HelpSeen(n, HelpReason(reason), called_at, seen_at, seen_by, answered_at, bool(taken_back))


def open_call(db: Db, *, centre_id: str, sitting_id: str) -> HelpSeen | None:
    """The newest call of a sitting that nobody has answered."""
    row = db.execute(
        sa.select(*_COLUMNS)
        .select_from(_WITH_STAFF)
        .where(_mine(centre_id, sitting_id), help_call.c.answered_at.is_(None))
        .order_by(help_call.c.n.desc())
        .limit(1)
    ).first()
    return None if row is None else _seen(row)


def calls_of(db: Db, *, centre_id: str, sitting_id: str) -> tuple[tuple[HelpSeen, bytes | None], ...]:
    """Every call of a sitting in order, each with its sealed words."""
    rows = db.execute(
        sa.select(*_COLUMNS, help_call.c.words)
        .select_from(_WITH_STAFF)
        .where(_mine(centre_id, sitting_id))
        .order_by(help_call.c.n)
    ).all()
    return tuple((_seen(row[:-1]), row[-1]) for row in rows)


def open_calls(db: Db, *, centre_id: str) -> dict[str, HelpSeen]:
    """The newest open call of each sitting of a centre, by sitting id."""
    rows = db.execute(
        sa.select(help_call.c.sitting_id, *_COLUMNS)
        .select_from(_WITH_STAFF)
        .where(help_call.c.centre_id == centre_id, help_call.c.answered_at.is_(None))
        .order_by(help_call.c.n)
    ).all()
    return {row[0]: _seen(row[1:]) for row in rows}


def add(db: Db, *, centre_id: str, sitting_id: str, reason: HelpReason, words: bytes | None, now: int) -> int:
    """Write a new call; its number in the sitting. The sitting must be locked by this transaction."""
    newest = db.execute(sa.select(sa.func.max(help_call.c.n)).where(_mine(centre_id, sitting_id))).scalar()
    n = int(newest or 0) + 1
    db.execute(
        sa.insert(help_call).inline(),
        {
            "centre_id": centre_id,
            "sitting_id": sitting_id,
            "n": n,
            "reason": reason.value,
            "words": words,
            "called_at": now,
        },
    )
    return n


def mark_seen(db: Db, *, centre_id: str, sitting_id: str, n: int, by: str, now: int) -> bool:
    """Write who saw a call first; a call already seen keeps its first. False when there is no such call."""
    return _mark(db, centre_id, sitting_id, n, "seen", by, now)


def mark_answered(db: Db, *, centre_id: str, sitting_id: str, n: int, by: str, now: int) -> bool:
    """Write that a call was answered, which also means seen. False when there is no such call."""
    found = _mark(db, centre_id, sitting_id, n, "seen", by, now)
    return found and _mark(db, centre_id, sitting_id, n, "answered", by, now)


def take_back(db: Db, *, centre_id: str, sitting_id: str, by: str, now: int) -> int:
    """Close every open call of a sitting for the candidate who made them (`by`); how many were open."""
    closed = db.execute(
        sa.update(help_call)
        .where(_mine(centre_id, sitting_id), help_call.c.answered_at.is_(None))
        .values(answered_at=now, answered_by=by)
    )
    return int(closed.rowcount)


def _mark(db: Db, centre_id: str, sitting_id: str, n: int, what: str, by: str, now: int) -> bool:
    one = sa.and_(_mine(centre_id, sitting_id), help_call.c.n == n)
    if db.execute(sa.select(help_call.c.n).where(one)).first() is None:
        return False
    marked_at = help_call.c[f"{what}_at"]
    db.execute(
        sa.update(help_call)
        .where(one, marked_at.is_(None))
        .values({marked_at: now, help_call.c[f"{what}_by"]: by})
    )
    return True
