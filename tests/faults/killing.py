"""One room, one server, killed again and again: what a round is, and what it must have left behind."""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from app.clock import SystemClock
from tests.faults.ledger import Ledger, Ruins, copied
from tests.faults.room import Browser
from tests.faults.served import Served, free_port
from tests.faults.wire import Wire

T = TypeVar("T")
SEATS = 40
KILL_AFTER_S = (0.2, 1.2)


@dataclass
class Run:
    """A run, repeatable by its seed as far as a race can be.

    `saved` counts acknowledged answers; `back_s` says for each start how long the first page took to come, in seconds.
    """

    served: Served
    codes: dict[str, str]
    chance: random.Random
    browsers: list[Browser] = field(default_factory=list)
    saved: int = 0
    back_s: list[float] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.served.folder / "clearway.db"

    async def seat_everybody(self) -> None:
        """Everybody signs in by code and starts, over the real pages."""
        self.browsers = [Browser(Wire(self.served.port), Ledger(one)) for one in self.codes.values()]
        together = zip(self.browsers, self.codes, strict=True)
        await self.everybody(*(browser.sit_down(code) for browser, code in together))

    async def everybody(self, *doing: Coroutine[Any, Any, T]) -> list[T]:
        """All at once; connections do not outlive it."""
        try:
            return await asyncio.gather(*doing)
        finally:
            for browser in self.browsers:
                browser.wire.close()

    async def answer_until(self, end: Callable[[asyncio.Event], Coroutine[Any, Any, int]]) -> None:
        """Everybody answers until the server is gone. `end` hears of the first acknowledgement; it returns 0."""
        first = asyncio.Event()
        answering = [browser.keep_answering(self.chance, first) for browser in self.browsers]
        self.saved += sum(await self.everybody(*answering, end(first)))

    async def killed(self, first: asyncio.Event) -> int:
        """At a random moment after the first acknowledgement the server is killed."""
        async with asyncio.timeout(30):
            await first.wait()
        await asyncio.sleep(self.chance.uniform(*KILL_AFTER_S))
        self.served.kill()
        return 0

    async def killed_itself(self, first: asyncio.Event) -> int:
        """The server dies by what was put into it before its start."""
        await asyncio.to_thread(self.served.ended)
        return 0

    def start(self) -> None:
        """Start again and look at the first page. Raises RuntimeError when the server ends instead."""
        began = time.monotonic()
        self.served.start()
        with contextlib.suppress(httpx2.HTTPError):  # it may die with the first page
            httpx2.get(f"{self.served.origin}/", timeout=20).raise_for_status()
            self.back_s.append(time.monotonic() - began)

    def look_at_the_ruins(self) -> list[str]:
        """What the kill has done to what is stored, before anything starts again."""
        with tempfile.TemporaryDirectory() as folder, Ruins(copied(self.database, Path(folder))) as ruins:
            return [fault for browser in self.browsers for fault in ruins.faults(browser.ledger)]

    def look_at_the_clocks(self) -> list[str]:
        """What the outage has done to anybody's time, beside the server that runs again."""
        with Ruins(self.database) as ruins:
            now = SystemClock().now_ms()
            return [
                fault
                for browser in self.browsers
                for fault in ruins.stolen_time(browser.ledger, self.served.killed_at, now)
            ]

    def one_round(self) -> list[str]:
        """Answer, kill, look, start again, look at the clocks. What was found."""
        asyncio.run(self.answer_until(self.killed))
        found = self.look_at_the_ruins()
        self.start()
        return found + self.look_at_the_clocks()

    async def hand_in(self) -> list[str]:
        """Everybody finishes over the pages and sees a result; the marks must be what the answers deserve."""
        pages = await self.everybody(*(browser.finish() for browser in self.browsers))
        assert all("<h1" in page for page in pages)
        with Ruins(self.database) as ruins:
            return [
                fault
                for b in self.browsers
                for fault in (*ruins.faults(b.ledger), *ruins.wrong_mark(b.ledger))
            ]


@contextlib.contextmanager
def room(made: Path, codes: dict[str, str], seed: int, *variant: str, **more: str) -> Iterator[Run]:
    """A made room, served, with everybody of `codes` seated; nothing is left running.

    `variant` names a broken server and what is broken, `more` is added to its environment.
    """
    served = Served(made, free_port(), variant or ("app",), **more)
    run = Run(served, codes, random.Random(seed))
    try:
        served.start()
        asyncio.run(run.seat_everybody())
        yield run
    finally:
        served.end()
