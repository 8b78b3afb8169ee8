"""What ends with every sitting: its paper marked by the rules, the outcome that this makes, its browsers closed."""

from app.records import answers, help_calls, outcomes, papers, preferences, web_sessions
from app.records.seats import Seat
from app.records.store import Db
from app.records.verifying.chains import chain_holds
from app.rules.outcome import Ended, OutcomeStatus, first_status, mark
from app.rules.policy import POLICY
from app.rules.saving import Standing


def conclude(db: Db, seat: Seat, now: int, *, ended: Ended, actor: str, reason: str | None = None) -> Seat:
    """Mark every part of a sitting that has ended and write its first outcome, in the ending's own transaction.

    The chain is read again first: where a row is not what was written, a person decides, and nobody is told a mark.
    Whoever sits down at that computer next must not find the result: its web session is cut short (T30).
    """
    until = now + POLICY.result_open_ms
    web_sessions.close_by(db, person_id=seat.candidate_id, sitting_id=seat.sitting_id, until=until)
    preferences.let_go(db, candidate_id=seat.candidate_id, sitting_id=seat.sitting_id)
    by_part = papers.to_mark(db, seat)
    results = tuple(mark(by_part.get(number, []), plan.rule) for number, plan in enumerate(seat.parts))
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    is_as_written = chain_holds(db, seat)
    status = first_status(
        unsettled_answers=len(answers.after_time(db, **keys)),
        open_help=int(help_calls.open_call(db, **keys) is not None),
        ended=ended,
        is_as_written=is_as_written,
    )
    return outcomes.append(
        db,
        seat,
        now,
        status=status,
        ended=ended,
        passed=all(result.passed for result in results),
        result=outcomes.document(results),
        actor=actor,
        reason=reason if is_as_written else "chain_broken",
    )


def ask_for_review(db: Db, seat: Seat, now: int, *, reason: str) -> Seat:
    """Send a provisional outcome to a person, because something came in after the marking."""
    found = outcomes.newest(db, centre_id=seat.centre_id, sitting_id=seat.sitting_id)
    if found is None or found.status is not OutcomeStatus.PROVISIONAL:
        return seat
    return outcomes.append(
        db,
        seat,
        now,
        status=OutcomeStatus.IN_REVIEW,
        ended=found.ended,
        passed=found.passed,
        result=found.document,
        actor="system",
        reason=reason,
        revision=found.revision + 1,
    )


def unsettled(standing: Standing) -> bool:
    """Whether an answer of this standing leaves something for a person to decide."""
    return standing in (Standing.LATE, Standing.FOR_REVIEW)
