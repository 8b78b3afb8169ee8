"""Slows the guessing of codes down: the more wrong codes come from new browsers, the longer a new browser waits.

It never locks anybody out, and a browser that has ever typed a right code does not wait. It lives in one process
and nothing but the speed of guessing depends on it; what blocks one browser is `app/records/desks.py`.
"""

from collections import deque

from app.rules.policy import MINUTE, SECOND

FREE_A_MINUTE = 120
STEP_MS = 50
LONGEST_MS = 10 * SECOND


class Guesses:
    """Wrong codes of the last minute, typed at browsers that have not yet typed a right one. Moments are UTC ms."""

    def __init__(self) -> None:
        self._wrong: deque[int] = deque(maxlen=FREE_A_MINUTE + LONGEST_MS // STEP_MS)

    def was_wrong(self, now: int) -> None:
        """Count one wrong code."""
        self._wrong.append(now)

    def wait_ms(self, now: int) -> int:
        """How long a new browser waits before its code is looked at."""
        while self._wrong and self._wrong[0] <= now - MINUTE:
            self._wrong.popleft()
        return STEP_MS * max(0, len(self._wrong) - FREE_A_MINUTE)
