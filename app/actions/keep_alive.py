"""The alive mark, and what a gap in it means: a pause for every running sitting, backdated to the last mark."""

from dataclasses import dataclass

from app.records import alive
from app.records.seats import Seat
from app.records.sittings import Told, record_move
from app.records.store import Db, asks
from app.rules.permissions import SYSTEM, Actor, Role
from app.rules.policy import POLICY
from app.rules.refusals import Refused
from app.rules.sitting import Move, PauseKind


@dataclass(frozen=True)
class Credited:
    """How long the service was away (ms), and how many sittings got that time back."""

    gap_ms: int
    sittings: int


@asks(reserved=True)
def mark_alive(db: Db, actor: Actor, now: int) -> int:
    """Write that the service is there; the moment written."""
    alive.mark(db, now)
    return now


@asks(reserved=True)
def recover(db: Db, actor: Actor, now: int) -> Credited:
    """At start: give back the time since the last mark, before any request is judged. Then mark."""
    last = alive.last_mark(db)
    credited = Credited(0, 0) if last is None or last >= now else credit_outage(db, since=last, now=now)
    alive.mark(db, now)
    return credited


def credit_outage(db: Db, *, since: int, now: int) -> Credited:
    """Pause every sitting whose clock ran, from the last moment we were there.

    A short gap ends by itself; after a longer one the candidate presses Continue (settled design, point 5). A sitting
    whose time was over before the gap is left to the sweep.
    """
    credited = 0
    for seat in alive.running(db):
        if seat.clock.left(since) > 0 and _paused_and_back(db, seat, since, now):
            credited += 1
    return Credited(now - since, credited)


def _paused_and_back(db: Db, seat: Seat, since: int, now: int) -> bool:
    by_us = Told(SYSTEM.person, Role.SYSTEM, kind=PauseKind.OUTAGE, at=since, reason="outage")
    paused = record_move(db, seat, Move.PAUSE, now, by_us)
    if isinstance(paused, Refused):
        return False
    if now - since <= POLICY.self_healing_outage_ms:
        record_move(db, paused, Move.RESUME, now, Told(SYSTEM.person, Role.SYSTEM, reason="outage"))
    return True
