"""The time of a sitting said a second time, from the rule of the design (4.3): watched as it passes, not folded.

Part of the model in `model.py`. Nothing here is imported from the product. A method that tries a move says whether it
goes through; lengths are ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.faults.model_of_answers import GRACE

SECOND, MINUTE = 1_000, 60_000
SHORT_OUTAGE = 30 * SECOND
OF_A_LOST_CONNECTION = 5 * MINUTE
ALONE = {"break": None, "device": None, "section": None, "help": 2 * MINUTE, "outage": 10 * MINUTE}
OF_ROLE = {"desk": 5, "lead": 30, "administrator": None}
ROLES = {"second": "desk"}


@dataclass
class Watched:
    """The clock of one sitting and what stops it. `minutes` are the allowances of its parts."""

    minutes: tuple[int, ...]
    state: str = "booked"
    kind: str = ""
    part: int = 0
    granted: int = 0  # the four of the time rule, of the present part
    lived: int = 0
    credited: int = 0
    break_left: int = 10 * MINUTE
    paused_for: int = 0
    known_for: int = 0
    quiet: int = 0  # since anything was written about the sitting, or since its clock started
    proposed_by: str = ""
    given: dict[str, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """The rule: what was allowed and granted, less the time in progress that was not given back."""
        return self.minutes[self.part] * MINUTE + self.granted - self.lived + self.credited

    @property
    def is_running(self) -> bool:
        return self.state == "in_progress"

    @property
    def is_paused(self) -> bool:
        return self.state == "paused"

    @property
    def has_run_out(self) -> bool:
        return self.is_running and self.left < -GRACE

    def tick(self, ms: int) -> None:
        """Time passes, and the service is there."""
        self.lived += ms if self.is_running else 0
        self.break_left -= ms if self.kind == "break" else 0
        self.paused_for += ms
        self.known_for += ms
        self.quiet += ms

    def outage(self, gap: int, unmarked: int, back: int, stays: bool) -> None:
        """Nobody was there for `gap` ms, after up to `unmarked` since the last mark; `back` is what it gave beside.

        What ran gets all of it back, the clock and a break alike. It `stays` running, or the candidate must press
        Continue. A part that is over is not opened again.
        """
        if not (self.kind == "break" or (self.is_running and self.left > 0)):
            self.tick(gap)
            return
        assert 0 <= back <= unmarked, f"an outage of {gap} ms gave {gap + back} back, {unmarked} after a mark"
        if self.is_running:
            self.lived, self.credited = self.lived + gap, self.credited + gap + back
        else:
            self.break_left += back
        if stays:
            self.quiet = self.paused_for = self.known_for = 0
        else:
            self._pause("outage", gap + back)

    def _pause(self, kind: str, already: int = 0) -> None:
        self.state, self.kind, self.paused_for, self.known_for, self.quiet = "paused", kind, already, 0, 0

    def _run(self) -> None:
        self.state, self.kind, self.proposed_by, self.quiet = "in_progress", "", "", 0

    def pause(self, kind: str) -> bool:
        goes = self.is_running and self.left >= 0
        if goes:
            self._pause(kind)
        return goes

    def resume(self) -> bool:
        goes = self.is_paused
        if goes:
            self._run()
        return goes

    def grant(self, by: str, minutes: int) -> bool:
        role = ROLES.get(by, by)
        most = OF_ROLE[role]
        live = self.state == "checked_in" or ((self.is_running or self.is_paused) and self.left > 0)
        goes = live and (most is None or self.given.get(role, 0) + minutes <= most)
        if goes:
            self.given[role] = self.given.get(role, 0) + minutes
            self.granted, self.quiet = self.granted + minutes * MINUTE, 0
        return goes
