"""What the door for writing promises on both databases."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.records.store import Db, NotSaved, Store, asks, hint
from app.records.store.engines import driver
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, NOTE, keep, kept, put, stored, together, until, with_store


@pytest.fixture
def url(bare_url: str) -> str:
    run_sql(bare_url, MAKE_NOTE)
    return bare_url


@dataclass(frozen=True)
class Refused:
    """As the rules' refusal: a result, not an error."""

    code: str


def test_a_write_answers_what_the_action_returned_and_it_is_stored(url: str) -> None:
    async def body(store: Store) -> list[int]:
        return [await store.write(keep, None, 0, number=n) for n in (3, 1, 2)]

    assert with_store(url, body) == [3, 1, 2]
    assert stored(url) == [1, 2, 3]


def test_the_actor_and_the_moment_reach_the_action(url: str) -> None:
    def told(db: Db, actor: str, now: int, /, *, more: int) -> tuple[str, int, int]:
        return actor, now, more

    async def body(store: Store) -> tuple[str, int, int]:
        return await store.write(told, "officer", 1_700_000_000_000, more=7)

    assert with_store(url, body) == ("officer", 1_700_000_000_000, 7)


def test_every_read_after_a_write_sees_it(url: str) -> None:
    async def body(store: Store) -> int:
        async def walk(start: int) -> int:
            fresh = 0
            for number in range(start, start + 40):
                await store.write(keep, None, 0, number=number)
                fresh += number in await store.read(kept)
            return fresh

        return sum(await asyncio.gather(*(walk(start) for start in range(0, 400, 100))))

    assert with_store(url, body) == 160


def test_a_refusal_is_a_result_and_what_it_keeps_is_stored(url: str) -> None:
    def refuse(db: Db, actor: object, now: int, /) -> Refused:
        put(db, actor, now, number=9, words="late")
        return Refused("late")

    async def body(store: Store) -> Refused:
        return await store.write(refuse, None, 0)

    assert with_store(url, body) == Refused("late")
    assert stored(url) == [9]


def test_an_error_goes_to_its_caller_alone_and_its_rows_are_gone(url: str) -> None:
    def fail(db: Db, actor: object, now: int, /) -> None:
        put(db, actor, now, number=50)
        raise LookupError("a bug")

    async def body(store: Store) -> list[object]:
        calls = [
            (put, {"number": 1}),
            (fail, {}),
            (put, {"number": 2}),
            (put, {"number": 9}),
            (put, {"number": 3}),
        ]
        await store.write(put, None, 0, number=9)
        return await together(store, *calls)

    first, failed, second, double, third = with_store(url, body)
    assert (first, second, third) == (1, 2, 3)
    assert isinstance(failed, LookupError)
    assert "unique" in str(double).lower()
    assert stored(url) == [1, 2, 3, 9]


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_an_action_that_ends_its_transaction_is_not_saved_and_hurts_nobody(url: str, ending: str) -> None:
    def end(db: Db, actor: object, now: int, /) -> None:
        put(db, actor, now, number=50)
        getattr(db, ending)()

    async def body(store: Store) -> list[object]:
        results = await together(store, (keep, {"number": 1}), (end, {}), (end, {}), (keep, {"number": 2}))
        # Enough that every writer thread has a job after its bad one, and would commit what was left open.
        later = [await store.write(keep, None, 0, number=number) for number in range(3, 20)]
        await asyncio.gather(*(store.write(keep, None, 0, number=number) for number in range(20, 40)))
        return [*results, later[0]]

    first, ended, again, second, later = with_store(url, body)
    assert (first, second, later) == (1, 2, 3)
    assert isinstance(ended, NotSaved | RuntimeError)
    assert isinstance(again, NotSaved | RuntimeError)
    assert stored(url) == list(range(1, 40))


def test_an_action_that_commits_behind_the_store_is_noticed(url: str) -> None:
    def sneak(db: Db, actor: object, now: int, /) -> None:
        keep(db, actor, now, number=50)
        driver(db).commit()

    async def body(store: Store) -> list[object]:
        results = await together(store, (keep, {"number": 1}), (sneak, {}), (keep, {"number": 2}))
        return [*results, await store.write(keep, None, 0, number=3)]

    first, sneaked, second, later = with_store(url, body)
    assert (first, second, later) == (1, 2, 3)
    assert isinstance(sneaked, NotSaved)
    assert stored(url) == [1, 2, 3, 50]


def test_a_result_that_is_not_plain_is_refused_and_nothing_is_stored(url: str) -> None:
    def leak(db: Db, actor: object, now: int, /) -> object:
        put(db, actor, now, number=4)
        return db.execute(sa.select(NOTE))

    async def body(store: Store) -> None:
        with pytest.raises(TypeError, match="only plain data"):
            await store.write(leak, None, 0)

    with_store(url, body)
    assert stored(url) == []


