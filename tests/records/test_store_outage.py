"""After a freeze, what happened is recorded before anything is judged."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import psycopg
import pytest

from app.main import ALIVE_SECONDS
from app.records.store import Db, NotSaved, Store, hint
from app.records.store.performing import FREEZE_MS, SKEW_MS, Watch, boot_ms
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, keep, put, stored, together, with_store


class BootClock:
    """A hand-moved clock in place of the machine's time since boot."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def __call__(self) -> int:
        return self.now


class Hook:
    """Records each gap it is told as a row: its id is the gap."""

    def __init__(self) -> None:
        self.gaps: list[int] = []
        self.fails = False
        self.takes_s = 0.0

    def __call__(self, db: Db, gap_ms: int, silent_ms: int) -> None:
        self.gaps.append(gap_ms)
        threading.Event().wait(self.takes_s)
        put(db, None, 0, number=gap_ms, words="outage")
        hint(db, "outage", gap_ms)
        if self.fails:
            raise LookupError("a bug in the hook")


@pytest.fixture
def url(bare_url: str) -> str:
    run_sql(bare_url, MAKE_NOTE)
    return bare_url


def test_a_freeze_is_recorded_once_and_before_the_jobs_that_waited(url: str) -> None:
    clock, hook = BootClock(), Hook()

    def outages(db: Db, actor: object, now: int, /) -> int:
        return int(db.exec_driver_sql("SELECT count(*) FROM note WHERE words = 'outage'").scalar_one())

    async def body(store: Store) -> list[Any]:
        await asyncio.gather(*(store.write(keep, None, 0, number=1) for _ in range(8)))
        hook.takes_s = 0.05  # so that the other threads come to the same gate meanwhile
        clock.now += FREEZE_MS + 5_000
        seen = await asyncio.gather(*(store.write(outages, None, 0) for _ in range(8)))
        clock.now += FREEZE_MS
        return [*seen, await store.write(outages, None, 0)]

    assert with_store(url, body, before_batch=hook, clock_ms=clock) == [1] * 9
    assert hook.gaps == [FREEZE_MS + 5_000]


def test_a_freeze_in_the_middle_of_a_job_is_told_to_the_next(url: str) -> None:
    clock, hook = BootClock(), Hook()

    def freeze(db: Db, actor: object, now: int, /) -> None:
        clock.now += 60_000

    async def body(store: Store) -> None:
        await store.write(freeze, None, 0)
        await store.write(keep, None, 0, number=1)
        await store.write(keep, None, 0, number=2)

    with_store(url, body, before_batch=hook, clock_ms=clock)
    assert hook.gaps == [60_000]


def test_a_slow_start_is_no_freeze_because_the_first_write_judges_the_outage(url: str) -> None:
    clock, hook = BootClock(), Hook()

    async def body(store: Store) -> None:
        clock.now += 10 * FREEZE_MS  # a long check of a large file, before anything is written
        await store.write(keep, None, 0, number=1)
        clock.now += FREEZE_MS + 1
        await store.write(keep, None, 0, number=2)

    with_store(url, body, before_batch=hook, clock_ms=clock)
    assert hook.gaps == [FREEZE_MS + 1]


def test_an_absence_of_the_database_is_an_outage_however_short_and_told_once(bare_postgres: str) -> None:
    run_sql(bare_postgres, MAKE_NOTE)
    clock, told = BootClock(), []

    def hook(db: Db, gap_ms: int, silent_ms: int) -> None:
        told.append((gap_ms, silent_ms))

    def away(db: Db, actor: object, now: int, /) -> None:
        clock.now += 100
        raise psycopg.OperationalError("the connection is lost")

    async def body(store: Store) -> None:
        await store.write(keep, None, 0, number=1)
        clock.now += 1_000
        with pytest.raises(NotSaved):
            await store.write(away, None, 0)
        clock.now += 2_000
        await store.write(keep, None, 0, number=2)
        clock.now += 1_000
        await store.write(keep, None, 0, number=3)

    with_store(bare_postgres, body, before_batch=hook, clock_ms=clock)
    assert told == [(3_300, 2_200 - SKEW_MS)]


def test_a_freeze_is_longer_than_two_marks_are_apart_and_no_more() -> None:
    assert ALIVE_SECONDS * 1000 < FREEZE_MS <= 7_000


def test_nothing_is_judged_while_the_outage_cannot_be_recorded(url: str) -> None:
    clock, hook = BootClock(), Hook()
    hook.fails = True

    async def body(store: Store) -> None:
        await store.write(keep, None, 0, number=9)
        clock.now += FREEZE_MS + 1
        for error in await asyncio.gather(
            *(store.write(keep, None, 0, number=number) for number in range(3)), return_exceptions=True
        ):
            assert isinstance(error, NotSaved)
        hook.fails = False
        await store.write(keep, None, 0, number=1)

    with_store(url, body, before_batch=hook, clock_ms=clock)
    assert stored(url) == [1, 9, FREEZE_MS + 1]


def test_a_batch_that_is_undone_keeps_its_outage(bare_sqlite: str) -> None:
    run_sql(bare_sqlite, MAKE_NOTE)
    clock, hook = BootClock(), Hook()

    def end(db: Db, actor: object, now: int, /) -> None:
        db.commit()

    async def body(store: Store) -> list[Any]:
        await store.write(keep, None, 0, number=3)
        clock.now += FREEZE_MS + 7
        return await together(store, (keep, {"number": 1}), (end, {}), (keep, {"number": 2}))

    first, _, second = with_store(bare_sqlite, body, before_batch=hook, clock_ms=clock)
    assert (first, second) == (1, 2)
    assert stored(bare_sqlite) == [1, 2, 3, FREEZE_MS + 7]


def test_pages_are_told_of_a_recorded_outage(url: str) -> None:
    clock, told = BootClock(), []

    async def body(store: Store) -> None:
        await store.write(keep, None, 0, number=2)
        clock.now += FREEZE_MS + 1
        await store.write(keep, None, 0, number=1)
        await asyncio.sleep(0)

    with_store(url, body, before_batch=Hook(), clock_ms=clock, on_hints=told.extend)
    assert sorted(told) == [("note", 1), ("note", 2), ("outage", FREEZE_MS + 1)]


def test_the_clock_counts_milliseconds_since_the_machine_started() -> None:
    first, second = boot_ms(), boot_ms()
    assert 0 <= second - first < 1_000
    assert first > 0
    assert Watch().gap_ms() == 0
