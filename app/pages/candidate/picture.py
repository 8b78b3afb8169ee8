"""The picture of a question: its bytes, and a plain page that shows it as large as the window allows."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.content import bare, drawing
from app.pages.candidate.frame import Frame, around, place_words
from app.pages.candidate.question import find
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import Step, go_to_step, step
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.pages.words import _
from app.records.seats import Seat
from question_bank.model import Picture

router = APIRouter()
# The address names the content, so it never goes stale; the sign-out clears it from the browser.
KEEP = {"cache-control": "private, max-age=7200, immutable"}


@dataclass(frozen=True, slots=True)
class PictureView:
    """The larger picture with its words below, and the way back to its question."""

    frame: Frame
    heading: str
    source: str
    description: str
    width: int
    height: int
    back: str
    back_words: str


async def _picture(request: Request, seat: Seat, number: int) -> Picture:
    """The picture of a question, while the sitting shows questions at all."""
    asked = await find(deps.store(request), seat, number)
    content = await bare(deps.store(request), asked.question_id, asked.question_version)
    if content.picture is None:
        raise Denied(Fault.NO_SUCH_PAGE)
    return content.picture


@router.get("/sitting/question/{number}/picture")
async def larger(request: Request, seat: CandidateSeat, number: int) -> Response:
    """The picture on a page of its own."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    drawn = await _picture(request, seat, number)
    place = place_words(number, seat.plan.questions)
    heading = _("The picture of question %(n)d") % {"n": number}
    view = PictureView(
        around(seat, now, heading, place=place),
        heading,
        f"/sitting/question/{number}/picture.svg?v={drawn.file}",
        drawn.description,
        drawn.width,
        drawn.height,
        Showing.of(request).address(number),
        _("Go back to question %(n)d") % {"n": number},
    )
    return deps.pages(request).page(request, "candidate/picture.html", view)


@router.get("/sitting/question/{number}/picture.svg")
async def image(request: Request, seat: CandidateSeat, number: int) -> Response:
    """The drawing itself. 404 in a pause: the question is hidden, and its picture with it."""
    if step(seat, deps.now(request)) is not Step.QUESTIONS:
        raise Denied(Fault.NO_SUCH_PAGE)
    drawn = await _picture(request, seat, number)
    if request.query_params.get("v") != drawn.file:
        raise Denied(Fault.NO_SUCH_PAGE)
    body = await drawing(deps.store(request), drawn.file)
    return Response(body, media_type="image/svg+xml", headers=KEEP)
