"""The lists of practice questions, the finish that finishes nothing, and the page that says it was practice."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.practice.lesson_pages import LIST, address
from app.pages.candidate.practice.lessons import QUESTIONS as LESSON_QUESTIONS
from app.pages.candidate.practice.lessons import done_words
from app.pages.candidate.practice.shape import FLAGS, QUESTION, QUESTIONS, Where, at, closed, framed
from app.pages.candidate.practised import HOME, Kept, kept
from app.pages.candidate.review import FinishView, LineView, ReviewView, counts, groups, line_words
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.words import N_, _
from app.records.papers import Line
from question_bank.model import FIRST_LANGUAGE, STANDARD, CandidateQuestion
from question_bank.practice import LIKE_REAL

router = APIRouter()
FINISH, END = f"{HOME}/finish", f"{HOME}/end"
ALL = f"{QUESTION}s"
OTHER, STOP = "other", "finish"
ON_THE_LIST = {
    OTHER: N_("That is question 2. Choose question 1: you flagged it."),
    STOP: N_("In the test, this button leads to the end of a part. Choose question 1 now: you flagged it."),
}
Lines = list[tuple[Line, LineView]]


def lines(found: Kept, questions: tuple[CandidateQuestion, ...], addresses: tuple[str, ...]) -> Lines:
    """The practice questions as the list of the test has questions."""
    told = []
    for number, (about, leads) in enumerate(zip(questions, addresses, strict=True), start=1):
        tried = found.of(about)
        line = Line(number, about.id, about.version, about.choose, tried.chosen, tried.flagged)
        words = line_words(number, line, about.worded(FIRST_LANGUAGE, STANDARD).stem)
        told.append((line, LineView(number, "", leads, words)))
    return told


@router.get(LIST)
async def flagged(request: Request, seat: CandidateSeat) -> Response:
    """The list, to find the flagged question by."""
    if elsewhere := closed(request, seat):
        return elsewhere
    found, asked = kept(request, seat), request.query_params
    said = ON_THE_LIST.get(asked.get("said", ""), "")
    frame = framed(
        request,
        seat,
        Where(FLAGS, _("the list of all questions"), address("see-list")),
        done=done_words(asked.get("done", ""), found),
        notices=(_(said),) if said else (),
    )
    leads = (at(address("found"), done="list"), at(LIST, said=OTHER))
    view = ReviewView(frame, groups(lines(found, LESSON_QUESTIONS, leads)), at(LIST, said=STOP))
    return deps.pages(request).page(request, "candidate/review.html", view)


def _like_real(found: Kept) -> Lines:
    addresses = tuple(f"{QUESTION}/{number}?from=list" for number in range(1, len(LIKE_REAL) + 1))
    return lines(found, LIKE_REAL, addresses)


@router.get("/sitting/practice/questions")
async def questions(request: Request, seat: CandidateSeat) -> Response:
    """All practice questions: not answered, flagged, all."""
    if elsewhere := closed(request, seat):
        return elsewhere
    where = Where(QUESTIONS, _("all questions"), f"{QUESTION}/{len(LIKE_REAL)}")
    frame = framed(request, seat, where)
    view = ReviewView(frame, groups(_like_real(kept(request, seat))), FINISH)
    return deps.pages(request).page(request, "candidate/review.html", view)


@router.get("/sitting/practice/finish")
async def finish_page(request: Request, seat: CandidateSeat) -> Response:
    """What finishing asks in the test, for two questions that nobody marks."""
    if elsewhere := closed(request, seat):
        return elsewhere
    told = _like_real(kept(request, seat))
    view = FinishView(
        framed(request, seat, Where(QUESTIONS, _("finish"), ALL)),
        _("Do you want to finish the practice questions?"),
        (counts([line for line, _view in told]), _("In the test, you cannot come back after this.")),
        tuple(view for line, view in told if not line.answered),
        FINISH,
        ALL,
    )
    return deps.pages(request).page(request, "candidate/finish.html", view)


@router.post("/sitting/practice/finish")
async def finish(request: Request, seat: CandidateSeat) -> Response:
    """To the end of practice; nothing is handed in."""
    return closed(request, seat) or go(END)
