"""Booking a candidate: known by the licence number or new, their name sealed, whatever letters it has."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from app.actions.book_sitting import Booked, Person, book_sitting
from app.records import people
from app.records.tables import candidate, sitting
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.factories import Scene, somebody
from tests.support.small_edition import SMALL

NAMES = [
    "O’Hara-Núñez",
    "Żółć",
    "李小龍",
    "Nur",
    "x" * 100,
    "<script>{{7*7}}'; DROP TABLE",
    "👩‍🦽 \u202etfel",
]


def test_a_booking_is_a_sitting_that_waits(scene: Scene) -> None:
    starts = scene.now + 3 * HOUR
    seat = scene.book(extra_minutes=5, break_minutes=20, starts_at=starts).seat
    assert (seat.state, seat.starts_at, seat.category, seat.move_no) == (State.BOOKED, starts, SMALL, 0)
    assert (seat.extra_minutes, seat.break_minutes) == (5, 20)
    assert (seat.parts, seat.code, seat.device) == ((), None, None)


def test_a_booking_keeps_the_version_of_the_policy(scene: Scene) -> None:
    scene.book()
    versions = scene.db.execute(sa.select(sitting.c.policy_version)).scalars()
    assert set(versions) == {POLICY.version}


def test_a_candidate_is_known_again_by_their_licence_number(scene: Scene) -> None:
    person = somebody()
    first, second = scene.book(person=person), scene.book(person=person)
    assert first.seat.candidate_id == second.seat.candidate_id
    other = scene.book(person=somebody())
    assert other.seat.candidate_id != first.seat.candidate_id


@pytest.mark.parametrize("name", NAMES)
def test_row_23_a_name_is_stored_exactly_and_sealed(scene: Scene, name: str) -> None:
    sat = scene.book(person=Person(name, date(2008, 2, 29), f"LICENCE{name[:3]}9999"))
    seen = scene.store.look(people.candidate_named, keyring=scene.keyring, candidate_id=sat.seat.candidate_id)
    assert (seen.name, seen.born, seen.licence_tail) == (name, date(2008, 2, 29), "9999")
    stored = scene.db.execute(sa.select(candidate).where(candidate.c.id == sat.seat.candidate_id)).one()
    assert all(name.encode() not in bytes(value) for value in (stored.name, stored.born, stored.licence))


def test_only_the_service_itself_books(scene: Scene) -> None:
    before = scene.db.execute(sa.select(sa.func.count()).select_from(sitting)).scalar()
    for actor in (scene.desk, scene.lead, scene.officer, scene.administrator):
        refused = scene.do(
            book_sitting, actor, centre_id=scene.centre_id, sitting_id="s", candidate_id="c", person=somebody(),
            category=SMALL, starts_at=scene.now, extra_minutes=0, break_minutes=10, keyring=scene.keyring,
        )  # fmt: skip
        assert refused == Refused(Refusal.NOT_FOUND)
    assert scene.db.execute(sa.select(sa.func.count()).select_from(sitting)).scalar() == before


def test_two_sittings_begin_their_chains_differently(scene: Scene) -> None:
    one, two = scene.book(), scene.book()
    assert one.seat.chain_head != two.seat.chain_head


def test_the_same_booking_run_twice_is_one_booking(scene: Scene) -> None:
    person = somebody()
    for _ in range(2):
        booked = scene.do(
            book_sitting, SYSTEM, centre_id=scene.centre_id, sitting_id="the-same", candidate_id="one",
            person=person, category=SMALL, starts_at=scene.now, extra_minutes=0, break_minutes=10,
            keyring=scene.keyring,
        )  # fmt: skip
        assert booked == Booked("the-same", "one")
    count = sa.select(sa.func.count()).select_from(sitting).where(sitting.c.id == "the-same")
    assert scene.db.execute(count).scalar() == 1
