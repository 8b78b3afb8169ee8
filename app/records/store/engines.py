"""Engines and connections for both databases, with the settings that durability depends on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy import event

from app.records.store.failures import Unfit

BUSY_MS = 2_000
PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged answer outlives a power cut
    "foreign_keys": 1,
    "recursive_triggers": 1,  # otherwise INSERT OR REPLACE walks past the append-only triggers
    "mmap_size": 0,
    "secure_delete": 1,
    "temp_store": 2,  # MEMORY: savepoints keep their undo pages there
    "cache_size": -65_536,
    "wal_autocheckpoint": 4_000,
    "busy_timeout": BUSY_MS,
    "journal_size_limit": 67_108_864,
}
# Waiting for a lock, a statement or an idle transaction must end before the person gives up.
POSTGRES_TIMEOUTS = {
    "statement_timeout": 5_000,
    "lock_timeout": 2_000,
    "idle_in_transaction_session_timeout": 10_000,
}

# A network that drops everything says nothing. Left alone, the kernel tries for a quarter of an hour, and each thread
# of ours waits with it: so what is sent is acknowledged within five seconds, and what is silent is asked.
POSTGRES_CONNECTION: dict[str, Any] = {
    "connect_timeout": 5,  # s
    "tcp_user_timeout": 5_000,  # ms
    "keepalives_idle": 4,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "application_name": "clearway",
}


def sqlite_path(url: str) -> Path:
    """The database file of a SQLite address. Raises Unfit for a database in memory: it keeps nothing."""
    name = sa.make_url(url).database
    if not name or name == ":memory:" or name.startswith("file:"):
        raise Unfit("DATABASE_URL names no database file: a database in memory keeps nothing.")
    return Path(name).absolute()


def sqlite_engine(path: Path, *, writes: bool, pragmas: dict[str, str | int] | None = None) -> sa.Engine:
    """An engine whose driver begins and commits nothing by itself; a connection belongs to the thread that made it."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        poolclass=sa.pool.NullPool,
        paramstyle="named",
        hide_parameters=True,  # names and answers are in them, and errors are written down
        connect_args={"check_same_thread": True, "cached_statements": 256, "timeout": BUSY_MS / 1000},
    )
    settings = PRAGMAS if pragmas is None else pragmas

    @event.listens_for(engine, "connect")
    def opened(raw: sqlite3.Connection, _: object) -> None:
        raw.isolation_level = None
        for name, value in settings.items():
            raw.execute(f"PRAGMA {name}={value}").fetchall()
        if not writes:
            raw.execute("PRAGMA query_only=ON")

    if writes:

        @event.listens_for(engine, "begin")
        def begun(db: sa.Connection) -> None:
            driver(db).execute("BEGIN IMMEDIATE")

    return engine


def postgres_engine(
    url: str,
    *,
    isolation: str = "READ COMMITTED",
    read_only: bool = False,
    begins: bool = False,
    check: Callable[[Any], None] | None = None,
) -> sa.Engine:
    """An engine without a pool: each thread of the store keeps one connection. `check` sees each new connection.

    `begins`: the BEGIN is ours, sent at once. The driver would send it with the first statement, and a transaction
    that was ended by somebody could not be told from one that has not begun.
    """
    settings = dict(POSTGRES_TIMEOUTS, default_transaction_read_only=int(read_only))
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    engine = sa.create_engine(
        url,
        poolclass=sa.pool.NullPool,
        isolation_level="AUTOCOMMIT" if begins else isolation,
        hide_parameters=True,
        connect_args={**POSTGRES_CONNECTION, "options": options},
    )
    if begins:

        @event.listens_for(engine, "begin")
        def begun(db: sa.Connection) -> None:
            if driver(db).info.transaction_status != TransactionStatus.IDLE:
                raise RuntimeError("a transaction was left open on this connection")
            driver(db).execute(f"BEGIN ISOLATION LEVEL {isolation}", prepare=False)

    if check is not None:

        @event.listens_for(engine, "connect")
        def opened(raw: Any, _: object) -> None:
            check(raw)
            raw.rollback()  # what was read opened a transaction

    return engine


def driver(db: sa.Connection) -> Any:
    """The driver's own connection: no dialect, no conversion, no autobegin."""
    return db.connection.driver_connection


def fence(engine: sa.Engine) -> None:
    """Make commit and rollback the store's alone: they raise while `db.info["ours"]` is false."""

    @event.listens_for(engine, "commit")
    @event.listens_for(engine, "rollback")
    def only_the_store(db: sa.Connection) -> None:
        if not db.info.get("ours", True):
            raise RuntimeError("an action does not commit or roll back: the store does")
