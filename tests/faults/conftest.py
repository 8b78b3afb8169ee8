"""The room that most fault tests break, and how a fault run says what it measured."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.measured import Measured
from tests.faults.room import make

Measure = Callable[..., None]


@pytest.fixture(scope="module")
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """A room for as many as the module's SEATS, made once by the real verbs and actions. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, request.module.SEATS)


@pytest.fixture
def ready(made: tuple[Path, dict[str, str]], tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A room of the test's own."""
    return shutil.copytree(made[0], tmp_path / "room"), made[1]


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Measure:
    """Keep a figure: `measure("F2", "P1", "acknowledged answers lost", "0", f"{lost} of {told}", seed="1")`."""
    began = time.monotonic()

    def keep(
        fault: str,
        promise: str,
        what: str,
        figure: str,
        measured: str,
        *,
        seed: str = "",
        broken: bool = False,
    ) -> None:
        seconds = round(time.monotonic() - began, 1)
        Measured(fault, promise, what, figure, measured, seed, broken, request.node.nodeid, seconds).keep()

    return keep
