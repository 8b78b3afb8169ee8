"""Somebody who was invited joins the staff: who is invited to what, and a password of their own.

Somebody who is on the staff already accepts signed in as themselves: the link alone opens nobody's account.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.invite_staff import Joined, accept_invitation
from app.pages import addresses, deps, errors, sessions
from app.pages.deps import OpenForm
from app.pages.forms import FieldError
from app.pages.staff import passwords
from app.pages.staff.fields import Field, FieldKind
from app.pages.staff.frame import StaffFrame
from app.pages.staff.roles import ROLES
from app.pages.words import _
from app.records.staff import InvitationSeen, invitation, staff_actor
from app.rules.passwords import is_weak
from app.rules.permissions import NOBODY, Actor
from app.rules.policy import POLICY
from app.rules.refusals import Refusal

router = APIRouter()


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Who is invited, to which role, where (None: every centre), and the form.

    `sign_in` is where somebody on the staff goes first; without it the form is shown.
    """

    frame: StaffFrame
    name: str
    email: str
    role: str
    place: str | None
    action: str
    fields: tuple[Field, ...]
    button: str
    sign_in: str | None


@router.get("/staff/invitation/{token}")
async def show(request: Request, form: OpenForm, token: str) -> Response:
    """The invitation, or the page that says it cannot be used."""
    invited = await _invited(request, token)
    if invited is None:
        return errors.reply(request, Refusal.INVITATION_SPENT)
    return _page(request, invited, await _who(request))


@router.post("/staff/invitation/{token}")
async def accept(request: Request, form: OpenForm, token: str) -> Response:
    """Join with a password. It is asked once: who forgets it gets another from the operator."""
    invited = await _invited(request, token)
    if invited is None:
        return errors.reply(request, Refusal.INVITATION_SPENT)
    who, hashed = await _who(request), None
    if invited.staff_id is None:
        password = form.one("password")
        if is_weak(password, invited.name, invited.email):
            return _page(request, invited, who, FieldError("password", _weakness(password)))
        hashed = await passwords.hashed(password)
    joined = await deps.store(request).write(
        accept_invitation,
        who,
        deps.now(request),
        digest=deps.keyring(request).digest("invitation", token),
        name=invited.name,
        password_hash=hashed,
    )
    if not isinstance(joined, Joined):
        return errors.refused(request, joined)
    if hashed is None:
        return RedirectResponse(addresses.STAFF_HOME, 303)
    return RedirectResponse(f"{addresses.STAFF_SIGN_IN}?done=joined", 303)


async def _who(request: Request) -> Actor:
    """The staff person who is signed in at this browser, or nobody."""
    now = deps.now(request)
    session = sessions.staff_session(request, deps.keyring(request), now)
    if session is None:
        return NOBODY
    person = await deps.store(request).read(staff_actor, session=session, now=now)
    return NOBODY if person is None else person.actor


def _weakness(password: str) -> str:
    if not password:
        return _("Enter a password")
    if len(password) < POLICY.least_password:
        return _("Use at least %(least)d characters") % {"least": POLICY.least_password}
    return _("This password is too easy to guess. Use three words that do not belong together")


async def _invited(request: Request, token: str) -> InvitationSeen | None:
    digest = deps.keyring(request).digest("invitation", token)
    return await deps.store(request).read(invitation, digest=digest, now=deps.now(request))


def _page(request: Request, invited: InvitationSeen, who: Actor, wrong: FieldError | None = None) -> Response:
    is_member = invited.staff_id is not None
    hint = _(
        "At least %(least)d characters. Three words that do not belong together are good. You can paste it."
    )
    field = Field(
        FieldKind.NEW_PASSWORD, "password", _("Choose a password"), hint % {"least": POLICY.least_password}
    )
    view = InvitationView(
        StaffFrame(_("Join the staff"), errors=() if wrong is None else (wrong,)),
        invited.name,
        invited.email,
        _(ROLES[invited.role]),
        invited.centre_name,
        request.url.path,
        () if is_member else (field,),
        _("Accept") if is_member else _("Join"),
        f"{addresses.STAFF_SIGN_IN}?then={request.url.path}"
        if invited.staff_id not in (None, who.person)
        else None,
    )
    return deps.pages(request).page(request, "staff/invitation.html", view, 200 if wrong is None else 422)
