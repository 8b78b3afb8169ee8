"""A practice question on the very page that questions have in the test."""

from dataclasses import dataclass, replace

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.content import Shown, ready
from app.pages.candidate.elsewhere import rev
from app.pages.candidate.frame import Frame
from app.pages.candidate.practice.shape import Where, framed
from app.pages.candidate.practised import Try, asked
from app.pages.candidate.question import FIRST_ANSWER, PictureView, QuestionView, answers_as_chosen
from app.pages.candidate.showing import Showing
from app.pages.forms import FieldError
from app.records.seats import Seat
from question_bank.model import CandidateQuestion


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells: what was just done, what a press did, what is wrong with a form and what that form held."""

    done: str = ""
    notice: str = ""
    wrong: str = ""
    chosen: tuple[str, ...] | None = None


def shown(request: Request, question: CandidateQuestion, language: str) -> Shown:
    """A practice question in the order in which it is written: there is nothing to guard."""
    return ready(deps.pages(request), question, language).in_order(question.option_ids)


def question_page(
    request: Request,
    seat: Seat,
    where: Where,
    question: CandidateQuestion,
    tried: Try,
    showing: Showing,
    *,
    code: int | str,
    told: Told,
    back: str = "",
    instead: str = "",
) -> Response:
    """The page. `code` is the last part of its address; `instead` stands in place of the question, which goes below."""
    said, stands = shown(request, question, seat.language), asked(question, tried, where.number)
    frame = _frame(request, seat, where, told)
    starts = not (frame.errors or frame.notices or frame.done)
    chosen = stands.chosen if told.chosen is None else told.chosen
    view = QuestionView(
        frame=replace(frame, caption=""),
        action=showing.address(code),
        stem=escape(instead) if instead else said.stem,
        count=Markup("{} {}").format(said.stem, said.count) if instead else said.count,
        answers=answers_as_chosen(request, said, stands, chosen, opened=showing.opened, starts=starts),
        picture=picture(request, said, showing),
        flagged=tried.flagged,
        saved=bool(tried.chosen),
        back=back,
        sequence=tried.sequence,
        caption=frame.caption,
    )
    return deps.pages(request).page(request, "candidate/question.html", view, 422 if told.wrong else 200)


def _frame(request: Request, seat: Seat, where: Where, told: Told) -> Frame:
    notices = (told.notice,) if told.notice else ()
    errors = (FieldError(FIRST_ANSWER, told.wrong),) if told.wrong else ()
    frame = framed(request, seat, where, done=told.done, notices=notices, rev=rev(request, seat))
    return replace(frame, tools_save=True, errors=errors)


def picture(request: Request, said: Shown, showing: Showing) -> PictureView | None:
    """The picture of a practice question: a static file, as no paper holds it."""
    if said.picture is None:
        return None
    drawn = said.picture
    source = deps.pages(request).asset(f"pictures/{drawn.file}")
    return PictureView(source, drawn.description, showing.in_words, drawn.width, drawn.height)
