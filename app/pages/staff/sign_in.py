"""Staff sign in by e-mail address and password, and sign out. Sign-in shows a form; a GET changes nothing."""

import re
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.staff_sign_in import StaffSignedIn, close_staff_session, open_staff_session
from app.pages import addresses, deps, sessions, typed
from app.pages.deps import AnyStaff, OpenForm
from app.pages.forms import FieldError, Form, Reader
from app.pages.staff import passwords
from app.pages.staff.fields import Field, FieldKind, filled
from app.pages.staff.frame import StaffFrame
from app.pages.staff.tries import Tries
from app.pages.words import _, ngettext
from app.records.staff import credentials
from app.rules.permissions import NOBODY
from app.rules.policy import SECOND

router = APIRouter()
tries = Tries()
INVITATION = re.compile(r"/staff/invitation/[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class SignInView:
    """The sign-in form, and the one sentence above it when somebody was signed out or has just joined.

    `action` is where the form goes; it keeps the invitation that somebody wants to accept next.
    """

    frame: StaffFrame
    action: str
    fields: tuple[Field, ...]


@router.get(addresses.STAFF_SIGN_IN)
async def show(request: Request, form: OpenForm) -> Response:
    """The form. `?done=` names what has just happened."""
    done = {"out": _("You are signed out."), "joined": _("You have joined. Sign in with your new password.")}
    return _page(request, form, done=done.get(request.query_params.get("done", "")))


@router.post(addresses.STAFF_SIGN_IN)
async def sign_in(request: Request, form: OpenForm) -> Response:
    """Check the password in a thread, then open a web session with a new cookie."""
    now, keyring = deps.now(request), deps.keyring(request)
    reader = Reader(form)
    email = reader.line("email", _("Enter your e-mail address")).lower()
    password = form.one("password")
    if not password:
        reader.wrong("password", _("Enter your password"))
    if reader.errors:
        return _page(request, form, reader.errors, 422)
    browser = sessions.device(request, keyring)
    wait = tries.wait_ms(email, browser, now)
    if wait:
        seconds = -(-wait // SECOND)
        words = ngettext(
            "Too many tries. Wait %(n)d second, then try again",
            "Too many tries. Wait %(n)d seconds, then try again",
            seconds,
        )
        reader.wrong("password", words % {"n": seconds})
        return _page(request, form, reader.errors, 429)
    known = await deps.store(request).read(credentials, email=email)
    if await passwords.is_right(password, known) and known is not None:
        session = sessions.open_staff_session(request, keyring, now)
        opened = await deps.store(request).write(
            open_staff_session, NOBODY, now, staff_id=known.staff_id, session=session
        )
        if isinstance(opened, StaffSignedIn):
            tries.was_right(email, browser)
            return RedirectResponse(_then(request) or addresses.STAFF_HOME, 303)
        sessions.clear(request, sessions.STAFF)
    tries.was_wrong(email, browser, now)
    reader.wrong("email", _("We do not know this e-mail address with this password. Check both"))
    return _page(request, form, reader.errors, 422)


@router.post(addresses.STAFF_SIGN_OUT)
async def sign_out(request: Request, desk: AnyStaff) -> Response:
    """End the web session and forget the cookie."""
    await deps.store(request).write(close_staff_session, desk.actor, deps.now(request), session=desk.session)
    sessions.clear(request, sessions.STAFF)
    typed.forget(request)
    return RedirectResponse(f"{addresses.STAFF_SIGN_IN}?done=out", 303)


def _then(request: Request) -> str:
    """The invitation that `?then=` asks to go back to; anything else is passed over, so that no link leads astray."""
    asked = request.query_params.get("then", "")
    return asked if INVITATION.fullmatch(asked) else ""


def _page(
    request: Request,
    form: Form,
    errors: list[FieldError] | None = None,
    status: int = 200,
    done: str | None = None,
) -> Response:
    fields = (
        Field(FieldKind.EMAIL, "email", _("E-mail address")),
        Field(FieldKind.PASSWORD, "password", _("Password"), _("You can paste it.")),
    )
    frame = StaffFrame(_("Sign in"), errors=tuple(errors or ()), done=done)
    then = _then(request)
    action = f"{addresses.STAFF_SIGN_IN}?then={then}" if then else addresses.STAFF_SIGN_IN
    view = SignInView(frame, action, filled(fields, form))
    return deps.pages(request).page(request, "staff/sign_in.html", view, status)
