"""Brings a database to the newest schema, with the service stopped. What a schema holds is in `migrations/`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.records.store.engines import driver, postgres_engine, sqlite_engine, sqlite_path
from app.records.store.failures import Unfit
from app.records.store.files import check_log
from app.records.store.fitness import SCHEMA, check_schema
from app.records.store.lock import OneProcess

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ONE_AT_A_TIME = 7_240_153_002


def configuration(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's settings. There is no file of them: the address comes from the caller."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def script_heads(migrations: Path = MIGRATIONS) -> set[str]:
    """The heads of the migrations on the disk; one, or the building is unsound."""
    return set(ScriptDirectory.from_config(configuration(migrations)).get_heads())


def known_versions(migrations: Path = MIGRATIONS) -> set[str]:
    """Every version that a database may have and be brought up to date from."""
    return {one.revision for one in ScriptDirectory.from_config(configuration(migrations)).walk_revisions()}


def current_heads(url: str) -> set[str]:
    """Where a database stands; empty for one without any migration."""
    with _connected(url) as db:
        return set(MigrationContext.configure(db).get_current_heads())


def upgrade(url: str, migrations: Path = MIGRATIONS) -> None:
    """Run every migration that is missing, all or none.

    Raises Unfit when the database is in use, its file or its log is gone, or a foreign key would point nowhere.
    """
    with _alone(url), _connected(url) as db:
        on_sqlite = db.dialect.name == "sqlite"
        if on_sqlite:
            # Within a transaction this does nothing; left on, a rebuild fails or silently empties the children.
            driver(db).execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            if not on_sqlite:
                db.execute(sa.text("SET LOCAL statement_timeout = 0"))
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
            config = configuration(migrations)
            config.attributes["connection"] = db
            command.upgrade(config, "head")
            if on_sqlite:
                _must_point_somewhere(db)
            if migrations == MIGRATIONS:
                check_schema(db, SCHEMA)
        if on_sqlite:
            driver(db).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _must_point_somewhere(db: sa.Connection) -> None:
    astray = driver(db).execute("PRAGMA foreign_key_check").fetchall()
    if astray:
        tables = ", ".join(sorted({row[0] for row in astray}))
        raise Unfit(f"The migration was undone: {len(astray)} rows of {tables} would point at nothing.")


@contextlib.contextmanager
def _alone(url: str) -> Iterator[None]:
    if sa.make_url(url).get_backend_name() != "sqlite":
        yield
        return
    path = sqlite_path(url)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = OneProcess(path)
    lock.take()
    try:
        check_log(path)
        path.touch(mode=0o600)  # the log beside it is given the same rights
        yield
    finally:
        lock.free()


@contextlib.contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    if sa.make_url(url).get_backend_name() == "sqlite":
        engine = sqlite_engine(sqlite_path(url), writes=True)
    else:
        engine = postgres_engine(url)
    with engine.connect() as db:
        yield db
