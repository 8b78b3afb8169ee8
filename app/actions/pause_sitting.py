"""Stop the clock and start it again: the candidate's breaks, and the pauses that staff make."""

from dataclasses import dataclass

from app.records import audit
from app.records.keyring import Keyring
from app.records.people import wrapped_key
from app.records.seats import Seat
from app.records.sittings import Taken, Told, record_move, take
from app.records.store import Db, hint
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, PauseKind, State
from app.rules.timing import may_return_alone


@dataclass(frozen=True)
class Moved:
    """Where the sitting stands after the move, and the time left on its clock."""

    state: State
    kind: PauseKind | None
    left_ms: int


def take_break(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, epoch: int
) -> Moved | Refused:
    """The candidate takes a rest break. NO_BREAK_LEFT when the arranged minutes are used up."""
    taken = _with_pen(db, actor, now, centre_id, sitting_id, epoch)
    if isinstance(taken, Refused):
        return taken
    if taken.seat.state is State.IN_PROGRESS and taken.seat.break_left_ms(now) <= 0:
        return Refused(Refusal.NO_BREAK_LEFT)
    return _pause(db, taken, now, Told(actor.person, taken.role, kind=PauseKind.BREAK))


def come_back(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, epoch: int
) -> Moved | Refused:
    """The candidate carries on. STAFF_RESUME when only a person may start the clock again."""
    taken = _with_pen(db, actor, now, centre_id, sitting_id, epoch)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    known = seat.paused_known_at or now
    if seat.pause_kind is not None and not may_return_alone(seat.pause_kind, known, now):
        return Refused(Refusal.STAFF_RESUME)
    return _resume(db, taken, now, Told(actor.person, taken.role))


def pause(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    kind: PauseKind,
    reason: str,
    keyring: Keyring,
) -> Moved | Refused:
    """Staff stop the clock, with a kind and a reason in words. REASON_NEEDED without one."""
    taken = take(db, actor, Act.PAUSE, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if not reason.strip():
        return Refused(Refusal.REASON_NEEDED)
    words = _seal(db, taken.seat, keyring, reason)
    moved = _pause(db, taken, now, Told(actor.person, taken.role, kind=kind, words=words))
    if isinstance(moved, Moved):
        # Without the kind, which may tell of somebody's health (T20): the move holds it.
        audit.note(db, actor, taken.role, now, "pause", centre_id, sitting_id)
    return moved


def resume(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, reason: str, keyring: Keyring
) -> Moved | Refused:
    """Staff start the clock again; the words may be empty."""
    taken = take(db, actor, Act.RESUME, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    words = _seal(db, taken.seat, keyring, reason) if reason.strip() else None
    moved = _resume(db, taken, now, Told(actor.person, taken.role, words=words))
    if isinstance(moved, Moved):
        audit.note(db, actor, taken.role, now, "resume", centre_id, sitting_id)
    return moved


def _with_pen(db: Db, actor: Actor, now: int, centre_id: str, sitting_id: str, epoch: int) -> Taken | Refused:
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Taken) and taken.seat.epoch != epoch:
        return Refused(Refusal.OPEN_ELSEWHERE)
    return taken


def _pause(db: Db, taken: Taken, now: int, told: Told) -> Moved | Refused:
    # After zero there is nothing left to keep: a pause would hold the part open for ever.
    if taken.seat.state is State.IN_PROGRESS and taken.seat.clock.left(now) < 0:
        return Refused(Refusal.TIME_ENDED)
    return _told(db, record_move(db, taken.seat, Move.PAUSE, now, told), now)


def _resume(db: Db, taken: Taken, now: int, told: Told) -> Moved | Refused:
    return _told(db, record_move(db, taken.seat, Move.RESUME, now, told), now)


def _told(db: Db, moved: Seat | Refused, now: int) -> Moved | Refused:
    if isinstance(moved, Refused):
        return moved
    hint(db, "sitting", moved.sitting_id)
    return Moved(moved.state, moved.pause_kind, moved.clock.left(now))


def _seal(db: Db, seat: Seat, keyring: Keyring, words: str) -> bytes:
    wrapped = wrapped_key(db, person_id=seat.candidate_id)
    return keyring.seal(wrapped, "sitting_move.words", seat.candidate_id, words.strip())
