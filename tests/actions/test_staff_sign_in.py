"""A staff person's browser: signed in while the row is open, their role in force and they have not left."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.actions.staff_sign_in import (
    PasswordReplaced,
    SignedOut,
    StaffSignedIn,
    close_staff_session,
    open_staff_session,
    replace_password,
)
from app.records import staff
from app.records.staff import StaffSeen
from app.records.tables import audit, membership
from app.records.tables import staff as staff_table
from app.rules.permissions import NOBODY, SYSTEM, Role
from app.rules.policy import HOUR, POLICY
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene


def signed_in(scene: Scene, session: str = "digest") -> StaffSeen | None:
    return scene.store.look(staff.staff_actor, session=session, now=scene.now)


def sign_in(scene: Scene, session: str = "digest") -> object:
    return scene.do(open_staff_session, NOBODY, staff_id=scene.desk.person, session=session)


def test_a_signed_in_browser_is_its_person_with_the_roles_in_force(scene: Scene) -> None:
    assert sign_in(scene) == StaffSignedIn(scene.desk.person, scene.now + POLICY.staff_session_ms)
    seen = signed_in(scene)
    assert seen is not None
    assert (seen.name, seen.email) == ("Dana Desk", "desk@example.test")
    assert seen.actor.roles_at(scene.centre_id, scene.now) == {Role.CENTRE_STAFF}
    assert seen.actor.roles_at(scene.other_centre_id, scene.now) == frozenset()


def test_signing_out_ends_that_browser_and_no_other(scene: Scene) -> None:
    sign_in(scene, "one")
    sign_in(scene, "two")
    assert scene.do(close_staff_session, scene.desk, session="one") == SignedOut()
    assert scene.do(close_staff_session, scene.desk, session="one") == SignedOut()
    assert signed_in(scene, "one") is None
    assert signed_in(scene, "two") is not None


def test_after_twelve_hours_the_browser_is_signed_out(scene: Scene) -> None:
    sign_in(scene)
    scene.forward(ms=POLICY.staff_session_ms - 1)
    assert signed_in(scene) is not None
    scene.forward(ms=1)
    assert signed_in(scene) is None


def test_a_leaver_is_out_at_the_next_click_and_cannot_come_back(scene: Scene) -> None:
    sign_in(scene)
    scene.db.execute(
        sa.update(staff_table).where(staff_table.c.id == scene.desk.person).values(disabled_at=scene.now)
    )
    assert signed_in(scene) is None
    assert scene.store.look(staff.credentials, email="desk@example.test") is None
    assert sign_in(scene, "again") == Refused(Refusal.WRONG_PASSWORD)


def test_a_role_that_ran_out_is_gone_at_the_next_click_and_opens_no_new_browser(scene: Scene) -> None:
    sign_in(scene)
    scene.db.execute(
        sa.update(membership).where(membership.c.staff_id == scene.desk.person).values(until=scene.now + HOUR)
    )
    scene.forward(ms=HOUR)
    seen = signed_in(scene)
    assert seen is not None
    assert seen.actor.memberships == ()
    assert sign_in(scene, "again") == Refused(Refusal.WRONG_PASSWORD)


def test_a_candidates_web_session_is_no_staff_sign_in(scene: Scene) -> None:
    sat = scene.seated()
    assert signed_in(scene, sat.session) is None


@pytest.mark.parametrize("email", ["desk@example.test", " DESK@Example.Test "])
def test_an_address_is_found_in_any_case(scene: Scene, email: str) -> None:
    found = scene.store.look(staff.credentials, email=email)
    assert found is not None
    assert found.staff_id == scene.desk.person


def test_signing_in_and_out_is_audited(scene: Scene) -> None:
    sign_in(scene)
    scene.do(close_staff_session, scene.desk, session="digest")
    acts = [row.act for row in scene.db.execute(sa.select(audit.c.act).order_by(audit.c.n))]
    assert acts[-2:] == ["staff_sign_in", "staff_sign_out"]


def test_the_operator_replaces_a_forgotten_password_and_that_ends_every_sign_in(scene: Scene) -> None:
    sign_in(scene, "one")
    scene.do(open_staff_session, NOBODY, staff_id=scene.lead.person, session="another's")
    values = {"staff_id": scene.desk.person, "password_hash": "a new hash"}
    assert scene.do(replace_password, SYSTEM, **values) == PasswordReplaced(scene.desk.person)
    known = scene.store.look(staff.credentials, email="desk@example.test")
    assert known is not None
    assert known.password_hash == "a new hash"
    assert signed_in(scene, "one") is None
    assert signed_in(scene, "another's") is not None
    (row,) = scene.db.execute(audit.select().where(audit.c.act == "replace_password")).mappings()
    assert (row["actor"], row["about"], row["detail"]) == ("system", scene.desk.person, "{}")


@pytest.mark.parametrize("who", ["desk", "lead", "administrator"])
def test_nobody_on_the_staff_replaces_a_password(scene: Scene, who: str) -> None:
    values = {"staff_id": scene.second.person, "password_hash": "mine now"}
    for actor in (getattr(scene, who), NOBODY):
        assert scene.do(replace_password, actor, **values) == Refused(Refusal.NOT_FOUND)
    known = scene.store.look(staff.credentials, email="second@example.test")
    assert known is not None
    assert known.password_hash == "not a hash"


def test_a_leaver_gets_no_password(scene: Scene) -> None:
    left = sa.update(staff_table).where(staff_table.c.id == scene.second.person).values(disabled_at=scene.now)
    scene.db.execute(left)
    for staff_id in (scene.second.person, "nobody"):
        refused = scene.do(replace_password, SYSTEM, staff_id=staff_id, password_hash="x")
        assert refused == Refused(Refusal.NOT_FOUND)
