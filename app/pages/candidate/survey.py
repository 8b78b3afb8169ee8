"""The questions after a test: optional, one a page, linked to nobody, and left at any page.

The set that answers belong to is a random id in a sealed cookie of this browser; no row says whose set it is.
"""

import secrets
from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.answer_survey import WAS_TAKEN, answer_survey
from app.pages import deps, errors, sessions
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.steps import Step, go, go_to_step, step
from app.pages.candidate.survey_words import WORDED
from app.pages.deps import CandidateSeat
from app.pages.forms import FieldError, Reader
from app.pages.words import _
from app.records import survey
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused
from app.rules.survey import ABOUT_THE_TEST, ABOUT_YOU, MOST_WORDS, SurveyQuestion

router = APIRouter()
SURVEY = "__Host-survey"
KEPT_SECONDS = 24 * 3600
HOME, YOU, THANKS, RESULT = (
    "/sitting/survey",
    "/sitting/survey/about-you",
    "/sitting/survey/thanks",
    Step.RESULT.value,
)


@dataclass(frozen=True, slots=True)
class Sets:
    """The two random ids of one person's answers: about the test, and apart from it about the person."""

    test: str
    you: str

    def of(self, question: SurveyQuestion) -> str:
        """The set that an answer belongs to."""
        return self.you if question in ABOUT_YOU else self.test


@dataclass(frozen=True, slots=True)
class IntroView:
    """What the next questions are, and ways on of equal weight."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    links: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """One question. `typed` is the choice, or the words, that are saved or were sent."""

    frame: Frame
    action: str
    count: str
    asks: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    faces: bool
    typed: str
    stop: str


def offered(request: Request, seat: Seat) -> Choice | None:
    """The link on the result page: to the questions, or to what was answered; None when no test was taken."""
    if seat.state not in WAS_TAKEN:
        return None
    begun = sets_of(request, seat) is not None
    words = _("Look at your survey answers") if begun else _("Answer 4 short questions (optional)")
    return Choice(HOME, words)


def sets_of(request: Request, seat: Seat) -> Sets | None:
    """The sets that this browser has begun for this sitting."""
    ids = deps.keyring(request).unseal_text(_purpose(seat), request.cookies.get(SURVEY, ""))
    return None if ids is None else Sets(*ids.split("."))


@router.get(HOME)
async def about_the_test(request: Request, seat: CandidateSeat) -> Response:
    """What the questions about the test are, before any is asked."""
    words = (
        _("They are about the pages and the help you had. You do not have to answer."),
        _("Your result is safe. What you answer does not change it."),
        _("Each question has its own page. You can skip it, or stop there."),
        _("With your answers we keep the centre, the kind of test and the day. We do not keep your name."),
    )
    links = (Choice(_address(ABOUT_THE_TEST[0]), _("Start with question 1")), Choice(RESULT, _("Stop here")))
    return _intro(request, seat, _("4 short questions (optional)"), words, links)


@router.get(YOU)
async def about_you(request: Request, seat: CandidateSeat) -> Response:
    """Why anything is asked about the person, and that it stays apart."""
    words = (
        _("They help to see whether the test works for everybody. You do not have to answer."),
        _("Your answers are not linked to your name, your test or your result."),
        _("They are kept apart from the other answers, with the centre and the month only."),
        _("Each question has its own page. You can skip it, or stop there."),
    )
    links = (
        Choice(_address(ABOUT_YOU[0]), _("Go on with question 1 about you")),
        Choice(THANKS, _("Stop here")),
    )
    return _intro(request, seat, _("3 questions about you (optional)"), words, links)


@router.get(THANKS)
async def thanks(request: Request, seat: CandidateSeat) -> Response:
    """The end of the questions."""
    kept = _("The answers you saved are kept.") if sets_of(request, seat) else _("No answer is kept.")
    links = (Choice(RESULT, _("Go back to your result")),)
    return _intro(request, seat, _("Thank you"), (_("That was all."), kept), links)


@router.get(YOU + "/{number}")
async def ask_about_you(request: Request, seat: CandidateSeat, number: int) -> Response:
    """One question about the person."""
    return await _ask(request, seat, ABOUT_YOU, number)


@router.get(HOME + "/{number}")
async def ask(request: Request, seat: CandidateSeat, number: int) -> Response:
    """One question about the test."""
    return await _ask(request, seat, ABOUT_THE_TEST, number)


@router.post(YOU + "/{number}")
async def answer_about_you(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Save or skip a question about the person."""
    return await _answer(request, seat, ABOUT_YOU, number)


