"""See and answer a candidate's call for help. Starting the clock again is another act."""

from dataclasses import dataclass

from app.records import audit, help_calls
from app.records.sittings import take
from app.records.store import Db, hint
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refusal, Refused


@dataclass(frozen=True)
class CallMarked:
    """The call that was seen or answered."""

    n: int


def see_call(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, n: int
) -> CallMarked | Refused:
    """Write who saw call `n` first, so that the candidate can be told. NOT_FOUND for no such call."""
    taken = take(db, actor, Act.ANSWER_HELP, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if not help_calls.mark_seen(
        db, centre_id=centre_id, sitting_id=sitting_id, n=n, by=actor.person, now=now
    ):
        return Refused(Refusal.NOT_FOUND)
    hint(db, "sitting", sitting_id)
    audit.note(db, actor, taken.role, now, "see_call", centre_id, sitting_id, call=n)
    return CallMarked(n)


def answer_call(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, n: int
) -> CallMarked | Refused:
    """Write that call `n` was answered; a call answered before keeps its first answer. NOT_FOUND as above."""
    taken = take(db, actor, Act.ANSWER_HELP, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if not help_calls.mark_answered(
        db, centre_id=centre_id, sitting_id=sitting_id, n=n, by=actor.person, now=now
    ):
        return Refused(Refusal.NOT_FOUND)
    hint(db, "sitting", sitting_id)
    audit.note(db, actor, taken.role, now, "answer_call", centre_id, sitting_id, call=n)
    return CallMarked(n)
