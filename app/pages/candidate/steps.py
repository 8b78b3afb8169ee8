"""Where a candidate is: the step a sitting stands at, its address, and the question they were last on.

A GET never writes: the place is a signed cookie of this browser, good for one sitting.
"""

from dataclasses import dataclass
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import RedirectResponse

from app.pages import sessions
from app.pages.deps import keyring
from app.records.seats import Seat
from app.rules.sitting import PauseKind, State

PLACE = "__Host-place"
PLACE_SECONDS = 24 * 3600


class Step(StrEnum):
    """The page a sitting stands at, by its address; the one of `QUESTIONS` finds the question."""

    DETAILS = "/sitting/details"
    ARRANGEMENTS = "/sitting/arrangements"
    INSTRUCTIONS = "/sitting/instructions"
    QUESTIONS = "/sitting"
    BREAK = "/sitting/break"
    PAUSED = "/sitting/paused"  # also for a sitting whose check-in was undone
    TIME_ENDED = "/sitting/time-ended"
    RESULT = "/sitting/result"


def step(seat: Seat, now: int) -> Step:
    """The one step that this sitting stands at."""
    if seat.state is State.BOOKED:
        return Step.PAUSED
    if seat.state is State.CHECKED_IN:
        return _before_the_start(seat)
    if seat.state is State.PAUSED:
        return Step.BREAK if seat.pause_kind is PauseKind.BREAK else Step.PAUSED
    if seat.state is State.IN_PROGRESS:
        return Step.QUESTIONS if seat.clock.left(now) > 0 else Step.TIME_ENDED
    return Step.RESULT


def _before_the_start(seat: Seat) -> Step:
    if seat.details_at is None:
        return Step.DETAILS
    return Step.ARRANGEMENTS if seat.arrangements_at is None else Step.INSTRUCTIONS


def go(address: str) -> RedirectResponse:
    """After a POST, or from a page that is not this sitting's step: look there instead."""
    return RedirectResponse(address, 303)


def go_to_step(seat: Seat, now: int) -> RedirectResponse:
    """To the page that this sitting stands at."""
    return go(step(seat, now))


@dataclass(frozen=True, slots=True)
class Place:
    """The question a candidate was last on, and whether they came to it from the list of all questions."""

    number: int
    from_list: bool


def first_position(seat: Seat) -> int:
    """The paper's position of the present part's first question; positions run on over the parts."""
    return 1 + sum(plan.questions for plan in seat.parts[: seat.part])


def question_address(number: int, page: str = "", *, from_list: bool = False, **shown: str) -> str:
    """The address of a question of the present part, or of a page below it."""
    query = {**({"from": "list"} if from_list else {}), **{name: one for name, one in shown.items() if one}}
    asked = "&".join(f"{name}={one}" for name, one in query.items())
    return f"/sitting/question/{number}{'/' if page else ''}{page}{'?' if asked else ''}{asked}"


def remember(request: Request, seat: Seat, place: Place) -> None:
    """Keep the place in a cookie, if it is not there already."""
    if remembered(request, seat) != place:
        payload = f"{place.number}{'l' if place.from_list else ''}"
        signed = keyring(request).sign(_purpose(seat), payload)
        sessions.put(request, PLACE, signed, seconds=PLACE_SECONDS)


def remembered(request: Request, seat: Seat) -> Place | None:
    """The place that this browser kept for this part of this sitting; None when it kept none."""
    raw = request.cookies.get(PLACE, "")
    payload = keyring(request).read(_purpose(seat), raw) if raw and len(raw) <= 200 else None
    if payload is None:
        return None
    number = int(payload.removesuffix("l"))
    return Place(number, payload.endswith("l")) if 1 <= number <= seat.plan.questions else None


def _purpose(seat: Seat) -> str:
    return f"place in {seat.sitting_id}, part {seat.part}"
