"""The real server stopped by SIGSTOP and woken: it closes nobody and gives the time back (fault F3)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.records.store import FREEZE_MS
from app.rules.policy import SECOND
from tests.faults.conftest import Measure
from tests.faults.killing import Run, room
from tests.faults.ledger import Ruins
from tests.faults.room import Browser
from tests.faults.time_left import (
    NOTICED_MS,
    TICK_MS,
    after_a_sweep,
    closed,
    everybody_answers,
    given_by_a_gap,
    outages,
    taken_by_a_gap,
)
from tests.faults.wire import Gone

BROKEN = "tests.faults.broken_server"
SEATS = 8
SHORT_S = FREEZE_MS / 1000 + 3
FIGURE = "takes 0 s, gives at most 5 s, 0 closed"
Room = tuple[Path, dict[str, str]]
pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True)
class Thawed:
    """What a freeze did to a room, at worst: ms taken, ms given, tests closed, outages recorded, what was lost."""

    taken: int
    given: int
    closed: int
    outages: int
    lost: list[str]

    @property
    def words(self) -> str:
        return f"takes {max(0, self.taken)} ms, gives {max(0, self.given)} ms, {self.closed} tests closed"


def frozen(run: Run, seconds: float) -> Thawed:
    """Everybody answers, the process stops for so long with an answer of everybody waiting, and they answer again."""
    before = asyncio.run(everybody_answers(run))
    process = run.served.process
    assert process is not None
    process.send_signal(signal.SIGSTOP)
    try:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        gap = asyncio.run(woken_after(run, process, seconds))
    finally:
        process.send_signal(signal.SIGCONT)
    after_a_sweep(run)
    with Ruins(run.database) as ruins:
        over = sum(closed(ruins, browser.ledger) for browser in run.browsers)
    after = [] if over else asyncio.run(everybody_answers(run))
    pairs = list(zip(before, after, strict=False))
    with Ruins(run.database) as ruins:
        return Thawed(
            max((taken_by_a_gap(*pair, gap) for pair in pairs), default=0),
            max((given_by_a_gap(*pair, gap) for pair in pairs), default=0),
            over,
            min(outages(ruins, browser.ledger) for browser in run.browsers),
            [fault for browser in run.browsers for fault in ruins.faults(browser.ledger)],
        )


async def woken_after(run: Run, process: subprocess.Popen[bytes], seconds: float) -> tuple[int, int]:
    """Everybody answers a stopped server, then SIGCONT; from when to when it stood at least (wall clock, ms)."""
    since = SystemClock().now_ms()

    async def answers(browser: Browser) -> int:
        with contextlib.suppress(Gone):  # nobody waits longer than 20 s for a page
            await browser.answer(run.chance.randint(1, 6), run.chance)
        return 0

    async def woken() -> int:
        await asyncio.sleep(seconds)
        until = SystemClock().now_ms()
        process.send_signal(signal.SIGCONT)
        return until

    *_, until = await run.everybody(*(answers(browser) for browser in run.browsers), woken())
    return since, until


def give_little_time(folder: Path) -> None:
    """Everybody has half a minute for their test: less than the freeze to come."""
    with sqlite3.connect(folder / "clearway.db") as db:
        db.execute("UPDATE sitting SET allowance_ms = ?", (30 * SECOND,))
    db.close()


def must_be_as_promised(done: Thawed) -> None:
    assert done.lost == []
    assert done.closed == 0
    assert done.outages == 1
    assert done.taken <= NOTICED_MS
    assert done.given <= TICK_MS + NOTICED_MS


def test_a_freeze_of_the_real_server_takes_no_time_from_anybody(ready: Room, measure: Measure) -> None:
    with room(*ready, 3) as run:
        done = frozen(run, SHORT_S)
    what = f"time that a freeze of {SHORT_S:.0f} s took and gave, {SEATS} answers waiting meanwhile"
    measure("F3", "P6", what, FIGURE, done.words, seed="3")
    must_be_as_promised(done)


@pytest.mark.deep
def test_the_checker_sees_a_server_that_forgets_its_freezes(ready: Room, measure: Measure) -> None:
    with room(*ready, 4, BROKEN, "forgets-freezes") as run:
        done = frozen(run, SHORT_S)
    what = f"a server that forgets a freeze of {SHORT_S:.0f} s"
    measure("F3", "P6", what, "time is taken", done.words, seed="4", broken=True)
    assert done.taken > SHORT_S * SECOND - TICK_MS
    assert done.outages == 0


@pytest.mark.deep
def test_a_freeze_too_short_to_be_noticed_takes_no_more_than_its_own_length(
    ready: Room, measure: Measure
) -> None:
    with room(*ready, 6) as run:
        done = frozen(run, 4)
    what = f"time that a freeze of 4 s took: below {FREEZE_MS} ms without a commit it is not noticed, so not given back"
    measure("F3", "P6", what, f"at most {FREEZE_MS} ms", done.words, seed="6")
    assert (done.lost, done.closed) == ([], 0)
    assert done.taken <= FREEZE_MS


@pytest.mark.deep
@pytest.mark.parametrize("seconds", [15, 40, 60, 90])
def test_a_long_freeze_closes_nobody_although_their_time_would_be_over(
    ready: Room, measure: Measure, seconds: int
) -> None:
    give_little_time(ready[0])
    with room(*ready, seconds) as run:
        done = frozen(run, seconds)
    what = f"time that a freeze of {seconds} s took and gave, with less than 40 s left"
    measure("F3", "P6", what, FIGURE, done.words, seed=str(seconds))
    must_be_as_promised(done)


@pytest.mark.deep
def test_the_checker_sees_a_freeze_that_closes_everybody(ready: Room, measure: Measure) -> None:
    give_little_time(ready[0])
    with room(*ready, 5, BROKEN, "forgets-freezes") as run:
        done = frozen(run, 60)
    what = "a server that forgets a freeze of 60 s, with less than 40 s left"
    measure("F3", "P6", what, "tests are closed", done.words, seed="5", broken=True)
    assert done.closed == SEATS
