"""Invite somebody to the staff by a one-time link, and take them in when they come by it."""

import secrets
from dataclasses import dataclass

from app.records import audit, staff
from app.records.store import Db
from app.rules.permissions import Act, Actor, Role, allowed_role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused

_REACHES_ALL = frozenset({Role.ADMINISTRATOR})
_NOT_ON_STAFF = frozenset({Role.CANDIDATE, Role.SYSTEM})


@dataclass(frozen=True)
class Invited:
    """The link works until then (UTC ms)."""

    until: int


@dataclass(frozen=True)
class Joined:
    """Who has joined, or joined once more with a further role."""

    staff_id: str


def invite(
    db: Db,
    actor: Actor,
    now: int,
    *,
    name: str,
    email: str,
    role: Role,
    centre_id: str | None,
    digest: str,
    until: int,
) -> Invited | Refused:
    """Write an invitation whose secret has this digest; `until` (UTC ms) is cut to the policy's longest.

    An administrator is invited for every centre (`centre_id` None), everybody else for one. NOT_PERMITTED for a
    role that is not on the staff, or for a role and centre that do not fit.
    """
    as_role = allowed_role(actor, Act.INVITE_STAFF, centre=centre_id or "", now=now)
    if as_role is None:
        return Refused(Refusal.NOT_FOUND)
    if role in _NOT_ON_STAFF or (role in _REACHES_ALL) != (centre_id is None):
        return Refused(Refusal.NOT_PERMITTED)
    ends = min(until, now + POLICY.invitation_ms)
    staff.invite(
        db,
        digest=digest,
        name=name.strip(),
        email=email.strip().lower(),
        role=role.value,
        centre_id=centre_id,
        until=ends,
        created_at=now,
        created_by=actor.person,
    )
    audit.note(db, actor, as_role, now, "invite_staff", centre_id, None, invited_as=role.value)
    return Invited(ends)


def accept_invitation(
    db: Db, actor: Actor, now: int, *, digest: str, name: str, password_hash: str | None
) -> Joined | Refused:
    """Join the staff with a password that the page has hashed. INVITATION_SPENT for a link used or too old.

    A link is no way into somebody's account: whoever is on the staff accepts as themselves, signed in, and keeps
    their password (SIGN_IN_FIRST for any other `actor`). A leaver comes back with a new password and this role alone.
    """
    invited = staff.invitation(db, digest=digest, now=now)
    if invited is None:
        return Refused(Refusal.INVITATION_SPENT)
    if invited.staff_id not in (None, actor.person):
        return Refused(Refusal.SIGN_IN_FIRST)
    if invited.staff_id is None and password_hash is None:
        return Refused(Refusal.WEAK_PASSWORD)
    if not staff.spend_invitation(db, digest=digest, now=now):
        return Refused(Refusal.INVITATION_SPENT)
    staff_id = invited.staff_id
    if staff_id is None:
        assert password_hash is not None  # noqa: S101  # refused above
        staff_id = staff.join(
            db,
            staff_id=secrets.token_hex(16),
            name=name.strip() or invited.name,
            email=invited.email,
            password_hash=password_hash,
            now=now,
        )
    staff.add_membership(
        db,
        staff_id=staff_id,
        role=invited.role,
        centre_id=invited.centre_id,
        since=now,
        until=now + POLICY.membership_ms,
        granted_by=invited.created_by,
    )
    who, role = Actor(staff_id, ()), invited.role
    audit.note(db, who, role, now, "join_staff", invited.centre_id, staff_id, invited_as=role.value)
    return Joined(staff_id)
