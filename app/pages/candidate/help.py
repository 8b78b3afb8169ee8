"""Asking a person for help: the same page from everywhere, and what became of a call."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.answer_help import take_back_calls
from app.actions.call_for_help import call_for_help
from app.pages import addresses, deps, errors
from app.pages.candidate.elsewhere import MessageView
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.pausing import ALL_RIGHT, about_call, back_to_test, here
from app.pages.candidate.steps import go, go_to_step
from app.pages.deps import CandidateSeat, OpenForm
from app.pages.forms import FieldError, Reader
from app.pages.words import N_, _
from app.records import help_calls
from app.records.help_calls import HelpSeen
from app.records.seats import Seat
from app.rules.help import HelpReason
from app.rules.refusals import Refused
from app.rules.sitting import TERMINAL, PauseKind, State

router = APIRouter()
MOST_WORDS = 1000
NOT_CHOSEN = N_("Choose what you need, or press Come to me")
REASONS = {
    HelpReason.MESSAGE: N_("Type a message"),
    HelpReason.TIME: N_("I need more time"),
    HelpReason.UNWELL: N_("I feel unwell"),
    HelpReason.BROKEN: N_("Something is broken"),
}
COME, TAKEN_BACK = "come", "taken-back"


@dataclass(frozen=True, slots=True)
class HelpView:
    """What calling does now, the reasons, and what was typed. `called`: a call waits to be answered.

    `action` is where the form goes, `home` where the link back leads.
    """

    frame: Frame
    words: tuple[str, ...]
    back: str
    choices: tuple[Choice, ...]
    chosen: str
    typed: str
    called: bool
    can_take_back: bool
    action: str = addresses.CANDIDATE_HELP
    home: str = addresses.CANDIDATE_HOME


@router.get(addresses.HELP_WITHOUT_A_CODE)
async def without_a_code(request: Request, form: OpenForm) -> Response:
    """For somebody who is not signed in: only a person in the room can help."""
    heading = _("Ask a person for help")
    words = (
        _("Put up your hand, or go to the desk."),
        _("A person finds your test and gives you a new code."),
        _("Has your test started already? Say so. They can stop your clock."),
    )
    links = (Choice(addresses.CANDIDATE_SIGN_IN, _("Go to the start page")),)
    view = MessageView(Frame(heading), heading, words, links=links)
    return deps.pages(request).page(request, "candidate/message.html", view)


@router.get(addresses.CANDIDATE_HELP)
async def ask(request: Request, seat: CandidateSeat) -> Response:
    """The ways to call a person, and what became of the last call."""
    if seat.state is State.BOOKED:
        return go_to_step(seat, deps.now(request))
    return await _page(request, seat)


@router.post(addresses.CANDIDATE_HELP)
async def send(request: Request, seat: CandidateSeat) -> Response:
    """Call a person; one press on the first button is enough. Or say that nobody has to come any more."""
    form = deps.form(request)
    if form.one("action") == ALL_RIGHT:
        return await _take_back(request, seat)
    reader = Reader(form)
    words = reader.words("words", most=MOST_WORDS)
    if form.one("action") == COME:
        return await call(request, seat, HelpReason.COME, words[:MOST_WORDS])
    reason = reader.choice("reason", HelpReason, _(NOT_CHOSEN))
    if reason is None or reader.errors:
        return await _page(request, seat, tuple(reader.errors), form.one("reason"), form.one("words"))
    return await call(request, seat, reason, words)


async def call(request: Request, seat: Seat, reason: HelpReason, words: str) -> Response:
    """Make the call, then show the step where the sitting stands now, or what became of the call."""
    called = await deps.store(request).write(
        call_for_help,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        reason=reason,
        words=words,
        keyring=deps.keyring(request),
    )
    if isinstance(called, Refused):
        return errors.refused(request, called)
    return go("/sitting/paused" if called.paused else addresses.CANDIDATE_HELP)


async def _take_back(request: Request, seat: Seat) -> Response:
    """The candidate is all right: nobody has to come. A clock that is stopped stays stopped."""
    taken = await deps.store(request).write(
        take_back_calls,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
    )
    if isinstance(taken, Refused):
        return errors.refused(request, taken)
    return go(f"{addresses.CANDIDATE_HELP}?said={TAKEN_BACK}")


async def _page(
    request: Request, seat: Seat, wrong: tuple[FieldError, ...] = (), chosen: str = "", typed: str = ""
) -> Response:
    frame = around(seat, deps.now(request), _("Ask for help"), place=here(seat, request)).with_errors(wrong)
    last = await deps.store(request).read(
        help_calls.open_call, centre_id=seat.centre_id, sitting_id=seat.sitting_id
    )
    if last is None and request.query_params.get("said") == TAKEN_BACK:
        frame = replace(
            frame, notices=(*frame.notices, _("Your call is taken back. Nobody has to come now."))
        )
    view = HelpView(
        frame,
        (*about_call(last), *_does(seat, deps.now(request))),
        back_to_test(seat, request),
        tuple(Choice(reason.value, _(words)) for reason, words in _reasons(seat)),
        chosen,
        typed,
        called=last is not None,
        can_take_back=_can_take_back(seat, last),
    )
    return deps.pages(request).page(request, "candidate/help.html", view, 422 if wrong else 200)


def _reasons(seat: Seat) -> tuple[tuple[HelpReason, str], ...]:
    """What can be asked for: no more time once the test is over."""
    over = seat.state in TERMINAL
    return tuple(one for one in REASONS.items() if not (over and one[0] is HelpReason.TIME))


def _can_take_back(seat: Seat, last: HelpSeen | None) -> bool:
    """Whether nobody has to come if the candidate says so. Who waits in a call is let go on its own page instead."""
    waits = seat.state is State.PAUSED and seat.pause_kind is PauseKind.HELP
    return last is not None and not waits and seat.state not in TERMINAL


def _does(seat: Seat, now: int) -> tuple[str, ...]:
    """What calling does to the clock and to the result, said before it is pressed."""
    if seat.state is State.CHECKED_IN:
        return (_("Your test has not started, so no time is lost."),)
    if seat.state is State.IN_PROGRESS and seat.clock.left(now) > 0:
        return (_("When you call a person, the clock stops and the question is hidden."),)
    if seat.state is State.IN_PROGRESS:
        return (_("Your time for this part has ended. Your saved answers are kept."),)
    if seat.state is State.PAUSED:
        return (_("The clock is stopped. It stays stopped while you ask."),)
    return (
        _("Your test has ended. Ask here for a check of how it was run."),
        _("Then your result is hidden until a person has looked at it."),
    )
