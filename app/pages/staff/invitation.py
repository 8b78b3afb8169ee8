"""Somebody who was invited joins the staff: who is invited to what, and a password of their own."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.invite_staff import Joined, accept_invitation
from app.pages import addresses, deps, errors
from app.pages.deps import OpenForm
from app.pages.forms import FieldError
from app.pages.staff import passwords
from app.pages.staff.fields import Field, FieldKind
from app.pages.staff.frame import StaffFrame
from app.pages.staff.roles import ROLES
from app.pages.words import _
from app.records.staff import InvitationSeen, invitation
from app.rules.passwords import is_weak
from app.rules.permissions import NOBODY
from app.rules.policy import POLICY
from app.rules.refusals import Refusal

router = APIRouter()


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Who is invited, to which role, where (None: every centre), and the form."""

    frame: StaffFrame
    name: str
    email: str
    role: str
    place: str | None
    action: str
    fields: tuple[Field, ...]


@router.get("/staff/invitation/{token}")
async def show(request: Request, form: OpenForm, token: str) -> Response:
    """The invitation, or the page that says it cannot be used."""
    invited = await _invited(request, token)
    return errors.reply(request, Refusal.INVITATION_SPENT) if invited is None else _page(request, invited)


@router.post("/staff/invitation/{token}")
async def accept(request: Request, form: OpenForm, token: str) -> Response:
    """Join with a password. It is asked once: whoever mistypes it gets a new invitation."""
    invited = await _invited(request, token)
    if invited is None:
        return errors.reply(request, Refusal.INVITATION_SPENT)
    password = form.one("password")
    if is_weak(password, invited.name, invited.email):
        return _page(request, invited, FieldError("password", _weakness(password)))
    joined = await deps.store(request).write(
        accept_invitation,
        NOBODY,
        deps.now(request),
        digest=deps.keyring(request).digest("invitation", token),
        name=invited.name,
        password_hash=await passwords.hashed(password),
    )
    if isinstance(joined, Joined):
        return RedirectResponse(f"{addresses.STAFF_SIGN_IN}?done=joined", 303)
    return errors.refused(request, joined)


def _weakness(password: str) -> str:
    if not password:
        return _("Enter a password")
    if len(password) < POLICY.least_password:
        return _("Use at least %(least)d characters") % {"least": POLICY.least_password}
    return _("This password is too easy to guess. Use three words that do not belong together")


async def _invited(request: Request, token: str) -> InvitationSeen | None:
    digest = deps.keyring(request).digest("invitation", token)
    return await deps.store(request).read(invitation, digest=digest, now=deps.now(request))


def _page(request: Request, invited: InvitationSeen, wrong: FieldError | None = None) -> Response:
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
        (field,),
    )
    return deps.pages(request).page(request, "staff/invitation.html", view, 200 if wrong is None else 422)
