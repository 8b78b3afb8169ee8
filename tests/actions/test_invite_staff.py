"""Joining the staff: by a link that works once and for a while, in the role and at the place it names."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.invite_staff import Invited, Joined, accept_invitation, invite
from app.actions.staff_sign_in import open_staff_session
from app.records import staff
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


def accepted(scene: Scene, digest: str = "link", hashed: str = "a hash") -> Any:
    return scene.do(accept_invitation, NOBODY, digest=digest, name="", password_hash=hashed)


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


def test_a_second_invitation_adds_a_role_sets_the_password_and_ends_sign_ins(scene: Scene) -> None:
    scene.do(open_staff_session, NOBODY, staff_id=scene.desk.person, session="before")
    invited(scene, email="desk@example.test", role=Role.CENTRE_MANAGER)
    joined = accepted(scene)
    assert joined.staff_id == scene.desk.person
    roles = {m.role for m in scene.store.look(staff.memberships, staff_id=joined.staff_id, now=scene.now)}
    assert roles == {Role.CENTRE_STAFF, Role.CENTRE_MANAGER}
    assert scene.store.look(staff.staff_actor, session="before", now=scene.now) is None


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
