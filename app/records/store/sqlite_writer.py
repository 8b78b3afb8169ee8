"""The one writer of SQLite: takes everything waiting, a savepoint for each job, one COMMIT, then wakes the requests."""

from __future__ import annotations

import contextlib
import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.records.store.engines import BUSY_MS, driver, fence, sqlite_engine
from app.records.store.failures import BeforeBatchFailed, NotSaved, named, placed
from app.records.store.jobs import Done, Hint, Job, Line, Post
from app.records.store.performing import BeforeBatch, Watch, perform
from app.records.store.plain import forget_frames

MOST_IN_A_BATCH = 256
BUDGET_S = 1.0
QUIET_S = 1.0
TIDY_FROM_BYTES = 4 * 1024 * 1024
STRIKES = 3
INTERRUPTED = 9
# busy, locked, read-only, I/O, full, cannot open: the machine's fault, so each job alone would fare no better.
MACHINE = frozenset({5, 6, 8, 10, 13, 14})
# corrupt, not a database, an I/O error of fsync, directory fsync or read: nobody knows what lies on the disk, and
# after a failed fsync the kernel may have dropped what it was given.
IN_DOUBT = frozenset({11, 26, 1034, 1290, 266})

log = logging.getLogger(__name__)
Outcome = tuple[list[Done], list[Hint]]


def sqlite_code(error: BaseException) -> int:
    """SQLite's extended result code, 0 when the error is not SQLite's."""
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", 0)
    return int(code)


def is_in_doubt(error: BaseException) -> bool:
    """Whether the error says that the file itself can no longer be trusted."""
    code = sqlite_code(error)
    return code in IN_DOUBT or (code & 0xFF) in IN_DOUBT


