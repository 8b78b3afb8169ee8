"""The reading side of the store: quick look-ups on a kept connection, long ones in a thread with one snapshot."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from app.records.store.engines import driver, postgres_engine, sqlite_engine
from app.records.store.failures import NotRead
from app.records.store.performing import Watch
from app.records.store.plain import forget_frames, must_be_plain

READERS = 4
# Going down, crashed, coming up; and a session that the server ended because it heard nothing from us for too long.
LOST = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
LookUp = Callable[..., Any]


class LoopReader:
    """SQLite: one read-only connection, used on the event loop itself (a thread would cost ten times the read)."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite_engine(path, writes=False).connect()
        self._raw: sqlite3.Connection = driver(self._db)

    def read(self, look_up: LookUp, values: dict[str, Any]) -> Any:
        """Run the look-up at one moment of the database."""
        self._raw.execute("BEGIN")
        try:
            value = look_up(self._db, **values)
            must_be_plain(value)
            return value
        except BaseException as error:
            value = None
            forget_frames(error)
            raise
        finally:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()


def read_long_sqlite(path: Path, look_up: LookUp, values: dict[str, Any], limit_s: float) -> Any:
    """In a thread: own connection, one snapshot. Raises TimeoutError after `limit_s` seconds."""
    until = time.perf_counter() + limit_s
    with contextlib.closing(sqlite_engine(path, writes=False).connect()) as db:
        raw = driver(db)
        raw.set_progress_handler(lambda: time.perf_counter() > until, 10_000)
        raw.execute("BEGIN")
        try:
            value = look_up(db, **values)
            must_be_plain(value)
            return value
        except Exception as error:
            forget_frames(error)
            if getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise TimeoutError(f"the reading took longer than {limit_s:g} s") from None
            raise
        finally:
            raw.set_progress_handler(None, 0)
            if raw.in_transaction:
                raw.execute("ROLLBACK")


def is_lost(error: BaseException) -> bool:
    """Whether the connection to PostgreSQL is gone: no SQL state, or one that says so."""
    cause = getattr(error, "orig", None) or error
    unsaid = isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None
    return unsaid or (isinstance(cause, psycopg.Error) and cause.sqlstate in LOST)


def is_unanswered(error: BaseException) -> bool:
    """Whether PostgreSQL could not answer, which is no fault of the question: lost, too slow, or no connection free."""
    return is_lost(error) or isinstance(getattr(error, "orig", None) or error, psycopg.OperationalError)


class PostgresReaders:
    """PostgreSQL: a few threads, each with a kept autocommit connection."""

    def __init__(self, url: str, watch: Watch) -> None:
        self._watch = watch
        self._engine = postgres_engine(url, isolation="AUTOCOMMIT", read_only=True)
        self._own = threading.local()
        self._opened: list[sa.Connection] = []
        self._threads = ThreadPoolExecutor(READERS, "clearway-reader")

    @property
    def threads(self) -> ThreadPoolExecutor:
        return self._threads

    def read(self, look_up: LookUp, values: dict[str, Any]) -> Any:
        """Run the look-up; a lost connection is made anew and asked once more. Raises NotRead without an answer."""
        away_since: int | None = None
        while True:
            try:
                return self._once(look_up, values)
            except Exception as error:
                if not is_unanswered(error):
                    raise
                if away_since is None and is_lost(error):
                    away_since = self._watch.now()
                    continue
                if away_since is not None:
                    self._watch.away(away_since)
                raise NotRead(error) from error

    def _once(self, look_up: LookUp, values: dict[str, Any]) -> Any:
        db: sa.Connection | None = getattr(self._own, "db", None)
        if db is None:
            db = self._own.db = self._engine.connect()
            self._opened.append(db)
        try:
            value = look_up(db, **values)
            must_be_plain(value)
            db.rollback()  # SQLAlchemy's own notion of a transaction
            driver(db).rollback()  # and one that the look-up opened; costs nothing when there is none
            return value
        except Exception as error:
            forget_frames(error)
            if is_lost(error) or db.invalidated:
                self._own.db = None
                self._drop(db)
            else:
                with contextlib.suppress(Exception):
                    db.rollback()
                    driver(db).rollback()
            raise

    def _drop(self, db: sa.Connection) -> None:
        with contextlib.suppress(Exception):
            self._opened.remove(db)
            db.invalidate()
            db.close()

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        for db in list(self._opened):
            db.close()


def read_long_postgres(url: str, look_up: LookUp, values: dict[str, Any], limit_s: float) -> Any:
    """In a thread: own connection, one snapshot. Raises TimeoutError after `limit_s` seconds."""
    engine = postgres_engine(url, isolation="REPEATABLE READ", read_only=True)
    with engine.connect() as db, db.begin():
        driver(db).execute(f"SET LOCAL statement_timeout = {int(limit_s * 1000)}")
        if driver(db).info.server_version >= 170_000:
            driver(db).execute(f"SET LOCAL transaction_timeout = {int(limit_s * 1000)}")
        try:
            value = look_up(db, **values)
        except Exception as error:
            cause = getattr(error, "orig", None) or error
            if isinstance(cause, psycopg.Error) and cause.sqlstate in ("57014", "25P04"):
                raise TimeoutError(f"the reading took longer than {limit_s:g} s") from error
            raise
        must_be_plain(value)
        return value
