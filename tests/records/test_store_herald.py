"""Two processes on one PostgreSQL tell each other what to look at again."""

from __future__ import annotations

import asyncio

import pytest

from app.records.store import Db, Store, hint, open_store
from app.records.store.herald import MOST_BYTES, Herald
from tests.records.test_store_faults_postgres import END_THE_OTHERS
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, keep, until


@pytest.fixture
def url(bare_postgres: str) -> str:
    run_sql(bare_postgres, MAKE_NOTE)
    return bare_postgres


def listening(url: str) -> set[object]:
    """The server's processes that listen."""
    rows = run_sql(
        url, "SELECT pid FROM pg_stat_activity WHERE starts_with(query, 'LISTEN') AND state = 'idle'"
    )
    return {row[0] for row in rows}


async def pair(url: str) -> tuple[Store, Store, list[object], list[object]]:
    here: list[object] = []
    there: list[object] = []
    stores = (
        open_store(url, schema=None, on_hints=here.extend),
        open_store(url, schema=None, on_hints=there.extend),
    )
    for store in stores:
        await store.open()
    await until(lambda: len(listening(url)) == 2)
    return *stores, here, there


def test_a_hint_reaches_the_other_process_and_is_not_told_twice_at_home(url: str) -> None:
    async def whole() -> tuple[list[object], list[object]]:
        first, second, here, there = await pair(url)
        await first.write(keep, None, 0, number=1)
        assert here == [("note", 1)]
        await until(lambda: bool(there))
        await second.write(keep, None, 0, number=2)
        await until(lambda: len(here) == 2)
        await first.close()
        await second.close()
        return here, there

    here, there = asyncio.run(whole())
    assert here == there == [("note", 1), ("note", 2)]


def test_the_herald_comes_back_after_its_connection_was_ended(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.records.store.herald.RETRY_S", 0.01)

    async def whole() -> list[object]:
        first, second, _, there = await pair(url)
        before = listening(url)
        run_sql(url, END_THE_OTHERS)
        await until(lambda: len(listening(url) - before) == 2)
        await first.write(keep, None, 0, number=7)
        await until(lambda: bool(there))
        await first.close()
        await second.close()
        return there

    assert asyncio.run(whole()) == [("note", 7)]


def test_more_hints_than_one_message_holds_are_sent_in_several() -> None:
    herald = Herald("postgresql://nobody@/clearway", print)
    hints = [("sitting", "x" * 60 + str(number)) for number in range(500)]
    herald.tell(hints)
    herald.tell(hints)
    payloads = herald._payloads()
    assert len(payloads) > 1
    assert all(len(payload) <= MOST_BYTES for payload in payloads)
    heard: list[object] = []
    other = Herald("postgresql://nobody@/clearway", heard.extend)
    for payload in payloads:
        other._take(payload)
    assert heard == hints
    assert herald._payloads() == []


def test_closing_sends_what_is_gathered(url: str) -> None:
    def say(db: Db, actor: object, now: int, /) -> None:
        hint(db, "sitting", "last")

    async def whole() -> list[object]:
        first, second, _, there = await pair(url)
        await first.write(say, None, 0)
        await first.close()
        await until(lambda: bool(there))
        await second.close()
        return there

    assert asyncio.run(whole()) == [("sitting", "last")]
