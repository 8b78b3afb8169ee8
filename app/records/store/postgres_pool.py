"""The writers of PostgreSQL: a few threads, a kept connection each, one transaction a job, one retry rule."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus

from app.records.store.engines import driver, fence, postgres_engine
from app.records.store.failures import BeforeBatchFailed, NotSaved, Unfit
from app.records.store.fitness import check_postgres_settings
from app.records.store.jobs import Done, Hint, Job, Line, Post
from app.records.store.performing import BeforeBatch, Watch, perform
from app.records.store.plain import forget_frames
from app.records.store.reading import is_lost

WRITERS = 4
AGAIN_AT_MOST = 2
AGAIN_WITHIN_MS = 3_000  # who waited longer for a lost connection is told, and may send it again
# A twin got in first, or two transactions crossed: the second run sees what the first could not.
RUN_AGAIN = frozenset({"23505", "40001", "40P01"})
OUTAGE_KEY = 7_240_153_001  # one process at a time records an outage
PATIENCE_MS = 30_000  # for the locks of work without a limit

log = logging.getLogger(__name__)


class BrokenOff(Exception):
    """The action ended or spoiled its transaction: COMMIT would have been a silent ROLLBACK."""


class PostgresPool:
    """Four threads. Each job is one transaction on its thread's own connection."""

    def __init__(
        self,
        url: str,
        line: Line,
        post: Post,
        watch: Watch,
        *,
        before_batch: BeforeBatch | None = None,
        on_broken: Callable[[str], None],
    ) -> None:
        self._line, self._post, self._watch = line, post, watch
        self._before_batch, self._on_broken = before_batch, on_broken
        self.engine = postgres_engine(url, begins=True, check=check_postgres_settings)
        fence(self.engine)
        self._catching_up = threading.Lock()
        self._threads = [
            threading.Thread(target=self._run, name=f"clearway-writer-{number}", daemon=True)
            for number in range(WRITERS)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        worker = _Worker(self, self._watch)
        try:
            while (jobs := self._line.take(1)) is not None:
                for job in jobs:
                    done, hints = worker.settle(job)
                    self._post([done], hints)
        finally:
            worker.drop()

    def catch_up(self, db: sa.Connection) -> None:
        """After a freeze, let the hook record it in a transaction of its own, before any job is judged."""
        hook = self._before_batch
        if hook is None or not self._watch.gap_ms():
            return
        with self._catching_up:
            if not self._watch.gap_ms():
                return
            began = self._watch.now()
            mine: list[Hint] = []
            db.info["hints"] = mine
            with db.begin() as transaction:
                _give_time(db)
                one_outage_at_a_time(db)
                db.info["ours"] = False
                try:
                    hook(db, self._watch.gap_ms(), self._watch.silent_ms())
                except Exception as error:
                    if is_lost(error) or _state(error) in RUN_AGAIN:
                        raise
                    raise BeforeBatchFailed("the outage could not be recorded") from error
                finally:
                    db.info["ours"] = True
                _must_be_whole(db)
                transaction.commit()
            self._watch.committed(began)
            self._post([], list(dict.fromkeys(mine)))


class _Worker:
    """One thread's connection and the rule for running a job again."""

    def __init__(self, pool: PostgresPool, watch: Watch) -> None:
        self._pool, self._watch = pool, watch
        self._db: sa.Connection | None = None

    def settle(self, job: Job) -> tuple[Done, list[Hint]]:
        """The job's result. It runs again at most twice for a lost connection, and twice for crossing another."""
        again: Counter[bool] = Counter()
        began = self._watch.now()
        away_since: int | None = None
        while True:
            try:
                value, hints = self._once(job)
                return Done(job, value), hints
            except BaseException as error:  # noqa: BLE001 (its caller is told)
                if away_since is None and is_lost(error):
                    away_since = self._watch.now()
                worth_it, crossed = self._after(error), _state(error) in RUN_AGAIN
                again[crossed] += 1
                in_time = crossed or self._watch.now() - began < AGAIN_WITHIN_MS
                if worth_it and in_time and again[crossed] <= AGAIN_AT_MOST:
                    continue
                if away_since is not None and is_lost(error):
                    self._watch.away(away_since)
                forget_frames(error)
                return Done(job, error=_for_the_caller(error)), []

    def _once(self, job: Job) -> tuple[Any, list[Hint]]:
        if self._db is None:
            self._db = self._pool.engine.connect()
        db = self._db
        self._pool.catch_up(db)
        began, started = self._watch.now(), time.perf_counter()
        mine: list[Hint] = []
        db.info["hints"] = mine
        transaction = db.begin()
        if job.unlimited:
            _give_time(db)
        db.info["ours"] = False
        try:
            value = perform(db, job)
        finally:
            db.info["ours"] = True
            self._watch.note(job, time.perf_counter() - started)
        _must_be_whole(db)
        transaction.commit()
        self._watch.committed(began)
        return value, list(dict.fromkeys(mine))

    def _after(self, error: BaseException) -> bool:
        """Clear up after an error; whether the job may run again."""
        db, lost = self._db, is_lost(error)
        if db is not None:
            try:
                db.rollback()
                # After a commit that the fence stopped, SQLAlchemy believes it is over while the server does not:
                # the next job of this thread would commit what this one left.
                driver(db).rollback()
                lost = lost or db.invalidated
            except Exception:  # noqa: BLE001 (a connection that cannot roll back is lost)
                lost = True
        if lost or not isinstance(error, Exception):
            self.drop()
        return lost or _state(error) in RUN_AGAIN

    def drop(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(Exception):
                db.invalidate()
            with contextlib.suppress(Exception):
                db.close()


def one_outage_at_a_time(db: sa.Connection) -> None:
    """Until the end of the transaction no other process records an outage. SQLite has one process."""
    if db.dialect.name == "postgresql":
        driver(db).execute("SELECT pg_advisory_xact_lock(%s)", (OUTAGE_KEY,))


def _give_time(db: sa.Connection) -> None:
    """Let this transaction take as long as it needs: nobody can go on before it is done."""
    driver(db).execute("SET LOCAL statement_timeout = 0")
    driver(db).execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")


def _must_be_whole(db: sa.Connection) -> None:
    status = driver(db).info.transaction_status
    if status != TransactionStatus.INTRANS:
        raise BrokenOff(f"the action left its transaction {status.name}")


def _state(error: BaseException) -> str | None:
    return getattr(getattr(error, "orig", None) or error, "sqlstate", None)


def _for_the_caller(error: BaseException) -> BaseException:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, (psycopg.OperationalError, BrokenOff, BeforeBatchFailed, Unfit)) or not isinstance(
        error, Exception
    ):
        return NotSaved(error)
    return error
