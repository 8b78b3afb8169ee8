"""What a candidate confirms before the start: that this is them, and that what was set up is right."""

from dataclasses import dataclass

from app.records.sittings import take, update
from app.records.store import Db
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, after


@dataclass(frozen=True)
class Confirmed:
    """Written, now or before."""

    at: int


def confirm_details(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str
) -> Confirmed | Refused:
    """The candidate says: yes, this is me."""
    return _confirm(db, actor, now, centre_id, sitting_id, "details_at")


def confirm_arrangements(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str
) -> Confirmed | Refused:
    """The candidate says: what you have set up for me is right."""
    return _confirm(db, actor, now, centre_id, sitting_id, "arrangements_at")


def tell_unanswered(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str
) -> Confirmed | Refused:
    """Remember that the page about unanswered questions was shown, so that it is shown once only."""
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    update(db, taken.seat, now, told_unanswered=1)
    return Confirmed(now)


def _confirm(
    db: Db, actor: Actor, now: int, centre_id: str, sitting_id: str, what: str
) -> Confirmed | Refused:
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    to = after(seat.state, Move.START, taken.role)  # what no longer can be started is no longer confirmed
    if isinstance(to, Refusal):
        return Refused(to, details={"state": seat.state.value})
    before: int | None = getattr(seat, what)
    if before is None:
        update(db, seat, now, **{what: now})
    return Confirmed(before or now)
