"""The last step: two questions with the buttons, errors and pages that questions have in the test."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.pages import deps, errors
from app.pages.candidate import save
from app.pages.candidate.leading import AID_OFF, after, leads
from app.pages.candidate.picture import PictureView
from app.pages.candidate.practice.asking import Told, picture, question_page, shown
from app.pages.candidate.practice.lesson_pages import HELPED
from app.pages.candidate.practice.lessons import done_words
from app.pages.candidate.practice.saving import Wrong, press
from app.pages.candidate.practice.shape import QUESTION, QUESTIONS, Where, closed, framed
from app.pages.candidate.practised import Kept, asked, keep, kept
from app.pages.candidate.question import told_after, wrong_count
from app.pages.candidate.refused_answer import NOT_ONE_OF_THEM
from app.pages.candidate.review import unanswered_view
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.pages.words import _
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused
from question_bank.model import CandidateQuestion
from question_bank.practice import LIKE_REAL

router = APIRouter()
TOTAL = len(LIKE_REAL)


def _find(number: int) -> CandidateQuestion:
    """Raises Denied(NO_SUCH_QUESTION)."""
    if not 1 <= number <= TOTAL:
        raise Denied(Refusal.NO_SUCH_QUESTION)
    return LIKE_REAL[number - 1]


def _where(number: int, what: str = "") -> Where:
    """A question, or a page below it, which goes back to it."""
    name = _("question %(n)d") % {"n": number}
    if what:
        return Where(QUESTIONS, f"{name}, {what}", f"{QUESTION}/{number}", number)
    return Where(QUESTIONS, name, f"{QUESTION}/{number - 1}" if number > 1 else HELPED, number)


@router.get("/sitting/practice/question/{number}")
async def question(request: Request, seat: CandidateSeat, number: int) -> Response:
    """A practice question with what was chosen."""
    if elsewhere := closed(request, seat):
        return elsewhere
    about, showing, found = _find(number), Showing.of(request, QUESTION), kept(request, seat)
    too_many = tuple(value for value in about.option_ids if value in showing.too_many)
    if len(too_many) > about.choose:
        wrong = wrong_count(asked(about, found.of(about), number), len(too_many))
        return _page(request, seat, number, found, showing, Told(wrong=wrong, chosen=too_many))
    told = Told(
        done_words(request.query_params.get("done", ""), found),
        told_after(asked(about, found.of(about), number), showing.said),
    )
    return _page(request, seat, number, found, showing, told)


def _page(request: Request, seat: Seat, number: int, found: Kept, showing: Showing, told: Told) -> Response:
    about = _find(number)
    back = _("Back to question %(n)d") % {"n": number - 1} if number > 1 else ""
    return question_page(
        request, seat, _where(number), about, found.of(about), showing, code=number, told=told, back=back
    )


@router.post("/sitting/practice/question/{number}")
async def press_button(request: Request, seat: CandidateSeat, number: int) -> Response:
    """A button: the choice is kept in this browser, and the button leads where it leads in the test."""
    if elsewhere := closed(request, seat):
        return elsewhere
    about, showing, found = _find(number), Showing.of(request, QUESTION), kept(request, seat)
    pressed = press(request, seat, about, found)
    if isinstance(pressed, Wrong):
        return _refused(request, seat, number, found, pressed)
    saved, now = pressed
    keep(request, seat, now)
    action = deps.form(request).one("action") or "stay"
    if action == AID_OFF:
        await save.turn_aid_off(request, seat)
    by_button = "choose" in deps.form(request).fields and bool(saved.places)
    goes_on = saved.answered or (not saved.value and found.told_unanswered)
    leads_to = leads(showing, number, TOTAL, action, saved.places[0] if by_button else 0, goes_on=goes_on)
    return JSONResponse(save.told(saved, leads_to)) if errors.wants_json(request) else go(leads_to)


def _refused(request: Request, seat: Seat, number: int, found: Kept, wrong: Wrong) -> Response:
    """The reply that a wrong form gets in the test."""
    showing, about = Showing.of(request, QUESTION), _find(number)
    if errors.wants_json(request):
        code = Refusal.TOO_MANY if wrong.too_many else Refusal.NO_SUCH_OPTION
        details = {"chosen": len(wrong.values), "wanted": about.choose} if wrong.too_many else {}
        return errors.refused(request, Refused(code, details=details))
    if wrong.too_many:
        return go(showing.address(number, too_many=wrong.values))
    return _page(request, seat, number, found, showing, Told(wrong=_(NOT_ONE_OF_THEM)))


@router.get("/sitting/practice/question/{number}/unanswered")
async def unanswered(request: Request, seat: CandidateSeat, number: int) -> Response:
    """The page before Continue with no answer or too few."""
    if elsewhere := closed(request, seat):
        return elsewhere
    about, showing = _find(number), Showing.of(request, QUESTION)
    stands = asked(about, kept(request, seat).of(about), number)
    frame = framed(request, seat, _where(number, _("not answered")))
    view = unanswered_view(frame, stands, number, showing)
    return deps.pages(request).page(request, "candidate/message.html", view)


@router.post("/sitting/practice/question/{number}/unanswered")
async def go_on(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Go on without an answer; the page is not shown again for a question with none."""
    if elsewhere := closed(request, seat):
        return elsewhere
    _find(number)
    keep(request, seat, replace(kept(request, seat), told_unanswered=True))
    return go(after(Showing.of(request, QUESTION), number, TOTAL))


@router.get("/sitting/practice/question/{number}/picture")
async def larger(request: Request, seat: CandidateSeat, number: int) -> Response:
    """The picture on a page of its own. Raises Denied(NO_SUCH_PAGE) where there is none."""
    if elsewhere := closed(request, seat):
        return elsewhere
    showing = Showing.of(request, QUESTION)
    drawn = picture(request, shown(request, _find(number), seat.language), showing)
    if drawn is None:
        raise Denied(Fault.NO_SUCH_PAGE)
    told = {"n": number}
    view = PictureView(
        framed(request, seat, _where(number, _("the picture"))),
        _("The picture of question %(n)d") % told,
        drawn.source,
        drawn.description,
        drawn.width,
        drawn.height,
        showing.address(number),
        _("Go back to question %(n)d") % told,
    )
    return deps.pages(request).page(request, "candidate/picture.html", view)
