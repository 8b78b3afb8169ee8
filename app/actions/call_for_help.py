"""The candidate calls a person. While the clock runs this stops it; it is counted and never punished."""

from dataclasses import dataclass

from app.records import help_calls, marking
from app.records.help_calls import HelpSeen
from app.records.keyring import Keyring
from app.records.people import wrapped_key
from app.records.sittings import Told, record_move, take
from app.records.store import Db, hint
from app.rules.help import HelpReason
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import TERMINAL, Move, PauseKind, State


@dataclass(frozen=True)
class Called:
    """The call's number in the sitting, and whether the clock was stopped by it."""

    n: int
    paused: bool


def call_for_help(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    reason: HelpReason,
    words: str,
    keyring: Keyring,
) -> Called | Refused:
    """Write the call and pause a running sitting. A call like one still open is that call, not a second one.

    Once the sitting is over a call sends its outcome to a person.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat, keys = taken.seat, {"centre_id": centre_id, "sitting_id": sitting_id}
    if seat.state is State.BOOKED:
        return Refused(Refusal.NOT_CHECKED_IN)
    told, before = words.strip(), help_calls.open_call(db, **keys)
    if before is not None and _is_the_same(before, reason, told, seat.state):
        n = before.n
    else:
        wrapped = wrapped_key(db, person_id=seat.candidate_id) if told else b""
        sealed = keyring.seal(wrapped, "help_call.words", seat.candidate_id, told) if told else None
        n = help_calls.add(db, reason=reason, words=sealed, now=now, **keys)
    hint(db, "help", centre_id)
    if seat.state in TERMINAL:
        marking.ask_for_review(db, seat, now, reason="called_for_help")
    if seat.state is not State.IN_PROGRESS or seat.clock.left(now) < 0:
        return Called(n, False)
    told_why = Told(actor.person, taken.role, kind=PauseKind.HELP, reason=reason.value)
    moved = record_move(db, seat, Move.PAUSE, now, told_why)
    return moved if isinstance(moved, Refused) else Called(n, True)


def _is_the_same(before: HelpSeen, reason: HelpReason, told: str, state: State) -> bool:
    """Whether a press asks for what is asked for already. Who was seen and still waits may ask again, and is heard."""
    return before.reason is reason and not told and (before.seen_at is None or state is State.PAUSED)
