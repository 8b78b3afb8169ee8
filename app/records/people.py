"""Candidates. Their name, birth date and licence number are sealed under a key of their own."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.records.keyring import Keyring
from app.records.store import Db
from app.records.tables import candidate, person_key


@dataclass(frozen=True)
class Person:
    """Whom a booking is for, as their licence has it."""

    name: str
    born: date
    licence: str


@dataclass(frozen=True)
class CandidateSeen:
    """A candidate as a page may show them. `licence_tail` is the last four characters of the licence number."""

    id: str
    name: str
    born: date
    licence_tail: str


def wrapped_key(db: Db, *, person_id: str) -> bytes:
    """The wrapped data key of a person. Raises LookupError when it was erased."""
    found = db.execute(sa.select(person_key.c.wrapped).where(person_key.c.person_id == person_id)).scalar()
    if found is None:
        raise LookupError("this person's key is gone")
    return bytes(found)


def add(db: Db, now: int, person: Person, *, keyring: Keyring, candidate_id: str) -> None:
    """Store a new candidate, sealed under a new key."""
    wrapped = keyring.new_person_key()
    db.execute(
        sa.insert(person_key).inline(), {"person_id": candidate_id, "wrapped": wrapped, "created_at": now}
    )
    db.execute(
        sa.insert(candidate).inline(),
        {
            "id": candidate_id,
            "name": keyring.seal(wrapped, "candidate.name", candidate_id, person.name),
            "born": keyring.seal(wrapped, "candidate.born", candidate_id, person.born.isoformat()),
            "licence": keyring.seal(wrapped, "candidate.licence", candidate_id, person.licence),
            "licence_digest": keyring.digest("licence", person.licence),
            "created_at": now,
        },
    )


def by_licence(db: Db, *, keyring: Keyring, licence: str) -> str | None:
    """The id of the candidate with this licence number, if we know them."""
    found: str | None = db.execute(
        sa.select(candidate.c.id).where(candidate.c.licence_digest == keyring.digest("licence", licence))
    ).scalar()
    return found


def candidate_named(db: Db, *, keyring: Keyring, candidate_id: str) -> CandidateSeen:
    """Who a candidate is. Raises LookupError when they are unknown or were erased."""
    row = db.execute(
        sa.select(candidate.c.name, candidate.c.born, candidate.c.licence, person_key.c.wrapped)
        .join(person_key, person_key.c.person_id == candidate.c.id)
        .where(candidate.c.id == candidate_id)
    ).first()
    if row is None:
        raise LookupError("no such candidate")
    name, born, licence = (
        keyring.unseal(bytes(row.wrapped), f"candidate.{column}", candidate_id, bytes(getattr(row, column)))
        for column in ("name", "born", "licence")
    )
    return CandidateSeen(candidate_id, name, date.fromisoformat(born), licence[-4:])
