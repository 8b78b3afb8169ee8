"""How a part and a sitting end: finished, run out, or stopped. Marked in the same transaction.

No path here ends a part before its time but the candidate's own finish and a stop by staff.
"""

from dataclasses import dataclass, replace

from app.records import alive, audit, marking
from app.records.keyring import Keyring
from app.records.people import wrapped_key
from app.records.seats import Seat
from app.records.sittings import Told, moves_of, record_move, take
from app.records.store import Db, asks, hint
from app.rules.help import StopReason
from app.rules.outcome import Ended
from app.rules.permissions import SYSTEM, Act, Actor, Role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import TERMINAL, Move, PauseKind, State, proposer


@dataclass(frozen=True)
class PartEnded:
    """The part is closed for good; `state` says whether the sitting is."""

    state: State
    part: int


def finish_part(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, epoch: int, part: int
) -> PartEnded | Refused:
    """The candidate finishes `part` (0 for the first). Finishing twice is one finish, also when another part follows.

    A finish that arrives within the grace counts as made at the deadline: no more time is used than was allowed.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    if seat.state is State.FINISHED or part < seat.part:
        return PartEnded(seat.state, seat.part)
    if seat.epoch != epoch:
        return Refused(Refusal.OPEN_ELSEWHERE)
    if seat.clock.has_run_out(now):
        return _run_out(db, seat, now)
    told = Told(actor.person, taken.role, at=_not_after_zero(seat, now))
    return _close(db, seat, now, told, Move.FINISH, Ended.FINISHED)


def run_out(db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str) -> PartEnded | Refused:
    """Close a part whose deadline and grace have passed: asked by the candidate's Continue, done by the system."""
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    if seat.state in TERMINAL or seat.state is State.PAUSED:
        return PartEnded(seat.state, seat.part)
    if not seat.clock.has_run_out(now):
        return Refused(Refusal.TIME_NOT_ENDED, details={"left_ms": seat.clock.left(now)})
    return _run_out(db, seat, now)


@asks(reserved=True)
def close_overdue(db: Db, actor: Actor, now: int, *, due: alive.Overdue) -> bool:
    """Close one part whose time and grace are over; False when it is not over any more, or somebody closed it."""
    seat = alive.take_overdue(db, due)
    return seat.clock.has_run_out(now) and isinstance(_run_out(db, seat, now), PartEnded)


def stop(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    reason: StopReason,
    words: str,
    keyring: Keyring,
) -> PartEnded | Refused:
    """Staff end a sitting with a reason in words. For malpractice two different people are needed.

    The first one's stop for malpractice is kept as a pause that waits for the second (settled design, point 10);
    it is refused with SECOND_PERSON_NEEDED. Answers are kept and marked; a person reviews the outcome.
    """
    taken = take(db, actor, Act.STOP, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    least = POLICY.stop_words if reason is StopReason.MALPRACTICE else 1
    if len(words.strip()) < least:
        return Refused(Refusal.REASON_NEEDED, details={"least": least})
    seat = taken.seat
    wrapped = wrapped_key(db, person_id=seat.candidate_id)
    sealed = keyring.seal(wrapped, "sitting_move.words", seat.candidate_id, words.strip())
    at = _not_after_zero(seat, now)
    told = Told(actor.person, taken.role, reason=reason.value, words=sealed, at=at)
    if reason is StopReason.MALPRACTICE and seat.state not in TERMINAL:
        proposed_by = _proposed_by(db, seat)
        if proposed_by in (None, actor.person):
            return _propose(db, seat, now, told, first=proposed_by is None)
    closed = _close(db, seat, now, told, Move.STOP, Ended.STOPPED)
    if isinstance(closed, PartEnded):
        # Without the reason, which may tell of somebody's health (T20): the move holds it.
        audit.note(db, actor, taken.role, now, "stop", centre_id, sitting_id)
    return closed


def _not_after_zero(seat: Seat, now: int) -> int:
    """Now, or the deadline that has passed: no end of a part uses more time than there was."""
    deadline = seat.clock.deadline
    return now if deadline is None else min(now, deadline)


def _proposed_by(db: Db, seat: Seat) -> str | None:
    rows = moves_of(db, centre_id=seat.centre_id, sitting_id=seat.sitting_id)
    return proposer(seat.state, ((Move(row["move"]), row["reason"], row["actor"]) for row in rows))


def _propose(db: Db, seat: Seat, now: int, told: Told, *, first: bool) -> Refused:
    """Keep the first person's stop as a pause that only staff end, also when another pause is under way.

    After zero it is a pause at the deadline: a choice made after it does not count for being made in a pause.
    """
    if not first:
        return Refused(Refusal.SECOND_PERSON_NEEDED)
    if seat.state is State.PAUSED:
        resumed = record_move(db, seat, Move.RESUME, now, Told(told.actor, told.role, reason=told.reason))
        if isinstance(resumed, Refused):
            return resumed
        seat = resumed
    waits = replace(told, kind=PauseKind.CONVERSATION)
    paused = record_move(db, seat, Move.PAUSE, now, waits)
    return paused if isinstance(paused, Refused) else Refused(Refusal.SECOND_PERSON_NEEDED, kept=True)


def _run_out(db: Db, seat: Seat, now: int) -> PartEnded | Refused:
    told = Told(SYSTEM.person, Role.SYSTEM, at=seat.clock.deadline)
    return _close(db, seat, now, told, Move.RUN_OUT, Ended.TIME)


def _close(db: Db, seat: Seat, now: int, told: Told, move: Move, ended: Ended) -> PartEnded | Refused:
    """End the part; with it the sitting, unless another part follows."""
    another = seat.part + 1 < len(seat.parts) and move is not Move.STOP
    if another:
        role = told.role if move is Move.FINISH else Role.SYSTEM
        allowance = seat.parts[seat.part + 1].allowance_ms
        next_part = Told(told.actor, role, reason=ended.value, at=told.at, part_allowance_ms=allowance)
        moved = record_move(db, seat, Move.NEXT_PART, now, next_part)
    else:
        moved = record_move(db, seat, move, now, told)
    if isinstance(moved, Refused):
        return moved
    if not another:
        marking.conclude(db, moved, now, ended=ended, actor=told.actor)
    hint(db, "sitting", seat.sitting_id)
    return PartEnded(moved.state, moved.part)
