"""SIGTERM under forty answering candidates: all that was stored was answered, nobody sees an error page (F1, P22)."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.records.tables import answer_revision
from tests.faults.conftest import Measure
from tests.faults.killing import KILL_AFTER_S, SEATS, Run, room
from tests.faults.ledger import Ruins
from tests.faults.resuming import Result, resumed
from tests.faults.room import Browser, Refused, make
from tests.faults.wire import Gone

BROKEN = "tests.faults.broken_server"
RESTARTS = int(os.environ.get("CLEARWAY_RESTARTS", "50"))
RESTARTS_A_ROOM = 10
WITHIN_S = 10  # source: promise P22
MOST_CUT = (
    0.02  # who sends in the very moment in which a kept connection ends; a browser then sends again by itself
)
Room = tuple[Path, dict[str, str]]


@dataclass
class Drained:
    """What restarts did: how each candidate's connection ended, how long each drain took (s), what was found."""

    ends: Counter[str] = field(default_factory=Counter)
    took_s: list[float] = field(default_factory=list)
    unanswered: int = 0
    found: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        pages, cut, away = (self.ends[end] for end in ("error page", "hung up", "turned away"))
        errors = (
            f"{pages} error pages, {cut} requests cut off, {self.unanswered} answers stored and not answered"
        )
        return f"{errors} ({away} found the door shut)"


async def answers_until_the_end(browser: Browser, chance: random.Random, first: asyncio.Event) -> str:
    """Answer until the connection ends, and how it ended."""
    while True:
        try:
            await browser.answer(chance.randint(1, 6), chance)
        except Refused:
            return "error page"
        except Gone as gone:  # refused, or waiting in the kernel's queue at the door when it was shut
            return "turned away" if gone.is_new else "hung up"
        first.set()


async def until_drained(run: Run, done: Drained) -> None:
    """Everybody answers; at a random moment SIGTERM; wait for the end of the process."""
    first = asyncio.Event()

    async def told_to_stop() -> str:
        async with asyncio.timeout(30):
            await first.wait()
        await asyncio.sleep(run.chance.uniform(*KILL_AFTER_S))
        assert run.served.process is not None
        run.served.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        await asyncio.to_thread(run.served.ended)
        done.took_s.append(time.monotonic() - began)
        return "told to stop"

    candidates = (answers_until_the_end(browser, run.chance, first) for browser in run.browsers)
    done.ends.update(await run.everybody(*candidates, told_to_stop()))


def restarts(ready: Room, seed: int, rounds: int, *variant: str) -> Drained:
    """So many restarts under load, until something is found."""
    done = Drained()
    with room(*ready, seed, *variant) as run:
        for _ in range(rounds):
            asyncio.run(until_drained(run, done))
            with Ruins(run.database) as ruins:
                done.unanswered += sum(stored_and_unheard(ruins, browser) for browser in run.browsers)
            done.found += run.look_at_the_ruins()
            run.start()
            done.found += run.look_at_the_clocks()
            if done.found or done.unanswered or done.ends["error page"]:
                break
        else:
            done.found += asyncio.run(run.hand_in())
    return done


def stored_and_unheard(ruins: Ruins, browser: Browser) -> int:
    """How many answers stand in the database of which the candidate was not told: accepted, and not answered."""
    unheard = {sent.nonce for all_ in browser.ledger.unheard.values() for sent in all_}
    return sum(row["token"] in unheard for row in ruins.rows(answer_revision, browser.ledger.sitting_id))


def tell(measure: Measure, done: Drained, seed: str) -> None:
    times = len(done.took_s)
    under = f"under {SEATS} candidates, {times} restart{'s' if times > 1 else ''}"
    what = f"visible errors, answers lost and sittings that lost time {under}"
    measure("F1", "P1, P6, P22", what, "0", f"{len(done.found)} lost, {done.words}", seed=seed)
    slowest = f"{max(done.took_s):.1f} s at most"
    measure("F1", "P22", f"time from SIGTERM to the end {under}", f"{WITHIN_S} s", slowest, seed=seed)


def must_be_as_promised(done: Drained) -> None:
    assert done.found == []
    assert done.unanswered == 0
    assert done.ends["error page"] == 0
    assert done.ends["hung up"] <= MOST_CUT * sum(done.ends.values())


@pytest.mark.timeout(240)
def test_a_restart_under_load_answers_all_that_it_stored_and_shows_no_error(
    ready: Room, measure: Measure
) -> None:
    done = restarts(ready, seed=21, rounds=1)
    tell(measure, done, "21")
    must_be_as_promised(done)


@pytest.mark.deep
def test_the_checker_sees_a_server_that_drops_what_it_took_on(ready: Room, measure: Measure) -> None:
    done = restarts(ready, 22, 3, BROKEN, "leaves-at-once")
    what = "a server that does not wait for its requests at the end"
    measure("F1", "P22", what, "errors are seen", done.words, seed="22", broken=True)
    assert done.unanswered + done.ends["error page"] > 0


@pytest.mark.deep
def test_the_checker_sees_a_server_that_hangs_up_on_requests_on_their_way(
    ready: Room, measure: Measure
) -> None:
    done = restarts(ready, 24, 3, BROKEN, "hangs-up")
    what = "a server that closes connections without reading what was sent"
    measure("F1", "P22", what, "requests are cut off", done.words, seed="24", broken=True)
    assert done.ends["hung up"] > MOST_CUT * sum(done.ends.values())


@pytest.mark.deep
@pytest.mark.timeout(4 * 3600)
def test_many_restarts_under_load_show_no_error_either(tmp_path: Path, measure: Measure) -> None:
    def once(seed: int) -> Result:
        """In a room made anew: the codes of one made an hour ago open nothing."""
        folder = tmp_path / str(seed)
        folder.mkdir()
        done = restarts((folder, make(folder, SEATS)), seed, RESTARTS_A_ROOM)
        must_be_as_promised(done)
        return {"ends": done.ends, "took_s": done.took_s}

    seeds = range(40, 40 + RESTARTS // RESTARTS_A_ROOM)
    all_ = Drained()
    for result in resumed("restarts", seeds, once):
        all_.ends.update(result["ends"])
        all_.took_s += result["took_s"]
    tell(measure, all_, f"{seeds[0]} to {seeds[-1]}")
