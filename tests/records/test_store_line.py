"""Who waits, who goes first and who finds no place."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.records.store import NotSaved, Store, asks
from app.records.store.jobs import PASSED_OVER_AT_MOST, Job, Line
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, kept, put, together, with_store


def save(db: object, actor: object, now: int) -> None:
    """An action that asks for nothing."""


@asks(lane="bulk")
def piece(db: object, actor: object, now: int) -> None:
    """A piece of bulk work."""


@asks(alone=True)
def whole(db: object, actor: object, now: int) -> None:
    """Work that cannot be cut."""


@asks(reserved=True)
def mark(db: object, actor: object, now: int) -> None:
    """An alive mark."""


class Waiting:
    """A line with jobs whose futures nobody awaits."""

    def __init__(self, bound: int = 100, reserve: int = 2) -> None:
        self.line = Line(bound, reserve)
        self.loop = asyncio.new_event_loop()

    def put(self, *actions: Any) -> None:
        for action in actions:
            self.line.put(Job(action, None, 0, {}, self.loop.create_future()))

    def take(self, most: int = 256) -> list[Any]:
        return [job.action for job in self.line.take(most) or []]


@pytest.fixture
def waiting() -> Any:
    place = Waiting()
    yield place
    place.loop.close()


def test_saves_go_before_bulk_work(waiting: Waiting) -> None:
    waiting.put(piece, save, piece, save)
    assert waiting.take() == [save, save]
    assert waiting.take() == [piece]
    assert waiting.take() == [piece]


def test_bulk_work_is_not_passed_over_for_ever(waiting: Waiting) -> None:
    waiting.put(piece)
    batches = []
    for _ in range(PASSED_OVER_AT_MOST + 1):
        waiting.put(save)
        batches.append(waiting.take())
    assert batches[:-1] == [[save]] * PASSED_OVER_AT_MOST
    assert batches[-1] == [piece]


def test_work_that_stands_alone_ends_the_batch_before_it(waiting: Waiting) -> None:
    waiting.put(save, save, whole, save)
    assert [waiting.take() for _ in range(3)] == [[save, save], [whole], [save]]


def test_a_batch_has_a_bound(waiting: Waiting) -> None:
    waiting.put(*[save] * 5)
    assert [len(waiting.take(2)) for _ in range(3)] == [2, 2, 1]


def test_a_full_line_refuses_a_save_and_still_has_places_for_the_clock() -> None:
    waiting = Waiting(bound=3, reserve=2)
    waiting.put(save, save, save)
    with pytest.raises(NotSaved, match="full"):
        waiting.put(save)
    waiting.put(mark, mark)
    with pytest.raises(NotSaved, match="full"):
        waiting.put(mark)
    waiting.take()
    with pytest.raises(NotSaved, match="full"):  # taken is not delivered
        waiting.put(save)
    waiting.line.delivered(5)
    waiting.put(save)
    waiting.loop.close()


def test_a_shut_line_serves_those_who_wait_and_then_ends(waiting: Waiting) -> None:
    waiting.put(save)
    waiting.line.shut("closing")
    waiting.line.shut("broken")
    with pytest.raises(NotSaved, match="closing"):
        waiting.put(mark)
    assert waiting.take() == [save]
    assert waiting.line.take(256) is None


def test_patience_ends_without_a_job(waiting: Waiting) -> None:
    assert waiting.line.take(256, patience_s=0.001) == []


def test_places_come_free_when_results_are_delivered(bare_sqlite: str) -> None:
    run_sql(bare_sqlite, MAKE_NOTE)

    async def body(store: Store) -> tuple[list[Any], list[int]]:
        results = await together(store, *((put, {"number": number}) for number in range(9)))
        for number in range(100, 110):
            await store.write(put, None, 0, number=number)
        return results, await store.read(kept)

    results, seen = with_store(bare_sqlite, body, bound=8)
    saved = [result for result in results if isinstance(result, int)]
    assert len(saved) == 7  # the eighth place is the job that held the writer
    assert [str(result.cause) for result in results if isinstance(result, NotSaved)] == ["full", "full"]
    assert seen == [*saved, *range(100, 110)]
