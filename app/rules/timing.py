"""Arithmetic on time, folded from moves: time left = allowance + grants - spans in progress.

Nothing else computes time. All moments are UTC milliseconds, all lengths are milliseconds, and nothing here
reads a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.rules.permissions import Role
from app.rules.policy import MINUTE, POLICY, Policy
from app.rules.sitting import RESUMERS, Move, PauseKind, State


@dataclass(frozen=True)
class Moved:
    """One recorded move, as far as time and state are concerned. `amount_ms` is what a grant adds."""

    at: int
    move: Move
    to: State
    kind: PauseKind | None = None
    amount_ms: int = 0
    part: int = 0
    recorded_at: int = 0
    role: Role = Role.SYSTEM


@dataclass(frozen=True)
class Clock:
    """The clock of one part: what was allowed, added and used, and since when it runs (None: stopped)."""

    allowance_ms: int
    granted_ms: int = 0
    used_ms: int = 0
    running_since: int | None = None

    def left(self, now: int) -> int:
        """Milliseconds left at a moment; below zero after the end."""
        running = max(0, now - self.running_since) if self.running_since is not None else 0
        return self.allowance_ms + self.granted_ms - self.used_ms - running

    def shown(self, now: int, policy: Policy = POLICY) -> int:
        """What people are told is left: never more than was arranged, for the loading time is given silently."""
        return min(self.left(now), self.arranged(policy))

    def arranged(self, policy: Policy = POLICY) -> int:
        """The whole time of the part in ms as people are told it: without the loading time."""
        return self.allowance_ms + max(0, self.granted_ms - policy.loading_ms)

    @property
    def deadline(self) -> int | None:
        """The moment at which a running clock reaches zero; None while it is stopped."""
        if self.running_since is None:
            return None
        return self.running_since + self.allowance_ms + self.granted_ms - self.used_ms

    def has_run_out(self, now: int, policy: Policy = POLICY) -> bool:
        """Whether the part may be closed for want of time: the deadline and the grace have both passed.

        At the last millisecond of the grace an answer still counts (`rules.saving`), so it has not.
        """
        return self.deadline is not None and now > self.deadline + policy.grace_ms

    def moved(self, moved: Moved, allowance_ms: int | None = None) -> "Clock":
        """The clock after one more move; `allowance_ms` is the next part's, for a move to the next part.

        Raises ValueError for a next part without one: a part of no time would end at once.
        """
        if moved.move is Move.NEXT_PART:
            if not allowance_ms:
                raise ValueError("the next part needs its own allowance")
            return Clock(allowance_ms)
        clock = self
        if moved.move is Move.GRANT:
            clock = replace(clock, granted_ms=clock.granted_ms + moved.amount_ms)
        if moved.to is State.IN_PROGRESS:
            return clock if clock.running_since is not None else replace(clock, running_since=moved.at)
        if clock.running_since is None:
            return clock
        span = max(0, moved.at - clock.running_since)  # as in `left`: a span is never negative
        return replace(clock, used_ms=clock.used_ms + span, running_since=None)


def fold(allowances_ms: tuple[int, ...], moves: Iterable[Moved]) -> tuple[State, int, Clock]:
    """State, part and clock after these moves, in order; a sitting without moves is booked with a full clock.

    A checked-in sitting that is sent back to booked loses nothing: its clock never ran.
    """
    state, part, clock = State.BOOKED, 0, Clock(allowances_ms[0])
    for moved in moves:
        if moved.move is Move.NEXT_PART:
            part += 1
        clock = clock.moved(moved, allowances_ms[part])
        state = moved.to
    return state, part, clock


def allowance(base_minutes: int, extra_minutes: int) -> int:
    """The allowance of a part in milliseconds: its own minutes and the extra ones that were arranged."""
    return (base_minutes + extra_minutes) * MINUTE


def break_used(moves: Iterable[Moved], now: int) -> int:
    """Milliseconds of rest break taken so far, the one under way included.

    A move that leaves the sitting paused (a grant, a new code, a browser signing in) does not end the break.
    """
    used, since = 0, None
    for moved in moves:
        if since is not None and moved.to is not State.PAUSED:
            used += moved.at - since
            since = None
        if moved.move is Move.PAUSE and moved.kind is PauseKind.BREAK:
            since = moved.at
    return used + (max(0, now - since) if since is not None else 0)


def may_return_alone(kind: PauseKind, known_since: int, now: int, policy: Policy = POLICY) -> bool:
    """Whether a candidate may still end this pause without staff.

    `known_since` is when the pause was recorded: for an outage, when the service came back (settled design,
    points 5 and 9). A pause of staff never.
    """
    if Role.CANDIDATE not in RESUMERS[kind]:
        return False
    within = {PauseKind.OUTAGE: policy.outage_return_ms, PauseKind.HELP: policy.help_return_ms}.get(kind)
    return within is None or now - known_since <= within


def whole_minutes(left_ms: int) -> int:
    """Minutes shown to a person, rounded up; 0 once the time has ended."""
    return max(0, -(-left_ms // MINUTE))
