"""A call for help is seen and answered by staff, or taken back by the candidate who made it.

Starting the clock again is another act.
"""

from collections.abc import Callable
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


@dataclass(frozen=True)
class CallsTakenBack:
    """How many calls were still open."""

    count: int


def see_call(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, n: int
) -> CallMarked | Refused:
    """Write who saw call `n` first, so that the candidate can be told. NOT_FOUND for no such call."""
    return _mark(db, actor, now, centre_id, sitting_id, n, help_calls.mark_seen, "see_call")


def answer_call(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, n: int
) -> CallMarked | Refused:
    """Write that call `n` was answered; a call answered before keeps its first answer. NOT_FOUND as above."""
    return _mark(db, actor, now, centre_id, sitting_id, n, help_calls.mark_answered, "answer_call")


def take_back_calls(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str
) -> CallsTakenBack | Refused:
    """The candidate is all right now: their open calls are closed, and the rows say that they did it."""
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    count = help_calls.take_back(db, centre_id=centre_id, sitting_id=sitting_id, by=actor.person, now=now)
    hint(db, "help", centre_id)
    return CallsTakenBack(count)


def _mark(
    db: Db,
    actor: Actor,
    now: int,
    centre_id: str,
    sitting_id: str,
    n: int,
    marks: Callable[..., bool],
    name: str,
) -> CallMarked | Refused:
    taken = take(db, actor, Act.ANSWER_HELP, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if not marks(db, centre_id=centre_id, sitting_id=sitting_id, n=n, by=actor.person, now=now):
        return Refused(Refusal.NOT_FOUND)
    hint(db, "sitting", sitting_id)
    audit.note(db, actor, taken.role, now, name, centre_id, sitting_id, call=n)
    return CallMarked(n)
