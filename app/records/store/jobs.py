"""Jobs and the line they wait in: two lanes, a bound, closing. Who runs them is the writer's affair."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from app.records.store.failures import NotSaved

BOUND = 2_000
RESERVED_PLACES = 50
PASSED_OVER_AT_MOST = 20

Hint = tuple[str, Any]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Job:
    """One action with plain values, and the future that its result goes to."""

    action: Callable[..., Any]
    actor: object
    now: int
    values: dict[str, Any]
    future: asyncio.Future[Any]

    @property
    def name(self) -> str:
        return str(getattr(self.action, "__qualname__", self.action))

    @property
    def bulk(self) -> bool:
        return getattr(self.action, "lane", "saves") == "bulk"

    @property
    def alone(self) -> bool:
        return bool(getattr(self.action, "alone", False))

    @property
    def reserved(self) -> bool:
        return bool(getattr(self.action, "reserved", False))

    @property
    def unlimited(self) -> bool:
        return bool(getattr(self.action, "unlimited", False))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its value when it is saved, otherwise the error for its caller."""

    job: Job
    value: Any = None
    error: BaseException | None = None


Post = Callable[[Sequence[Done], Sequence[Hint]], None]


def asks(
    *,
    lane: Literal["saves", "bulk"] = "saves",
    alone: bool = False,
    reserved: bool = False,
    wants_session: bool = False,
    unlimited: bool = False,
) -> Callable[[F], F]:
    """Mark an action with what it asks of the store.

    `lane="bulk"`: goes behind the saves. `alone`: its own transaction, for the few that cannot be cut into pieces.
    `reserved`: may use the places kept above the bound (alive mark, sweep). `wants_session`: gets an ORM Session.
    `unlimited`: may take as long as it needs, for what must be done before anybody can go on (the start).
    """

    def marked(action: F) -> F:
        for name, value in (
            ("lane", lane),
            ("alone", alone),
            ("reserved", reserved),
            ("wants_session", wants_session),
            ("unlimited", unlimited),
        ):
            setattr(action, name, value)
        return action

    return marked


class Line:
    """The jobs that wait. Filled by the event loop, emptied by writer threads."""

    def __init__(self, bound: int = BOUND, reserve: int = RESERVED_PLACES) -> None:
        self.pending = 0  # waiting or being written; counted down when the result is delivered
        self._bound, self._reserve = bound, reserve
        self._saves: deque[Job] = deque()
        self._bulk: deque[Job] = deque()
        self._passed_over = 0
        self._shut: str | None = None
        self._changed = threading.Condition()

    def put(self, job: Job) -> None:
        """Take a place. Raises NotSaved("full") when none is left, NotSaved with the reason when the line is shut."""
        with self._changed:
            if self._shut is not None:
                raise NotSaved(self._shut)
            if self.pending >= self._bound + (self._reserve if job.reserved else 0):
                raise NotSaved("full")
            self.pending += 1
            (self._bulk if job.bulk else self._saves).append(job)
            self._changed.notify()

    def delivered(self, count: int) -> None:
        with self._changed:
            self.pending -= count

    def shut(self, reason: str) -> None:
        """Let nobody else in; those who wait are still served. The first reason stays."""
        with self._changed:
            self._shut = self._shut or reason
            self._changed.notify_all()

    def empty(self) -> list[Job]:
        """Take out all who wait, for a writer that has given up."""
        with self._changed:
            left = [*self._saves, *self._bulk]
            self._saves.clear()
            self._bulk.clear()
            return left

    def take(self, most: int, patience_s: float | None = None) -> list[Job] | None:
        """Wait for the next batch: [] when patience ran out, None when the line is shut and empty."""
        with self._changed:
            while not (self._saves or self._bulk):
                if self._shut is not None:
                    return None
                if not self._changed.wait(patience_s):
                    return []
            return self._next(most)

    def _next(self, most: int) -> list[Job]:
        if self._bulk and (not self._saves or self._passed_over >= PASSED_OVER_AT_MOST):
            self._passed_over = 0
            return [self._bulk.popleft()]
        self._passed_over += bool(self._bulk)
        batch = [self._saves.popleft()]
        if not batch[0].alone:
            while self._saves and len(batch) < most and not self._saves[0].alone:
                batch.append(self._saves.popleft())
        return batch
