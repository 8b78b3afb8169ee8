"""Pages of plain words, the token of pages that are not a question's, and the other tab that has the pen."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.sign_in import carry_on_here
from app.pages import deps, errors
from app.pages.candidate.frame import Choice, Frame, around
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.pages.security import PageToken, page_token, read_page_token
from app.pages.words import _
from app.records.seats import Seat
from app.rules.refusals import Refused

router = APIRouter()


@dataclass(frozen=True, slots=True)
class MessageView:
    """A page of plain words. `action` is where its buttons post to; links lead elsewhere."""

    frame: Frame
    heading: str
    words: tuple[str, ...]
    action: str = ""
    buttons: tuple[Choice, ...] = ()
    links: tuple[Choice, ...] = ()


def rev(request: Request, seat: Seat) -> str:
    """The page token of a page that is not a question's: it says under which pen and in which part it was shown."""
    return page_token(
        deps.keyring(request),
        sitting=seat.sitting_id,
        position=0,
        epoch=seat.epoch,
        rendered_at=deps.now(request),
        part=seat.part,
    )


def token(request: Request, seat: Seat) -> PageToken:
    """The page token that a form of this sitting carries. Raises Denied(OLD_FORM) when it carries none of ours."""
    found = read_page_token(deps.keyring(request), deps.form(request).one("rev"), sitting=seat.sitting_id)
    if found is None:
        raise Denied(Fault.OLD_FORM)
    return found


def open_elsewhere(request: Request, seat: Seat, said: tuple[str, ...] = (), status: int = 409) -> Response:
    """The page for a tab without the pen: one button carries on here. `said` is what happened before it."""
    heading = _("You have this test open somewhere else")
    view = MessageView(
        around(seat, deps.now(request), heading),
        heading,
        (
            *said,
            _("Only one page at a time can save answers. Another tab or window has the test now."),
            _("Everything you saved before is safe."),
        ),
        action="/sitting/elsewhere",
        buttons=(Choice("", _("Carry on here")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view, status)


@router.get("/sitting/elsewhere")
async def elsewhere(request: Request, seat: CandidateSeat) -> Response:
    """The same page, for somebody who comes to its address."""
    return open_elsewhere(request, seat, status=200)


@router.post("/sitting/elsewhere")
async def carry_on(request: Request, seat: CandidateSeat) -> Response:
    """Take the pen for this tab."""
    taken = await deps.store(request).write(
        carry_on_here,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
    )
    return errors.refused(request, taken) if isinstance(taken, Refused) else go("/sitting")
