"""Before the test: is this you, what we have set up for you, and the instructions with the button that starts it."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.confirm_details import confirm_arrangements, confirm_details
from app.actions.start_sitting import start_sitting
from app.pages import deps, errors
from app.pages.candidate import practised
from app.pages.candidate.arranged import PointView, RowView, points, rows
from app.pages.candidate.elsewhere import open_elsewhere, rev, token
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.help import MOST_WORDS, call
from app.pages.candidate.look import FIRST_OF_SETUP, brought
from app.pages.candidate.pausing import about_call
from app.pages.candidate.steps import Step, go, go_to_step, step
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.pages.forms import FieldError, Reader
from app.pages.render import day_in_words, spaced
from app.pages.words import _
from app.records import help_calls, people, questions
from app.records.seats import Seat
from app.rules.help import HelpReason
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State

router = APIRouter()
BEFORE_START = (Step.DETAILS, Step.ARRANGEMENTS, Step.INSTRUCTIONS)
RIGHT = "right"


@dataclass(frozen=True, slots=True)
class RowsView:
    """Rows of what we know, a yes-or-no question about them, and what was typed."""

    frame: Frame
    rows: tuple[RowView, ...]
    choices: tuple[Choice, ...]
    chosen: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class WrongView:
    """A person is coming; what is wrong may be told, and need not be."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class InstructionsView:
    """What the candidate has to know before the clock starts."""

    frame: Frame
    points: tuple[PointView, ...]


@router.get("/sitting/details")
async def details(request: Request, seat: CandidateSeat) -> Response:
    """Who the desk says this is."""
    if step(seat, deps.now(request)) not in BEFORE_START:
        return go_to_step(seat, deps.now(request))
    return await _details(request, seat)


async def _details(request: Request, seat: Seat, *wrong: FieldError) -> Response:
    store = deps.store(request)
    person = await store.read(
        people.candidate_named, keyring=deps.keyring(request), candidate_id=seat.candidate_id
    )
    titles = await store.read(questions.category_titles)
    told = (
        RowView(_("Name"), person.name),
        RowView(_("Date of birth"), day_in_words(person.born)),
        RowView(_("Driving licence number ends in"), spaced(person.licence_tail)),
        RowView(_("Test"), titles.get(seat.category, seat.category)),
        RowView(_("Language"), _("English")),
    )
    choices = (Choice("yes", _("Yes, this is me")), Choice("no", _("No, something is wrong")))
    frame = around(seat, deps.now(request), _("Check your details")).with_errors(wrong)
    frame = replace(frame, notices=(*frame.notices, *brought(request)))
    view = RowsView(frame, told, choices)
    return deps.pages(request).page(request, "candidate/details.html", view, 422 if wrong else 200)


@router.post("/sitting/details")
async def answer_details(request: Request, seat: CandidateSeat) -> Response:
    """Yes goes on; no calls a person and says so."""
    if step(seat, deps.now(request)) not in BEFORE_START:
        return go_to_step(seat, deps.now(request))
    said = deps.form(request).one(RIGHT)
    if said == "no":
        called = await call(request, seat, HelpReason.DETAILS, "")
        return go("/sitting/details/wrong") if called.status_code == 303 else called
    if said != "yes":
        return await _details(request, seat, FieldError(RIGHT, _("Select yes if the details are right")))
    confirmed = await deps.store(request).write(
        confirm_details, seat.actor, deps.now(request), centre_id=seat.centre_id, sitting_id=seat.sitting_id
    )
    return errors.refused(request, confirmed) if isinstance(confirmed, Refused) else go("/sitting")


@router.get("/sitting/details/wrong")
async def wrong_details(request: Request, seat: CandidateSeat) -> Response:
    """A person is coming, if one was called; what is wrong can be told here."""
    if step(seat, deps.now(request)) not in BEFORE_START:
        return go_to_step(seat, deps.now(request))
    return await _wrong(request, seat)


