"""Staff, their roles, their invitations and their signed-in browsers. Passwords arrive here hashed."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records import tables
from app.records.store import Db
from app.rules.permissions import Actor, Membership, Role

KIND = "staff"
centre, membership, staff, web_session = tables.centre, tables.membership, tables.staff, tables.web_session


@dataclass(frozen=True)
class StaffSeen:
    """A signed-in staff person with the roles in force now; `until` is when the sign-in ends at the latest (UTC ms)."""

    actor: Actor
    name: str
    email: str
    until: int


@dataclass(frozen=True)
class Credentials:
    """What a password is checked against: an argon2 hash."""

    staff_id: str
    password_hash: str


@dataclass(frozen=True)
class InvitationSeen:
    """An invitation that can still be used; `centre_name` is None for a role that reaches every centre.

    `staff_id` is who has this address already, with a role in force; nobody else can accept it.
    """

    name: str
    email: str
    role: Role
    centre_id: str | None
    centre_name: str | None
    until: int
    created_by: str
    staff_id: str | None


def staff_actor(db: Db, *, session: str, now: int) -> StaffSeen | None:
    """The staff person of the browser whose web session has this digest, unless it has ended or they have left."""
    row = db.execute(
        sa.select(staff.c.id, staff.c.name, staff.c.email, web_session.c.until)
        .join(web_session, web_session.c.person_id == staff.c.id)
        .where(
            web_session.c.digest == session,
            web_session.c.kind == KIND,
            web_session.c.ended_at.is_(None),
            web_session.c.until > now,
            staff.c.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    return StaffSeen(Actor(row.id, memberships(db, staff_id=row.id, now=now)), row.name, row.email, row.until)


def memberships(db: Db, *, staff_id: str, now: int) -> tuple[Membership, ...]:
    """The roles of one staff person that are in force now."""
    rows = db.execute(
        sa.select(membership.c.role, membership.c.centre_id, membership.c.until)
        .where(membership.c.staff_id == staff_id, membership.c.since <= now, membership.c.until > now)
        .order_by(membership.c.n)
    ).all()
    return tuple(Membership(Role(row.role), row.centre_id, row.until) for row in rows)


def actor_of(db: Db, *, staff_id: str, now: int) -> Actor | None:
    """A staff person as the rules see them, or None for nobody or somebody who has left."""
    found = db.execute(
        sa.select(staff.c.id).where(staff.c.id == staff_id, staff.c.disabled_at.is_(None))
    ).first()
    return None if found is None else Actor(staff_id, memberships(db, staff_id=staff_id, now=now))


def credentials(db: Db, *, email: str) -> Credentials | None:
    """The password hash of the staff person with this e-mail address, unless they have left."""
    row = db.execute(
        sa.select(staff.c.id, staff.c.password).where(
            staff.c.email == email.strip().lower(), staff.c.disabled_at.is_(None)
        )
    ).first()
    return None if row is None else Credentials(row.id, row.password)


def invitation(db: Db, *, digest: str, now: int) -> InvitationSeen | None:
    """The invitation with this digest, unless it was used or is too old."""
    row = db.execute(
        sa.select(tables.invitation, centre.c.name.label("centre_name"))
        .select_from(tables.invitation.outerjoin(centre, centre.c.id == tables.invitation.c.centre_id))
        .where(
            tables.invitation.c.digest == digest,
            tables.invitation.c.used_at.is_(None),
            tables.invitation.c.until > now,
        )
    ).first()
    if row is None:
        return None
    return InvitationSeen(
        row.name,
        row.email,
        Role(row.role),
        row.centre_id,
        row.centre_name,
        row.until,
        row.created_by,
        _on_the_staff(db, email=row.email, now=now),
    )


def _on_the_staff(db: Db, *, email: str, now: int) -> str | None:
    """Who can sign in by this address: neither left nor out of every role."""
    known = credentials(db, email=email)
    return known.staff_id if known is not None and memberships(db, staff_id=known.staff_id, now=now) else None


def invite(db: Db, **values: Any) -> None:
    """Write an invitation; `values` are the columns of its row. The same digest again is the same invitation."""
    there = sa.select(tables.invitation.c.digest).where(tables.invitation.c.digest == values["digest"])
    if db.execute(there).first() is None:
        db.execute(sa.insert(tables.invitation).inline(), values)


def spend_invitation(db: Db, *, digest: str, now: int) -> bool:
    """Use an invitation up. False when it was used before, also by a request that came at the same moment."""
    spent = db.execute(
        sa.update(tables.invitation)
        .where(
            tables.invitation.c.digest == digest,
            tables.invitation.c.used_at.is_(None),
            tables.invitation.c.until > now,
        )
        .values(used_at=now)
    )
    return spent.rowcount == 1


def join(db: Db, *, staff_id: str, name: str, email: str, password_hash: str, now: int) -> str:
    """The id of the staff person with this address: theirs from before, or `staff_id` for somebody new.

    Somebody who comes back keeps their name alone: the password is the new one, and what roles they had have ended.
    """
    there = db.execute(sa.select(staff.c.id).where(staff.c.email == email)).scalar()
    if there is None:
        row = {"id": staff_id, "name": name, "email": email, "password": password_hash, "joined_at": now}
        db.execute(sa.insert(staff).inline(), row)
        return staff_id
    db.execute(sa.update(staff).where(staff.c.id == there).values(disabled_at=None))
    replace_password(db, staff_id=str(there), password_hash=password_hash, now=now)
    db.execute(
        sa.update(membership)
        .where(membership.c.staff_id == there, membership.c.until > now)
        .values(until=now)
    )
    return str(there)


def replace_password(db: Db, *, staff_id: str, password_hash: str, now: int) -> None:
    """Write a new password; every browser that was signed in with the one before is signed out."""
    db.execute(sa.update(staff).where(staff.c.id == staff_id).values(password=password_hash))
    end_sessions(db, staff_id=staff_id, now=now)


def add_membership(
    db: Db, *, staff_id: str, role: Role, centre_id: str | None, since: int, until: int, granted_by: str
) -> None:
    """Give one role at one centre (None: every centre) from one moment to another (UTC ms).

    An equal role that is in force is made longer instead.
    """
    longer = db.execute(
        sa.update(membership)
        .where(
            membership.c.staff_id == staff_id,
            membership.c.role == role.value,
            membership.c.centre_id.is_not_distinct_from(centre_id),
            membership.c.since <= since,
            membership.c.until > since,
        )
        .values(until=sa.case((membership.c.until < until, until), else_=membership.c.until))
    )
    if longer.rowcount:
        return
    newest = db.execute(
        sa.select(sa.func.max(membership.c.n)).where(membership.c.staff_id == staff_id)
    ).scalar()
    row = {
        "staff_id": staff_id,
        "n": int(newest or 0) + 1,
        "role": role.value,
        "centre_id": centre_id,
        "since": since,
        "until": until,
        "granted_by": granted_by,
    }
    db.execute(sa.insert(membership).inline(), row)


def end_sessions(db: Db, *, staff_id: str, now: int) -> None:
    """End every signed-in browser of one staff person."""
    db.execute(
        sa.update(web_session)
        .where(
            web_session.c.person_id == staff_id, web_session.c.kind == KIND, web_session.c.ended_at.is_(None)
        )
        .values(ended_at=now)
    )
