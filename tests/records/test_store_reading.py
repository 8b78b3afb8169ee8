"""What the doors for reading promise: what was written is seen, and only plain data leaves."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.records.store import Db, NotRead, Store, engines, open_store
from app.records.store.engines import driver, sqlite_path
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, NOTE, keep, kept, with_store


class Base(DeclarativeBase):
    """The declarative base of this file's only mapped class."""


class Note(Base):
    """The small table as an ORM class, to see that it is refused."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    words: Mapped[str]


@dataclass(frozen=True)
class View:
    """As a page's view: a frozen dataclass that leaves the store."""

    rows: object


def half_read_result(db: Db) -> object:
    result = db.execute(sa.select(NOTE))
    result.fetchone()
    return result


def half_read_cursor(db: Db) -> object:
    cursor = driver(db).execute("SELECT * FROM note")
    cursor.fetchone()
    return cursor


def generator(db: Db) -> object:
    def rows() -> Iterator[object]:
        yield from db.execute(sa.select(NOTE))

    started = rows()
    next(started)
    return started


def mapped(db: Db) -> object:
    with Session(bind=db) as session:
        return session.get_one(Note, 1)


def in_a_list(db: Db) -> object:
    return [1, half_read_result(db)]


def in_a_view(db: Db) -> object:
    return View(half_read_cursor(db))


async def later(db: Db) -> int:
    return len(kept(db))


@pytest.fixture
def url(bare_url: str) -> str:
    run_sql(bare_url, MAKE_NOTE, "INSERT INTO note VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    return bare_url


LEAKS = [half_read_result, half_read_cursor, generator, mapped, in_a_list, in_a_view, later]


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
@pytest.mark.parametrize("door", ["read", "read_long"])
def test_what_is_not_plain_does_not_leave_and_makes_no_page_stale(
    url: str, leak: Callable[..., Any], door: str
) -> None:
    async def body(store: Store) -> list[int]:
        with pytest.raises(TypeError, match="only plain data") as kept_error:
            await getattr(store, door)(leak)
        await store.write(keep, None, 0, number=4)
        assert kept_error.value
        return await store.read(kept)

    assert with_store(url, body) == [1, 2, 3, 4]


def test_an_error_that_somebody_keeps_makes_no_page_stale(url: str) -> None:
    def fail(db: Db) -> None:
        cursor = driver(db).execute("SELECT * FROM note")
        cursor.fetchone()
        try:
            db.execute(sa.text("SELECT nonsense FROM note"))
        except sa.exc.DBAPIError as error:
            raise LookupError(cursor.description) from error

    async def body(store: Store) -> list[int]:
        with pytest.raises(LookupError) as kept_error:
            await store.read(fail)
        await store.write(keep, None, 0, number=4)
        assert kept_error.value
        return await store.read(kept)

    assert with_store(url, body) == [1, 2, 3, 4]


def test_plain_values_of_every_kind_leave(url: str) -> None:
    def look(db: Db) -> object:
        rows = db.execute(sa.select(NOTE)).all()
        return View({"rows": rows, "first": rows[0], "some": (1, None, b"x", frozenset({2}))})

    view = with_store(url, lambda store: store.read(look))
    assert isinstance(view, View)
    assert isinstance(view.rows, dict)
    assert view.rows["first"].words == "a"


@pytest.mark.parametrize("door", ["read", "read_long"])
def test_a_look_up_cannot_write(url: str, door: str) -> None:
    def write(db: Db) -> None:
        driver(db).execute("INSERT INTO note VALUES (9, 'sneaked')")

    async def body(store: Store) -> None:
        with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction)):
            await getattr(store, door)(write)

    with_store(url, body)


@pytest.mark.parametrize("door", ["read", "read_long"])
def test_one_look_up_sees_one_moment_of_the_file(bare_sqlite: str, door: str) -> None:
    run_sql(bare_sqlite, MAKE_NOTE)

    def twice(db: Db) -> tuple[list[int], list[int]]:
        before = kept(db)
        other = sqlite3.connect(sqlite_path(bare_sqlite))
        with other:
            other.execute("INSERT INTO note VALUES (7, 'meanwhile')")
        other.close()
        return before, kept(db)

    before, after = with_store(bare_sqlite, lambda store: getattr(store, door)(twice))
    assert before == after == []


def test_a_long_reading_of_postgresql_sees_one_moment(bare_postgres: str) -> None:
    run_sql(bare_postgres, MAKE_NOTE)

    def twice(db: Db) -> tuple[list[int], list[int]]:
        before = kept(db)
        run_sql(bare_postgres, "INSERT INTO note VALUES (7, 'meanwhile')")
        return before, kept(db)

    assert with_store(bare_postgres, lambda store: store.read_long(twice)) == ([], [])


def test_a_reading_without_end_is_ended(url: str) -> None:
    def endless(db: Db) -> object:
        text = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        return db.execute(sa.text(text)).scalar()

    async def body(store: Store) -> list[int]:
        with pytest.raises(TimeoutError, match="took longer"):
            await store.read_long(endless)
        return await store.read(kept)

    assert with_store(url, body, long_read_s=0.1) == [1, 2, 3]


def test_a_look_up_that_leaves_a_transaction_open_makes_no_page_stale(url: str) -> None:
    def leave_open(db: Db) -> list[int]:
        if not driver(db).in_transaction if url.startswith("sqlite") else True:
            driver(db).execute("BEGIN")
        return kept(db)

    async def body(store: Store) -> list[int]:
        await asyncio.gather(*(store.read(leave_open) for _ in range(8)))
        if store.dialect == "postgresql":
            idle = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            assert run_sql(url, idle) == [(0,)]
        await store.write(keep, None, 0, number=4)
        answers = await asyncio.gather(*(store.read(kept) for _ in range(8)))
        return min(answers, key=len)

    assert with_store(url, body) == [1, 2, 3, 4]


def test_readers_of_postgresql_come_back_after_their_connections_were_ended(bare_postgres: str) -> None:
    run_sql(bare_postgres, MAKE_NOTE, "INSERT INTO note VALUES (1, 'a')")

    async def body(store: Store) -> list[list[int]]:
        await asyncio.gather(*(store.read(kept) for _ in range(8)))
        run_sql(
            bare_postgres,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        return await asyncio.gather(*(store.read(kept) for _ in range(8)))

    assert with_store(bare_postgres, body) == [[1]] * 8


def test_a_look_up_that_postgresql_is_too_slow_for_is_not_read(
    bare_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines.POSTGRES_TIMEOUTS, "statement_timeout", 100)

    def slow(db: Db) -> int:
        return int(db.exec_driver_sql("SELECT 1 FROM pg_sleep(5)").scalar_one())

    async def body(store: Store) -> None:
        with pytest.raises(NotRead, match="57014"):
            await store.read(slow)

    with_store(bare_postgres, body)


def test_a_closed_store_says_so(url: str) -> None:
    async def body() -> None:
        store = open_store(url, schema=None)
        await store.open()
        await store.close()
        await store.close()
        with pytest.raises(NotRead):
            await store.read(kept)
        with pytest.raises(NotRead):
            await store.read_long(kept)

    asyncio.run(body())
