"""What is known about one request while it is answered: its moment, its reference, its decision, its cookies."""

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection

# No 0 O 1 I L: people read it out over a telephone.
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
KEY = "clearway.visit"


def _reference() -> str:
    return "".join(REFERENCE_LETTERS[byte % len(REFERENCE_LETTERS)] for byte in secrets.token_bytes(8))


@dataclass(slots=True)
class Visit:
    """One request. `decision` is who was let in and why; without it no page leaves (gate.py)."""

    reference: str = field(default_factory=_reference)
    now: int | None = None
    decision: str | None = None
    anchor: str | None = None  # what the form token of this page is bound to
    cookies: dict[str, str] = field(default_factory=dict)  # name to whole Set-Cookie value
    form: Any = None  # the parsed body, read once


def visit(request: HTTPConnection) -> Visit:
    """The visit of a request."""
    return of_scope(request.scope)


def of_scope(scope: MutableMapping[str, Any]) -> Visit:
    """The visit of an ASGI scope, opened at the first call."""
    found = scope.get(KEY)
    if found is None:
        found = scope[KEY] = Visit()
    return found
