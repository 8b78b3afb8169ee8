"""The restore drill: a served room backed up under load, its disk gone, and the service there again."""

from __future__ import annotations

import asyncio
import copy
import shutil
import subprocess
import sys
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from tests.faults.ledger import Ledger, Ruins, Sent
from tests.faults.room import ROOT, Browser, environment
from tests.faults.served import Served
from tests.faults.wire import Wire

T = TypeVar("T")
Told = dict[str, dict[int, list[Sent]]]
LOAD_S = 1.5


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A verb as an operator types it; on a busy machine one that lets others go first may take its time."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words], env=environment(folder), cwd=ROOT, capture_output=True, text=True,
        timeout=150, check=False,
    )  # fmt: skip


@dataclass
class Drill:
    """A served site with its browsers. `told` is what had been acknowledged when the back-up began."""

    served: Served
    codes: dict[str, str]
    chance: Random
    browsers: list[Browser] = field(default_factory=list)
    told: Told = field(default_factory=dict)
    took_ms: dict[str, list[float]] = field(default_factory=dict)

    def live(self, doing: Coroutine[Any, Any, T]) -> T:
        """Run what browsers do; connections do not outlive it."""

        async def and_hang_up() -> T:
            try:
                return await doing
            finally:
                for browser in self.browsers:
                    browser.wire.close()

        return asyncio.run(and_hang_up())

    async def seat(self, codes: list[str]) -> None:
        """Candidates sign in by code and start, over the real pages."""
        new = [Browser(Wire(self.served.port), Ledger(self.codes[code])) for code in codes]
        self.browsers += new
        await asyncio.gather(*(browser.sit_down(code) for browser, code in zip(new, codes, strict=True)))

    async def back_up_under_load(self, target: Path) -> None:
        """Everybody answers before, during and after a back-up by the verb; how long each answer took is kept."""
        ended = asyncio.Event()
        part = "before"

        async def answering(browser: Browser) -> None:
            while not ended.is_set():
                began = time.perf_counter()
                await browser.answer(self.chance.randint(1, 6), self.chance)
                self.took_ms.setdefault(part, []).append((time.perf_counter() - began) * 1000)

        everybody = asyncio.gather(*(answering(browser) for browser in self.browsers))
        await asyncio.sleep(LOAD_S)
        part, self.told = "during", self.everything_told()
        shutil.copy(self.served.folder / "clearway.db", target.with_suffix(".plain"))
        done = await asyncio.to_thread(typed, self.served.folder, "backup", str(target), "--plain")
        part = "after"
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"Backed up {len(self.codes)} sittings" in done.stdout
        await asyncio.sleep(LOAD_S)
        ended.set()
        await everybody

    def everything_told(self) -> Told:
        """What has been acknowledged to everybody up to now."""
        return {b.ledger.sitting_id: copy.deepcopy(dict(b.ledger.acknowledged)) for b in self.browsers}


def missing(database: Path, told: Told) -> list[str]:
    """Every acknowledged answer that a database does not hold as it was sent."""
    faults: list[str] = []
    with Ruins(database) as ruins:
        for sitting_id, acknowledged in told.items():
            ledger = Ledger(sitting_id)
            ledger.acknowledged.update(acknowledged)
            faults += [one for one in ruins.lost_or_changed(ledger) if not one.startswith("nobody sent")]
    return faults


def slowest(took_ms: list[float]) -> str:
    """The middle and the 99th hundredth of what answers took, as a figure is told."""
    ordered = sorted(took_ms)
    return f"{ordered[len(ordered) // 2]:.0f} / {ordered[int(len(ordered) * 0.99)]:.0f} ms of {len(ordered)}"
