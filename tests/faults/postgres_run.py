"""One PostgreSQL, two processes of the service behind one address, patient candidates, and what a fault must leave."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from app.clock import SystemClock
from app.records.keyring import Keyring
from app.records.store.engines import postgres_engine
from app.records.store.performing import SKEW_MS
from app.records.tables import sitting_move
from app.rules.codes import LETTERS
from app.settings import read_secret
from tests.faults.ledger import Ledger, Ruins
from tests.faults.postgres_door import Door
from tests.faults.postgres_server import Postgres, a_postgres
from tests.faults.room import Browser, verb
from tests.faults.served import Served, free_port
from tests.faults.wire import Gone, Reply, Wire
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore

T = TypeVar("T")
SEATS = 10
PATIENCE_S = 30.0  # the promise: what is sent again within this time is saved
PRESSES_AGAIN_S = 0.2
SLACK_MS = 1_000  # each process follows the database's clock, and reading it takes a while on a busy machine
TICK_MS = 5_000
PLAIN_WORDS = ("The fault is ours", "Everything you saved before is safe")


@dataclass
class Patient(Browser):
    """A browser whose candidate presses again when told to; each request may reach the other process."""

    patience_s: float = PATIENCE_S
    refused: int = 0
    longest_s: float = 0.0

    async def ask(self, method: str, path: str, *rest: Any, **more: Any) -> Reply:
        """The reply that was no 503. Raises Gone when nothing better came in time."""
        began = time.monotonic()
        while True:
            try:
                reply = await super().ask(method, path, *rest, **more)
                if reply.status < 500:
                    return reply
                self._must_be_kind(method, path, reply)
            except Gone:
                pass
            finally:
                self.wire.close()
            self.longest_s = max(self.longest_s, time.monotonic() - began)
            if time.monotonic() - began > self.patience_s:
                raise Gone
            await asyncio.sleep(PRESSES_AGAIN_S)

    def _must_be_kind(self, method: str, path: str, reply: Reply) -> None:
        self.refused += 1
        wanted = (*PLAIN_WORDS, "Not saved yet") if method == "POST" else PLAIN_WORDS
        told = all(words in reply.text for words in wanted)
        if reply.status != 503 or not told or "retry-after" not in reply.headers:
            self.ledger.complaints.append(f"{method} {path} was answered {reply.status}: {reply.text[:80]!r}")


@dataclass
class Run:
    """A run, repeatable by its seed as far as a race can be."""

    database: Postgres
    before: Door
    front: Door
    processes: list[Served]
    codes: dict[str, str]
    chance: random.Random
    browsers: list[Patient] = field(default_factory=list)

    @property
    def told(self) -> int:
        """How many answers were acknowledged."""
        return sum(len(browser.ledger.told) for browser in self.browsers)

    @property
    def longest_s(self) -> float:
        """The longest that anybody pressed again in vain."""
        return max(browser.longest_s for browser in self.browsers)

    def ruins(self) -> Ruins:
        return Ruins(postgres_engine(self.database.url()), SLACK_MS)

    async def everybody(self, *doing: Coroutine[Any, Any, T]) -> list[T]:
        return await asyncio.gather(*doing)

    async def seat_everybody(self) -> None:
        """Everybody signs in by code and starts, over the real pages of either process."""
        self.browsers = [Patient(Wire(self.front.port), Ledger(one)) for one in self.codes.values()]
        together = zip(self.browsers, self.codes, strict=True)
        await self.everybody(*(browser.sit_down(code) for browser, code in together))

    async def through(self, fault: Callable[[], None], repair: Callable[[], None], down_s: float) -> int:
        """Everybody answers, the fault comes, lasts and is repaired, and everybody is acknowledged again.

        The moment of the fault, UTC ms. Raises TimeoutError when somebody is not acknowledged in time.
        """
        over = asyncio.Event()
        answering = [asyncio.create_task(self._keep_answering(one, over)) for one in self.browsers]
        try:
            await self._everybody_is_told_more(answering)
            await asyncio.sleep(self.chance.uniform(0.0, 0.5))
            fault()
            at = SystemClock().now_ms()
            await asyncio.sleep(down_s)
            repair()
            await self._everybody_is_told_more(answering)
        finally:
            over.set()
            await self.everybody(*answering)
        return at

    async def _keep_answering(self, browser: Patient, over: asyncio.Event) -> None:
        while not over.is_set():
            await browser.answer(self.chance.randint(1, 6), self.chance)

    async def _everybody_is_told_more(self, answering: list[asyncio.Task[None]]) -> None:
        before = [len(browser.ledger.told) for browser in self.browsers]
        async with asyncio.timeout(2 * PATIENCE_S):
            while any(len(b.ledger.told) <= n for b, n in zip(self.browsers, before, strict=True)):
                if any(task.done() for task in answering):
                    return  # with an error, which is raised when all of them are gathered
                await asyncio.sleep(0.05)

    def found(self, fault_at: int | None = None) -> list[str]:
        """Everything that is not as it must be: answers, chain, and since a fault the clocks."""
        now = SystemClock().now_ms()
        with self.ruins() as ruins:
            found = [fault for b in self.browsers for fault in ruins.faults(b.ledger)]
            if fault_at is not None:
                for browser in self.browsers:
                    found += ruins.stolen_time(browser.ledger, fault_at, now)
                    found += credited_twice(ruins, browser.ledger, fault_at)
        return found

    async def hand_in(self) -> list[str]:
        """Everybody finishes over the pages; the marks must be what the answers deserve."""
        pages = await self.everybody(*(browser.finish() for browser in self.browsers))
        assert all("<h1" in page for page in pages)
        with self.ruins() as ruins:
            return [
                fault
                for b in self.browsers
                for fault in (*ruins.faults(b.ledger), *ruins.wrong_mark(b.ledger))
            ]


def credited_twice(ruins: Ruins, ledger: Ledger, fault_at: int) -> list[str]:
    """Whether one outage stands in a sitting's moves more than once, or gave more than it took and a tick.

    After an outage as short as two clocks may differ, the second process may add the moment since.
    """
    moves = [
        m for m in ruins.rows(sitting_move, ledger.sitting_id) if m["recorded_at"] >= fault_at - SLACK_MS
    ]
    given = [m for m in moves if m["kind"] == "outage"]
    if sum(m["recorded_at"] - m["at"] > SKEW_MS for m in given) > 1:
        spans = [(m["at"] - fault_at, m["recorded_at"] - fault_at) for m in given]
        return [f"credited {len(given)} times: {spans}"]
    early = [fault_at - m["at"] for m in given if fault_at - m["at"] > TICK_MS + SLACK_MS]
    return [f"given back from {early[0]} ms before the fault"] if early else []


@dataclass(frozen=True)
class Made:
    """A room made once: the stopped server's folder, the site's secret, and the codes with their sittings."""

    cluster: Path
    secret: Path
    codes: dict[str, str]


def make(folder: Path, seats: int = SEATS) -> Made:
    """Migrate by the verb and fill the room through the actions, each sitting released to a desk."""
    with a_postgres() as database:
        migrated = verb(folder, "migrate", "--plain", DATABASE_URL=database.url())
        assert migrated.returncode == 0, migrated.stderr
        keyring = Keyring(read_secret(folder / "secret"))
        codes = [f"{LETTERS[n // 31]}{LETTERS[n % 31]}CDEF" for n in range(seats)]
        released: dict[str, str] = {}
        engine = postgres_engine(database.url())
        with engine.connect() as db, db.begin():
            scene = furnish(InlineStore(db), keyring, SystemClock().now_ms())
            for code in codes:
                sat = scene.checked_in()
                sat.release(keyring.digest("code", code))
                released[code] = sat.keys["sitting_id"]
        engine.dispose()
        database.signal(signal.SIGINT)
        subprocess.run(["cp", "-a", str(database.folder), str(folder / "cluster")], check=True)
    return Made(folder / "cluster", folder / "secret", released)


@contextmanager
def site(made: Made, folder: Path, seed: int, *variant: str, processes: int = 2) -> Iterator[Run]:
    """Served by so many processes, with everybody seated; nothing is left running."""
    with a_postgres(made.cluster) as database:
        ports = [free_port() for _ in range(processes)]
        before, front = Door(database.port), Door(*ports)
        shared = {
            "DATABASE_URL": database.url(before.port),
            "SECRET_FILE": str(made.secret),
            "PUBLIC_URL": f"http://localhost:{front.port}",
        }
        served = []
        for port in ports:
            (folder / str(port)).mkdir()
            served.append(Served(folder / str(port), port, variant or ("app",), **shared))
        run = Run(database, before, front, served, made.codes, random.Random(seed))
        try:
            for process in served:
                process.launch()
            for process in served:
                process.wait()
            asyncio.run(run.seat_everybody())
            yield run
        finally:
            for process in served:
                process.end()
            for door in (front, before):
                door.end()
