"""Wrong codes typed at one browser, and the word by which staff allow it again.

A row stands only for a browser with wrong tries; a browser never heard of has made none.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import desk
from app.rules.policy import POLICY


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

    A word that another browser has raises the unique violation: come again with another word.
    """
    counted = db.execute(
        sa.update(desk)
        .where(desk.c.device == device)
        .values(tries=desk.c.tries + 1, last_try_at=now)
        .returning(desk.c.word, desk.c.tries, desk.c.last_try_at)
    ).first()
    if counted is not None:
        return DeskSeen(*counted)
    db.execute(sa.insert(desk).inline(), {"device": device, "word": word, "tries": 1, "last_try_at": now})
    return DeskSeen(word, 1, now)


def word_is_taken(db: Db, *, word: str) -> bool:
    """Whether a browser already shows this word."""
    return db.execute(sa.select(desk.c.device).where(desk.c.word == word)).first() is not None


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
