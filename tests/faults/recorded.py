"""One room whose server was recorded while candidates answered, and what a power cut at any call leaves behind."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.records.store import Unfit
from app.records.store.fitness import SCHEMA, check_sqlite
from tests.faults.ledger import Ledger, Ruins
from tests.faults.power_cut import Disk, Replies
from tests.faults.recording import Call, calls, finished, must_trace, tracer
from tests.faults.room import Browser
from tests.faults.served import Served, free_port
from tests.faults.wire import Reply, Wire

IN_MEMORY = Path("/dev/shm")  # thousands of small files, each looked at once


class CountingWire(Wire):
    """A wire that writes down what each reply was about, by the port it came to: the nonce of a page, or nothing.

    All wires write into one book: a port may be another's later.
    """

    def __init__(self, port: int, heard: dict[int, list[str]]) -> None:
        super().__init__(port)
        self.heard = heard

    async def ask(
        self,
        method: str,
        path: str,
        cookie: str,
        fields: list[tuple[str, str]] | None = None,
        *,
        accept: str = "",
    ) -> Reply:
        """As a wire asks; the page token says which page was sent back."""
        reply = await super().ask(method, path, cookie, fields, accept=accept)
        token = dict(fields or []).get("rev", "") if path.startswith("/sitting/question/") else ""
        assert self._streams is not None
        own = self._streams[1].get_extra_info("sockname")[1]
        self.heard[own].append(token.split(".")[3] if token else "")
        return reply


@dataclass(frozen=True)
class Cut:
    """What one cut left behind. `told`: answers acknowledged before it; `lost`: those of them not stored as sent."""

    told: int
    lost: int
    is_sound: bool
    found: list[str]


@dataclass
class Recording:
    """Calls from the start of a server to its end, the files before, and what its candidates were told in the end."""

    folder: Path
    before: Path
    trace: Path
    ledgers: list[Ledger]  # with what their pages showed wrongly, as complaints
    heard: dict[int, list[str]]
    steps: list[tuple[Call, str]] = field(default_factory=list)  # a call and the nonce that it acknowledges

    def read(self) -> None:
        """Keep the calls that matter. Every reply that a candidate read must be among them, in its order."""
        disk, replies = Disk(self.folder, self.before), Replies()
        left = {port: list(nonces) for port, nonces in self.heard.items()}
        with self.trace.open() as lines:
            for call in calls(lines):
                if replies.concerns(call):
                    told = replies.see(call)
                    nonce = left[told[0]].pop(0) if told and left.get(told[0]) else ""
                    if told and nonce:
                        assert told[1] == 303, f"{nonce} was acknowledged by {told[1]}"
                        self.steps.append((call, nonce))
                elif disk.concerns(call):
                    self.steps.append((call, ""))
        assert not any(left.values()), "a reply was read that was never recorded as sent"

    def known_at(self, told: set[str]) -> list[Ledger]:
        """What each candidate had been told when only these acknowledgements had left."""
        return [_until(ledger, told) for ledger in self.ledgers]

    def cuts(self, seed: int, count: int) -> Iterator[Cut]:
        """So many cuts at random calls, in their order, each looked at on files of its own."""
        chance = random.Random(seed)
        at = sorted(chance.choices(range(len(self.steps)), k=count))
        disk, told = Disk(self.folder, self.before), set[str]()
        for number, (call, nonce) in enumerate(self.steps):
            if nonce:
                told.add(nonce)
            else:
                disk.see(call)
            while at and at[0] == number:
                at.pop(0)
                with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
                    disk.left_behind(Path(folder), chance)
                    yield looked_at(Path(folder) / "clearway.db", self.known_at(told), len(told))


def _until(ledger: Ledger, told: set[str]) -> Ledger:
    """A ledger as it stood when only these acknowledgements had come; what came later nobody has heard of yet."""
    then = Ledger(ledger.sitting_id)
    for position, all_ in ledger.acknowledged.items():
        for sent in all_:
            then.sending(position, sent)
            if sent.nonce in told:
                then.heard(position, sent)
    for position, all_ in ledger.unheard.items():
        then.unheard[position] += all_
    return then


def looked_at(database: Path, ledgers: list[Ledger], told: int) -> Cut:
    """Open what a cut left with plain SQLite, as the service does at its start, and with the checker of all faults."""
    try:
        with contextlib.closing(sqlite3.connect(database)) as plain:
            verdict = "\n".join(str(row[0]) for row in plain.execute("PRAGMA integrity_check"))
        if verdict != "ok":
            return Cut(told, 0, is_sound=False, found=[verdict])
        check_sqlite(database, SCHEMA)
    except (sqlite3.DatabaseError, Unfit) as error:
        return Cut(told, 0, is_sound=False, found=[str(error)])
    with Ruins(database) as ruins:
        found = [fault for ledger in ledgers for fault in ruins.faults(ledger)]
    lost = sum("lost: " in fault or "changed: " in fault for fault in found)
    return Cut(told, lost, is_sound=True, found=found)


def recorded(
    made: Path, codes: dict[str, str], folder: Path, *, answers: int, rounds: int = 1, variant: str = ""
) -> Recording:
    """Serve a copy of a made room under strace; everybody of `codes` gives so many answers; then it is stopped.

    Between two rounds of answers the log is brought back into the database, and is written anew from its beginning.
    `variant` names a deliberately broken server. Raises RuntimeError where strace may not trace.
    """
    must_trace()
    room, trace = Path(shutil.copytree(made, folder / "room")), folder / "trace"
    served = Served(room, free_port(), ("tests.faults.broken_server", variant) if variant else ("app",))
    served.under = tracer(trace)
    heard: dict[int, list[str]] = defaultdict(list)
    browsers = [Browser(CountingWire(served.port, heard), Ledger(one)) for one in codes.values()]

    seats = [(browser, code, random.Random(code)) for browser, code in zip(browsers, codes, strict=True)]

    async def one(browser: Browser, code: str, chance: random.Random) -> None:
        if not browser.cookies:
            await browser.sit_down(code)
        for _ in range(answers):
            await browser.answer(chance.randint(1, 6), chance)
        browser.wire.close()

    async def everybody() -> None:
        await asyncio.gather(*(one(*seat) for seat in seats))

    try:
        served.start()
        for number in range(rounds):
            if number:
                _log_is_brought_back(room)
            asyncio.run(everybody())
        assert served.process is not None
        served.process.terminate()
        served.process.wait(60)
        finished(trace, served.process.pid)
    finally:
        served.end()
    recording = Recording(room, made, trace, [browser.ledger for browser in browsers], heard)
    recording.read()
    return recording


def _log_is_brought_back(room: Path) -> None:
    """Raises TimeoutError when the writer leaves a long log as it is although nobody saves."""
    until = time.monotonic() + 60
    while (room / "clearway.db-wal").stat().st_size:
        if time.monotonic() > until:
            raise TimeoutError("the log was not brought back into the database")
        time.sleep(0.1)
