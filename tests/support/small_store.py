"""A store over one small table, and ways to put several jobs into one batch. For tests of the store itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from app.records.store import Db, Direct, Store, hint, open_store
from tests.support.databases import run_sql

T = TypeVar("T")
NOTE = sa.table("note", sa.column("id", sa.BigInteger), sa.column("words", sa.Text))
MAKE_NOTE = "CREATE TABLE note (id BIGINT PRIMARY KEY, words TEXT NOT NULL)"
_put = Direct(sa.insert(NOTE).inline())
_find = Direct(sa.select(NOTE.c.words).where(NOTE.c.id == sa.bindparam("id")))
_ids = Direct(sa.select(NOTE.c.id).order_by(NOTE.c.id))


def keep(db: Db, actor: object, now: int, /, *, number: int, words: str = "kept") -> int:
    """An action that stands a second run: it finds its own key and answers the same."""
    if _find(db, id=number).fetchone() is None:
        _put(db, id=number, words=words)
        hint(db, "note", number)
    return number


def put(db: Db, actor: object, now: int, /, *, number: int, words: str = "kept") -> int:
    """An action that fails when the key is there already."""
    _put(db, id=number, words=words)
    return number


def kept(db: Db) -> list[int]:
    """A look-up: the ids that are stored."""
    return [row[0] for row in _ids(db).fetchall()]


def stored(url: str) -> list[object]:
    """The ids that are stored, seen from outside the store."""
    return [row[0] for row in run_sql(url, "SELECT id FROM note ORDER BY id")]


def with_store(url: str, body: Callable[[Store], Awaitable[T]], **settings: Any) -> T:
    """Open a store without a schema, run the body on its loop, close it."""

    async def whole() -> T:
        store = open_store(url, **{"schema": None, **settings})
        await store.open()
        try:
            return await body(store)
        finally:
            await store.close()

    return asyncio.run(whole())


async def until(true: Callable[[], bool]) -> None:
    """Let the loop go on until it is true; TimeoutError after 5 s."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 (what is waited for happens in another thread)
            await asyncio.sleep(0.001)


async def together(store: Store, *calls: tuple[Callable[..., Any], dict[str, Any]]) -> list[Any]:
    """Results or errors of actions that wait while the writer is held up: on SQLite they are one batch."""
    held, go = threading.Event(), threading.Event()

    def hold(db: Db, actor: object, now: int, /) -> None:
        held.set()
        go.wait(5)

    holding = asyncio.create_task(store.write(hold, None, 0))
    await until(held.is_set)
    tasks = [asyncio.create_task(store.write(action, None, 0, **values)) for action, values in calls]
    await asyncio.sleep(0)
    go.set()
    await holding
    return await asyncio.gather(*tasks, return_exceptions=True)
