"""The offer to practise, the end of practice, and its parts to choose from: two ways on that weigh the same."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.practice.devices import start
from app.pages.candidate.practice.lesson_pages import address
from app.pages.candidate.practice.shape import INSTRUCTIONS, PARTS, QUESTION, STEPS, closed
from app.pages.candidate.practised import remember
from app.pages.deps import CandidateSeat
from app.pages.words import _
from app.records.seats import Seat

router = APIRouter()
LESSONS = ("choose", "change", "onward", "flag", "time")


@dataclass(frozen=True, slots=True)
class OfferView:
    """A heading, what is to be known, a list of places to go to, and the question with its two answers."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    lines: tuple[Choice, ...]
    question: str
    links: tuple[Choice, ...]


def _frame(request: Request, seat: Seat, title: str) -> Frame:
    return replace(around(seat, deps.now(request), title), part="")


def _page(request: Request, seat: Seat, view: OfferView) -> Response:
    remember(request, seat, request.url.path)
    return deps.pages(request).page(request, "candidate/practice.html", view)


@router.get("/sitting/practice")
async def offer(request: Request, seat: CandidateSeat) -> Response:
    """Practice is offered and never forced; neither way is the usual one."""
    if elsewhere := closed(request, seat):
        return elsewhere
    heading = _("Would you like to practise first?")
    words = (
        _("Practice is not marked. Take as long as you like."),
        _("The clock is off. It starts only when you start the test."),
    )
    links = (Choice(start(request), _("Practise")), Choice(INSTRUCTIONS, _("Go on to the instructions")))
    frame = _frame(request, seat, heading)
    return _page(request, seat, OfferView(frame, heading, words, (), "", links))


@router.get("/sitting/practice/end")
async def end(request: Request, seat: CandidateSeat) -> Response:
    """Nothing was marked; once more, or on."""
    if elsewhere := closed(request, seat):
        return elsewhere
    heading = _("That was practice. Nothing was marked.")
    links = (Choice(PARTS, _("Practise more")), Choice(INSTRUCTIONS, _("Go on to the instructions")))
    frame = _frame(request, seat, _("The end of practice"))
    question = _("Do you want to practise more, or go on?")
    return _page(request, seat, OfferView(frame, heading, (), (), question, links))


@router.get("/sitting/practice/parts")
async def parts(request: Request, seat: CandidateSeat) -> Response:
    """Every step of practice, to begin at any of them."""
    if elsewhere := closed(request, seat):
        return elsewhere
    heading = _("What would you like to practise?")
    addresses = (start(request), *map(address, LESSONS), f"{QUESTION}/1")
    lines = tuple(
        Choice(leads, _("%(n)d: %(what)s") % {"n": number, "what": _(what)})
        for number, (what, leads) in enumerate(zip(STEPS, addresses, strict=True), start=1)
    )
    frame = _frame(request, seat, heading)
    links = (Choice(INSTRUCTIONS, _("Go on to the instructions")),)
    return _page(request, seat, OfferView(frame, heading, (), lines, "", links))
