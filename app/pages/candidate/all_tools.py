"""The page with all the tools, for people who keep them behind one link."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import addresses, deps
from app.pages.candidate.frame import Frame, around
from app.pages.candidate.pausing import back_to_test, here
from app.pages.candidate.steps import Step, go_to_step, step
from app.pages.deps import CandidateSeat
from app.pages.words import _

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ToolsView:
    """The tools are those of the frame; `back` is what the link to `home` says, where the candidate was."""

    frame: Frame
    back: str
    home: str = addresses.CANDIDATE_HOME


@router.get("/sitting/tools")
async def all_tools(request: Request, seat: CandidateSeat) -> Response:
    """Every tool in the order that it has on other pages, and the way back."""
    now = deps.now(request)
    if step(seat, now) is Step.RESULT or not seat.parts:
        return go_to_step(seat, now)
    frame = around(seat, now, _("Tools and help"), place=here(seat, request))
    return deps.pages(request).page(
        request, "candidate/tools.html", ToolsView(frame, back_to_test(seat, request))
    )
