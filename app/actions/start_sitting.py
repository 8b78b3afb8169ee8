"""Start the clock: the candidate's own press, after staff released the sitting to this desk."""

from dataclasses import dataclass

from app.records.sittings import Told, record_move, take
from app.records.store import Db
from app.rules.permissions import SYSTEM, Act, Actor, Role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, State


@dataclass(frozen=True)
class Started:
    """The clock runs, or has been started by this very press before."""

    epoch: int


def start_sitting(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, epoch: int, token: str
) -> Started | Refused:
    """Open the first span and grant the loading time.

    The same page's token twice is one start (a double press); a start from another page is OPEN_ELSEWHERE.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    if seat.epoch != epoch:
        return Refused(Refusal.OPEN_ELSEWHERE)
    if seat.start_token is not None:
        return Started(epoch) if seat.start_token == token else Refused(Refusal.OPEN_ELSEWHERE)
    if seat.state is State.CHECKED_IN:  # in any other state the table of moves says why not
        if seat.released_at is None:
            return Refused(Refusal.NOT_RELEASED)
        if seat.details_at is None or seat.arrangements_at is None:
            return Refused(Refusal.DETAILS_NOT_CONFIRMED)
    moved = record_move(db, seat, Move.START, now, Told(actor.person, taken.role), start_token=token)
    if isinstance(moved, Refused):
        return moved
    loading = Told(SYSTEM.person, Role.SYSTEM, reason="loading", amount_ms=POLICY.loading_ms)
    granted = record_move(db, moved, Move.GRANT, now, loading)
    return granted if isinstance(granted, Refused) else Started(epoch)