@router.post(HOME + "/{number}")
async def answer(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Save or skip a question about the test."""
    return await _answer(request, seat, ABOUT_THE_TEST, number)


async def _ask(request: Request, seat: Seat, asked: tuple[SurveyQuestion, ...], number: int) -> Response:
    if not _is_over(request, seat):
        return go_to_step(seat, deps.now(request))
    if not 1 <= number <= len(asked):
        return errors.reply(request, Refusal.NO_SUCH_QUESTION)
    question, sets, saved = asked[number - 1], sets_of(request, seat), None
    if sets is not None:
        saved = await deps.store(request).read(survey.answer_of, set_id=sets.of(question), question=question)
    return _question(request, seat, question, saved or "")


def _question(
    request: Request, seat: Seat, question: SurveyQuestion, typed: str, *wrong: FieldError
) -> Response:
    worded, asked = WORDED[question], _part(question)
    told = {"n": asked.index(question) + 1, "total": len(asked)}
    count = _("Survey question %(n)d of %(total)d (optional)") % told
    if question in ABOUT_YOU:
        count = _("Question %(n)d of %(total)d about you (optional)") % told
    view = AskView(
        _frame(request, seat, count).with_errors(wrong),
        _address(question),
        count,
        _(worded.asks),
        _(worded.hint) if worded.hint else "",
        worded.shown,
        worded.faces,
        typed,
        RESULT,
    )
    return deps.pages(request).page(request, "candidate/survey.html", view, 422 if wrong else 200)


async def _answer(request: Request, seat: Seat, asked: tuple[SurveyQuestion, ...], number: int) -> Response:
    if not _is_over(request, seat):
        return go_to_step(seat, deps.now(request))
    if not 1 <= number <= len(asked):
        return errors.reply(request, Refusal.NO_SUCH_QUESTION)
    question, form = asked[number - 1], deps.form(request)
    said = form.one("reply") if form.one("action") == "save" else ""
    reader = Reader(form)
    if said and not WORDED[question].choices:
        said = reader.words("reply", most=MOST_WORDS)
    if reader.errors:
        return _question(request, seat, question, said, *reader.errors)
    sets = sets_of(request, seat)
    if said or sets is not None:  # skipped, with nothing to take away: nothing to write
        sets = sets or _begin(request, seat)
        stored = await deps.store(request).write(
            answer_survey,
            seat.actor,
            deps.now(request),
            centre_id=seat.centre_id,
            sitting_id=seat.sitting_id,
            set_id=sets.of(question),
            question=question,
            answer=said or None,
        )
        if isinstance(stored, Refused):
            return errors.refused(request, stored)
    if number < len(asked):
        return go(_address(asked[number]))
    return go(THANKS if question in ABOUT_YOU else YOU)


def _intro(
    request: Request, seat: Seat, heading: str, words: tuple[str, ...], links: tuple[Choice, ...]
) -> Response:
    if not _is_over(request, seat):
        return go_to_step(seat, deps.now(request))
    view = IntroView(_frame(request, seat, heading), heading, words, links)
    return deps.pages(request).page(request, "candidate/survey_intro.html", view)


def _is_over(request: Request, seat: Seat) -> bool:
    """Whether the test was taken and its result is stored: before that nothing is asked."""
    return step(seat, deps.now(request)) is Step.RESULT and seat.state in WAS_TAKEN


def _frame(request: Request, seat: Seat, title: str) -> Frame:
    return replace(around(seat, deps.now(request), title), part="", tools=(), notices=())


def _part(question: SurveyQuestion) -> tuple[SurveyQuestion, ...]:
    return ABOUT_YOU if question in ABOUT_YOU else ABOUT_THE_TEST


def _address(question: SurveyQuestion) -> str:
    return f"{YOU if question in ABOUT_YOU else HOME}/{_part(question).index(question) + 1}"


def _begin(request: Request, seat: Seat) -> Sets:
    """Two fresh sets, known to this browser alone; sealed, so that nobody at it reads that they belong together."""
    sets = Sets(secrets.token_hex(16), secrets.token_hex(16))
    sealed = deps.keyring(request).seal_text(_purpose(seat), f"{sets.test}.{sets.you}")
    sessions.put(request, SURVEY, sealed, seconds=KEPT_SECONDS)
    return sets


def _purpose(seat: Seat) -> str:
    return f"survey after {seat.sitting_id}"
