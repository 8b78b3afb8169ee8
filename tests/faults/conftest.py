"""How a fault run says what it measured."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.faults.measured import Measured

Measure = Callable[..., None]


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