class SqliteWriter:
    """One thread with the only writing connection."""

    def __init__(
        self,
        path: Path,
        line: Line,
        post: Post,
        watch: Watch,
        *,
        before_batch: BeforeBatch | None = None,
        on_broken: Callable[[str], None],
    ) -> None:
        self._path, self._line, self._post, self._watch = path, line, post, watch
        self._before_batch, self._on_broken = before_batch, on_broken
        self.engine = sqlite_engine(path, writes=True)
        fence(self.engine)
        self._ours, self._deadline, self._unchecked, self._in_doubt = True, 0.0, False, False
        # A daemon: after a second interrupt the server never joins it, and a plain thread would keep the process.
        self._thread = threading.Thread(target=self._run, name="clearway-writer", daemon=True)
        self._opened = threading.Event()
        self._cannot_open: BaseException | None = None

    def start(self) -> None:
        """Open the connection in its own thread. Raises what stopped it."""
        self._thread.start()
        self._opened.wait()
        if self._cannot_open is not None:
            raise self._cannot_open

    def join(self) -> None:
        self._thread.join()

    def _open(self) -> None:
        self._db = self.engine.connect()
        self._raw: sqlite3.Connection = driver(self._db)
        self._raw.set_progress_handler(self._out_of_time, 10_000)

    def _close(self) -> None:
        with contextlib.suppress(Exception):
            self._db.invalidate()
            self._db.close()
        with contextlib.suppress(Exception):
            self._raw.close()

    def _out_of_time(self) -> bool:
        return not self._ours and time.perf_counter() > self._deadline

    def _run(self) -> None:
        try:
            self._open()
        except BaseException as error:  # noqa: BLE001 (raised again by start)
            self._cannot_open = error
            return
        finally:
            self._opened.set()
        try:
            self._serve()
        finally:
            self._line.shut("broken")
            self._post([Done(job, error=NotSaved("broken")) for job in self._line.empty()], [])
            if not self._in_doubt:
                with contextlib.suppress(Exception):
                    self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._close()

    def _serve(self) -> None:
        strikes = 0
        while (jobs := self._line.take(MOST_IN_A_BATCH, QUIET_S if self._unchecked else None)) is not None:
            if not jobs:
                self._tidy()
                continue
            try:
                done, hints = self._settle(jobs)
                strikes = 0
            except BaseException as error:  # noqa: BLE001 (the thread must live)
                log.error("the writer was thrown out of a batch: %s", placed(error))
                done, hints = [Done(job, error=NotSaved(error)) for job in jobs], []
                strikes += 1
            self._unchecked = True
            self._post(done, hints)
            if self._in_doubt or (strikes and not self._begin_anew(strikes)):
                return

    def _begin_anew(self, strikes: int) -> bool:
        self._close()
        try:
            if strikes >= STRIKES:
                raise RuntimeError(f"{strikes} batches in a row threw the writer out")
            self._open()
        except Exception as error:  # noqa: BLE001 (whatever it is, the store is broken)
            self._on_broken(named(error))
            return False
        return True

    def _settle(self, jobs: list[Job]) -> Outcome:
        """Every job's own result: all in one transaction when that works, otherwise each alone, in order."""
        try:
            return self._attempt(jobs)
        except Exception as error:  # noqa: BLE001 (each job is told)
            cause = error
        self._ours = True
        with contextlib.suppress(Exception):
            self._db.rollback()
        if self._raw.in_transaction:  # a failed COMMIT leaves it open while SQLAlchemy thinks it is over
            self._raw.rollback()
        forget_frames(cause)
        if is_in_doubt(cause) and not self._in_doubt:
            self._in_doubt = True
            self._on_broken(named(cause))
        hopeless = (
            self._in_doubt or (sqlite_code(cause) & 0xFF) in MACHINE or isinstance(cause, BeforeBatchFailed)
        )
        if len(jobs) == 1 or hopeless:
            log.error("not saved: %s: %s", ", ".join(job.name for job in jobs), placed(cause))
            return [Done(job, error=NotSaved(cause)) for job in jobs], []
        parts = [self._settle([job]) for job in jobs]
        return [done for part in parts for done in part[0]], [hint for part in parts for hint in part[1]]

    def _attempt(self, jobs: list[Job]) -> Outcome:
        """One transaction. When it raises, nothing of this batch is stored."""
        began = self._watch.now()
        transaction = self._db.begin()
        hints = self._catch_up()
        done = [self._one(transaction, job, hints) for job in jobs]
        transaction.commit()
        if self._raw.in_transaction:
            raise RuntimeError("COMMIT did not commit")
        self._watch.committed(began)
        return done, list(hints)

    def _catch_up(self) -> dict[Hint, None]:
        """After a freeze, let the hook record it before any job is judged. Its hints."""
        mine: list[Hint] = []
        gap = self._watch.gap_ms()
        if gap and self._before_batch is not None:
            self._db.info["hints"] = mine
            try:
                self._lend(
                    unlimited=True
                )  # no save can be judged before it, so a limit would only stop them all
                self._before_batch(self._db, gap, self._watch.silent_ms())
            except Exception as error:
                raise BeforeBatchFailed("the outage could not be recorded") from error
            finally:
                self._take_back()
        return dict.fromkeys(mine)

    def _one(self, transaction: sa.RootTransaction, job: Job, hints: dict[Hint, None]) -> Done:
        raw = self._raw
        raw.execute("SAVEPOINT job")
        mine: list[Hint] = []
        self._db.info["hints"] = mine
        started = time.perf_counter()
        try:
            self._lend(unlimited=job.unlimited)
            value = perform(self._db, job)
            self._take_back()
            raw.execute("RELEASE job")  # fails when the action ended our transaction
            hints.update(dict.fromkeys(mine))
            return Done(job, value)
        except Exception as error:
            self._take_back()
            if not raw.in_transaction or not transaction.is_active or is_in_doubt(error):
                raise
            raw.execute("ROLLBACK TO job")
            raw.execute("RELEASE job")
            forget_frames(error)
            try_later = (sqlite_code(error) & 0xFF) in MACHINE | {INTERRUPTED}
            return Done(job, error=NotSaved(error) if try_later else error)
        finally:
            self._take_back()
            self._watch.note(job, time.perf_counter() - started)

    def _lend(self, *, unlimited: bool) -> None:
        """From here to `_take_back` the connection is the action's: no commit, no rollback, and its time is limited."""
        self._deadline = math.inf if unlimited else time.perf_counter() + BUDGET_S
        self._db.info["ours"] = self._ours = False

    def _take_back(self) -> None:
        self._db.info["ours"] = self._ours = True

    def _tidy(self) -> None:
        """In the quiet, bring a long write-ahead log back into the database. Never waits for a reader."""
        self._unchecked = False
        with contextlib.suppress(OSError, sqlite3.Error):
            if self._path.with_name(self._path.name + "-wal").stat().st_size > TIDY_FROM_BYTES:
                self._raw.execute("PRAGMA busy_timeout=0").fetchall()
                self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._raw.execute(f"PRAGMA busy_timeout={BUSY_MS}").fetchall()
