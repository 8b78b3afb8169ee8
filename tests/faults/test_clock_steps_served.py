"""The real server under a wall clock that is stepped or wrong at its start: nobody's time left moves (fault F8, P20).

`libfaketime` changes the time of day for one process and leaves the time since boot alone. Left to itself it would
change both, and then a service that believes the wall clock would pass.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.rules.policy import MINUTE
from tests.faults.conftest import Measure
from tests.faults.killing import Run, room
from tests.faults.ledger import Ruins
from tests.faults.time_left import (
    NOTICED_MS,
    TICK_MS,
    after_a_sweep,
    closed,
    everybody_answers,
    given_by_a_gap,
    moved,
    taken_by_a_gap,
)

BROKEN = "tests.faults.broken_server"
SEATS = 8
MOST_MS = 1_000  # source: promise P20
LOOKS_EVERY_S = 1  # looking at each reading of the clock makes a server twenty times slower
LIBRARY = "faketime/libfaketimeMT.so.1"
Room = tuple[Path, dict[str, str]]
pytestmark = [pytest.mark.deep, pytest.mark.timeout(240)]


class Wall:
    """The time of day as one server sees it: the machine's, moved by so many hours."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "wall"
        self.step("+0")

    def step(self, by: str) -> None:
        """Set it anew, in one piece, and wait until a running server has looked at the file."""
        new = self.file.with_suffix(".new")
        new.write_text(by + "\n")
        new.rename(self.file)
        time.sleep(LOOKS_EVERY_S + 0.5)

    @property
    def environment(self) -> dict[str, str]:
        library = next(Path("/usr/lib").glob(f"*/{LIBRARY}"), None)
        if library is None:
            raise RuntimeError(
                "No wall clock can be stepped without faketime: `make system-packages` says how."
            )
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_CACHE_DURATION": str(LOOKS_EVERY_S),
            "NO_FAKE_STAT": "1",
        }


@contextlib.contextmanager
def under_a_wall(ready: Room, *variant: str) -> Iterator[tuple[Run, Wall]]:
    """A served room whose time of day can be stepped."""
    wall = Wall(ready[0])
    with room(*ready, 8, *variant, **wall.environment) as run:
        yield run, wall


def after_the_steps(run: Run, wall: Wall) -> tuple[list[str], str, int]:
    """Step the wall while everybody answers, until something is found.

    That; in words the most that time left moved; and the same in ms.
    """
    before, found, most, exact = asyncio.run(everybody_answers(run)), [], 0, 0
    for step in ("+5m", "-1h", "+1h"):
        wall.step(step)
        after = asyncio.run(everybody_answers(run))
        jumps = [moved(*pair) for pair in zip(before, after, strict=True)]
        most = max(most, *map(abs, jumps))
        exact = max(exact, *(one.took_ms for one in (*before, *after)))
        found += [f"a step to {step} moved {ms} ms" for ms in jumps if abs(ms) > MOST_MS]
        if found:
            break
        before = after
    return found, f"{most} ms, beside the {exact} ms that the slowest save took", most


def test_steps_of_the_wall_clock_move_nobodys_time_left(ready: Room, measure: Measure) -> None:
    with under_a_wall(ready) as (run, wall):
        found, told, _ = after_the_steps(run, wall)
        after_a_sweep(run)
        with Ruins(run.database) as ruins:
            over = sum(closed(ruins, browser.ledger) for browser in run.browsers)
            kept = [fault for browser in run.browsers for fault in ruins.faults(browser.ledger)]
    what = "most that time left moved when the wall clock was stepped by +5 min, -1 h, +1 h under a running server"
    measure("F8", "P20", what, "at most 1 s", f"{told}; {over} of {SEATS} tests closed", seed="8")
    assert (found, over, kept) == ([], 0, [])


def test_a_start_under_a_wall_clock_that_is_wrong_takes_nobodys_time(ready: Room, measure: Measure) -> None:
    with under_a_wall(ready) as (run, wall):
        before = asyncio.run(everybody_answers(run))
        run.served.kill()
        wall.step("-1h")
        with pytest.raises(RuntimeError, match="behind the last record"):
            run.start()
        wall.step("+1h")
        run.start()
        away = (run.served.killed_at, SystemClock().now_ms())
        after = asyncio.run(everybody_answers(run))
    pairs = list(zip(before, after, strict=True))
    taken = max(taken_by_a_gap(*pair, away) for pair in pairs)
    given = max(given_by_a_gap(*pair, away) for pair in pairs)
    what = "time that a restart under a wall clock 1 h ahead took and gave (1 h behind: the start is refused)"
    figure = "takes at most 1 s, gives at most 5 s"
    counted = f"takes {max(0, taken)} ms, gives {max(0, given)} ms ({SEATS} candidates)"
    measure("F8", "P6, P20", what, figure, counted, seed="8")
    assert taken <= MOST_MS
    assert given <= TICK_MS + NOTICED_MS


def test_the_checker_sees_a_deadline_that_believes_the_wall_clock(ready: Room, measure: Measure) -> None:
    with under_a_wall(ready, BROKEN, "wall-clock-deadline") as (run, wall):
        found, told, most = after_the_steps(run, wall)
    what = "a deadline by the wall clock: most that time left moved at a step of +5 min"
    measure("F8", "P20", what, "more than 1 s", told, seed="8", broken=True)
    assert len(found) == SEATS
    assert most > 4 * MINUTE
