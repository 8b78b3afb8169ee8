"""Histories of a sitting for property tests, and the same time counted a second way: tick by tick.

A history is made from legal moves only, with the guards that the actions add to the table: a part or a sitting
ends for want of time only once its clock has run out, and there is a next part only while one is left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from app.rules.permissions import Role
from app.rules.policy import POLICY, Policy
from app.rules.sitting import TERMINAL, Move, PauseKind, State, after
from app.rules.timing import Moved

GRACE_TICKS = 10
START = 1_000  # the first moment of a history, in ticks


@dataclass(frozen=True)
class Step:
    """One thing that can be done from a state: who, which move, which pause, and where it leads."""

    move: Move
    role: Role
    kind: PauseKind | None
    to: State


@dataclass(frozen=True)
class History:
    """Moves that happened, how long a tick is, what each part was allowed, and the moment of asking."""

    tick_ms: int
    allowances_ms: tuple[int, ...]
    moves: tuple[Moved, ...]
    now: int
    part: int
    kind: PauseKind | None

    @property
    def state(self) -> State:
        return self.moves[-1].to if self.moves else State.BOOKED

    @property
    def policy(self) -> Policy:
        """The policy with a grace of ten ticks."""
        return replace(POLICY, grace_ms=GRACE_TICKS * self.tick_ms)


def _steps() -> dict[tuple[State, PauseKind | None], list[Step]]:
    """All legal steps from each state and pause kind, the ends last."""
    found: dict[tuple[State, PauseKind | None], list[Step]] = {}
    kinds: list[PauseKind | None] = [None, *PauseKind]
    for state, held in product(State, kinds):
        steps = []
        for move, role, new in product(Move, Role, kinds):
            if (move is Move.PAUSE) != (new is not None):
                continue
            kind = new if move is Move.PAUSE else held
            to = after(state, move, role, kind)
            if isinstance(to, State):
                steps.append(Step(move, role, new, to))
        found[state, held] = sorted(steps, key=lambda step: step.to in TERMINAL)
    return found


STEPS = _steps()


def spent(moves: Iterable[Moved], now: int, tick_ms: int, part: int) -> int:
    """Milliseconds in progress in a part, by looking at every tick from the first move until now."""
    listed, used, here = list(moves), 0, 0
    if not listed:
        return 0
    last, begun = 0, listed[0].at
    for moment in range(begun, now, tick_ms):
        while last + 1 < len(listed) and listed[last + 1].at <= moment:
            last += 1
            here += listed[last].move is Move.NEXT_PART
        used += tick_ms if listed[last].to is State.IN_PROGRESS and here == part else 0
    return used


def granted(moves: Iterable[Moved], part: int) -> int:
    """Milliseconds added to a part."""
    total, here = 0, 0
    for moved in moves:
        here += moved.move is Move.NEXT_PART
        total += moved.amount_ms if moved.move is Move.GRANT and here == part else 0
    return total


def ran_out(history: History) -> bool:
    """Whether the part has used all of its time and the grace besides, by the ticks."""
    total = history.allowances_ms[history.part] + granted(history.moves, history.part)
    running = history.state is State.IN_PROGRESS
    used = spent(history.moves, history.now, history.tick_ms, history.part)
    return running and used > total + history.policy.grace_ms


def _for_want_of_time(step: Step) -> bool:
    return step.move is Move.RUN_OUT or (step.move, step.role) == (Move.NEXT_PART, Role.SYSTEM)


def _guarded(step: Step, history: History) -> bool:
    if _for_want_of_time(step):
        last = history.part == len(history.allowances_ms) - 1
        return ran_out(history) and (step.move is Move.RUN_OUT) == last
    return step.move is not Move.NEXT_PART or history.part < len(history.allowances_ms) - 1


def _moment(step: Step, history: History, back: int) -> int:
    """When a step counts from: an end for want of time at the deadline, an outage at the last alive mark."""
    latest = history.moves[-1].at if history.moves else 0
    if _for_want_of_time(step):
        total = history.allowances_ms[history.part] + granted(history.moves, history.part)
        over = spent(history.moves, history.now, history.tick_ms, history.part) - total
        return max(latest, history.now - over)
    return max(latest, history.now - back) if step.kind is PauseKind.OUTAGE else history.now


def extended(history: History, pick: int, gap: int, size: int) -> History:
    """The history with a gap of so many ticks and, if any is legal, one more move at its end."""
    history = replace(history, now=history.now + gap * history.tick_ms)
    steps = [step for step in STEPS[history.state, history.kind] if _guarded(step, history)]
    out = [step for step in steps if _for_want_of_time(step)]
    going_on = [step for step in steps if step.to not in TERMINAL]
    if out and pick % 3:  # the sweep comes round soon
        steps = out
    elif going_on and pick % 16:  # as a rule the sitting goes on, if it can
        steps = going_on
    if not steps:
        return history
    moves = sorted({step.move for step in steps})
    move = moves[pick % len(moves)]  # first a move, so that those which many may make are not the most
    steps = [step for step in steps if step.move is move]
    step = steps[pick // len(moves) % len(steps)]
    moved = Moved(
        at=_moment(step, history, min(size, gap) * history.tick_ms),
        move=step.move,
        to=step.to,
        kind=step.kind,
        amount_ms=size * history.tick_ms if step.move is Move.GRANT else 0,
        recorded_at=history.now,
        role=step.role,
    )
    further = step.move is Move.NEXT_PART
    kind = PauseKind.SECTION if further else step.kind if step.move is Move.PAUSE else history.kind
    kind = kind if step.to is State.PAUSED else None
    return replace(history, moves=(*history.moves, moved), part=history.part + further, kind=kind)


def play(
    tick_ms: int, parts: Iterable[int], started: bool, drawn: Iterable[tuple[int, int, int]]
) -> list[History]:
    """The history after each of the drawn steps; with `started` it begins with a sitting under way."""
    allowances = tuple(ticks * tick_ms for ticks in parts)
    at = START * tick_ms
    under_way = (
        Moved(at, Move.CHECK_IN, State.CHECKED_IN, role=Role.CENTRE_STAFF),
        Moved(at, Move.START, State.IN_PROGRESS, role=Role.CANDIDATE),
    )
    stages = [History(tick_ms, allowances, under_way if started else (), at, 0, None)]
    for pick, gap, size in drawn:
        stages.append(extended(stages[-1], pick, gap, size))
    return stages


_DRAWN = st.tuples(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 30))
HISTORIES = st.builds(
    play,
    st.sampled_from([1, 1_000]),
    st.lists(st.integers(1, 90), min_size=1, max_size=3),
    st.booleans(),
    st.lists(_DRAWN, min_size=4, max_size=24),
)
