"""A served room on a bad line: candidates with and without script, what they do there, and what is wrong then."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from app.records.tables import sitting_move
from app.rules.contact import is_cut_off
from tests.faults.keyed import KeyedLedger, faults
from tests.faults.ledger import Ledger, Ruins
from tests.faults.proxy import Proxy
from tests.faults.room import Browser, Press
from tests.faults.scripted import TRIES_S, Scripted
from tests.faults.served import Served, free_port
from tests.faults.wire import Gone, Wire

PLAIN, SCRIPTED = 4, 4
T = TypeVar("T")
Made = tuple[Path, dict[str, str]]


@dataclass
class Lines:
    """A served room behind a proxy: candidates with and without script, all seated."""

    served: Served
    chance: random.Random
    plain: list[Browser]
    scripted: list[Scripted]

    @property
    def everybody(self) -> list[Browser]:
        return [*self.plain, *self.scripted]

    def go_through(self, port: int) -> None:
        """From now on every browser connects here."""
        for browser in self.everybody:
            browser.wire.close()
            browser.wire.through = port

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Do this; connections do not outlive it, and afterwards everybody connects directly."""

        async def done() -> T:
            try:
                return await doing
            finally:
                self.go_through(self.served.port)

        return asyncio.run(done())

    def faults(self) -> list[str]:
        """What is wrong with what is stored."""
        with Ruins(self.served.folder / "clearway.db") as ruins:
            found = [fault for one in self.plain for fault in ruins.faults(one.ledger)]
            return found + [fault for one in self.scripted for fault in faults(ruins, one.keyed)]

    def credited_beyond_claims(self) -> list[str]:
        """Candidates who were given more than their pages said that they were covered for."""
        found = []
        with Ruins(self.served.folder / "clearway.db") as ruins:
            for one in self.scripted:
                moves = ruins.rows(sitting_move, one.ledger.sitting_id)
                given = sum(
                    back["at"] - cut["at"] for cut, back in pairwise(moves) if is_cut_off(cut["reason"])
                )
                if given > one.covered_ms:
                    found.append(f"{one.ledger.sitting_id[:6]}: {given} ms for {one.covered_ms}")
        return found

    def handed_in(self) -> list[str]:
        """Everybody finishes over the pages; what is wrong then, marks with it."""

        async def finish() -> None:
            await asyncio.gather(*(browser.finish() for browser in self.everybody))

        self.run(finish())
        with Ruins(self.served.folder / "clearway.db") as ruins:
            return self.faults() + [f for one in self.everybody for f in ruins.wrong_mark(one.ledger)]


@contextlib.contextmanager
def lines(made: Made, folder: Path, seed: int, *variant: str) -> Iterator[Lines]:
    """A copy of the room, served, with everybody seated; nothing is left running."""
    served = Served(shutil.copytree(made[0], folder), free_port(), variant or ("app",))
    chance, codes = random.Random(seed), made[1]
    ids = list(codes.values())
    plain = [Browser(Wire(served.port), Ledger(one)) for one in ids[:PLAIN]]
    scripted = [
        Scripted(Wire(served.port), KeyedLedger(one), chance=random.Random(chance.random()))
        for one in ids[PLAIN:]
    ]
    found = Lines(served, chance, plain, scripted)

    async def seat() -> None:
        seating = zip(found.everybody, codes, strict=True)
        await asyncio.gather(*(browser.sit_down(code) for browser, code in seating))

    try:
        served.start()
        found.run(seat())
        yield found
    finally:
        served.end()


async def answer_without_script(browser: Browser, chance: random.Random, answers: int) -> None:
    """Answer. Where the browser shows an error of its own: reload, which sends the same again, or start anew."""
    for _ in range(answers):
        press: Press | None = None
        while True:
            with contextlib.suppress(Gone):
                press = press or await browser.choose(chance.randint(1, 6), chance)
                if (await browser.send(press)).status == 303:
                    break
                raise AssertionError("an answer was refused")
            await asyncio.sleep(TRIES_S[0])
            press = press if chance.random() < 0.7 else None


async def send_until_saved(browser: Browser, press: Press) -> None:
    """Reload the browser's own error page until the service answers."""
    while True:
        with contextlib.suppress(Gone):
            assert (await browser.send(press)).status == 303
            return
        await asyncio.sleep(TRIES_S[0])


async def over_a_bad_line(here: Lines, answers: int) -> Proxy:
    """Everybody answers through mishaps of every kind until all is saved; what was met."""
    async with Proxy(here.served.port, here.chance) as proxy:
        here.go_through(proxy.port)
        proxy.go_bad()
        positions = [[here.chance.randint(1, 6) for _ in range(answers)] for _ in here.scripted]
        await asyncio.gather(
            *(answer_without_script(browser, here.chance, answers) for browser in here.plain),
            *(one.answer_all(asked) for one, asked in zip(here.scripted, positions, strict=True)),
        )
    return proxy


def told(here: Lines) -> int:
    """How many answers were acknowledged so far."""
    plain = sum(len(all_) for one in here.plain for all_ in one.ledger.acknowledged.values())
    return plain + sum(len(one.keyed.heard_of) for one in here.scripted)


async def through_cuts(here: Lines, cuts: list[float]) -> list[int]:
    """Everybody answers while the line is cut again and again; for each with script, the time (ms) that it cost them.

    Time is what the browser's own clock says, less what the page was covered for.
    """
    async with Proxy(here.served.port, here.chance) as proxy:
        here.go_through(proxy.port)
        for one in here.scripted:
            await one.answer_all([1])
        before = [(one.left, one.covered_ms) for one in here.scripted]
        for seconds in cuts:
            pages = [await one.open(here.chance.randint(1, 6)) for one in here.scripted]
            presses = [await one.choose(here.chance.randint(1, 6), here.chance) for one in here.plain]
            async with proxy.cut():
                saving = asyncio.gather(
                    *(send_until_saved(*pair) for pair in zip(here.plain, presses, strict=True)),
                    *(one.save(shown) for one, shown in zip(here.scripted, pages, strict=True)),
                )
                await asyncio.sleep(seconds)
            await saving
        short = []
        for one, ((left, asked), covered) in zip(here.scripted, before, strict=True):
            await one.answer_all([1])
            passed = (time.monotonic() - asked) * 1000 - (one.covered_ms - covered)
            short.append(round(left - passed - one.left[0]))
    return short
