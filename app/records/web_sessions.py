"""Signed-in browsers as rows, so that each can be ended at once. Cookies are the pages' affair."""

from enum import StrEnum

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import sitting, web_session
from app.rules.sitting import State


class WhyEnded(StrEnum):
    """Why the desk ended the browser of a candidate."""

    MOVED = "moved"
    CHECK_IN_UNDONE = "check_in_undone"


def begin(
    db: Db,
    now: int,
    *,
    digest: str,
    kind: str,
    person_id: str,
    until: int,
    centre_id: str | None = None,
    sitting_id: str | None = None,
) -> None:
    """Open a web session of kind `candidate` (with its sitting) or `staff`; one already open stays as it is.

    Digests are of random secrets, so the same one is the same request, run a second time.
    """
    if db.execute(sa.select(web_session.c.digest).where(web_session.c.digest == digest)).first() is not None:
        return
    db.execute(
        sa.insert(web_session).inline(),
        {
            "digest": digest,
            "kind": kind,
            "person_id": person_id,
            "centre_id": centre_id,
            "sitting_id": sitting_id,
            "opened_at": now,
            "until": until,
            "ended_at": None,
        },
    )


def end(db: Db, now: int, *, digest: str) -> None:
    """End one web session; ending it again changes nothing."""
    db.execute(
        sa.update(web_session)
        .where(web_session.c.digest == digest, web_session.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def close_by(db: Db, *, person_id: str, sitting_id: str, until: int) -> None:
    """Let every browser of one sitting be open until this moment (UTC ms) at the latest; none gets longer.

    `person_id` is its candidate: with it the rows are found by index.
    """
    db.execute(
        sa.update(web_session)
        .where(
            web_session.c.person_id == person_id,
            web_session.c.sitting_id == sitting_id,
            web_session.c.ended_at.is_(None),
            web_session.c.until > until,
        )
        .values(until=until)
    )


def end_all_of_sitting(db: Db, now: int, *, sitting_id: str) -> None:
    """End every browser of one sitting: its pen goes to another desk, or it is over."""
    db.execute(
        sa.update(web_session)
        .where(web_session.c.sitting_id == sitting_id, web_session.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_of_staff(db: Db, now: int) -> int:
    """End every browser of the staff; how many were open."""
    done = db.execute(
        sa.update(web_session)
        .where(web_session.c.kind == "staff", web_session.c.ended_at.is_(None), web_session.c.until > now)
        .values(ended_at=now)
    )
    return int(done.rowcount)


def why_ended(db: Db, *, digest: str) -> WhyEnded | None:
    """Why the desk ended a candidate's browser; None for one that nobody ended, that left by itself, or is unknown."""
    row = db.execute(
        sa.select(sitting.c.state, sitting.c.released_at, web_session.c.ended_at)
        .join(
            web_session,
            sa.and_(web_session.c.centre_id == sitting.c.centre_id, web_session.c.sitting_id == sitting.c.id),
        )
        .where(
            web_session.c.digest == digest,
            web_session.c.kind == "candidate",
            web_session.c.ended_at.is_not(None),
        )
    ).first()
    if row is None:
        return None
    if row.state == State.BOOKED.value:
        return WhyEnded.CHECK_IN_UNDONE
    return WhyEnded.MOVED if row.released_at is not None and row.released_at >= row.ended_at else None
