"""What the tools below every page do, tried without effect: the time left, a break, and asking a person."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.all_tools import ToolsView
from app.pages.candidate.arranged import breaks
from app.pages.candidate.elsewhere import MessageView
from app.pages.candidate.frame import Choice, Frame, minutes_words
from app.pages.candidate.help import MOST_WORDS, NOT_CHOSEN, REASONS, HelpView
from app.pages.candidate.practice.lesson_pages import BREAK, HELP, HELPED, ON_A_BREAK, PRACTISED, address
from app.pages.candidate.practice.shape import QUESTION, TOOLS, Where, at, closed, framed
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.forms import FieldError, Reader
from app.pages.words import _
from app.records.seats import Seat
from app.rules.help import HelpReason

router = APIRouter()
MESSAGE = "candidate/message.html"


def _frame(request: Request, seat: Seat, name: str, lesson: str) -> Frame:
    return framed(request, seat, Where(TOOLS, name, address(lesson)))


@router.get("/sitting/practice/time")
async def time_left(request: Request, seat: CandidateSeat) -> Response:
    """What the page about time says before the start, and what it says in the test."""
    if elsewhere := closed(request, seat):
        return elsewhere
    allowed = minutes_words(seat.plan.allowance_ms // 60_000)
    view = MessageView(
        _frame(request, seat, _("the page about time"), "time"),
        _("You will have %(time)s") % {"time": allowed},
        (_("The clock has not started."), _("In the test, this page says how much time is left.")),
        links=(Choice(at(address("break"), done="time"), _("Go on: try a break")),),
    )
    return deps.pages(request).page(request, MESSAGE, view)


@router.get("/sitting/practice/break")
async def ask_for_break(request: Request, seat: CandidateSeat) -> Response:
    """What is said before a break."""
    if elsewhere := closed(request, seat):
        return elsewhere
    view = MessageView(
        _frame(request, seat, _("before a break"), "break"),
        _("Take a break?"),
        (
            _("The clock will stop. The question will be hidden."),
            breaks(seat),
            _("This is practice. It takes none of your break time."),
        ),
        action=BREAK,
        buttons=(Choice("", _("Start my break")),),
    )
    return deps.pages(request).page(request, MESSAGE, view)


@router.post("/sitting/practice/break")
async def start_break(request: Request, seat: CandidateSeat) -> Response:
    """To the page of a break; nothing stops, for nothing runs."""
    return closed(request, seat) or go(ON_A_BREAK)


@router.get("/sitting/practice/on-a-break")
async def on_a_break(request: Request, seat: CandidateSeat) -> Response:
    """What a break looks like."""
    if elsewhere := closed(request, seat):
        return elsewhere
    view = MessageView(
        framed(request, seat, Where(TOOLS, _("on a break"), BREAK)),
        _("You are on a break. The clock is stopped."),
        (_("Rest. Nothing happens to your test while you are away."),),
        action=ON_A_BREAK,
        buttons=(Choice("", _("Come back when you are ready")),),
    )
    return deps.pages(request).page(request, MESSAGE, view)


@router.post("/sitting/practice/on-a-break")
async def come_back(request: Request, seat: CandidateSeat) -> Response:
    """Back from the break, to the next lesson."""
    return closed(request, seat) or go(at(address("help"), done="break"))


@router.get("/sitting/practice/help")
async def ask(request: Request, seat: CandidateSeat) -> Response:
    """The page for calling a person, which calls nobody here."""
    return closed(request, seat) or _help(request, seat)


def _help(request: Request, seat: Seat, chosen: str = "", typed: str = "", *wrong: FieldError) -> Response:
    frame = _frame(request, seat, _("the page for help"), "help").with_errors(wrong)
    words = (
        _("This is practice: nobody is called."),
        _("In the test, the clock stops and the question is hidden when you call a person."),
        _("Do you need a person now? Choose Ask a person for help, at the end of this page."),
    )
    choices = tuple(Choice(reason.value, _(said)) for reason, said in REASONS.items())
    view = HelpView(
        frame,
        words,
        _("Go back to the practice question"),
        choices,
        chosen,
        typed,
        called=False,
        can_take_back=False,
        action=HELP,
        home=address("help"),
    )
    return deps.pages(request).page(request, "candidate/help.html", view, 422 if wrong else 200)


@router.post("/sitting/practice/help")
async def send(request: Request, seat: CandidateSeat) -> Response:
    """As in the test one press on the first button is enough; what was typed is kept nowhere."""
    if elsewhere := closed(request, seat):
        return elsewhere
    form = deps.form(request)
    if form.one("action") == "come":
        return go(HELPED)
    reader = Reader(form)
    reader.words("words", most=MOST_WORDS)
    reader.choice("reason", HelpReason, _(NOT_CHOSEN))
    if reader.errors:
        return _help(request, seat, form.one("reason"), form.one("words"), *reader.errors)
    return go(HELPED)


@router.get("/sitting/practice/helped")
async def helped(request: Request, seat: CandidateSeat) -> Response:
    """What happens after a call in the test."""
    if elsewhere := closed(request, seat):
        return elsewhere
    view = MessageView(
        framed(request, seat, Where(TOOLS, _("after a call"), HELP)),
        _("In the test, a person comes to you now"),
        (
            _("While you wait, the clock is stopped and the question is hidden."),
            _("This was practice, so nobody was called."),
        ),
        links=(Choice(at(f"{QUESTION}/1", done="help"), _("Go on: two practice questions")),),
    )
    return deps.pages(request).page(request, MESSAGE, view)


@router.get("/sitting/practice/tools")
async def tools(request: Request, seat: CandidateSeat) -> Response:
    """All tools, for people who keep them behind one link; the three that are tried here lead to their trial."""
    if elsewhere := closed(request, seat):
        return elsewhere
    frame = framed(request, seat, Where(TOOLS, _("all tools"), address("time")))
    tried = tuple(replace(tool, address=PRACTISED.get(tool.action, tool.address)) for tool in frame.tools)
    view = ToolsView(replace(frame, tools=tried), _("Go back to the practice question"), address("time"))
    return deps.pages(request).page(request, "candidate/tools.html", view)
