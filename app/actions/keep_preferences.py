"""Keeps what a candidate chose about pages, and brings it along to another desk or, with consent, to the next test.

No move and no audit: preferences leave no record of the sitting (settled design, point 25).
"""

from dataclasses import dataclass, replace

from accessibility.preferences import USUAL, Preferences
from app.records import preferences
from app.records.keyring import Keyring
from app.records.preferences import Stored
from app.records.seats import Seat
from app.records.sittings import take
from app.records.store import Db
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refused
from app.rules.sitting import TERMINAL


@dataclass(frozen=True)
class Kept:
    """Written, or, after the end and without consent, rightly not."""

    kept: bool


@dataclass(frozen=True)
class Brought:
    """What holds at this sitting from now on; `from_last_test`: some of it was chosen at an earlier one."""

    chosen: Preferences
    from_last_test: bool


def keep_preferences(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    chosen: Preferences,
    keyring: Keyring,
    next_time: bool | None = None,
) -> Kept | Refused:
    """Keep what a candidate chose for this sitting; `next_time` says whether for the next one too (None: as before).

    Without that consent nothing is kept once the sitting is over.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    before = preferences.stored(db, candidate_id=seat.candidate_id, keyring=keyring)
    kept = before is not None and before.kept if next_time is None else next_time
    _put(db, seat, now, Stored(chosen, sitting_id, kept), keyring)
    return Kept(kept)


def bring_preferences(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    chosen: Preferences,
    keyring: Keyring,
) -> Brought | Refused:
    """What holds at a browser that has just signed in: what was `chosen` there before, over what is stored.

    What an earlier sitting kept without consent is never used.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    preferences.forget_left_behind(db, now, near=seat.candidate_id)
    before = preferences.stored(db, candidate_id=seat.candidate_id, keyring=keyring)
    if before is None or not before.serves(sitting_id):
        if chosen != USUAL or before is not None:
            _put(db, seat, now, Stored(chosen, sitting_id, kept=False), keyring)
        return Brought(chosen, from_last_test=False)
    both = chosen.over(before.chosen)
    _put(db, seat, now, replace(before, chosen=both, sitting_id=sitting_id), keyring)
    earlier = before.sitting_id != sitting_id and before.chosen != USUAL
    return Brought(both, from_last_test=earlier)


def _put(db: Db, seat: Seat, now: int, what: Stored, keyring: Keyring) -> None:
    if seat.state in TERMINAL and not what.kept:
        ids = {"candidate_id": seat.candidate_id, "sitting_id": seat.sitting_id}
        preferences.let_go(db, **ids, unkept_only=False)
    else:
        preferences.put(db, now, candidate_id=seat.candidate_id, what=what, keyring=keyring)
