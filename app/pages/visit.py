"""What is known about one request while it is answered: its moment, its reference, its decision, its cookies."""

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection

from accessibility.preferences import Preferences
from app.records.seats import Seat
from app.rules import codes

REFERENCE_LENGTH = 8
KEY = "clearway.visit"


@dataclass(slots=True)
class Visit:
    """One request. `decision` is who was let in and why; without it no page leaves (gate.py)."""

    now: int | None = None
    decision: str | None = None
    session: str | None = None  # the digest of the candidate's web session, once somebody asked
    anchor: str | None = None  # what the form token of this page is bound to
    cookies: dict[str, str] = field(default_factory=dict)  # name to whole Set-Cookie value
    form: Any = None  # the parsed body, read once
    seat: Seat | None = None  # the candidate's sitting, once their guard found it
    look: Preferences | None = None  # how the page is to look, once somebody asked
    told: str | None = None  # the reference, once somebody was told it

    @property
    def reference(self) -> str:
        """What a person reads out so that this request is found in the log; made when first asked for."""
        if self.told is None:
            self.told = codes.made(secrets.choice, REFERENCE_LENGTH)
        return self.told


def visit(request: HTTPConnection) -> Visit:
    """The visit of a request."""
    return of_scope(request.scope)


def of_scope(scope: MutableMapping[str, Any]) -> Visit:
    """The visit of an ASGI scope, opened at the first call."""
    found = scope.get(KEY)
    if found is None:
        found = scope[KEY] = Visit()
    return found
