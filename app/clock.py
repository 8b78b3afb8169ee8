"""The clock of the service: UTC milliseconds that never jump. Only `app/pages/deps.py` and `app/main.py` ask it."""

import time
from typing import Protocol


class Clock(Protocol):
    """What `create_app` is given: the real clock, or one that a test moves by hand."""

    def now_ms(self) -> int:
        """Milliseconds since the Unix epoch, UTC."""
        ...

    def anchor(self, utc_ms: int) -> None:
        """Take this moment as true from now on (the database's own clock, where several processes share one)."""
        ...


class SystemClock:
    """UTC read once, then carried on by the time since boot.

    A stepped or wrong wall clock therefore moves no deadline, and CLOCK_BOOTTIME also counts a suspended machine.
    """

    def __init__(self) -> None:
        """Anchor to the machine's UTC clock."""
        self.anchor(time.clock_gettime_ns(time.CLOCK_REALTIME) // 1_000_000)

    def now_ms(self) -> int:
        """Milliseconds since the Unix epoch, UTC."""
        utc_ms, boot_ms = self._anchor
        return utc_ms + _boot_ms() - boot_ms

    def anchor(self, utc_ms: int) -> None:
        """Go on from this moment."""
        self._anchor = (utc_ms, _boot_ms())  # one value: the writer's thread reads it meanwhile


def _boot_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
