"""Slows wrong passwords down: a growing wait for one address at one browser, never a lock.

It lives in this process and is gone after a restart; nothing but speed of guessing depends on it. A browser that
hides its cookie is one browser to us, so that nobody can make somebody else's own browser wait.
"""

from collections import OrderedDict

from app.rules.policy import MINUTE, SECOND

FREE_TRIES = 4
LONGEST_MS = 60 * SECOND
FORGOTTEN_MS = 15 * MINUTE
MOST_KEPT = 10_000


class Tries:
    """Wrong passwords by (address, browser). Moments are UTC ms and always given."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[tuple[str, str], tuple[int, int]] = OrderedDict()

    def wait_ms(self, address: str, browser: str, now: int) -> int:
        """How long to wait before the next try is looked at; 0: now."""
        count, last = self._wrong.get((address, browser), (0, 0))
        if count < FREE_TRIES or now - last > FORGOTTEN_MS:
            return 0
        wait = min(SECOND * 2 ** (count - FREE_TRIES + 1), LONGEST_MS)
        return int(max(0, last + wait - now))

    def was_wrong(self, address: str, browser: str, now: int) -> None:
        """Count one wrong password."""
        count, last = self._wrong.pop((address, browser), (0, 0))
        fresh = now - last <= FORGOTTEN_MS
        self._wrong[address, browser] = (count + 1 if fresh else 1, now)
        while len(self._wrong) > MOST_KEPT:
            self._wrong.popitem(last=False)

    def was_right(self, address: str, browser: str) -> None:
        """Forget what came before a right password."""
        self._wrong.pop((address, browser), None)
