"""Every sequence of moves up to a length, against the time rule kept by hand: no order costs a millisecond (P7).

The random histories of `tests/rules/histories.py` are longer; these leave none out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.rules.permissions import Role
from app.rules.policy import POLICY
from app.rules.sitting import TERMINAL, Move, PauseKind, State, after
from app.rules.timing import Clock, Moved, fold
from tests.faults.conftest import Measure

ALLOWED = (40_000, 30_000)
GAPS = tuple(3**n for n in range(10))  # no two sums of them are alike, so a gap in the wrong place shows
LOADING = 100_003


@dataclass(frozen=True)
class Choice:
    """One thing that happens: a move, who makes it, which pause; first a wait until so much is left (None: a gap)."""

    move: Move
    role: Role = Role.CENTRE_STAFF
    kind: PauseKind | None = None
    at_left: int | None = None


CHOICES = (
    Choice(Move.CHECK_IN),
    Choice(Move.UNDO_CHECK_IN),
    Choice(Move.RELEASE),
    Choice(Move.TAKE_PEN, Role.CANDIDATE),
    Choice(Move.START, Role.CANDIDATE),
    Choice(Move.GRANT),
    Choice(Move.PAUSE, Role.CANDIDATE, PauseKind.BREAK),
    Choice(Move.PAUSE, kind=PauseKind.TECHNICAL),
    Choice(Move.PAUSE, kind=PauseKind.TECHNICAL, at_left=0),
    Choice(Move.PAUSE, Role.SYSTEM, PauseKind.OUTAGE),  # from half of the gap before
    Choice(Move.RESUME),
    Choice(Move.NEXT_PART, Role.CANDIDATE),
    Choice(Move.NEXT_PART, Role.SYSTEM, at_left=-POLICY.grace_ms - 1),
    Choice(Move.RUN_OUT, Role.SYSTEM, at_left=-POLICY.grace_ms - 1),
    Choice(Move.FINISH, Role.CANDIDATE),
    Choice(Move.STOP),
)


@dataclass(frozen=True)
class Watch:
    """A sitting as somebody with a stopwatch sees it. `left` is the time left, `now` the moment, all in ms."""

    moves: tuple[Moved, ...] = ()
    now: int = 0
    state: State = State.BOOKED
    kind: PauseKind | None = None
    part: int = 0
    left: int = ALLOWED[0]

    def wait(self, ms: int) -> Watch:
        used = ms if self.state is State.IN_PROGRESS else 0
        return replace(self, now=self.now + ms, left=self.left - used)

    def make(self, choice: Choice, gap: int) -> Watch | None:
        """The sitting after a wait and a move; None where the rules or the actions do not let it happen."""
        about = choice.kind if choice.move is Move.PAUSE else self.kind
        to = after(self.state, choice.move, choice.role, about)
        runs = self.state is State.IN_PROGRESS
        last = self.part == len(ALLOWED) - 1
        further = choice.move is Move.NEXT_PART
        if not isinstance(to, State) or (choice.at_left is not None and not runs):
            return None
        if (further and last) or (choice.move in (Move.RUN_OUT, Move.FINISH) and not last):
            return None
        waited = self.wait(gap if choice.at_left is None else self.left - choice.at_left)
        back = gap // 2 if choice.kind is PauseKind.OUTAGE else 0
        if (
            runs
            and choice.move in (Move.PAUSE, Move.GRANT)
            and waited.left + back <= 0
            and choice.at_left is None
        ):
            return None
        if runs and (further or to in TERMINAL):
            back = max(0, -waited.left)  # nobody uses more than there was
        amount = LOADING if choice.move is Move.GRANT else 0
        moved = Moved(waited.now - back, choice.move, to, choice.kind, amount, recorded_at=waited.now)
        return replace(
            waited,
            moves=(*self.moves, moved),
            state=to,
            kind=(PauseKind.SECTION if further else choice.kind or self.kind) if to is State.PAUSED else None,
            part=self.part + further,
            left=ALLOWED[self.part + 1] if further else waited.left + amount + (back if runs else 0),
        )


Look = Callable[[Watch, Clock], None]


def walk(depth: int, look: Look, watch: Watch | None = None, clock: Clock | None = None) -> Iterator[Watch]:
    """Every sequence of up to `depth` moves, each looked at beside the clock of the rules, folded move by move."""
    watch, clock = watch or Watch(), clock or Clock(ALLOWED[0])
    look(watch, clock)
    yield watch
    if len(watch.moves) == depth or watch.state in TERMINAL:
        return
    for choice in CHOICES:
        following = watch.make(choice, GAPS[len(watch.moves)])
        if following is not None:
            moved = clock.moved(following.moves[-1], ALLOWED[following.part])
            yield from walk(depth, look, following, moved)


def as_the_rule_says(watch: Watch, clock: Clock) -> None:
    """What the stopwatch shows is what the clock shows, now and later; a stopped clock stands and never runs out."""
    runs = watch.state is State.IN_PROGRESS
    assert clock.left(watch.now) == watch.left, watch
    assert clock.left(watch.now + 7_000) == watch.left - (7_000 if runs else 0), watch
    assert clock.deadline == (watch.now + watch.left if runs else None), watch
    assert clock.has_run_out(watch.now) is (runs and watch.left < -POLICY.grace_ms), watch
    assert runs or watch.left >= 0, watch


def under_way() -> tuple[Watch, Clock]:
    """A sitting whose clock has started at this moment."""
    begun = (Moved(0, Move.CHECK_IN, State.CHECKED_IN), Moved(0, Move.START, State.IN_PROGRESS))
    return Watch(begun, state=State.IN_PROGRESS), fold(ALLOWED, begun)[2]


def play(depth: int, *start: Any) -> Counter[str]:
    """All sequences of up to so many moves; how many of each length and how many of each end there were."""
    seen: Counter[str] = Counter()
    for number, watch in enumerate(walk(depth, as_the_rule_says, *start)):
        seen.update((f"{len(watch.moves)} moves", watch.state.value))
        if number % 50 == 0:
            state, part, clock = fold(ALLOWED, watch.moves)
            assert (state, part, clock.left(watch.now)) == (watch.state, watch.part, watch.left)
    return seen


def sequences(seen: Counter[str]) -> int:
    """How many there were."""
    return sum(count for what, count in seen.items() if what.endswith("moves"))


def test_no_sequence_of_up_to_six_moves_costs_or_gives_a_millisecond(measure: Measure) -> None:
    seen = play(6)
    assert sequences(seen) > 3_000
    assert {"in_progress", "paused", "finished", "stopped"} <= seen.keys()
    measure("F8", "P7", "ms that up to six moves cost or gave", "0", f"0 in {sequences(seen):,} sequences")


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_no_sequence_of_up_to_eight_moves_costs_or_gives_a_millisecond(measure: Measure) -> None:
    for start, depth, first in (("booked", 8, ()), ("the start", 10, under_way())):
        made = f"0 in {sequences(play(depth, *first)):,} sequences"
        measure("F8", "P7", f"ms that up to eight moves from {start} on cost or gave", "0", made)


def test_a_clock_that_counts_pauses_is_seen(monkeypatch: pytest.MonkeyPatch, measure: Measure) -> None:
    right = Clock.moved

    def counting(self: Clock, moved: Moved, allowance_ms: int | None = None) -> Clock:
        """One millisecond of each pause."""
        clock = right(self, moved, allowance_ms)
        return replace(clock, used_ms=clock.used_ms + 1) if moved.move is Move.RESUME else clock

    monkeypatch.setattr(Clock, "moved", counting)
    with pytest.raises(AssertionError):
        play(4)
    measure("F8", "P7", "a clock that counts one ms of each pause", "seen", "seen", broken=True)
