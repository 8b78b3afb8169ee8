"""How much time is left, asking for more, and the page when the time of a part has ended."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.end_sitting import run_out
from app.pages import deps, errors
from app.pages.candidate.elsewhere import MessageView
from app.pages.candidate.frame import Choice, Frame, around, left_in_words, minutes_words
from app.pages.candidate.help import call
from app.pages.candidate.pausing import back_to_test, here
from app.pages.candidate.question import find
from app.pages.candidate.steps import Step, go, go_to_step, step
from app.pages.deps import CandidateSeat
from app.pages.place import remembered
from app.pages.words import _
from app.records.seats import Seat
from app.rules.help import HelpReason
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import TERMINAL, State

router = APIRouter()
GRACE_SECONDS = POLICY.grace_ms // 1000


@dataclass(frozen=True, slots=True)
class TimeView:
    """How much time is left; whether asking for more makes sense now."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    back: str
    can_ask: bool


@router.get("/sitting/time")
async def time_left(request: Request, seat: CandidateSeat) -> Response:
    """The time left in whole minutes, and a way to ask a person for more."""
    now = deps.now(request)
    if step(seat, now) is Step.RESULT or not seat.parts:
        return go_to_step(seat, now)
    view = TimeView(
        around(seat, now, _("How much time is left?"), place=here(seat, request)),
        _heading(seat, now),
        _words(seat, now),
        back_to_test(seat, request),
        step(seat, now) is not Step.TIME_ENDED,
    )
    return deps.pages(request).page(request, "candidate/time.html", view)


def _heading(seat: Seat, now: int) -> str:
    if seat.state is State.CHECKED_IN:
        allowed = -(-seat.clock.shown(now) // 60_000)
        return _("You will have %(time)s") % {"time": minutes_words(allowed)}
    return left_in_words(seat.clock.shown(now))


def _words(seat: Seat, now: int) -> tuple[str, ...]:
    if step(seat, now) is Step.TIME_ENDED:
        return (_("Your time for this part has ended."), _("Every answer that you saved is kept."))
    if seat.state is State.CHECKED_IN:
        return (_("The clock has not started."),)
    if seat.state is State.PAUSED:
        return (_("The clock is stopped. It starts again when you go on."),)
    return (_("The clock is running."), _("Every answer that you saved is kept."))


@router.post("/sitting/time")
async def more_time(request: Request, seat: CandidateSeat) -> Response:
    """Ask a person for more time; no program refuses this."""
    return await call(request, seat, HelpReason.TIME, "")


@router.get("/sitting/time-ended")
async def time_ended(request: Request, seat: CandidateSeat) -> Response:
    """The time is over: what is kept, and one button. Nothing is closed by looking."""
    now = deps.now(request)
    if step(seat, now) is not Step.TIME_ENDED:
        return go_to_step(seat, now)
    return await _ended(request, seat, waits=not seat.clock.has_run_out(now))


@router.post("/sitting/time-ended")
async def go_on(request: Request, seat: CandidateSeat) -> Response:
    """Close the part and go on. Inside the grace the page says honestly that it has to wait."""
    if step(seat, deps.now(request)) is not Step.TIME_ENDED:
        return go_to_step(seat, deps.now(request))
    ended = await deps.store(request).write(
        run_out,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
    )
    if isinstance(ended, Refused) and ended.code is Refusal.TIME_NOT_ENDED:
        return await _ended(request, seat, waits=True, status=409)
    return errors.refused(request, ended) if isinstance(ended, Refused) else go("/sitting")


async def _ended(request: Request, seat: Seat, *, waits: bool, status: int = 200) -> Response:
    words = [await _kept(request, seat)]
    if waits:
        words.append(
            _("We wait %(n)d seconds for answers that are still on their way.") % {"n": GRACE_SECONDS}
        )
        words.append(_("If this page comes back, wait a moment. Then choose Continue again."))
    frame = around(seat, deps.now(request), _("Your time for this part has ended"))
    view = MessageView(
        replace(frame, tools=frame.tools if seat.state not in TERMINAL else ()),
        _("Your time for this part has ended"),
        tuple(words),
        action="/sitting/time-ended",
        buttons=(Choice("", _("Continue")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view, status)


async def _kept(request: Request, seat: Seat) -> str:
    """What is saved, naming the question that was open when the time ended, if its answer came in."""
    place = remembered(request, seat)
    if place is not None:
        asked = await find(deps.store(request), seat, place.number)
        if asked.chosen:
            words = _("All the answers you chose are saved, including question %(n)d.")
            return words % {"n": place.number}
        return _("All the answers you saved are kept. Question %(n)d has no answer.") % {"n": place.number}
    return _("All the answers you saved are kept.")
