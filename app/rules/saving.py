"""Whether one arriving answer counts: the deadline table, the pen, and the order of saves.

Source: reliability and security design 4.4 and 4.5, as settled in points 1 to 4. No clock, no rows: plain
values in, a ruling out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.rules.policy import POLICY, Policy
from app.rules.refusals import Refusal
from app.rules.sitting import State
from app.rules.timing import Clock


class Standing(StrEnum):
    """What a stored revision is worth."""

    COUNTS = "counts"
    IN_FLIGHT = "in_flight"  # chosen before zero, arrived within the grace: counts
    FOR_REVIEW = "for_review"  # arrived within the grace, chosen after zero: a person decides
    LATE = "late"
    NOT_COUNTED = "not_counted"  # stale pen, paused, over, a sequence used twice, or replaced and after zero


COUNTING = frozenset({Standing.COUNTS, Standing.IN_FLIGHT})
AFTER_ZERO = frozenset({Standing.IN_FLIGHT, Standing.FOR_REVIEW, Standing.LATE})


@dataclass(frozen=True)
class Ruling:
    """How an arriving answer is kept, and the refusal to tell, if any."""

    standing: Standing
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Arrival:
    """One answer at the door.

    `made_left_ms` is the time left that the browser claims for the moment of choosing; None without script.
    """

    at: int
    has_pen: bool
    scripted: bool
    made_left_ms: int | None = None


def judge(
    state: State,
    clock: Clock,
    arrival: Arrival,
    *,
    paused_at: int | None = None,
    over_on_time: bool = False,
    policy: Policy = POLICY,
) -> Ruling | Refusal:
    """The row of the deadline table for this arrival; a bare Refusal where nothing is kept.

    `paused_at`: when the present pause began. `over_on_time`: the sitting has ended because its time ran out.
    """
    if state in (State.BOOKED, State.CHECKED_IN, State.NOT_ATTENDED, State.CANCELLED):
        return Refusal.NOT_STARTED
    if not arrival.has_pen:
        return Ruling(Standing.NOT_COUNTED, Refusal.OPEN_ELSEWHERE)
    if state is State.PAUSED:
        return _while_paused(clock, arrival, paused_at, policy)
    if state is State.IN_PROGRESS:
        return _against_the_deadline(clock.left(arrival.at), arrival, policy)
    if over_on_time:
        return Ruling(Standing.LATE, Refusal.TIME_ENDED)
    return Ruling(Standing.NOT_COUNTED, Refusal.HANDED_IN)


def _while_paused(clock: Clock, arrival: Arrival, paused_at: int | None, policy: Policy) -> Ruling:
    prompt = paused_at is not None and arrival.at - paused_at <= policy.pause_grace_ms
    left = clock.left(arrival.at)  # stopped, so this is the time left when the pause began
    before = not arrival.scripted or (arrival.made_left_ms is not None and arrival.made_left_ms >= left)
    if prompt and before:
        return Ruling(Standing.COUNTS)
    return Ruling(Standing.NOT_COUNTED, Refusal.PAUSED)


def _against_the_deadline(left: int, arrival: Arrival, policy: Policy) -> Ruling:
    if left >= 0:
        return Ruling(Standing.COUNTS)
    if left < -policy.grace_ms:
        return Ruling(Standing.LATE, Refusal.TIME_ENDED)
    if not arrival.scripted or (arrival.made_left_ms is not None and arrival.made_left_ms >= 0):
        return Ruling(Standing.IN_FLIGHT)
    return Ruling(Standing.FOR_REVIEW, Refusal.FOR_REVIEW)


@dataclass(frozen=True)
class Save:
    """One stored save of a position: its place in the order, and what it says."""

    epoch: int
    sequence: int
    value: str
    standing: Standing


class Repeat(StrEnum):
    """What an arriving save is, beside those already stored for its position."""

    NEW = "new"
    DUPLICATE = "duplicate"  # same key, same value: same reply, nothing stored
    REUSED = "reused"  # same key, another value: refused, both kept
    SUPERSEDED = "superseded"  # older than the newest: stored, changes nothing


def compare(epoch: int, sequence: int, value: str, stored: Iterable[Save]) -> Repeat:
    """Where a save with this key stands among the stored ones; the order is (epoch, sequence)."""
    saves = list(stored)
    same = [save for save in saves if (save.epoch, save.sequence) == (epoch, sequence)]
    if same:
        return Repeat.DUPLICATE if any(save.value == value for save in same) else Repeat.REUSED
    newer = any(
        (save.epoch, save.sequence) > (epoch, sequence) for save in saves if save.standing in COUNTING
    )
    return Repeat.SUPERSEDED if newer else Repeat.NEW


def beside(ruling: Ruling, repeat: Repeat) -> Ruling:
    """The ruling on a save once its place among the stored ones is known.

    A choice that a newer one had replaced before it arrived leaves nobody anything to decide, however late it is.
    """
    if repeat is Repeat.REUSED:
        return Ruling(Standing.NOT_COUNTED, Refusal.SEQUENCE_REUSED)
    if repeat is Repeat.SUPERSEDED and ruling.standing in AFTER_ZERO:
        return Ruling(Standing.NOT_COUNTED)
    return ruling


def newest(saves: Iterable[Save]) -> Save | None:
    """The save that counts for a position: the highest (epoch, sequence) among those that count."""
    counting = [save for save in saves if save.standing in COUNTING]
    return max(counting, key=lambda save: (save.epoch, save.sequence), default=None)
