"""Add minutes to a sitting, within what the actor's role may add in all. Nothing takes time away."""

from dataclasses import dataclass

from app.records import audit
from app.records.keyring import Keyring
from app.records.people import wrapped_key
from app.records.sittings import Taken, Told, folded, moves_of, record_move, take
from app.records.store import Db, hint
from app.rules.permissions import Act, Actor, Role
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import LIVE, Move, State
from app.rules.timing import Moved


@dataclass(frozen=True)
class Granted:
    """How many minutes were added, and what is left on the clock now. `repeat`: it had been done before."""

    minutes: int
    left_ms: int
    repeat: bool = False


def grant(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    minutes: int,
    reason: str,
    keyring: Keyring,
    seen: int | None = None,
) -> Granted | Refused:
    """Add whole minutes before the time has ended; nothing reopens a finished part (settled design, house table).

    `seen` is how many grants of staff the actor's page showed: the same grant by the same person after those is a
    button pressed twice, not a second grant. BEYOND_YOUR_LIMIT tells `most` and `added` in minutes (limits of the
    policy, by role); REASON_NEEDED, TIME_ENDED.
    """
    taken = take(db, actor, Act.GRANT_TIME, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat, amount = taken.seat, minutes * MINUTE
    rows = moves_of(db, centre_id=centre_id, sitting_id=sitting_id)
    by_staff = [
        (row["actor"], moved)
        for row, moved in zip(rows, folded(rows), strict=True)
        if moved.move is Move.GRANT and moved.role is not Role.SYSTEM
    ]
    if seen is not None and any(by == actor.person and m.amount_ms == amount for by, m in by_staff[seen:]):
        return Granted(minutes, seat.clock.left(now), repeat=True)
    refused = _refusal(taken, minutes, [moved for _, moved in by_staff], reason, now)
    if refused is not None:
        return refused
    wrapped = wrapped_key(db, person_id=seat.candidate_id)
    words = keyring.seal(wrapped, "sitting_move.words", seat.candidate_id, reason.strip())
    told = Told(actor.person, taken.role, words=words, amount_ms=amount)
    moved = record_move(db, seat, Move.GRANT, now, told)
    if isinstance(moved, Refused):
        return moved
    audit.note(db, actor, taken.role, now, "grant_time", centre_id, sitting_id, minutes=minutes)
    hint(db, "sitting", sitting_id)
    return Granted(minutes, moved.clock.left(now))


def _refusal(taken: Taken, minutes: int, before: list[Moved], reason: str, now: int) -> Refused | None:
    seat, limit = taken.seat, POLICY.grant_ms[taken.role]
    if seat.state not in LIVE:
        return None  # the table of moves says why not
    if not reason.strip():
        return Refused(Refusal.REASON_NEEDED)
    added = sum(moved.amount_ms for moved in before if moved.role is taken.role)
    beyond = limit is not None and added + minutes * MINUTE > limit
    if minutes < 1 or minutes > POLICY.most_grant_minutes or beyond:
        details = {"most": most_minutes(taken.role), "added": added // MINUTE}
        return Refused(Refusal.BEYOND_YOUR_LIMIT, details=details)
    if seat.state is not State.CHECKED_IN and seat.clock.left(now) <= 0:
        return Refused(Refusal.TIME_ENDED)
    return None


def most_minutes(role: Role) -> int:
    """The most that one role may add to one sitting in all, in minutes."""
    limit = POLICY.grant_ms[role]
    return POLICY.most_grant_minutes if limit is None else limit // MINUTE
