"""A candidate's browser takes its seat by code, carries on in another tab, or leaves."""

from dataclasses import dataclass

from app.records import desks, web_sessions
from app.records.seats import Seat
from app.records.sittings import Told, record_move, take, take_by_code
from app.records.store import Db
from app.rules.permissions import Act, Actor, Role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move


@dataclass(frozen=True)
class Seated:
    """This browser has the pen of this sitting."""

    centre_id: str
    sitting_id: str
    epoch: int


def take_seat(
    db: Db, actor: Actor, now: int, *, code: str, device: str, session: str, word: str
) -> Seated | Refused:
    """Sign a browser in by the digest of a code. Nobody is signed in yet, so `actor` decides nothing.

    A wrong code is counted for this browser (`device`, a digest) alone: NO_SUCH_CODE, then DESK_BLOCKED until
    staff allow it by its word, a beginning of `word`. A second browser for a sitting that one already holds is
    OTHER_DESK.
    """
    desk = desks.desk_of(db, device=device)
    if desk is not None and desk.blocked:
        return Refused(Refusal.DESK_BLOCKED, details={"word": desk.word})
    seat = take_by_code(db, code=code)
    if seat is None:
        counted = desks.count_try(db, device=device, word=word, now=now)
        if counted.blocked:
            return Refused(Refusal.DESK_BLOCKED, kept=True, details={"word": counted.word})
        return Refused(Refusal.NO_SUCH_CODE, details={"tries_left": POLICY.code_tries - counted.tries})
    if seat.device not in (None, device):
        return Refused(Refusal.OTHER_DESK)
    moved = _take_pen(db, seat, now, device=device)
    if isinstance(moved, Refused):
        return moved
    desks.forget(db, device=device)
    web_sessions.begin(
        db,
        now,
        digest=session,
        kind="candidate",
        person_id=seat.candidate_id,
        until=now + POLICY.candidate_session_ms,
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
    )
    return Seated(seat.centre_id, seat.sitting_id, moved.epoch)


def carry_on_here(db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str) -> Seated | Refused:
    """Another tab of the same browser takes the pen; the tab that had it can save no more."""
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    moved = _take_pen(db, taken.seat, now, device=taken.seat.device)
    return moved if isinstance(moved, Refused) else Seated(centre_id, sitting_id, moved.epoch)


def leave(db: Db, actor: Actor, now: int, *, session: str) -> bool:
    """End this browser's web session; the sitting stays as it is."""
    web_sessions.end(db, now, digest=session)
    return True


def _take_pen(db: Db, seat: Seat, now: int, *, device: str | None) -> Seat | Refused:
    told = Told(seat.candidate_id, Role.CANDIDATE)
    return record_move(db, seat, Move.TAKE_PEN, now, told, epoch=seat.epoch + 1, device=device)
