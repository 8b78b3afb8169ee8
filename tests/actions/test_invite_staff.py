"""Joining the staff: by a link that works once and for a while, in the role and at the place it names."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.invite_staff import Invited, Joined, accept_invitation, invite
from app.actions.staff_sign_in import open_staff_session
from app.records import staff, tables
from app.rules.permissions import NOBODY, SYSTEM, Actor, Role
from app.rules.policy import HOUR, POLICY
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene


def invited(scene: Scene, by: Actor = SYSTEM, **changed: Any) -> Any:
    values = {
        "name": "Nia New",
        "email": "Nia@Example.test",
        "role": Role.CENTRE_STAFF,
        "centre_id": scene.centre_id,
        "digest": "link",
        "until": scene.now + HOUR,
    }
    return scene.do(invite, by, **{**values, **changed})


def accepted(scene: Scene, digest: str = "link", hashed: str | None = "a hash", by: Actor = NOBODY) -> Any:
    return scene.do(accept_invitation, by, digest=digest, name="", password_hash=hashed)


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def test_somebody_joins_in_the_role_and_at_the_centre_of_the_invitation(scene: Scene) -> None:
    assert invited(scene) == Invited(scene.now + HOUR)
    joined = accepted(scene)
    assert isinstance(joined, Joined)
    (held,) = scene.store.look(staff.memberships, staff_id=joined.staff_id, now=scene.now)
    assert (held.role, held.centre) == (Role.CENTRE_STAFF, scene.centre_id)
    assert held.until == scene.now + POLICY.membership_ms
    known = scene.store.look(staff.credentials, email="nia@example.test")
    assert known is not None
    assert (known.staff_id, known.password_hash) == (joined.staff_id, "a hash")


def test_a_link_works_once(scene: Scene) -> None:
    invited(scene)
    accepted(scene)
    assert code_of(accepted(scene, hashed="another")) is Refusal.INVITATION_SPENT
    known = scene.store.look(staff.credentials, email="nia@example.test")
    assert known is not None
    assert known.password_hash == "a hash"


def test_a_link_that_is_too_old_or_unknown_is_refused(scene: Scene) -> None:
    invited(scene)
    scene.forward(ms=HOUR)
    assert scene.store.look(staff.invitation, digest="link", now=scene.now) is None
    assert code_of(accepted(scene)) is Refusal.INVITATION_SPENT
    assert code_of(accepted(scene, digest="never made")) is Refusal.INVITATION_SPENT


def test_no_link_lives_longer_than_the_policy_allows(scene: Scene) -> None:
    assert invited(scene, until=scene.now + 10**12) == Invited(scene.now + POLICY.invitation_ms)


def roles_of(scene: Scene, who: Actor) -> list[tuple[Role, str | None, int]]:
    held = scene.store.look(staff.memberships, staff_id=who.person, now=scene.now)
    return [(m.role, m.centre, m.until) for m in held]


def password_of(scene: Scene, email: str) -> str | None:
    known = scene.store.look(staff.credentials, email=email)
    return None if known is None else known.password_hash


def test_an_invitation_of_somebody_on_the_staff_is_no_way_into_their_account(scene: Scene) -> None:
    scene.do(open_staff_session, NOBODY, staff_id=scene.desk.person, session="before")
    before = roles_of(scene, scene.desk)
    invited(scene, email="desk@example.test", role=Role.CENTRE_MANAGER)
    for holder in (NOBODY, scene.second, scene.administrator):
        assert (
            code_of(accepted(scene, hashed="chosen by the holder of the link", by=holder))
            is Refusal.SIGN_IN_FIRST
        )
    assert password_of(scene, "desk@example.test") == "not a hash"
    assert roles_of(scene, scene.desk) == before
    assert scene.store.look(staff.staff_actor, session="before", now=scene.now) is not None
    assert scene.store.look(staff.invitation, digest="link", now=scene.now) is not None


@pytest.mark.parametrize("hashed", [None, "another"])
def test_somebody_on_the_staff_accepts_as_themselves_and_keeps_their_password(
    scene: Scene, hashed: str | None
) -> None:
    scene.do(open_staff_session, NOBODY, staff_id=scene.desk.person, session="before")
    invited(scene, email="desk@example.test", role=Role.CENTRE_MANAGER)
    assert accepted(scene, hashed=hashed, by=scene.desk) == Joined(scene.desk.person)
    assert {role for role, _centre, _until in roles_of(scene, scene.desk)} == {
        Role.CENTRE_STAFF,
        Role.CENTRE_MANAGER,
    }
    assert password_of(scene, "desk@example.test") == "not a hash"
    assert scene.store.look(staff.staff_actor, session="before", now=scene.now) is not None
    assert code_of(accepted(scene, by=scene.desk)) is Refusal.INVITATION_SPENT


def test_an_equal_role_is_made_longer_and_not_doubled(scene: Scene) -> None:
    scene.forward(minutes=60 * 24 * 30)
    invited(scene, email="desk@example.test")
    accepted(scene, by=scene.desk)
    until = scene.now + POLICY.membership_ms
    assert roles_of(scene, scene.desk) == [(Role.CENTRE_STAFF, scene.centre_id, until)]
    invited(scene, email="desk@example.test", centre_id=scene.other_centre_id, digest="elsewhere")
    accepted(scene, "elsewhere", by=scene.desk)
    assert {centre for _role, centre, _until in roles_of(scene, scene.desk)} == {
        scene.centre_id,
        scene.other_centre_id,
    }


def leaves(scene: Scene, who: Actor) -> None:
    left = sa.update(tables.staff).where(tables.staff.c.id == who.person).values(disabled_at=scene.now)
    scene.db.execute(left)


def test_a_leaver_who_comes_back_gets_the_new_role_alone_with_a_new_password(scene: Scene) -> None:
    scene.do(open_staff_session, NOBODY, staff_id=scene.lead.person, session="before")
    leaves(scene, scene.lead)
    invited(scene, email="lead@example.test", centre_id=scene.other_centre_id)
    assert code_of(accepted(scene, hashed=None)) is Refusal.WEAK_PASSWORD
    assert accepted(scene, hashed="new") == Joined(scene.lead.person)
    until = scene.now + POLICY.membership_ms
    assert roles_of(scene, scene.lead) == [(Role.CENTRE_STAFF, scene.other_centre_id, until)]
    assert password_of(scene, "lead@example.test") == "new"
    assert scene.store.look(staff.staff_actor, session="before", now=scene.now) is None


def test_somebody_whose_roles_have_all_run_out_comes_back_like_a_leaver(scene: Scene) -> None:
    """They could not sign in to accept: without a role in force nobody is signed in."""
    scene.forward(ms=POLICY.membership_ms)
    invited(scene, email="lead@example.test")
    assert accepted(scene, hashed="new") == Joined(scene.lead.person)
    assert [role for role, _centre, _until in roles_of(scene, scene.lead)] == [Role.CENTRE_STAFF]
    assert password_of(scene, "lead@example.test") == "new"


def test_nobody_new_joins_without_a_password(scene: Scene) -> None:
    invited(scene)
    assert code_of(accepted(scene, hashed=None)) is Refusal.WEAK_PASSWORD
    assert isinstance(accepted(scene), Joined)


def test_an_administrator_is_invited_everywhere_and_everybody_else_to_one_centre(scene: Scene) -> None:
    assert code_of(invited(scene, role=Role.ADMINISTRATOR)) is Refusal.NOT_PERMITTED
    assert code_of(invited(scene, centre_id=None)) is Refusal.NOT_PERMITTED
    assert isinstance(invited(scene, role=Role.ADMINISTRATOR, centre_id=None), Invited)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.SYSTEM])
def test_nobody_is_invited_to_a_role_that_is_not_on_the_staff(scene: Scene, role: Role) -> None:
    assert code_of(invited(scene, role=role)) is Refusal.NOT_PERMITTED
    assert code_of(invited(scene, role=role, centre_id=None)) is Refusal.NOT_PERMITTED


@pytest.mark.parametrize("who", ["desk", "lead", "officer", "elsewhere"])
def test_only_administrators_and_the_operator_invite(scene: Scene, who: str) -> None:
    assert code_of(invited(scene, by=getattr(scene, who))) is Refusal.NOT_FOUND
    assert code_of(invited(scene, by=NOBODY)) is Refusal.NOT_FOUND
    assert isinstance(invited(scene, by=scene.administrator), Invited)
