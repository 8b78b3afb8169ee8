"""Stop the clock with a kind and a reason, and start it again."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.pause_sitting import pause, resume
from app.pages import deps
from app.pages.centre import sayings
from app.pages.centre.act import ActForm, act_page, carry_out
from app.pages.centre.sitting import do
from app.pages.deps import Desk, guard
from app.pages.forms import Reader
from app.pages.staff.fields import Field, FieldKind, options
from app.pages.words import _
from app.rules.permissions import Act, Role
from app.rules.sitting import PAUSERS, PauseKind

router = APIRouter()
Pauser = Annotated[Desk, Depends(guard(Act.PAUSE))]
Resumer = Annotated[Desk, Depends(guard(Act.RESUME))]


@router.get("/centre/{centre}/sittings/{sitting}/pause")
async def ask_pause(request: Request, desk: Pauser) -> Response:
    """Why should the clock stop?"""
    return act_page(request, desk, _form())


@router.post("/centre/{centre}/sittings/{sitting}/pause")
async def do_pause(request: Request, desk: Pauser) -> Response:
    """Stop the clock."""
    reader = Reader(deps.form(request))
    kind = reader.choice("kind", PauseKind, _("Choose why the clock should stop"))
    reason = reader.words("reason", _("Say in a few words what happened"), 500)
    keyring = deps.keyring(request)
    return await carry_out(
        request, desk, _form(), reader, pause, "paused", kind=kind, reason=reason, keyring=keyring
    )


@router.post("/centre/{centre}/sittings/{sitting}/resume")
async def do_resume(request: Request, desk: Resumer) -> Response:
    """Start the clock again; the button on the sitting's page says so beforehand."""
    return await do(request, desk, resume, "resumed", reason="", keyring=deps.keyring(request))


def _form() -> ActForm:
    mine = {kind: words for kind, words in sayings.PAUSES.items() if Role.CENTRE_STAFF in PAUSERS[kind]}
    return ActForm(
        "pause",
        _("Stop the clock for a while"),
        _("Stop the clock now"),
        (
            _("The clock stops when you press the button. The candidate loses no time."),
            _("The questions leave the candidate’s screen."),
        ),
        (
            Field(
                FieldKind.RADIOS, "kind", _("Why should the clock stop?"), options=options(PauseKind, mine)
            ),
            Field(
                FieldKind.WORDS,
                "reason",
                _("What happened?"),
                _("A few words. Do not write about anybody’s health."),
            ),
        ),
    )
