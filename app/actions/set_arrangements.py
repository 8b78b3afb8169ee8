"""Set extra time and rest breaks of a booked sitting. From check-in on they are frozen."""

from dataclasses import dataclass

from app.records import audit
from app.records.seats import Seat
from app.records.sittings import take, update
from app.records.store import Db
from app.rules.help import ArrangementsReason
from app.rules.permissions import Act, Actor
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import LIVE, TERMINAL


@dataclass(frozen=True)
class ArrangementsSet:
    """What now stands on the booking, in minutes."""

    extra_minutes: int
    break_minutes: int


def set_arrangements(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    extra_minutes: int,
    break_minutes: int,
    reason: ArrangementsReason | None,
) -> ArrangementsSet | Refused:
    """Write extra minutes and minutes of rest break on a booking; the same numbers need no reason.

    BEYOND_YOUR_LIMIT outside the policy's limits, ALREADY_CHECKED_IN or SITTING_OVER when it is too late.
    """
    taken = take(db, actor, Act.SET_ARRANGEMENTS, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    asked = ArrangementsSet(extra_minutes, break_minutes)
    refused = _refusal(seat, asked)
    if refused is not None:
        return refused
    if asked == ArrangementsSet(seat.extra_minutes, seat.break_minutes):
        return asked
    if reason is None:
        return Refused(Refusal.REASON_NEEDED)
    update(db, seat, now, extra_minutes=extra_minutes, break_minutes=break_minutes)
    audit.note(
        db,
        actor,
        taken.role,
        now,
        "set_arrangements",
        centre_id,
        sitting_id,
        extra_minutes=extra_minutes,
        extra_minutes_before=seat.extra_minutes,
        break_minutes=break_minutes,
        break_minutes_before=seat.break_minutes,
        reason=reason.value,
    )
    return asked


def _refusal(seat: Seat, asked: ArrangementsSet) -> Refused | None:
    if seat.state in LIVE:
        return Refused(Refusal.ALREADY_CHECKED_IN, details={"state": seat.state.value})
    if seat.state in TERMINAL:
        return Refused(Refusal.SITTING_OVER, details={"state": seat.state.value})
    most = {"extra": POLICY.most_extra_minutes, "breaks": POLICY.most_break_minutes}
    if not (0 <= asked.extra_minutes <= most["extra"] and 0 <= asked.break_minutes <= most["breaks"]):
        return Refused(Refusal.BEYOND_YOUR_LIMIT, details=most)
    return None
