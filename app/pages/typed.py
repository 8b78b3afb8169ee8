"""What was typed into a form that was refused, carried over the redirect to the form's own page.

So that Back and Refresh never ask to send a form again. It is a sealed cookie of the same web session for ten
minutes, for it may hold words about a person; nothing of it is stored. Passwords never go this way.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.pages import sessions
from app.pages.forms import FieldError, Form
from app.pages.visit import visit
from app.records.keyring import Keyring

TYPED = "__Host-typed"
KEPT_SECONDS = 600
MOST_BYTES = 3_600  # browsers drop a cookie of more than 4096 bytes, its name and attributes counted
AGAIN = "again"
NEVER_KEPT = frozenset({"csrf", "password"})


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they were sent, and what is wrong with them."""

    form: Form
    errors: tuple[FieldError, ...]


def send_back(
    request: Request, keyring: Keyring, form: Form, errors: Iterable[FieldError]
) -> Response | None:
    """To the page of the form at the address that was posted to; None when too much was typed for a cookie."""
    fields = {name: list(values) for name, values in form.fields.items() if name not in NEVER_KEPT}
    said = json.dumps([fields, [[error.field, error.words] for error in errors]], separators=(",", ":"))
    path = request.url.path
    sealed = keyring.seal_text(_purpose(request, path), said)
    if len(sealed) > MOST_BYTES:
        return None
    sessions.put(request, TYPED, sealed, seconds=KEPT_SECONDS)
    return RedirectResponse(f"{path}?{AGAIN}=1", 303)


def typed(request: Request, keyring: Keyring) -> Typed | None:
    """What was typed at this address before, if its page is asked for after a refusal."""
    if AGAIN not in request.query_params:
        return None
    said = keyring.unseal_text(_purpose(request, request.url.path), request.cookies.get(TYPED, ""))
    if said is None:
        return None
    fields, errors = json.loads(said)
    form = Form({name: tuple(values) for name, values in fields.items()})
    return Typed(form, tuple(FieldError(*error) for error in errors))


def forget(request: Request) -> None:
    """The form was done: the browser keeps nothing of it."""
    if TYPED in request.cookies:
        sessions.clear(request, TYPED)


def _purpose(request: Request, path: str) -> str:
    return f"typed at {path} in {visit(request).anchor}"
