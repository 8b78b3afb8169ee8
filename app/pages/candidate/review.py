"""All questions as lists of links, the page before Continue without an answer, and the finish of a part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.confirm_details import tell_unanswered
from app.actions.end_sitting import finish_part
from app.pages import deps, errors
from app.pages.candidate.content import bare
from app.pages.candidate.elsewhere import MessageView, open_elsewhere, rev, token
from app.pages.candidate.frame import Choice, Frame, around, place_words
from app.pages.candidate.leading import after
from app.pages.candidate.question import find
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import Step, go, go_to_step, question_address, step
from app.pages.deps import CandidateSeat
from app.pages.words import _, ngettext
from app.records import papers
from app.records.papers import Asked, Line
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused
from question_bank.model import STANDARD

router = APIRouter()
FIRST_WORDS = 8
FINISH, QUESTIONS = "/sitting/finish", "/sitting/questions"


@dataclass(frozen=True, slots=True)
class LineView:
    """One question in a list. Only the list of all questions carries the places that links lead back to."""

    number: int
    place: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """One list under its heading; `none` is said when it is empty."""

    heading: str
    lines: tuple[LineView, ...]
    none: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The three lists; `ends` is where the button below them leads."""

    frame: Frame
    groups: tuple[GroupView, ...]
    ends: str = FINISH


@dataclass(frozen=True, slots=True)
class FinishView:
    """What finishing means for this paper, and which questions are not answered."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    unanswered: tuple[LineView, ...]
    action: str = FINISH
    back: str = QUESTIONS


async def _lines(request: Request, seat: Seat) -> list[tuple[Line, LineView]]:
    store = deps.store(request)
    lines = await store.read(
        papers.overview, centre_id=seat.centre_id, sitting_id=seat.sitting_id, part=seat.part
    )
    shown = []
    for number, line in enumerate(lines, start=1):
        content = await bare(store, line.question_id, line.question_version)
        stem = content.worded(seat.language, STANDARD).stem
        address = question_address(number, from_list=True)
        shown.append((line, LineView(number, "", address, line_words(number, line, stem))))
    return shown


def line_words(number: int, line: Line, stem: str) -> str:
    """A link's words make sense alone: the number, how it stands, and how the question begins."""
    words = stem.split()
    begins = " ".join(words[:FIRST_WORDS])
    if len(words) > FIRST_WORDS:
        begins = begins.rstrip(".,;:") + "…"
    stands = _("Answered.") if line.answered else _("Not answered.")
    flagged = f" {_('Flagged.')}" if line.flagged else ""
    return f"{_('Question %(n)d.') % {'n': number}} {stands}{flagged} {begins}"


def groups(lines: list[tuple[Line, LineView]]) -> tuple[GroupView, ...]:
    """The three lists: not answered, flagged, all."""

    def group(heading: str, picked: Iterable[LineView], none: str) -> GroupView:
        found = tuple(picked)
        return GroupView(f"{heading} ({len(found)})", found, none)

    everything = (LineView(view.number, f"q{view.number}", view.address, view.words) for _line, view in lines)
    return (
        group(
            _("Not answered"),
            (view for line, view in lines if not line.answered),
            _("No questions are unanswered."),
        ),
        group(_("Flagged"), (view for line, view in lines if line.flagged), _("No questions are flagged.")),
        group(_("All questions"), everything, ""),
    )


@router.get("/sitting/questions")
async def questions(request: Request, seat: CandidateSeat) -> Response:
    """All questions of the part: not answered, flagged, all."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    view = ReviewView(around(seat, now, _("Check your answers")), groups(await _lines(request, seat)))
    return deps.pages(request).page(request, "candidate/review.html", view)


@router.get("/sitting/question/{number}/unanswered")
async def unanswered(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Said once before the first Continue without an answer, and each time that some but too few are chosen."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    asked = await find(deps.store(request), seat, number)
    place = place_words(number, seat.plan.questions)
    title = f"{place} {_('is not answered')}"
    frame = around(seat, now, title, place=place, rev=rev(request, seat))
    view = unanswered_view(frame, asked, number, Showing.of(request))
    return deps.pages(request).page(request, "candidate/message.html", view)


def unanswered_view(frame: Frame, asked: Asked, number: int, showing: Showing) -> MessageView:
    """The page before Continue with no answer or too few, with the ways on and back."""
    if asked.chosen:
        told = {"chosen": len(asked.chosen), "wanted": asked.choose}
        heading = _("You have chosen %(chosen)d of %(wanted)d answers") % told
        words: tuple[str, ...] = (
            _("A question with too few answers counts as not answered."),
            _("You can come back to it later."),
        )
    else:
        heading = _("You have not answered this question")
        words = (
            _("You can go on, and come back to it later."),
            _("An unanswered question gets no mark. A wrong answer takes no mark away."),
            _("We tell you this only once."),
        )
    return MessageView(
        frame,
        heading,
        words,
        action=showing.address(number, page="unanswered"),
        buttons=(Choice("", _("Continue without an answer")),),
        links=(Choice(showing.address(number), _("Go back to question %(n)d") % {"n": number}),),
    )


@router.post("/sitting/question/{number}/unanswered")
async def go_on(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Go on without an answer; the page is not shown again for a question with none."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    await find(deps.store(request), seat, number)
    if not seat.told_unanswered:
        await deps.store(request).write(
            tell_unanswered, seat.actor, now, centre_id=seat.centre_id, sitting_id=seat.sitting_id
        )
    return go(after(Showing.of(request), number, seat.plan.questions))


@router.get("/sitting/finish")
async def finish_page(request: Request, seat: CandidateSeat) -> Response:
    """What would be handed in, with what is not answered by number and link; nothing is decided here."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    lines = await _lines(request, seat)
    missing = tuple(view for line, view in lines if not line.answered)
    frame = around(seat, now, _("Finish this part?"), rev=rev(request, seat))
    view = FinishView(
        frame,
        _("Do you want to finish the %(part)s part?") % {"part": frame.part.lower()},
        (
            counts([line for line, _view in lines]),
            _("When you finish, you cannot come back to these questions."),
            _("Your result comes on this screen.")
            if seat.part + 1 == len(seat.parts)
            else _("The next part starts when you are ready."),
        ),
        missing,
    )
    return deps.pages(request).page(request, "candidate/finish.html", view)


def counts(lines: Sequence[Line]) -> str:
    """How many questions are answered, not answered and flagged, in words."""
    answered, flagged = sum(line.answered for line in lines), sum(line.flagged for line in lines)
    missing = len(lines) - answered
    said = ngettext("You have answered %(n)d question.", "You have answered %(n)d questions.", answered)
    left = ngettext("%(n)d is not answered.", "%(n)d are not answered.", missing)
    marked = ngettext("%(n)d is flagged.", "%(n)d are flagged.", flagged)
    told = (
        said % {"n": answered},
        left % {"n": missing} if missing else _("None is left out."),
        marked % {"n": flagged} if flagged else _("None is flagged."),
    )
    return " ".join(told)


@router.post("/sitting/finish")
async def finish(request: Request, seat: CandidateSeat) -> Response:
    """Hand the part in that the page showed. Twice is one finish; after the time it is the end of the time."""
    page = token(request, seat)
    ended = await deps.store(request).write(
        finish_part,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        epoch=page.epoch,
        part=page.part,
    )
    if isinstance(ended, Refused) and ended.code is Refusal.OPEN_ELSEWHERE:
        return open_elsewhere(request, seat)
    return errors.refused(request, ended) if isinstance(ended, Refused) else go("/sitting")
