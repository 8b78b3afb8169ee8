"""The rounds that the service makes by itself: the sweep, and following the clock of a shared database."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from app import main
from app.records.database_clock import database_now
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.store import NotSaved, Store, open_store
from app.records.store.engines import postgres_engine, sqlite_engine, sqlite_path
from app.records.tables import alive, sitting
from app.rules.policy import HOUR, MINUTE, SECOND
from app.rules.sitting import PauseKind, State
from tests.support.factories import Scene, furnish
from tests.support.inline_store import InlineStore
from tests.support.serving import MONDAY_AT_NINE, HandClock

T = TypeVar("T")


class Following(HandClock):
    """Moved by hand, and by the clock of a database."""

    def anchor(self, utc_ms: int) -> None:
        self._now = utc_ms


def filled(url: str, fill: Callable[[Scene], T]) -> T:
    """What `fill` does in a scene of this database, committed."""
    sqlite = url.startswith("sqlite")
    engine = sqlite_engine(sqlite_path(url), writes=True) if sqlite else postgres_engine(url)
    with engine.connect() as db, db.begin():
        done = fill(furnish(InlineStore(db)))
    engine.dispose()
    return done


def opened(url: str, body: Callable[[Store], Awaitable[T]]) -> T:
    async def whole() -> T:
        store = open_store(url)
        await store.open()
        try:
            return await body(store)
        finally:
            await store.close()

    return asyncio.run(whole())


def seat_now(db: sa.Connection, *, sitting_id: str) -> Seat:
    return seat_of(db.execute(sa.select(*COLUMNS).where(sitting.c.id == sitting_id)).one())


def state_now(db: sa.Connection, *, sitting_id: str) -> str:
    return str(db.execute(sa.select(sitting.c.state).where(sitting.c.id == sitting_id)).scalar_one())


def three_started(scene: Scene) -> list[str]:
    return [scene.started().keys["sitting_id"] for _ in range(3)]


def test_a_sitting_that_cannot_be_closed_stops_the_sweep_of_no_other(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(scene: Scene) -> list[str]:
        ids = three_started(scene)
        for place, sitting_id in enumerate(ids):  # the first has waited longest
            past = {"deadline_at": MONDAY_AT_NINE + place}
            spoiled = {"parts": "not what check-in wrote"} if place == 0 else {}
            scene.db.execute(sa.update(sitting).where(sitting.c.id == sitting_id).values(**past, **spoiled))
        return ids

    ids = filled(database_url, fill)
    clock = HandClock(MONDAY_AT_NINE + HOUR)
    written: list[str] = []

    async def body(store: Store) -> list[str]:
        write = store.write

        async def watched(action: Any, *about: Any, **values: Any) -> Any:
            written.append(action.__qualname__)
            return await write(action, *about, **values)

        store.write = watched
        await main._sweep(store, clock)
        return [await store.read(state_now, sitting_id=one) for one in ids]

    assert opened(database_url, body) == [State.IN_PROGRESS, State.FINISHED, State.FINISHED]
    assert written == ["close_overdue"] * len(written), "each in a write of its own"
    assert len(written) >= 3
    assert ids[0] in capsys.readouterr().out


def test_a_sweep_that_comes_twice_closes_once(database_url: str) -> None:
    ids = filled(database_url, three_started)
    clock = HandClock(MONDAY_AT_NINE + HOUR)

    async def body(store: Store) -> list[tuple[str, int]]:
        await asyncio.gather(main._sweep(store, clock), main._sweep(store, clock))
        seats = [await store.read(seat_now, sitting_id=one) for one in ids]
        return [(seat.state, seat.move_no) for seat in seats]

    found = opened(database_url, body)
    assert {state for state, _ in found} == {State.FINISHED}
    assert len({moves for _, moves in found}) == 1


@pytest.fixture
def shared(postgres_url: str) -> tuple[str, str, str]:
    """A shared database, a running sitting in it and one in a break, both two minutes old, marked at this moment."""

    def fill(scene: Scene) -> tuple[str, str]:
        running, resting = scene.started(), scene.started()
        resting.take_break()
        scene.db.execute(sa.insert(alive).values(id=1, at=scene.now))
        return running.keys["sitting_id"], resting.keys["sitting_id"]

    return postgres_url, *filled(postgres_url, fill)


@pytest.mark.parametrize("step", [10 * SECOND, HOUR, 400 * 24 * HOUR])
def test_a_step_forward_of_the_shared_clock_ends_no_sitting(
    shared: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    url, running, resting = shared
    clock = Following(MONDAY_AT_NINE + SECOND)
    monkeypatch.setattr(main, "database_now", lambda _db: MONDAY_AT_NINE + SECOND + step)

    async def body(store: Store) -> tuple[Seat, Seat]:
        before = (await store.read(seat_now, sitting_id=running)).clock.left(clock.now_ms())
        await main._keep_in_step(store, clock)
        await main._sweep(store, clock)
        seat = await store.read(seat_now, sitting_id=running)
        assert seat.clock.left(clock.now_ms()) == before
        return seat, await store.read(seat_now, sitting_id=resting)

    seat, rests = opened(url, body)
    assert clock.now_ms() == MONDAY_AT_NINE + SECOND + step
    assert (seat.state, seat.notice) == (State.IN_PROGRESS, None)
    assert (rests.pause_kind, rests.break_used_ms) == (PauseKind.BREAK, SECOND)


def test_two_processes_record_one_step_once(
    shared: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, running, _ = shared
    first, second = Following(MONDAY_AT_NINE + SECOND), Following(MONDAY_AT_NINE + 4 * SECOND)

    async def body(store: Store) -> tuple[int, int]:
        monkeypatch.setattr(main, "database_now", lambda _db: MONDAY_AT_NINE + SECOND + HOUR)
        await main._keep_in_step(store, first)
        once = (await store.read(seat_now, sitting_id=running)).move_no
        monkeypatch.setattr(main, "database_now", lambda _db: MONDAY_AT_NINE + 4 * SECOND + HOUR)
        await main._keep_in_step(store, second)
        return once, (await store.read(seat_now, sitting_id=running)).move_no

    once, twice = opened(url, body)
    assert once == twice
    assert second.now_ms() == MONDAY_AT_NINE + 4 * SECOND + HOUR


@pytest.mark.parametrize("back", [1, MINUTE, HOUR])
def test_the_clock_never_goes_back_with_the_shared_one(
    shared: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    url, running, _ = shared
    clock = Following(MONDAY_AT_NINE + SECOND)
    monkeypatch.setattr(main, "database_now", lambda _db: clock.now_ms() - back)

    async def body(store: Store) -> tuple[int, int]:
        before = await store.read(seat_now, sitting_id=running)
        await main._keep_in_step(store, clock)
        return before.move_no, (await store.read(seat_now, sitting_id=running)).move_no

    before, after = opened(url, body)
    assert clock.now_ms() == MONDAY_AT_NINE + SECOND
    assert before == after


def test_a_step_that_cannot_be_recorded_is_not_taken_over(
    shared: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _, _ = shared
    clock = Following(MONDAY_AT_NINE + SECOND)
    monkeypatch.setattr(main, "database_now", lambda _db: MONDAY_AT_NINE + HOUR)

    async def body(store: Store) -> None:
        store.stop_accepting()
        with pytest.raises(NotSaved):
            await main._keep_in_step(store, clock)

    opened(url, body)
    assert clock.now_ms() == MONDAY_AT_NINE + SECOND


def test_at_start_the_service_takes_over_the_shared_clock_whichever_way_it_differs(
    postgres_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    own = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'clearway.db')}"
    following, by_hand, alone = Following(), HandClock(), Following()

    async def body(store: Store) -> int | None:
        assert await main._anchor(store, following)
        assert not await main._anchor(store, by_hand)
        return await store.read(database_now)

    async def without(store: Store) -> bool:
        return await main._anchor(store, alone)

    there = opened(postgres_url, body)
    assert there is not None
    assert 0 <= there - following.now_ms() < MINUTE
    assert opened(own, without) is False
    assert by_hand.now_ms() == alone.now_ms() == MONDAY_AT_NINE
