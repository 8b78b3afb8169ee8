"""The lessons on the page of a question: shown by its own template, passed by its own buttons."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.actions.save_answer import Saved
from app.pages import deps
from app.pages.candidate import save
from app.pages.candidate.leading import AID_OFF, FLAGS, LEADS_TO, SHOW, same_question
from app.pages.candidate.practice.asking import Told, question_page
from app.pages.candidate.practice.devices import CHOICE, well_done
from app.pages.candidate.practice.lesson_pages import LESSONS, LIST, PRACTISED, Lesson, address
from app.pages.candidate.practice.saving import Wrong, press
from app.pages.candidate.practice.shape import LESSON, TOOLS, Where, at, closed
from app.pages.candidate.practised import Kept, Try, asked, keep, kept
from app.pages.candidate.question import letters, told_after
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.errors import wants_json
from app.pages.faults import Denied, Fault
from app.pages.words import _
from app.records.papers import Asked
from question_bank.practice import COLOUR, SEASON

router = APIRouter()
AGAIN, SAME = "again", "same"
QUESTIONS = (COLOUR, SEASON)
# Buttons that do to the question here what they do in the test.
REAL = frozenset({*FLAGS, "clear", "stay", "words", AID_OFF})


@router.get("/sitting/practice/lesson/{lesson}")
async def show(request: Request, seat: CandidateSeat, lesson: str) -> Response:
    """One lesson, with what the press before it did."""
    if elsewhere := closed(request, seat):
        return elsewhere
    learned, showing = _find(lesson), Showing.of(request, LESSON)
    about, found = QUESTIONS[learned.number - 1], kept(request, seat)
    tried = _fresh(lesson, found.of(about), showing.said)
    stands = asked(about, tried, learned.number)
    return question_page(
        request,
        seat,
        Where(learned.step, _(learned.name), before(lesson), learned.number),
        about,
        tried,
        showing,
        code=lesson,
        told=Told(
            done=done_words(request.query_params.get("done", ""), found),
            notice=_notice(lesson, stands, showing.said),
        ),
        back=_("Back to question 1") if learned.back else "",
        instead=_(learned.heading),
    )


@router.post("/sitting/practice/lesson/{lesson}")
async def press_button(request: Request, seat: CandidateSeat, lesson: str) -> Response:
    """A button of a lesson: on when it is the one that the lesson asks for, else the same page with a kind word."""
    if elsewhere := closed(request, seat):
        return elsewhere
    learned, found = _find(lesson), kept(request, seat)
    pressed = press(request, seat, QUESTIONS[learned.number - 1], found)
    showing = Showing.of(request, LESSON)
    if isinstance(pressed, Wrong):
        return go(showing.address(lesson, AGAIN))
    saved, now = pressed
    action = deps.form(request).one("action") or "stay"
    passed = action == learned.passes and _passes(lesson, saved, found)
    keep(request, seat, now.with_first(tuple(saved.value.split())) if passed and lesson == "choose" else now)
    if action == AID_OFF:
        await save.turn_aid_off(request, seat)
    by_button = "choose" in deps.form(request).fields and bool(saved.places)
    leads_to = at(learned.leads, done=lesson)
    if not passed:
        leads_to = _leads(showing, lesson, action, saved, saved.places[0] if by_button else 0)
    return JSONResponse(save.told(saved, leads_to)) if wants_json(request) else go(leads_to)


def _passes(lesson: str, saved: Saved, found: Kept) -> bool:
    """Whether the right button passes this lesson: two of them want an answer too."""
    if lesson == "choose":
        return saved.answered
    return lesson != "change" or (saved.answered and tuple(saved.value.split()) != found.first)


def _leads(showing: Showing, lesson: str, action: str, saved: Saved, place: int) -> str:
    """Where a button leads that does not pass the lesson."""
    if LESSONS[lesson].step == TOOLS and action in PRACTISED:
        return PRACTISED[action]
    if action in LEADS_TO:
        return LEADS_TO[action]
    if action in REAL or action.startswith(SHOW):
        return same_question(showing, lesson, action, place)
    if action == "next" and lesson in ("choose", "change"):
        return showing.address(lesson, SAME if saved.answered else "stay")
    return showing.address(lesson, AGAIN)


def _fresh(lesson: str, tried: Try, said: str) -> Try:
    """How the question stands for a lesson: the first starts without a choice, the one about flags without a flag."""
    if said:
        return tried
    if lesson == "choose":
        return replace(tried, chosen=())
    return replace(tried, flagged=False) if lesson == "flag" else tried


def _notice(lesson: str, stands: Asked, said: str) -> str:
    """What is said after a press that did not pass the lesson."""
    if said == AGAIN:
        return _(LESSONS[lesson].again)
    told = {"letters": letters(stands, stands.chosen)}
    if said == SAME:
        return _("Your answer is still %(letters)s. Choose another answer.") % told
    if said == "stay" and lesson == "choose" and stands.chosen:
        words = _("You chose %(letters)s. Nothing has moved. You can change it.") % told
        return f"{words} {_('To go on, choose Save and continue.')}"
    return told_after(stands, said)


def done_words(code: str, found: Kept) -> str:
    """What is said after the lesson or device with this code was passed; empty for what is none."""
    if code not in LESSONS:
        return well_done(code)
    about = QUESTIONS[LESSONS[code].number - 1]
    chosen = letters(asked(about, found.of(about), 1), found.of(about).chosen)
    words = _(LESSONS[code].done)
    if "%(letters)s" not in words:
        return words
    return words % {"letters": chosen} if chosen else ""


def before(lesson: str) -> str:
    """The page before a lesson."""
    codes = list(LESSONS)
    if lesson == codes[0]:
        return CHOICE
    return LIST if lesson == "found" else address(codes[codes.index(lesson) - 1])


def _find(lesson: str) -> Lesson:
    """Raises Denied(NO_SUCH_PAGE)."""
    if lesson not in LESSONS:
        raise Denied(Fault.NO_SUCH_PAGE)
    return LESSONS[lesson]
