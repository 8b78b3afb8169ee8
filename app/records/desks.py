"""Wrong codes typed at one browser, and the word by which staff allow it again.

A row stands only for a browser with wrong tries; a browser never heard of has made none.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.records.store import Db
from app.records.tables import desk
from app.rules.codes import SHORTEST_WORD
from app.rules.policy import POLICY

AT_ONCE = 20  # how many rows one wrong code looks at, to forget those that are old


@dataclass(frozen=True)
class DeskSeen:
    """One browser with wrong tries: the word on its screen, how many tries, and when the last was (UTC ms)."""

    word: str
    tries: int
    last_try_at: int

    @property
    def blocked(self) -> bool:
        """Whether it takes no more codes until staff allow it."""
        return self.tries >= POLICY.code_tries


def desk_of(db: Db, *, device: str) -> DeskSeen | None:
    """The browser with this device digest, or None when it has made no wrong try."""
    row = db.execute(
        sa.select(desk.c.word, desk.c.tries, desk.c.last_try_at).where(desk.c.device == device)
    ).first()
    return None if row is None else DeskSeen(*row)


def count_try(db: Db, *, device: str, word: str, now: int) -> DeskSeen:
    """Count one wrong code; the browser keeps the word that it got with its first wrong try.

    That is the shortest beginning of `word` that no other browser shows. With each new browser a few are forgotten.
    """
    seen = _count_again(db, device, now)
    if seen is not None:
        return seen
    _forget_old(db, device, now - POLICY.desk_kept_ms)
    for length in range(SHORTEST_WORD, len(word) + 1):
        if _is_first_with(db, device, word[:length], now):
            return DeskSeen(word[:length], 1, now)
    seen = _count_again(db, device, now)  # this very browser came twice at the same moment
    if seen is None:
        raise LookupError("no word is left for this browser")
    return seen


def _count_again(db: Db, device: str, now: int) -> DeskSeen | None:
    counted = db.execute(
        sa.update(desk)
        .where(desk.c.device == device)
        .values(tries=desk.c.tries + 1, last_try_at=now)
        .returning(desk.c.word, desk.c.tries, desk.c.last_try_at)
    ).first()
    return None if counted is None else DeskSeen(*counted)


def _is_first_with(db: Db, device: str, word: str, now: int) -> bool:
    """Write the first try of a browser, unless another one shows this word; a clash stops no transaction."""
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = {"device": device, "word": word, "tries": 1, "last_try_at": now}
    written = insert(desk).values(row).on_conflict_do_nothing().returning(desk.c.word)
    return db.execute(written).first() is not None


def _forget_old(db: Db, device: str, before: int) -> None:
    """Delete what is old among the rows that follow this device's place.

    Devices are digests, so the place is a random one: every row's turn comes, and no index by time is needed.
    """
    near = sa.select(desk.c.device).where(desk.c.device > device).order_by(desk.c.device).limit(AT_ONCE)
    db.execute(sa.delete(desk).where(desk.c.device.in_(near), desk.c.last_try_at <= before))


def forget(db: Db, *, device: str) -> None:
    """A right code was typed: the wrong tries before it no longer count."""
    db.execute(sa.delete(desk).where(desk.c.device == device))


def allow(db: Db, *, word: str) -> int | None:
    """Let the browser with this word try again; how many tries it had made, or None when no browser has the word."""
    row = db.execute(sa.select(desk.c.tries).where(desk.c.word == word).with_for_update()).first()
    if row is None:
        return None
    db.execute(sa.update(desk).where(desk.c.word == word).values(tries=0))
    return int(row.tries)
