"""Asking a person for help: the same page from everywhere, and what became of a call."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.call_for_help import call_for_help
from app.pages import addresses, deps, errors
from app.pages.candidate.elsewhere import MessageView
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.pausing import back_to_test, here
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat, OpenForm
from app.pages.forms import FieldError, Reader
from app.pages.words import N_, _
from app.records import help_calls
from app.records.seats import Seat
from app.rules.help import HelpReason
from app.rules.refusals import Refused
from app.rules.sitting import TERMINAL, State

router = APIRouter()
NO_CODE_HELP = "/help"
MOST_WORDS = 1000
REASONS = {
    HelpReason.MESSAGE: N_("Type a message"),
    HelpReason.TIME: N_("I need more time"),
    HelpReason.UNWELL: N_("I feel unwell"),
    HelpReason.BROKEN: N_("Something is broken"),
}


@dataclass(frozen=True, slots=True)
class HelpView:
    """What calling does now, the reasons, and what was typed."""

    frame: Frame
    words: tuple[str, ...]
    back: str
    choices: tuple[Choice, ...]
    chosen: str
    typed: str


@router.get(NO_CODE_HELP)
async def without_a_code(request: Request, form: OpenForm) -> Response:
    """For somebody who is not signed in: only a person in the room can help."""
    heading = _("Ask a person for help")
    words = (
        _("Put up your hand, or go to the desk."),
        _("A person finds your test and gives you a new code."),
        _("Your test has not started, so no time is lost."),
    )
    links = (Choice(addresses.CANDIDATE_SIGN_IN, _("Go to the start page")),)
    view = MessageView(Frame(heading), heading, words, links=links)
    return deps.pages(request).page(request, "candidate/message.html", view)


@router.get(addresses.CANDIDATE_HELP)
async def ask(request: Request, seat: CandidateSeat) -> Response:
    """The ways to call a person, and what became of the last call."""
    return await _page(request, seat)


@router.post(addresses.CANDIDATE_HELP)
async def send(request: Request, seat: CandidateSeat) -> Response:
    """Call a person; one press on the first button is enough."""
    form = deps.form(request)
    reader = Reader(form)
    words = reader.words("words", most=MOST_WORDS)
    if form.one("action") == "come":
        return await call(request, seat, HelpReason.COME, words[:MOST_WORDS])
    reason = reader.choice("reason", HelpReason, _("Choose what you need, or press Come to me"))
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


async def _page(
    request: Request, seat: Seat, wrong: tuple[FieldError, ...] = (), chosen: str = "", typed: str = ""
) -> Response:
    frame = around(seat, deps.now(request), _("Ask for help"), place=here(seat, request)).with_errors(wrong)
    choices = tuple(Choice(reason.value, _(words)) for reason, words in REASONS.items())
    said = (*await _became(request, seat), *_does(seat))
    view = HelpView(frame, said, back_to_test(seat, request), choices, chosen, typed)
    return deps.pages(request).page(request, "candidate/help.html", view, 422 if wrong else 200)


async def _became(request: Request, seat: Seat) -> tuple[str, ...]:
    """What became of the newest call that nobody has answered yet."""
    last = await deps.store(request).read(
        help_calls.open_call, centre_id=seat.centre_id, sitting_id=seat.sitting_id
    )
    if last is None:
        return ()
    if last.seen_by:
        return (_("%(name)s has seen your call.") % {"name": last.seen_by},)
    return (_("The desk has your call. A person comes to you."),)


def _does(seat: Seat) -> tuple[str, ...]:
    """What calling does to the clock, said before it is pressed."""
    if seat.state is State.IN_PROGRESS:
        return (_("When you call a person, the clock stops and the question is hidden."),)
    if seat.state in TERMINAL:
        return (_("If you call a person now, they look at your result before you see it."),)
    return (_("The clock is not running."),)
