"""The alive mark, and what a gap in it means: the time since the last mark is given back to every sitting.

A running clock was paused from that moment, and a rest break was too: an outage of ours eats neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.records import alive
from app.records.seats import Seat
from app.records.sittings import Made, Told, make_move, record_moves
from app.records.store import FREEZE_MS, Db, asks
from app.rules.permissions import SYSTEM, Actor, Role
from app.rules.policy import HOUR, POLICY, SECOND
from app.rules.refusals import Refused
from app.rules.sitting import Move, PauseKind

WORTH_TELLING_MS = 10 * SECOND  # a shorter outage that ended by itself was seen by nobody
OF_THESE_DAYS_MS = 48 * HOUR


@dataclass(frozen=True)
class Credited:
    """How long the service was away (ms), and how many sittings got that time back."""

    gap_ms: int
    sittings: int


@dataclass(frozen=True)
class _Outage:
    """From when to when (UTC ms), whether the sittings go on by themselves, and whether their candidates are told."""

    since: int
    now: int
    goes_on: bool
    told: bool
    reason: str = "outage"


NOTHING = Credited(0, 0)


@asks(reserved=True)
def mark_alive(db: Db, actor: Actor, now: int) -> int:
    """Write that the service is there; the moment written."""
    alive.mark(db, now)
    return now


@asks(reserved=True, unlimited=True)
def recover(db: Db, actor: Actor, now: int) -> Credited:
    """At start: give back the time since the last mark, before any request is judged. Then mark."""
    alive.one_outage_at_a_time(db)
    last = alive.last_mark(db)
    credited = NOTHING if last is None or last >= now else credit_outage(db, since=last, now=now)
    alive.mark(db, now)
    return credited


def after_a_freeze(db: Db, *, gap_ms: int, now: int, silent_ms: int = FREEZE_MS) -> Credited:
    """When this process committed nothing for so long: give back the time in which nobody marked. Then mark.

    Another process may have been there all the time, or may have recorded the outage already: then somebody marked
    within `silent_ms`. That is a freeze's length, or the time since this process first found the database away.
    """
    last = alive.last_mark(db)
    since = now - gap_ms if last is None else max(now - gap_ms, last)
    if now - since < silent_ms:
        return NOTHING
    credited = credit_outage(db, since=since, now=now)
    alive.mark(db, now)
    return credited


@asks(reserved=True, unlimited=True)
def credit_step(db: Db, actor: Actor, now: int, *, since: int) -> Credited:
    """The shared clock stepped on from `since` to `now`: nobody's time did. Then mark in the new time.

    Nothing when another process has marked in the new time: it saw the same step.
    """
    alive.one_outage_at_a_time(db)
    last = alive.last_mark(db)
    if last is not None and last > since and now - last < FREEZE_MS:
        return NOTHING
    since = since if last is None else max(since, last)
    credited = _credit(db, _Outage(since, now, goes_on=True, told=False, reason="clock"))
    alive.mark(db, now)
    return credited


def credit_outage(db: Db, *, since: int, now: int) -> Credited:
    """Pause every sitting whose clock or rest break ran, from the last moment we were there.

    A short gap ends by itself; after a longer one the candidate presses Continue (settled design, point 5). A sitting
    whose time was over before the gap is left to the sweep.
    """
    gap = now - since
    goes_on = gap <= POLICY.self_healing_outage_ms
    return _credit(db, _Outage(since, now, goes_on, told=gap >= WORTH_TELLING_MS))


def _credit(db: Db, outage: _Outage) -> Credited:
    running = [seat for seat in alive.running(db) if seat.clock.left(outage.since) > 0]
    resting = alive.resting(db, started_after=outage.since - OF_THESE_DAYS_MS)
    histories = [list(_of_the_running(seat, outage)) for seat in running]
    histories += [list(_of_the_resting(seat, outage)) for seat in resting]
    record_moves(db, outage.now, histories)
    return Credited(outage.now - outage.since, len(histories))


def _of_the_running(seat: Seat, outage: _Outage) -> Iterator[Made]:
    paused = _made(seat, Move.PAUSE, outage, outage.since, PauseKind.OUTAGE)
    yield paused
    if outage.goes_on:
        yield _made(paused.seat, Move.RESUME, outage, outage.now, told=outage.told)


def _of_the_resting(seat: Seat, outage: _Outage) -> Iterator[Made]:
    """The break ends where the outage began; afterwards it goes on, or the candidate presses Continue."""
    rested = _made(seat, Move.RESUME, outage, outage.since, reason=outage.reason)
    yield rested
    paused = _made(rested.seat, Move.PAUSE, outage, outage.since, PauseKind.OUTAGE)
    yield paused
    if outage.goes_on:
        back = _made(paused.seat, Move.RESUME, outage, outage.now, reason=outage.reason)
        yield back
        yield _made(back.seat, Move.PAUSE, outage, outage.now, PauseKind.BREAK)


def _made(
    seat: Seat,
    move: Move,
    outage: _Outage,
    at: int,
    kind: PauseKind | None = None,
    *,
    reason: str | None = None,
    told: bool = False,
) -> Made:
    """One move of ours. Raises RuntimeError when the rules refuse it: the states were looked at before."""
    why = outage.reason if move is Move.PAUSE else reason
    by_us = Told(SYSTEM.person, Role.SYSTEM, kind=kind, at=at, reason=why)
    silence = {} if told else {"notice": seat.notice, "notice_at": seat.notice_at}
    made = make_move(seat, move, outage.now, by_us, **silence)
    if isinstance(made, Refused):
        raise RuntimeError(f"an outage could not be recorded: {made.code}")
    return made
