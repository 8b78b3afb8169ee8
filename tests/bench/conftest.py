"""What the measurements share: how long they take, the load driver, the figures, and the document at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.bench import report
from tests.bench.figures import Figures
from tests.bench.running import Driver


@dataclass(frozen=True)
class Length:
    """How long is measured, in seconds, and how often; `CLEARWAY_BENCH` is `long`, `short` (to try) or nothing."""

    name: str
    rounds: int
    step_s: float
    paced_s: float
    growth_rounds: int
    growth_s: float
    biggest_past: int


LENGTHS = {
    "": Length("", 3, 2.0, 60.0, 10, 1.0, 1_000_000),
    "long": Length("long", 7, 6.0, 600.0, 20, 2.0, 1_000_000),
    "short": Length("short", 1, 0.5, 4.0, 2, 0.5, 20_000),
}


@pytest.fixture(scope="session")
def length() -> Length:
    """How long this run measures."""
    return LENGTHS[os.environ.get("CLEARWAY_BENCH", "")]


@pytest.fixture(scope="session")
def figures(length: Length) -> Iterator[Figures]:
    """Filled by the measurements; a whole run writes docs/performance.md, whether the gates were held or not."""
    found = Figures()
    yield found
    if found.is_whole and length.name != "short":
        report.write(found, length.name)
        print(f"\nWritten: {report.DOCUMENT.relative_to(report.ROOT)}")
    else:
        print("\nNot written: docs/performance.md needs every measurement, and not the short ones.")
    for gate in found.gates:
        print(f"{'held  ' if gate.is_held else 'MISSED'} {gate.what}: {gate.measured} ({gate.promised})")


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """The load driver's process."""
    started = Driver()
    yield started
    started.end()
