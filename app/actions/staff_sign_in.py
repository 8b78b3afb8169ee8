"""Open and end the signed-in browser of a staff person. The page has checked the password before."""

from dataclasses import dataclass

from app.records import audit, staff, web_sessions
from app.records.store import Db
from app.rules.permissions import MAY, Act, Actor, Role
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


def _first_role(person: Actor, now: int) -> Role | None:
    """A role by which somebody is on the staff at all, for the audit row."""
    held = (m.role for m in person.memberships if m.until > now)
    return next((role for role in held if role in MAY[Act.SEE_CENTRES]), None)
