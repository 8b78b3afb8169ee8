"""Write that nobody came: the sitting ends before it began, with an outcome that has no mark."""

from dataclasses import dataclass
from enum import StrEnum

from app.records import audit, outcomes, preferences
from app.records.sittings import Told, record_move, take
from app.records.store import Db
from app.rules.outcome import Ended, OutcomeStatus
from app.rules.permissions import Act, Actor
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, State


class AbsentReason(StrEnum):
    """Why a booked candidate did not sit. A code and no words, so that nothing about a person is written down."""

    NOT_THERE = "not_there"
    TOO_LATE = "too_late"
    NO_DOCUMENT = "no_document"


@dataclass(frozen=True)
class MarkedAbsent:
    """The sitting is over; the candidate was not there."""

    sitting_id: str


def mark_absent(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, reason: AbsentReason
) -> MarkedAbsent | Refused:
    """Mark a booked candidate absent. TOO_EARLY_TO_BE_ABSENT with `from_at` (UTC ms) before the
    moment that the policy sets.

    Source: reliability and security design, 4.2.
    """
    taken = take(db, actor, Act.MARK_ABSENT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    earliest = taken.seat.starts_at + POLICY.absent_after_ms
    if taken.seat.state is State.BOOKED and now < earliest:
        return Refused(Refusal.TOO_EARLY_TO_BE_ABSENT, details={"from_at": earliest})
    told = Told(actor.person, taken.role, reason=reason.value)
    moved = record_move(db, taken.seat, Move.MARK_ABSENT, now, told)
    if isinstance(moved, Refused):
        return moved
    preferences.let_go(db, candidate_id=moved.candidate_id, sitting_id=sitting_id)
    outcomes.append(
        db,
        moved,
        now,
        status=OutcomeStatus.PROVISIONAL,
        ended=Ended.NOT_ATTENDED,
        passed=None,
        result=outcomes.document(()),
        actor=actor.person,
        reason=reason.value,
    )
    audit.note(db, actor, taken.role, now, "mark_absent", centre_id, sitting_id, reason=reason.value)
    return MarkedAbsent(sitting_id)
