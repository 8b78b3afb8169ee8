"""Where a candidate is: the step a sitting stands at, and its address. The question they were last on is `place`."""

from enum import StrEnum

from starlette.responses import RedirectResponse

from app.records.seats import Seat
from app.rules.sitting import PauseKind, State

QUESTION = "/sitting/question"


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


def first_position(seat: Seat) -> int:
    """The paper's position of the present part's first question; positions run on over the parts."""
    return 1 + sum(plan.questions for plan in seat.parts[: seat.part])


def question_address(
    number: int | str, page: str = "", *, base: str = QUESTION, from_list: bool = False, **shown: str
) -> str:
    """The address of a question of the present part, or of a page below it. `base` is where such questions stand."""
    query = {**({"from": "list"} if from_list else {}), **{name: one for name, one in shown.items() if one}}
    asked = "&".join(f"{name}={one}" for name, one in query.items())
    return f"{base}/{number}{'/' if page else ''}{page}{'?' if asked else ''}{asked}"
