"""Runs one job on a connection: the part that is the same on both databases. Transactions are the writers' affair."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.records.store.jobs import Hint, Job
from app.records.store.plain import must_be_plain

SLOW_MS = 50
FREEZE_MS = 7_000  # longer than the five seconds between two alive marks
SKEW_MS = 500  # as far as two processes' clocks may differ: reading the database's takes each of them a while

Db = sa.Connection
BeforeBatch = Callable[
    [sa.Connection, int, int], None
]  # what it is told: `Watch.gap_ms` and `Watch.silent_ms`
log = logging.getLogger(__name__)


def boot_ms() -> int:
    """Milliseconds since the machine started, counting suspension. Never a time of day."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def hint(db: sa.Connection | Session, kind: str, which: Any) -> None:
    """Ask that pages showing this be told to look again, once the action is committed. `which` is hashable."""
    connection = db.connection() if isinstance(db, Session) else db
    hints: list[Hint] = connection.info["hints"]
    hints.append((kind, which))


def perform(db: sa.Connection, job: Job) -> Any:
    """The action's own value. Its errors pass through; TypeError when it returns what may not leave."""
    if getattr(job.action, "wants_session", False):
        with Session(bind=db, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            value = job.action(session, job.actor, job.now, **job.values)
            session.commit()
    else:
        value = job.action(db, job.actor, job.now, **job.values)
    must_be_plain(value)
    return value


class Watch:
    """Counts slow actions and knows how long the service was frozen. Shared by all writer threads."""

    def __init__(self, clock_ms: Callable[[], int] = boot_ms) -> None:
        self.slow: Counter[str] = Counter()
        self._clock_ms = clock_ms
        self._marked_at: int | None = None
        self._away_since: int | None = None
        self._changing = threading.Lock()

    def now(self) -> int:
        return self._clock_ms()

    def gap_ms(self) -> int:
        """Milliseconds since the last commit when that is a freeze, or when the database was away; otherwise 0.

        Before the first commit there is no freeze: however long the start took, its first write judges the outage.
        """
        gap = 0 if self._marked_at is None else self._clock_ms() - self._marked_at
        return gap if gap > FREEZE_MS or self._away_since is not None else 0

    def silent_ms(self) -> int:
        """How long no other process may have marked either for the gap to be an outage."""
        away_since = self._away_since
        return FREEZE_MS if away_since is None else max(1, self._clock_ms() - away_since - SKEW_MS)

    def away(self, since: int) -> None:
        """Somebody was told that the database is away, as it has been since then: an outage, however short."""
        with self._changing:
            self._away_since = since if self._away_since is None else min(self._away_since, since)

    def committed(self, began: int) -> None:
        """Every commit is an alive mark, unless the freeze happened inside it: then it still waits to be told."""
        now = self._clock_ms()
        with self._changing:
            marked_at = now if now - began <= FREEZE_MS else began
            self._marked_at = marked_at if self._marked_at is None else max(self._marked_at, marked_at)
            if self._away_since is not None and self._away_since < began:
                self._away_since = None

    def note(self, job: Job, seconds: float) -> None:
        if seconds * 1000 > SLOW_MS:
            self.slow[job.name] += 1
            log.warning("slow action: %s held the writer for %d ms", job.name, seconds * 1000)
