"""Book a candidate, known by their licence number or new, for a category at a centre and a time."""

from dataclasses import dataclass

from app.records import bookings, people
from app.records.keyring import Keyring
from app.records.people import Person
from app.records.store import Db
from app.rules.permissions import Act, Actor, allowed_role
from app.rules.refusals import Refusal, Refused


@dataclass(frozen=True)
class Booked:
    """The new sitting."""

    sitting_id: str
    candidate_id: str


def book_sitting(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    candidate_id: str,
    person: Person,
    category: str,
    starts_at: int,
    extra_minutes: int,
    break_minutes: int,
    keyring: Keyring,
) -> Booked | Refused:
    """Write the booking. The ids are new random ones; a candidate already known keeps their own.

    `starts_at` is UTC ms; the minutes are what was decided before the day.
    """
    if allowed_role(actor, Act.BOOK, centre=centre_id, now=now) is None:
        return Refused(Refusal.NOT_FOUND)
    known = people.by_licence(db, keyring=keyring, licence=person.licence)
    if known is None:
        people.add(db, now, person, keyring=keyring, candidate_id=candidate_id)
    bookings.add(
        db,
        now,
        centre_id=centre_id,
        sitting_id=sitting_id,
        candidate_id=known or candidate_id,
        category=category,
        starts_at=starts_at,
        extra_minutes=extra_minutes,
        break_minutes=break_minutes,
    )
    return Booked(sitting_id, known or candidate_id)


__all__ = ["Booked", "Person", "book_sitting"]