async def _wrong(request: Request, seat: Seat, typed: str = "", *wrong: FieldError) -> Response:
    called = await deps.store(request).read(
        help_calls.open_call, centre_id=seat.centre_id, sitting_id=seat.sitting_id
    )
    heading = _("Tell us what is wrong") if called is None else _("A person is coming to you")
    words = (*about_call(called), _("Nothing has started, so no time is lost."))
    frame = around(seat, deps.now(request), heading).with_errors(wrong)
    view = WrongView(frame, heading, words, typed)
    return deps.pages(request).page(request, "candidate/details_wrong.html", view, 422 if wrong else 200)


@router.post("/sitting/details/wrong")
async def tell_wrong(request: Request, seat: CandidateSeat) -> Response:
    """Send what is wrong to the desk."""
    if step(seat, deps.now(request)) not in BEFORE_START:
        return go_to_step(seat, deps.now(request))
    reader = Reader(deps.form(request))
    words = reader.words("words", most=MOST_WORDS)
    if reader.errors:
        return await _wrong(request, seat, words, *reader.errors)
    called = await call(request, seat, HelpReason.DETAILS, words)
    return go("/sitting/details/wrong") if called.status_code == 303 else called


@router.get("/sitting/arrangements")
async def arrangements(request: Request, seat: CandidateSeat) -> Response:
    """What was set up for this candidate, each with its state in words."""
    if step(seat, deps.now(request)) not in (Step.ARRANGEMENTS, Step.INSTRUCTIONS):
        return go_to_step(seat, deps.now(request))
    return _arrangements(request, seat)


def _arrangements(
    request: Request, seat: Seat, chosen: str = "", typed: str = "", *wrong: FieldError
) -> Response:
    frame = around(seat, deps.now(request), _("What we have set up for you")).with_errors(wrong)
    choices = (Choice("yes", _("No, this is right")), Choice("no", _("Yes, I need something changed")))
    view = RowsView(frame, rows(seat), choices, chosen, typed)
    return deps.pages(request).page(request, "candidate/arrangements.html", view, 422 if wrong else 200)


@router.post("/sitting/arrangements")
async def answer_arrangements(request: Request, seat: CandidateSeat) -> Response:
    """Right goes on; anything else calls a person with what was written."""
    if step(seat, deps.now(request)) not in (Step.ARRANGEMENTS, Step.INSTRUCTIONS):
        return go_to_step(seat, deps.now(request))
    form = deps.form(request)
    reader = Reader(form)
    words, said = reader.words("words", most=MOST_WORDS), form.one(RIGHT)
    if said not in ("yes", "no"):
        reader.wrong(RIGHT, _("Select whether this is right"))
    if reader.errors:
        return _arrangements(request, seat, said, form.one("words"), *reader.errors)
    if said == "no":
        return await call(request, seat, HelpReason.ARRANGEMENTS, words)
    confirmed = await deps.store(request).write(
        confirm_arrangements,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
    )
    return errors.refused(request, confirmed) if isinstance(confirmed, Refused) else go(FIRST_OF_SETUP)


@router.get("/sitting/instructions")
async def instructions(request: Request, seat: CandidateSeat) -> Response:
    """What to know before the start; the clock waits for the button."""
    now = deps.now(request)
    if step(seat, now) is not Step.INSTRUCTIONS:
        return go_to_step(seat, now)
    practised.remember(request, seat, "")
    frame = around(seat, now, _("Before you start"), rev=rev(request, seat))
    view = InstructionsView(frame, points(seat))
    return deps.pages(request).page(request, "candidate/instructions.html", view)


@router.post("/sitting/start")
async def start(request: Request, seat: CandidateSeat) -> Response:
    """Start the clock, once. A double press is one start; a second tab is asked whether to carry on there.

    None starts where its answers might find no room; whoever has started may go on.
    """
    if seat.state is State.CHECKED_IN and request.app.state.free_space.is_short():
        raise Denied(Fault.NO_ROOM)
    page = token(request, seat)
    started = await deps.store(request).write(
        start_sitting,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        epoch=page.epoch,
        token=page.nonce,
    )
    if not isinstance(started, Refused):
        practised.forget(request)
        return go("/sitting/question/1")
    if started.code is Refusal.OPEN_ELSEWHERE:
        return open_elsewhere(request, seat)
    return errors.refused(request, started)
