"""Migrations: all or none, alone, with keys that point somewhere and triggers that stay."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from app.records.migrate import MIGRATIONS, current_heads, upgrade
from app.records.store import Unfit, fitness, open_store
from app.records.store.engines import postgres_engine, sqlite_engine, sqlite_path
from app.records.store.fitness import SCHEMA
from app.records.tables import APPEND_ONLY, metadata
from tests.support.databases import run_sql
from tests.support.small_store import with_store

FIRST = """
import sqlalchemy as sa
from alembic import op
from migrations.append_only import keep_forever
revision, down_revision = "1", None
def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE"), nullable=False))
    keep_forever("child")
"""
REBUILD = """
import sqlalchemy as sa
from alembic import op
from migrations.append_only import keep_forever
revision, down_revision = "2", "1"
def upgrade():
    for table in ("parent", "child"):
        rebuilt = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
        with op.batch_alter_table(table, recreate=rebuilt) as batch:
            batch.add_column(sa.Column("more", sa.Integer))
    {end}
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A folder of small migrations under our own env.py."""
    folder = tmp_path / "small"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((MIGRATIONS / "env.py").read_text())
    (folder / "versions" / "1.py").write_text(FIRST)
    return folder


def triggers(url: str) -> set[str]:
    engine = (
        sqlite_engine(sqlite_path(url), writes=True) if url.startswith("sqlite") else postgres_engine(url)
    )
    with engine.connect() as db:
        return fitness.append_only_triggers(db)


def test_the_tables_are_what_the_migrations_make(database_url: str) -> None:
    on_sqlite = database_url.startswith("sqlite")
    engine = (
        sqlite_engine(sqlite_path(database_url), writes=True) if on_sqlite else postgres_engine(database_url)
    )
    with engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_the_append_only_tables_have_their_triggers(database_url: str) -> None:
    expected = fitness.expected_triggers(sa.make_url(database_url).get_backend_name(), SCHEMA.append_only)
    assert triggers(database_url) == expected
    assert {table.name for table in APPEND_ONLY} == SCHEMA.append_only


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    assert current_heads(database_url) == {SCHEMA.head}


CHANGES = ("UPDATE child SET parent = 1", "DELETE FROM child", "DELETE FROM parent")
OWN_CHANGES = {
    "bare_sqlite": (*CHANGES, "INSERT OR REPLACE INTO child (id, parent) VALUES (1, 1)"),
    "bare_postgres": (*CHANGES, "TRUNCATE child", "TRUNCATE parent CASCADE"),
}


@pytest.mark.parametrize(
    ("which", "change"), [(which, change) for which, changes in OWN_CHANGES.items() for change in changes]
)
def test_rows_of_an_append_only_table_stay(
    request: pytest.FixtureRequest, migrations: Path, which: str, change: str
) -> None:
    bare_url = str(request.getfixturevalue(which))
    upgrade(bare_url, migrations)
    run_sql(bare_url, "INSERT INTO parent VALUES (1)", "INSERT INTO child (id, parent) VALUES (1, 1)")
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        run_sql(bare_url, change)
    assert run_sql(bare_url, "SELECT id, parent FROM child") == [(1, 1)]


def test_a_refused_change_leaves_the_rest_of_its_transaction(bare_sqlite: str, migrations: Path) -> None:
    upgrade(bare_sqlite, migrations)
    run_sql(bare_sqlite, "INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1, 1)")
    with sqlite_engine(sqlite_path(bare_sqlite), writes=True).connect() as db, db.begin():
        db.exec_driver_sql("INSERT INTO parent VALUES (2)")
        with pytest.raises(sa.exc.IntegrityError):
            db.exec_driver_sql("DELETE FROM child")
    assert run_sql(bare_sqlite, "SELECT id FROM parent") == [(1,), (2,)]


def test_a_rebuild_keeps_rows_keys_and_triggers(bare_url: str, migrations: Path) -> None:
    upgrade(bare_url, migrations)
    run_sql(bare_url, "INSERT INTO parent VALUES (1)", "INSERT INTO child (id, parent) VALUES (1, 1)")
    before = triggers(bare_url)
    (migrations / "versions" / "2.py").write_text(REBUILD.format(end='keep_forever("child")'))
    upgrade(bare_url, migrations)
    assert run_sql(bare_url, "SELECT id, parent, more FROM child") == [(1, 1, None)]
    assert triggers(bare_url) == before != set()
    with pytest.raises(sa.exc.IntegrityError):
        run_sql(bare_url, "INSERT INTO child (id, parent) VALUES (2, 99)")


def test_a_rebuild_that_forgets_the_triggers_is_noticed(bare_sqlite: str, migrations: Path) -> None:
    upgrade(bare_sqlite, migrations)
    (migrations / "versions" / "2.py").write_text(REBUILD.format(end=""))
    upgrade(bare_sqlite, migrations)

    async def start() -> None:
        await open_store(bare_sqlite, schema=fitness.Schema("2", frozenset({"child"}))).open()

    with pytest.raises(Unfit, match="child_no_delete, child_no_update"):
        asyncio.run(start())


def test_a_migration_that_leaves_a_key_pointing_nowhere_is_undone(bare_sqlite: str, migrations: Path) -> None:
    upgrade(bare_sqlite, migrations)
    run_sql(bare_sqlite, "INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1, 1)")
    (migrations / "versions" / "2.py").write_text(REBUILD.format(end='op.execute("DELETE FROM parent")'))
    with pytest.raises(Unfit, match="point at nothing"):
        upgrade(bare_sqlite, migrations)
    assert run_sql(bare_sqlite, "SELECT id FROM parent") == [(1,)]
    assert current_heads(bare_sqlite) == {"1"}


def test_a_migration_that_fails_leaves_nothing_of_itself(bare_url: str, migrations: Path) -> None:
    (migrations / "versions" / "2.py").write_text(REBUILD.format(end='raise LookupError("a bug")'))
    with pytest.raises(LookupError):
        upgrade(bare_url, migrations)
    assert current_heads(bare_url) == set()
    with pytest.raises(sa.exc.DBAPIError):
        run_sql(bare_url, "SELECT * FROM parent")


def test_nothing_is_migrated_under_a_running_service(sqlite_url: str) -> None:
    async def body(store: Any) -> None:
        with pytest.raises(Unfit, match="one process"):
            await asyncio.to_thread(upgrade, sqlite_url)

    with_store(sqlite_url, body, schema=SCHEMA)


def test_a_new_database_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "clearway.db"
    upgrade(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_no_table_has_a_constraint_that_waits_for_the_commit(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        with sqlite3.connect(sqlite_path(database_url)) as db:
            texts = [row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
        db.close()
        assert texts
        assert not [text for text in texts if "DEFERRABLE" in text.upper()]
    else:
        with psycopg.connect(database_url) as server:
            rows = server.execute("SELECT conname FROM pg_constraint WHERE condeferrable").fetchall()
        assert rows == []
