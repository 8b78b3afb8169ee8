"""The question a candidate was last on, for the way back from other pages and from errors: a signed cookie, no row.

A GET never writes: the cookie is of this browser, good for one part of one sitting.
"""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from app.pages import sessions
from app.records.keyring import Keyring
from app.records.seats import Seat

PLACE = "__Host-place"
PLACE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Place:
    """The question a candidate was last on, and whether they came to it from the list of all questions."""

    number: int
    from_list: bool


def remember(request: Request, seat: Seat, place: Place) -> None:
    """Keep the place in a cookie, if it is not there already."""
    if remembered(request, seat) != place:
        payload = f"{place.number}{'l' if place.from_list else ''}"
        signed = _keyring(request).sign(_purpose(seat), payload)
        sessions.put(request, PLACE, signed, seconds=PLACE_SECONDS)


def remembered(request: Request, seat: Seat) -> Place | None:
    """The place that this browser kept for this part of this sitting; None when it kept none."""
    raw = request.cookies.get(PLACE, "")
    payload = _keyring(request).read(_purpose(seat), raw) if raw and len(raw) <= 200 else None
    if payload is None:
        return None
    number = int(payload.removesuffix("l"))
    return Place(number, payload.endswith("l")) if 1 <= number <= seat.plan.questions else None


def _keyring(request: Request) -> Keyring:
    return cast(Keyring, request.app.state.keyring)


def _purpose(seat: Seat) -> str:
    return f"place in {seat.sitting_id}, part {seat.part}"
