"""Release a sitting to a desk by a new code, or move it to another desk: the same act, allowed while paused too."""

from dataclasses import dataclass

from app.records import audit, codes, web_sessions
from app.records.sittings import Told, record_move, take
from app.records.store import Db, hint
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refused
from app.rules.sitting import Move


@dataclass(frozen=True)
class Released:
    """The code works now; every browser that had this sitting open is signed out and has lost the pen."""

    epoch: int


@dataclass(frozen=True)
class CodeInUse:
    """Another sitting has this code at the moment: come again with another one."""


def release(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, code: str
) -> Released | CodeInUse | Refused:
    """Give a sitting the code whose digest is `code`; the code before it stops working at once.

    NOT_CHECKED_IN before check-in, NOT_PAUSED while the clock runs, SITTING_OVER after the end. Source: settled
    design, point 14.
    """
    taken = take(db, actor, Act.RELEASE, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if codes.is_in_use(db, code=code):
        return CodeInUse()
    epoch = taken.seat.epoch + 1
    told = Told(actor.person, taken.role)
    moved = record_move(
        db,
        taken.seat,
        Move.RELEASE,
        now,
        told,
        code=code,
        released_at=now,
        device=None,
        epoch=epoch,
    )
    if isinstance(moved, Refused):
        return moved
    web_sessions.end_all_of_sitting(db, now, sitting_id=sitting_id)
    hint(db, "sitting", sitting_id)
    audit.note(db, actor, taken.role, now, "release", centre_id, sitting_id, epoch=epoch)
    return Released(epoch)
