"""What can go wrong in the writers of PostgreSQL, on a real server (store.md, section 5)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from app.records.store import Db, Direct, NotSaved, Store, engines
from app.records.store.engines import driver
from app.records.store.postgres_pool import AGAIN_WITHIN_MS
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, keep, put, stored, with_store

END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def url(bare_postgres: str) -> str:
    run_sql(bare_postgres, MAKE_NOTE)
    return bare_postgres


def test_an_error_that_the_action_swallows_is_not_called_saved(url: str) -> None:
    def swallow(db: Db, actor: object, now: int, /) -> str:
        put(db, actor, now, number=1)
        with contextlib.suppress(psycopg.Error):
            driver(db).execute("SELECT nonsense")
        return "saved"

    async def body(store: Store) -> int:
        with pytest.raises(NotSaved, match="INERROR"):
            await store.write(swallow, None, 0)
        return await store.write(put, None, 0, number=2)

    assert with_store(url, body) == 2
    assert stored(url) == [2]


def test_an_action_without_a_statement_is_answered(url: str) -> None:
    def nothing(db: Db, actor: object, now: int, /) -> str:
        return "nothing to do"

    assert with_store(url, lambda store: store.write(nothing, None, 0)) == "nothing to do"


class FirstRun:
    """An action whose first run meets a fault of the given kind; the second finds what is there."""

    def __init__(self, url: str, fault: str) -> None:
        self.url, self.fault, self.runs = url, fault, 0

    def __call__(self, db: Db, actor: object, now: int, /, *, number: int) -> int:
        self.runs += 1
        missing = driver(db).execute("SELECT 1 FROM note WHERE id = %s", (number,)).fetchone() is None
        if self.runs == 1 and self.fault == "twin":
            with psycopg.connect(self.url) as other:
                other.execute("INSERT INTO note VALUES (%s, 'the twin was quicker')", (number,))
        elif self.runs == 1 and self.fault == "lost":
            run_sql(self.url, END_THE_OTHERS)
        elif self.runs == 1:
            driver(db).execute(
                f"DO $$ BEGIN RAISE EXCEPTION 'crossed' USING ERRCODE = '{self.fault}'; END $$"
            )
        if missing:
            put(db, actor, now, number=number)
        return number


@pytest.mark.parametrize("fault", ["twin", "lost", "40001", "40P01"])
def test_a_job_that_was_crossed_runs_again_and_is_stored_once(url: str, fault: str) -> None:
    action = FirstRun(url, fault)
    assert with_store(url, lambda store: store.write(action, None, 0, number=5)) == 5
    assert action.runs == 2
    assert stored(url) == [5]


def test_a_job_runs_three_times_at_most_and_then_its_error_is_its_own(url: str) -> None:
    runs = []

    def collide(db: Db, actor: object, now: int, /) -> None:
        runs.append(1)
        put(db, actor, now, number=1)
        put(db, actor, now, number=1)

    async def body(store: Store) -> None:
        with pytest.raises(psycopg.errors.UniqueViolation):
            await store.write(collide, None, 0)

    with_store(url, body)
    assert len(runs) == 3
    assert stored(url) == []


def test_a_bug_is_not_run_again(url: str) -> None:
    runs = []

    def fail(db: Db, actor: object, now: int, /) -> None:
        runs.append(1)
        db.execute(sa.text("SELECT nonsense"))

    async def body(store: Store) -> None:
        with pytest.raises(sa.exc.ProgrammingError):
            await store.write(fail, None, 0)

    with_store(url, body)
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("setting", "text"),
    [("statement_timeout", "SELECT pg_sleep(5)"), ("lock_timeout", "SELECT 1 FROM note FOR UPDATE")],
)
def test_waiting_too_long_is_not_saved(
    url: str, setting: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.POSTGRES_TIMEOUTS, setting, 100)
    run_sql(url, "INSERT INTO note VALUES (1, 'locked')")

    def wait(db: Db, actor: object, now: int, /) -> None:
        driver(db).execute(text)

    async def body(store: Store) -> None:
        with psycopg.connect(url) as other:
            other.execute("SELECT 1 FROM note FOR UPDATE")
            with pytest.raises(NotSaved):
                await store.write(wait, None, 0)

    with_store(url, body)


def test_a_session_that_the_server_ended_for_its_silence_is_made_anew(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.POSTGRES_TIMEOUTS, "idle_in_transaction_session_timeout", 100)
    runs = []

    def stall(db: Db, actor: object, now: int, /) -> int:
        runs.append(1)
        if len(runs) == 1:
            time.sleep(0.5)  # as when the network holds back what we send
        return put(db, actor, now, number=1)

    assert with_store(url, lambda store: store.write(stall, None, 0)) == 1
    assert len(runs) == 2


@pytest.mark.parametrize(("waited_ms", "runs"), [(10, 3), (AGAIN_WITHIN_MS, 1)])
def test_a_lost_connection_is_tried_again_at_once_but_nobody_is_kept_waiting(
    url: str, waited_ms: int, runs: int
) -> None:
    boot, ran = [0], []

    def lose(db: Db, actor: object, now: int, /) -> None:
        ran.append(1)
        boot[0] += waited_ms
        raise psycopg.OperationalError("the network says nothing")

    async def body(store: Store) -> None:
        with pytest.raises(NotSaved):
            await store.write(lose, None, 0)

    with_store(url, body, clock_ms=lambda: boot[0])
    assert len(ran) == runs


def test_connections_that_end_under_load_lose_nothing_and_reach_nobody(url: str) -> None:
    async def body(store: Store) -> list[Any]:
        async def ending() -> None:
            for _ in range(5):
                await asyncio.sleep(0.02)
                await asyncio.to_thread(run_sql, url, END_THE_OTHERS)

        ender = asyncio.create_task(ending())
        pairs = [store.write(keep, None, 0, number=number // 2) for number in range(600)]
        results = await asyncio.gather(*pairs, return_exceptions=True)
        await ender
        return results

    results = with_store(url, body)
    acknowledged = {result for result in results if isinstance(result, int)}
    errors = [result for result in results if not isinstance(result, int)]
    assert all(isinstance(error, NotSaved) for error in errors)
    assert len(errors) <= 8
    assert acknowledged <= set(stored(url))


def test_many_saves_to_one_row_keep_its_chain_sound(url: str) -> None:
    run_sql(url, "CREATE TABLE head (id INT PRIMARY KEY, n INT NOT NULL)", "INSERT INTO head VALUES (1, 0)")
    head = sa.table("head", sa.column("id", sa.Integer), sa.column("n", sa.Integer))
    find = Direct(sa.select(head.c.n).where(head.c.id == 1).with_for_update())
    move = Direct(sa.update(head).where(head.c.id == 1).values(n=sa.bindparam("to")))

    def step(db: Db, actor: object, now: int, /) -> int:
        before = int(find(db).fetchone()[0])
        move(db, to=before + 1)
        put(db, actor, now, number=before + 1)
        return before + 1

    async def body(store: Store) -> list[int]:
        return await asyncio.gather(*(store.write(step, None, 0) for _ in range(200)))

    assert sorted(with_store(url, body)) == list(range(1, 201))
    assert stored(url) == list(range(1, 201))
