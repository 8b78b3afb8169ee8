"""The alive mark, and the sittings whose clock an outage or the deadline concerns."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.records.seats import COLUMNS, Seat, seat_of
from app.records.store import Db
from app.records.store.postgres_pool import one_outage_at_a_time
from app.records.tables import alive, centre, sitting
from app.rules.sitting import PauseKind, State

_MARK = sa.select(alive.c.at).where(alive.c.id == 1)
RUNNING = sa.select(*COLUMNS).where(sitting.c.state == State.IN_PROGRESS.value).with_for_update(of=sitting)
# By centre and start, which have an index: a break belongs to a test of these days.
RESTING = (
    sa.select(*COLUMNS)
    .where(
        sitting.c.centre_id.in_(sa.select(centre.c.id)),
        sitting.c.starts_at > sa.bindparam("started_after", type_=sa.BigInteger()),
        sitting.c.state == State.PAUSED.value,
        sitting.c.pause_kind == PauseKind.BREAK.value,
    )
    .with_for_update(of=sitting)
)
__all__ = ["last_mark", "mark", "one_outage_at_a_time", "overdue", "resting", "running", "take_overdue"]


def mark(db: Db, now: int) -> None:
    """Say that the service is there at this moment. A mark never goes back."""
    moved = db.execute(sa.update(alive).where(alive.c.id == 1, alive.c.at < now).values(at=now))
    if moved.rowcount == 0 and db.execute(_MARK).scalar() is None:
        db.execute(sa.insert(alive).inline(), {"id": 1, "at": now})


def last_mark(db: Db) -> int | None:
    """The last moment at which the service is known to have been there; None in a new database.

    Every write to a sitting is an alive mark too, so the newest of those under way may be later.
    """
    marked: int | None = db.execute(_MARK).scalar()
    touched: int | None = db.execute(
        sa.select(sa.func.max(sitting.c.touched_at)).where(sitting.c.state == State.IN_PROGRESS.value)
    ).scalar()
    return max((at for at in (marked, touched) if at is not None), default=None)


def running(db: Db) -> tuple[Seat, ...]:
    """Every sitting whose clock runs, locked."""
    return tuple(seat_of(row) for row in db.execute(RUNNING).all())


def resting(db: Db, *, started_after: int) -> tuple[Seat, ...]:
    """Every sitting in a rest break that was to start after a moment, locked."""
    rows = db.execute(RESTING, {"started_after": started_after}).all()
    return tuple(seat_of(row) for row in rows)


@dataclass(frozen=True)
class Overdue:
    """A running sitting whose deadline has passed."""

    centre_id: str
    sitting_id: str


def overdue(db: Db, *, before: int) -> tuple[Overdue, ...]:
    """The sittings whose deadline lies before a moment, the longest past first. A reading: nothing is locked."""
    rows = db.execute(
        sa.select(sitting.c.centre_id, sitting.c.id)
        .where(sitting.c.deadline_at <= before)
        .order_by(sitting.c.deadline_at)
    )
    return tuple(Overdue(row.centre_id, row.id) for row in rows)


def take_overdue(db: Db, due: Overdue) -> Seat:
    """One of them, locked. Raises NoResultFound when it is not there."""
    mine = (sitting.c.centre_id == due.centre_id, sitting.c.id == due.sitting_id)
    return seat_of(db.execute(sa.select(*COLUMNS).where(*mine).with_for_update(of=sitting)).one())
