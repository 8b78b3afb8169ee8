"""Open and end the signed-in browser of a staff person, and replace a password. Pages check passwords before."""

from dataclasses import dataclass

from app.records import audit, staff, web_sessions
from app.records.store import Db
from app.rules.permissions import MAY, Act, Actor, Role, allowed_role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused


@dataclass(frozen=True)
class StaffSignedIn:
    """Who is signed in, and when it ends at the latest (UTC ms)."""

    staff_id: str
    until: int


@dataclass(frozen=True)
class SignedOut:
    """The browser is signed out; it may have been before."""


@dataclass(frozen=True)
class PasswordReplaced:
    """Whose password it is; every browser of theirs is signed out."""

    staff_id: str


def open_staff_session(
    db: Db, actor: Actor, now: int, *, staff_id: str, session: str
) -> StaffSignedIn | Refused:
    """Open a web session with this digest. WRONG_PASSWORD for somebody who has left or has no role in force."""
    person = staff.actor_of(db, staff_id=staff_id, now=now)
    role = None if person is None else _first_role(person, now)
    if person is None or role is None:
        return Refused(Refusal.WRONG_PASSWORD)
    until = now + POLICY.staff_session_ms
    web_sessions.begin(db, now, digest=session, kind=staff.KIND, person_id=staff_id, until=until)
    audit.note(db, person, role, now, "staff_sign_in", None, staff_id)
    return StaffSignedIn(staff_id, until)


def close_staff_session(db: Db, actor: Actor, now: int, *, session: str) -> SignedOut:
    """End the web session with this digest; ending it twice changes nothing."""
    web_sessions.end(db, now, digest=session)
    role = _first_role(actor, now)
    if role is not None:
        audit.note(db, actor, role, now, "staff_sign_out", None, actor.person)
    return SignedOut()


def replace_password(
    db: Db, actor: Actor, now: int, *, staff_id: str, password_hash: str
) -> PasswordReplaced | Refused:
    """The operator gives somebody who forgot their password a new one, hashed; it ends all their sign-ins.

    NOT_FOUND for anybody but the operator, who holds the database anyway, and for somebody who is not on the staff.
    """
    role = allowed_role(actor, Act.INVITE_STAFF, centre="", now=now)
    if role is not Role.SYSTEM or staff.actor_of(db, staff_id=staff_id, now=now) is None:
        return Refused(Refusal.NOT_FOUND)
    staff.replace_password(db, staff_id=staff_id, password_hash=password_hash, now=now)
    audit.note(db, actor, role, now, "replace_password", None, staff_id)
    return PasswordReplaced(staff_id)


def _first_role(person: Actor, now: int) -> Role | None:
    """A role by which somebody is on the staff at all, for the audit row."""
    held = (m.role for m in person.memberships if m.until > now)
    return next((role for role in held if role in MAY[Act.SEE_CENTRES]), None)
