"""Whether a database is fit to be opened: settings that durability depends on, the schema's head, the triggers,
the clock. Each refusal is one sentence; nothing here repairs."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from app.records.store.engines import driver, postgres_engine, sqlite_engine
from app.records.store.failures import Unfit
from app.records.store.files import KEPT, check_files, only_reading
from app.records.tables import APPEND_ONLY

FENCED_FROM = (3, 51, 3)
INDEXES_READ_TO_BYTES = 256 * 1024 * 1024
MEANING: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "mmap_size": 0,
    "secure_delete": 1,
}


@dataclass(frozen=True)
class Schema:
    """What a database must hold: the head of its migrations, and the tables that are only ever added to."""

    head: str
    append_only: frozenset[str]


SCHEMA = Schema(head="0004", append_only=frozenset(table.name for table in APPEND_ONLY))


def check_sqlite(path: Path, schema: Schema | None, noted: int | None = None) -> dict[str, Any]:
    """Findings for the health page. `noted`: until when the file is known to have held everything (ms, UTC).

    Raises Unfit; for damage and for what is missing before anything was opened to be written.
    """
    check_files(path, holds_something=schema is not None)
    try:
        with only_reading(path) as raw:
            check_whole(raw, path.stat().st_size)
            if schema is not None:
                check_complete(raw, noted)
        with sqlite_engine(path, writes=True).connect() as db:
            check_pragmas(driver(db))
            if schema is not None:
                check_schema(db, schema)
            version = sqlite3.sqlite_version_info
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        raise Unfit(f"The database {path.name} cannot be opened: {getattr(error, 'orig', error)}.") from error
    amber = []
    if version < FENCED_FROM:
        amber.append(
            f"SQLite {sqlite3.sqlite_version} is older than 3.51.3, which mends a rare fault in its log."
        )
    return {"version": f"SQLite {sqlite3.sqlite_version}", "amber": amber}


def check_pragmas(raw: sqlite3.Connection) -> None:
    """Read the settings back. Raises Unfit for one that is not what keeps an acknowledged answer."""
    for name, wanted in MEANING.items():
        row = raw.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != wanted:
            found = "missing" if row is None else row[0]
            raise Unfit(
                f"SQLite's {name} is {found} and must be {wanted}: without it a saved answer can be lost."
            )


def check_whole(raw: sqlite3.Connection, size: int) -> None:
    """Raises Unfit when the engine finds damage in any page. A value that somebody changed it cannot see.

    Within 10 s (reliability design, P15): a processor reads 700 MiB/s so, and with every index beside its table
    120 MiB/s. So a large file is read without its indexes, which `verify` and each back-up read.
    """
    check = "integrity_check" if size <= INDEXES_READ_TO_BYTES else "quick_check"
    found = raw.execute(f"PRAGMA {check}(1)").fetchone()[0]
    if found != "ok":
        what = " ".join(str(found).split())
        raise Unfit(f"The database is damaged ({what}). {KEPT}")


def check_complete(raw: sqlite3.Connection, noted: int | None) -> None:
    """Raises Unfit when the alive mark lies before what was noted beside the file (ms, UTC): its end is missing."""
    if noted is None:
        return
    mark = raw.execute("SELECT max(at) FROM alive").fetchone()[0]
    if mark is None or mark < noted:
        ends = "holds no sign of life" if mark is None else f"ends at {_told(mark)}"
        raise Unfit(
            f"The database {ends} and was in use until {_told(noted)}: what was saved in between is missing, so its"
            f" log is gone or damaged, or an older copy lies in its place. {KEPT} Only if it was put here on purpose,"
            " remove the file beside it whose name ends in .lock and start again."
        )


def _told(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, tz=UTC):%d %B %Y %H:%M:%S} UTC"


def check_postgres(url: str, schema: Schema | None) -> dict[str, Any]:
    """Findings for the health page. Raises Unfit."""
    try:
        with postgres_engine(url).connect() as db:
            check_postgres_settings(driver(db))
            if schema is not None:
                check_schema(db, schema)
            version = db.dialect.server_version_info or ()
            checksums = db.execute(sa.text("SHOW data_checksums")).scalar()
    except sa.exc.OperationalError as error:
        raise Unfit(f"The database cannot be reached: {str(error.orig).splitlines()[0]}.") from error
    amber = (
        []
        if checksums == "on"
        else ["PostgreSQL keeps no data checksums: damage on the disk would go unseen."]
    )
    return {"version": "PostgreSQL " + ".".join(map(str, version)), "amber": amber}


def check_postgres_settings(raw: Any) -> None:
    """Raises Unfit when the server would acknowledge what it could lose."""
    for name, wanted in (
        ("fsync", ("on",)),
        ("full_page_writes", ("on",)),
        ("synchronous_commit", ("on", "remote_apply")),
    ):
        found = raw.execute(f"SHOW {name}").fetchone()[0]
        if found not in wanted:
            raise Unfit(
                f"PostgreSQL's {name} is {found} and must be {wanted[0]}: without it a saved answer can be lost."
            )


def check_schema(db: sa.Connection, schema: Schema) -> None:
    """Raises Unfit when the migrations' head or the append-only triggers differ."""
    heads = set(MigrationContext.configure(db).get_current_heads())
    if heads != {schema.head}:
        found = ", ".join(sorted(heads)) or "empty"
        raise Unfit(
            f"The database is at {found} and this version needs {schema.head}: run `python -m app migrate`."
        )
    missing = expected_triggers(db.dialect.name, schema.append_only) - append_only_triggers(db)
    if missing:
        raise Unfit(f"The database lost its append-only triggers: {', '.join(sorted(missing))}.")


def expected_triggers(dialect: str, tables: frozenset[str]) -> set[str]:
    """The names that `migrations/append_only.py` gives."""
    endings = ("no_update", "no_delete") if dialect == "sqlite" else ("no_change",)
    return {f"{table}_{ending}" for table in tables for ending in endings}


def append_only_triggers(db: sa.Connection) -> set[str]:
    """The triggers of that kind that are there and switched on."""
    if db.dialect.name == "sqlite":
        text = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
    else:
        text = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
            " AND t.tgname LIKE '%\\_no\\_change'"
        )
    return set(db.execute(sa.text(text)).scalars())


def check_clock(last_mark: int | None, now: int) -> None:
    """Raises Unfit when the wall clock (ms, UTC) stands before the last alive mark: it would give time back twice."""
    if last_mark is not None and now < last_mark:
        behind_s = (last_mark - now) / 1000
        raise Unfit(
            f"This machine's clock is {behind_s:.0f} s behind the last record: set it and start again."
        )
