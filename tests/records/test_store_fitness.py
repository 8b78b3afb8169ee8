"""A store that could lose something, or that has the wrong database, does not open; it says why in one sentence."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from app.records.migrate import script_heads
from app.records.store import NotSaved, Unfit, engines, fitness, open_store
from app.records.store.engines import sqlite_engine, sqlite_path
from app.records.store.fitness import SCHEMA, Schema, check_clock
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, put, stored, with_store


def refusal(url: str, **settings: Any) -> str:
    """The sentence with which a store refuses to open."""

    async def whole() -> str:
        with pytest.raises(Unfit) as refused:
            await open_store(url, **settings).open()
        assert refused.value.exit_code == 78
        return str(refused.value)

    sentence = asyncio.run(whole())
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_migrated_database_is_fit(database_url: str) -> None:
    async def body(store: Any) -> dict[str, Any]:
        return dict(store.health())

    health = with_store(database_url, body, schema=SCHEMA)
    assert health["ready"]
    assert health["waiting"] == health["slow_actions"] == 0
    assert re.match(r"(SQLite|PostgreSQL) \d+\.\d+", health["version"])


def test_a_sqlite_with_the_fault_in_its_log_shows_amber(
    bare_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(store: Any) -> list[str]:
        return list(store.health()["amber"])

    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    assert any("3.51.3" in sentence for sentence in with_store(bare_sqlite, body))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    assert with_store(bare_sqlite, body) == []


UNSAFE = {
    "journal_mode": "delete",
    "synchronous": 1,
    "foreign_keys": 0,
    "recursive_triggers": 0,
    "mmap_size": 1_048_576,
    "secure_delete": 0,
}


@pytest.mark.parametrize("name", UNSAFE)
def test_sqlite_is_refused_when_a_setting_is_not_what_it_must_be(
    bare_sqlite: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.PRAGMAS, name, UNSAFE[name])
    assert name in refusal(bare_sqlite, schema=None)


def test_every_setting_that_durability_depends_on_is_set_as_it_is_checked() -> None:
    assert {name: engines.PRAGMAS[name] for name in fitness.MEANING} == fitness.MEANING


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    assert "memory" in refusal(url)


def test_another_kind_of_database_is_refused() -> None:
    assert "mysql" in refusal("mysql://nowhere/clearway")


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    assert "migrate" in refusal(f"sqlite:///{tmp_path}/clearway.db")
    assert not (tmp_path / "clearway.db").exists()


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(f"sqlite:///{tmp_path}/nowhere/clearway.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clearway.db").write_text("these are not the records you are looking for" * 100)
    assert "is damaged" in refusal(f"sqlite:///{tmp_path}/clearway.db")


def test_a_damaged_database_is_refused(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    assert "damaged" in refusal(sqlite_url)


def test_a_database_of_another_version_is_refused(database_url: str) -> None:
    assert "needs 9999" in refusal(database_url, schema=Schema("9999", SCHEMA.append_only))


def test_an_empty_database_is_refused(bare_url: str) -> None:
    assert "empty" in refusal(bare_url)


def test_the_expected_head_is_the_head_of_the_migrations() -> None:
    assert script_heads() == {SCHEMA.head}


def test_a_lost_trigger_is_refused(database_url: str) -> None:
    verb = "_no_update" if database_url.startswith("sqlite") else "_no_change ON answer_revision"
    make = (
        run_sql(database_url, "SELECT sql FROM sqlite_master WHERE name = 'answer_revision_no_update'")
        if (database_url.startswith("sqlite"))
        else []
    )
    run_sql(database_url, f"DROP TRIGGER answer_revision{verb}")
    try:
        assert "answer_revision_no_" in refusal(database_url)
    finally:
        run_sql(
            database_url,
            str(make[0][0])
            if make
            else "CREATE TRIGGER answer_revision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON answer_revision FOR EACH STATEMENT EXECUTE FUNCTION keep_forever()",
        )


def test_a_trigger_that_is_switched_off_is_refused(postgres_url: str) -> None:
    run_sql(postgres_url, "ALTER TABLE audit DISABLE TRIGGER audit_no_change")
    try:
        assert "audit_no_change" in refusal(postgres_url)
    finally:
        run_sql(postgres_url, "ALTER TABLE audit ENABLE TRIGGER audit_no_change")


POSTGRES_KEEPS = ("fsync", "full_page_writes", "synchronous_commit")


@pytest.fixture
def set_server(bare_postgres: str) -> Iterator[Callable[[str, str], None]]:
    """Changes a setting of the whole server, as an operator would, until the test ends."""
    with psycopg.connect(bare_postgres, autocommit=True) as db:

        def setting(name: str, value: str) -> None:
            db.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
            db.execute("SELECT pg_reload_conf()")
            until = time.monotonic() + 5
            while time.monotonic() < until:
                with psycopg.connect(bare_postgres) as fresh:
                    if fresh.execute(f"SHOW {name}").fetchone() == (value,):
                        return
            raise TimeoutError(name)

        try:
            yield setting
        finally:
            for name in POSTGRES_KEEPS:
                setting(name, "on")
            db.execute("ALTER SYSTEM RESET ALL")
            db.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("name", POSTGRES_KEEPS)
def test_postgresql_is_refused_when_it_would_acknowledge_what_it_could_lose(
    bare_postgres: str, set_server: Callable[[str, str], None], name: str
) -> None:
    for value in ("off", "local", "remote_write") if name == "synchronous_commit" else ("off",):
        set_server(name, value)
        assert f"{name} is {value}" in refusal(bare_postgres, schema=None)


def test_postgresql_may_wait_for_its_stand_by(
    bare_postgres: str, set_server: Callable[[str, str], None]
) -> None:
    async def body(store: Any) -> bool:
        return bool(store.ready)

    set_server("synchronous_commit", "remote_apply")
    assert with_store(bare_postgres, body)


def test_a_setting_that_drifts_while_the_service_runs_is_found_on_the_next_connection(
    bare_postgres: str, set_server: Callable[[str, str], None]
) -> None:
    run_sql(bare_postgres, MAKE_NOTE)

    async def body(store: Any) -> None:
        set_server("fsync", "off")
        with pytest.raises(NotSaved, match="fsync"):
            await store.write(put, None, 0, number=1)

    with_store(bare_postgres, body)
    assert stored(bare_postgres) == []


def test_a_server_that_is_away_is_refused() -> None:
    assert "cannot be reached" in refusal("postgresql://nobody@/clearway?host=/nowhere")


def test_a_clock_before_the_last_alive_mark_is_refused() -> None:
    check_clock(None, 5)
    check_clock(5_000, 5_000)
    with pytest.raises(Unfit, match="61 s behind"):
        check_clock(61_000, 0)


def test_a_second_store_of_one_file_is_refused(bare_sqlite: str) -> None:
    run_sql(bare_sqlite, MAKE_NOTE)

    async def body(store: Any) -> None:
        second = open_store(bare_sqlite, schema=None)
        with pytest.raises(Unfit, match="use PostgreSQL"):
            await second.open()
        await second.close()
        await store.write(put, None, 0, number=1)

    with_store(bare_sqlite, body)
    with_store(bare_sqlite, body_again)
    assert stored(bare_sqlite) == [1, 2]


async def body_again(store: Any) -> None:
    await store.write(put, None, 0, number=2)


SECOND = """
import asyncio, sys
from app.records.store import Unfit, open_store
async def go():
    try:
        await open_store(sys.argv[1], schema=None).open()
    except Unfit as refused:
        print(refused)
        return refused.exit_code
raise SystemExit(asyncio.run(go()))
"""


def test_a_second_process_is_refused_while_the_first_lives(bare_sqlite: str) -> None:
    async def body(store: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", SECOND, bare_sqlite]
        return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)

    second = with_store(bare_sqlite, body)
    assert second.returncode == 78, second.stderr
    assert second.stdout.count("\n") == 1
    assert "SQLite means one process" in second.stdout


def test_a_refused_start_frees_the_file(sqlite_url: str) -> None:
    refusal(sqlite_url, schema=Schema("9999", frozenset()))
    path = sqlite_path(sqlite_url)
    shutil.copy(path, path.with_suffix(".kept"))

    async def body(store: Any) -> bool:
        return bool(store.ready)

    assert with_store(sqlite_url, body, schema=SCHEMA)


def test_connections_belong_to_the_thread_that_made_them(bare_sqlite: str) -> None:
    with sqlite_engine(sqlite_path(bare_sqlite), writes=True).connect() as db:
        raw = engines.driver(db)

        async def stray() -> None:
            await asyncio.to_thread(raw.execute, "SELECT 1")

        with pytest.raises(sqlite3.ProgrammingError, match="thread"):
            asyncio.run(stray())
