"""The list of a day and one sitting: scoped by actor, opened for staff, whole at midnight, and honest about erasure."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.records import day
from app.records.day import DayRow, SittingSeen
from app.records.tables import person_key
from app.rules.permissions import NOBODY, SYSTEM, Actor
from app.rules.policy import HOUR, MINUTE
from app.rules.sitting import Move, State
from tests.support.factories import NINE, Scene, somebody
from tests.support.sat import Sat

DAY = 24 * HOUR


def listed(
    scene: Scene, by: Actor | None = None, since: int = NINE - HOUR, until: int = NINE + 8 * HOUR
) -> tuple[DayRow, ...]:
    return scene.store.look(
        day.day,
        actor=by or scene.desk,
        centre_id=scene.centre_id,
        since=since,
        until=until,
        keyring=scene.keyring,
    )


def one(sat: Sat, by: Actor | None = None) -> SittingSeen | None:
    scene = sat.scene
    return scene.store.look(day.one, actor=by or scene.desk, keyring=scene.keyring, **sat.keys)


def ids(rows: tuple[DayRow, ...]) -> list[str]:
    return [row.sitting_id for row in rows]


@pytest.mark.parametrize("who", ["elsewhere", "nobody", "candidate", "system"])
def test_who_has_no_role_at_the_centre_sees_nothing(scene: Scene, who: str) -> None:
    sat = scene.started()
    others = {"nobody": NOBODY, "candidate": sat.seat.actor, "system": SYSTEM}
    by = others.get(who) or scene.elsewhere
    assert listed(scene, by) == ()
    assert one(sat, by) is None


@pytest.mark.parametrize("who", ["desk", "lead", "officer", "administrator"])
def test_staff_of_the_centre_see_names_and_state(scene: Scene, who: str) -> None:
    sat = scene.book(person=somebody("Zoë Ångström"))
    by = getattr(scene, who)
    (row,) = (row for row in listed(scene, by) if row.sitting_id == sat.keys["sitting_id"])
    assert (row.name, row.state, row.released, row.signed_in) == ("Zoë Ångström", State.BOOKED, False, False)
    seen = one(sat, by)
    assert seen is not None
    assert seen.row == row


def test_the_list_holds_the_span_and_what_was_left_over_from_the_week_before(scene: Scene) -> None:
    at_the_end, before, left_over = scene.book(starts_at=NINE + HOUR), scene.book(), scene.started()
    since, until = NINE + 1, NINE + HOUR
    shown = ids(listed(scene, since=since, until=until))
    assert at_the_end.keys["sitting_id"] not in shown, "the end of the span is not in it"
    assert before.keys["sitting_id"] not in shown
    assert left_over.keys["sitting_id"] in shown
    later = NINE + 8 * DAY
    assert left_over.keys["sitting_id"] not in ids(listed(scene, since=later, until=later + DAY))


def test_the_list_is_in_the_order_of_the_start(scene: Scene) -> None:
    late, early = scene.book(starts_at=NINE + 10 * MINUTE), scene.book(starts_at=NINE + 5 * MINUTE)
    shown = ids(listed(scene))
    assert shown.index(early.keys["sitting_id"]) < shown.index(late.keys["sitting_id"])


def test_the_history_has_names_times_and_opened_words(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    sat.pause(reason="A fire bell")
    sat.grant(2, by=scene.lead, reason="For the bell")
    seen = one(sat)
    assert seen is not None
    assert [m.move for m in seen.moves][-2:] == [Move.PAUSE, Move.GRANT]
    pause, grant = seen.moves[-2:]
    assert (pause.actor_name, pause.words, pause.at) == ("Dana Desk", "A fire bell", scene.now)
    assert (grant.actor_name, grant.words, seen.granted_by_staff_ms) == (
        "Mel Lead",
        "For the bell",
        2 * MINUTE,
    )
    assert [m.n for m in seen.moves] == list(range(1, len(seen.moves) + 1))


def test_after_erasure_the_sitting_stays_and_says_nothing_about_the_person(scene: Scene) -> None:
    sat = scene.started()
    sat.pause(reason="A fire bell")
    scene.db.execute(sa.delete(person_key).where(person_key.c.person_id == sat.seat.candidate_id))
    seen = one(sat)
    assert seen is not None
    assert (seen.row.name, seen.born, seen.licence_tail) == (None, None, None)
    assert {m.words for m in seen.moves} == {None}
    (row,) = (row for row in listed(scene) if row.sitting_id == sat.keys["sitting_id"])
    assert row.name is None
