"""Candidates at rest: sealed under a key of their own, and gone when that key is."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from app.actions.book_sitting import Person
from app.records import people
from app.records.day import day, one
from app.records.keyring import Keyring, SealBroken
from app.records.tables import candidate, person_key
from app.rules.policy import HOUR
from tests.support.factories import Scene

ADA = Person("Ada Example", date(2006, 4, 17), "EXAMP604176A99AA")


def test_a_candidate_is_shown_by_name_birth_date_and_the_end_of_the_licence(scene: Scene) -> None:
    sat = scene.book(person=ADA)
    seen = people.candidate_named(scene.db, keyring=scene.keyring, candidate_id=sat.seat.candidate_id)
    assert (seen.name, seen.born, seen.licence_tail) == (ADA.name, ADA.born, "99AA")


def test_nothing_of_a_person_stands_in_the_clear(scene: Scene) -> None:
    sat = scene.book(person=ADA)
    row = scene.db.execute(sa.select(candidate).where(candidate.c.id == sat.seat.candidate_id)).one()
    stored = b"".join(bytes(part) for part in (row.name, row.born, row.licence)) + row.licence_digest.encode()
    for word in (b"Ada", b"2006", b"EXAMP", b"99AA"):
        assert word not in stored


def test_another_sites_keyring_opens_nothing(scene: Scene) -> None:
    sat = scene.book(person=ADA)
    other = Keyring(bytes(range(100, 132)))
    with pytest.raises(SealBroken):
        people.candidate_named(scene.db, keyring=other, candidate_id=sat.seat.candidate_id)
    assert people.by_licence(scene.db, keyring=other, licence=ADA.licence) is None


def test_one_persons_sealed_name_cannot_be_put_in_anothers_row(scene: Scene) -> None:
    ada, ben = scene.book(person=ADA).seat.candidate_id, scene.book().seat.candidate_id
    sealed = scene.db.execute(sa.select(candidate.c.name).where(candidate.c.id == ada)).scalar_one()
    scene.db.execute(sa.update(candidate).where(candidate.c.id == ben).values(name=sealed))
    with pytest.raises(SealBroken):
        people.candidate_named(scene.db, keyring=scene.keyring, candidate_id=ben)


def test_a_person_whose_key_is_gone_is_gone_and_the_day_still_stands(scene: Scene) -> None:
    sat, other = scene.book(person=ADA), scene.book()
    gone = sat.seat.candidate_id
    scene.db.execute(sa.delete(person_key).where(person_key.c.person_id == gone))
    with pytest.raises(LookupError):
        people.candidate_named(scene.db, keyring=scene.keyring, candidate_id=gone)
    rows = scene.store.look(
        day, actor=scene.desk, centre_id=scene.centre_id, since=scene.now - HOUR, until=scene.now + HOUR,
        keyring=scene.keyring,
    )  # fmt: skip
    names = {row.sitting_id: row.name for row in rows}
    assert names[sat.keys["sitting_id"]] is None
    assert names[other.keys["sitting_id"]] is not None
    seen = scene.store.look(one, actor=scene.desk, **sat.keys, keyring=scene.keyring)
    assert (seen.born, seen.licence_tail, seen.row.name) == (None, None, None)