def test_hints_are_told_only_of_what_is_stored_and_once(url: str) -> None:
    told: list[tuple[str, object]] = []

    def twice(db: Db, actor: object, now: int, /) -> None:
        hint(db, "sitting", "a")
        hint(db, "sitting", "a")

    def fail(db: Db, actor: object, now: int, /) -> None:
        hint(db, "sitting", "never")
        raise LookupError

    async def body(store: Store) -> None:
        await together(store, (twice, {}), (fail, {}), (keep, {"number": 1}))

    with_store(url, body, on_hints=told.extend)
    assert sorted(told, key=str) == [("note", 1), ("sitting", "a")]


def test_rows_are_there_when_their_hint_is_told(url: str) -> None:
    seen: list[list[object]] = []

    def look(hints: object) -> None:
        seen.append(stored(url))

    async def body(store: Store) -> None:
        await store.write(keep, None, 0, number=8)

    with_store(url, body, on_hints=look)
    assert seen == [[8]]


def test_a_hub_that_fails_costs_nobody_an_answer(url: str) -> None:
    def broken(hints: object) -> None:
        raise OSError("the hub is away")

    async def body(store: Store) -> list[int]:
        return [await store.write(keep, None, 0, number=number) for number in (1, 2)]

    assert with_store(url, body, on_hints=broken) == [1, 2]


def test_a_cancelled_wait_cancels_nothing(url: str) -> None:
    held, go = threading.Event(), threading.Event()

    def slow(db: Db, actor: object, now: int, /) -> None:
        held.set()
        go.wait(5)
        put(db, actor, now, number=1)

    async def body(store: Store) -> int:
        waiting = asyncio.create_task(store.write(slow, None, 0))
        await until(held.is_set)
        behind = [asyncio.create_task(store.write(put, None, 0, number=number)) for number in (2, 3)]
        await asyncio.sleep(0)
        for gone in (waiting, behind[0]):
            gone.cancel()
            with pytest.raises(asyncio.CancelledError):
                await gone
        go.set()
        async with asyncio.timeout(5):
            await behind[1]
        await until(lambda: not store.health()["waiting"])
        return int(store.health()["waiting"])

    assert with_store(url, body) == 0
    assert stored(url) == [1, 2, 3]


def test_closing_saves_what_waits_and_refuses_what_comes(url: str) -> None:
    async def body(store: Store) -> tuple[list[object], str]:
        tasks = [asyncio.create_task(store.write(keep, None, 0, number=number)) for number in range(200)]
        await asyncio.sleep(0)
        store.stop_accepting()
        with pytest.raises(NotSaved) as refused:
            await store.write(keep, None, 0, number=999)
        await store.close()
        return list(await asyncio.gather(*tasks, return_exceptions=True)), str(refused.value.cause)

    results, cause = with_store(url, body)
    assert results == list(range(200))
    assert cause == "closing"
    assert stored(url) == list(range(200))


class Base(DeclarativeBase):
    """The declarative base of this file's only mapped class."""


class Note(Base):
    """The small table as an ORM class, for actions that ask for a session."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    words: Mapped[str]


def test_an_action_may_ask_for_a_session(url: str) -> None:
    @asks(wants_session=True)
    def add(session: Session, actor: object, now: int, /, *, number: int) -> str:
        session.add(Note(id=number, words="by session"))
        session.flush()
        hint(session, "note", number)
        return session.get_one(Note, number).words

    @asks(wants_session=True)
    def leak(session: Session, actor: object, now: int, /) -> Note:
        return session.get_one(Note, 1)

    async def body(store: Store) -> str:
        words = await store.write(add, None, 0, number=1)
        with pytest.raises(TypeError, match="only plain data"):
            await store.write(leak, None, 0)
        return words

    told: list[object] = []
    assert with_store(url, body, on_hints=told.extend) == "by session"
    assert stored(url) == [1]
    assert told == [("note", 1)]


@pytest.mark.parametrize("ending", ["commit", "rollback", "failed flush"])
def test_a_session_that_ends_early_hurts_no_neighbour(url: str, ending: str) -> None:
    @asks(wants_session=True)
    def end(session: Session, actor: object, now: int, /) -> None:
        session.add(Note(id=50, words="x"))
        session.flush()
        if ending == "failed flush":
            session.add(Note(id=1, words="double"))
            session.flush()
        else:
            getattr(session, ending)()
        raise LookupError("after the session's own ending")

    async def body(store: Store) -> list[object]:
        return await together(store, (keep, {"number": 1}), (end, {}), (keep, {"number": 2}))

    first, ended, second = with_store(url, body)
    assert (first, second) == (1, 2)
    assert isinstance(ended, LookupError | sa.exc.IntegrityError)
    assert stored(url) == [1, 2]


def test_a_slow_action_is_counted_by_name(url: str) -> None:
    def dawdle(db: Db, actor: object, now: int, /) -> None:
        threading.Event().wait(0.06)

    async def body(store: Store) -> dict[str, object]:
        await store.write(keep, None, 0, number=1)
        await store.write(dawdle, None, 0)
        return store.health()

    health = with_store(url, body)
    assert health["slow_actions"] == 1
    assert [name.rpartition(".")[2] for name in health["slow"]] == ["dawdle"]
