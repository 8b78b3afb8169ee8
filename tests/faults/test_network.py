"""A bad network costs nobody an answer, an older choice never overwrites a newer one, and cut-off time is given back
(fault F5).

Source: reliability and security design, promises P3, P4 and P9; decisions 2, 4 and 15. The broken variants prove
that the checkers can see.
"""

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

import pytest

from app.records.tables import sitting_move
from app.rules.contact import LEAST_MS, is_cut_off
from tests.faults.conftest import Measure
from tests.faults.keyed import KeyedLedger, faults
from tests.faults.ledger import Ledger, Ruins
from tests.faults.proxy import Proxy
from tests.faults.replays import replayed
from tests.faults.room import Browser, Press, make
from tests.faults.scripted import TRIES_S, Scripted
from tests.faults.served import Served, free_port
from tests.faults.wire import Gone, Wire

PLAIN, SCRIPTED = 4, 4
SLACK_MS = 500  # what a busy machine takes to carry one reply
BROKEN = ("tests.faults.broken_saving", "forgets-keys,last-arrival-wins,credits-no-contact")
T = TypeVar("T")
Made = tuple[Path, dict[str, str]]
pytestmark = pytest.mark.timeout(240)


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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A room made once by the real verbs and actions. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, PLAIN + SCRIPTED)


@pytest.fixture(scope="module")
def sound(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lines]:
    """The service as it is, for the short tests of this file one after the other."""
    with lines(made, tmp_path_factory.mktemp("sound") / "room", 1) as found:
        yield found


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


def test_a_bad_line_loses_no_answer_and_stores_none_twice(sound: Lines, measure: Measure) -> None:
    proxy = sound.run(over_a_bad_line(sound, answers=12))
    assert sound.faults() == []
    assert min(proxy.met.values()) > 0
    assert len(proxy.met) == 7
    mishaps = sum(proxy.met.values()) - proxy.met.most_common(1)[0][1]
    what = "acknowledged answers lost on a line that loses, delays, doubles and cuts"
    measure("F5", "P3", what, "0", f"0 of {told(sound)} at {mishaps} mishaps", seed="1")


def test_replays_in_any_order_store_one_revision_each_and_the_newest_counts(
    sound: Lines, measure: Measure
) -> None:
    found, replays, keys = sound.run(replayed(sound.scripted, sound.chance, keys=2, times=4))
    assert found + sound.faults() == []
    told = f"0 of {keys} keys wrong after {replays} replays"
    measure("F5", "P3", "replays that stored again or were answered otherwise", "0", told, seed="1")
    measure("F5", "P4", "older saves that overwrote a newer one", "0", f"0 of {keys} keys", seed="1")


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


def test_a_desk_that_was_cut_off_has_its_answers_and_its_time(sound: Lines, measure: Measure) -> None:
    short = sound.run(through_cuts(sound, [1.5, 2.5]))
    assert sound.faults() == []
    assert min(one.covered_ms for one in sound.scripted) > 2 * LEAST_MS
    assert max(short) <= SLACK_MS
    assert sound.credited_beyond_claims() == []
    measure("F5", "P9", "time lost by a page that was covered", "0 ms", f"{max(0, *short)} ms", seed="1")


def test_the_marks_are_right_after_all_that(sound: Lines) -> None:
    assert sound.handed_in() == []


def test_the_checkers_see_a_server_that_forgets_keys_order_and_silence(
    made: Made, tmp_path: Path, measure: Measure
) -> None:
    with lines(made, tmp_path / "room", 3, *BROKEN) as here:
        replies, _, _ = here.run(replayed(here.scripted, here.chance, keys=2, times=4))
        stored = "\n".join([*replies, *here.faults()])
        short = here.run(through_cuts(here, [3.0]))
    assert "nobody sent" in stored
    assert "not the newest" in stored
    assert max(short) > SLACK_MS
    for promise, what in (
        ("P3", "a server that stores a replay again"),
        ("P4", "a server in which the last arrival wins"),
    ):
        measure("F5", promise, what, "caught", "seen in the store", seed="3", broken=True)
    what = "a server that gives a covered page nothing back"
    measure("F5", "P9", what, "caught", f"{max(short)} ms lost", seed="3", broken=True)


@pytest.mark.deep
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10, 15))
def test_many_more_mishaps_lose_nothing_either(
    made: Made, tmp_path: Path, measure: Measure, seed: int
) -> None:
    with lines(made, tmp_path / "room", seed) as here:
        proxy = here.run(over_a_bad_line(here, answers=100))
        assert here.faults() == []
        count, mishaps = told(here), sum(proxy.met.values()) - proxy.met.most_common(1)[0][1]
        assert here.handed_in() == []
    what = f"acknowledged answers lost on a bad line, seed {seed}"
    measure("F5", "P3", what, "0", f"0 of {count} at {mishaps} mishaps", seed=str(seed))


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_ten_thousand_replays_in_any_order_store_one_revision_each(
    made: Made, tmp_path: Path, measure: Measure
) -> None:
    with lines(made, tmp_path / "room", 20) as here:
        found, replays, keys = here.run(replayed(here.scripted, here.chance, keys=40, times=10))
        assert found + here.faults() == []
        assert replays >= 10_000
        assert here.handed_in() == []
    told = f"0 of {keys} keys wrong after {replays} replays"
    measure("F5", "P3", "ten thousand replays in random order", "0", told, seed="20")
    measure(
        "F5", "P4", "older saves that overwrote a newer one, of many", "0", f"0 of {keys} keys", seed="20"
    )


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_fifty_cuts_cost_nobody_an_answer_or_time(made: Made, tmp_path: Path, measure: Measure) -> None:
    with lines(made, tmp_path / "room", 30) as here:
        cuts = [here.chance.uniform(1.5, 6) for _ in range(50)]
        short = here.run(through_cuts(here, cuts))
        assert here.faults() == []
        assert max(short) <= SLACK_MS * len(cuts)
        assert here.credited_beyond_claims() == []
        count = told(here)
        assert here.handed_in() == []
    measure("F5", "P9", "acknowledged answers lost over 50 cuts", "0", f"0 of {count}", seed="30")
    measure(
        "F5", "P9", "time lost over 50 cuts", "0 ms", f"{max(0, *short)} ms of {sum(cuts):.0f} s", seed="30"
    )
