"""The store's doors without its threads: each action at once, in a savepoint, on a connection that the test rolls back.

It sees no failing COMMIT, no batch and no stale read: those are tested on real files with the real writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from app.records.store.jobs import Hint, Job
from app.records.store.performing import perform
from app.records.store.plain import must_be_plain

T = TypeVar("T")


class InlineStore:
    """Answers `write`, `read` and `read_long` as the store does. `db` is there for factories and for looking."""

    def __init__(self, db: sa.Connection) -> None:
        self.db = db
        self.dialect = db.dialect.name
        self.ready = True
        self.hints: list[Hint] = []

    async def write(self, action: Callable[..., T], actor: object, now: int, /, **values: Any) -> T:
        return self.do(action, actor, now, **values)

    async def read(self, look_up: Callable[..., T], /, **values: Any) -> T:
        return self.look(look_up, **values)

    read_long = read

    def do(self, action: Callable[..., T], actor: object, now: int, /, **values: Any) -> T:
        """`write` for tests that have no event loop. Nobody waits, so the job has no future."""
        self.db.info["hints"] = mine = []
        job = Job(action, actor, now, values, cast("asyncio.Future[Any]", None))
        with self.db.begin_nested():
            value: T = perform(self.db, job)
        self.hints += dict.fromkeys(mine)
        return value

    def look(self, look_up: Callable[..., T], /, **values: Any) -> T:
        """`read` for tests that have no event loop."""
        value = look_up(self.db, **values)
        must_be_plain(value)
        return value

    def stop_accepting(self) -> None:
        self.ready = False

    def health(self) -> dict[str, Any]:
        return {"dialect": self.dialect, "ready": self.ready, "amber": []}
