"""Release a test to a desk, or move it to another: makes a code and shows it once, big enough to copy or print."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.release_sitting import CodeInUse, Released, release
from app.pages import deps
from app.pages.centre import sayings
from app.pages.centre.sitting import base, not_done
from app.pages.deps import Desk, guard
from app.pages.render import local_time
from app.pages.staff.frame import StaffFrame, frame
from app.pages.words import _
from app.rules import codes
from app.rules.permissions import Act
from app.rules.policy import POLICY
from app.rules.refusals import Refused
from app.rules.sitting import State

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CodeView:
    """The code, for this one showing. `clock` says what the candidate's clock does next."""

    frame: StaffFrame
    base: str
    about: str
    place: str
    code: str
    spelled: str
    clock: str


@router.post("/centre/{centre}/sittings/{sitting}/release")
async def do_release(request: Request, desk: Annotated[Desk, Depends(guard(Act.RELEASE))]) -> Response:
    """Make a code and show it. Asking again makes another one: only the newest works."""
    code = ""
    released: Released | CodeInUse | Refused = CodeInUse()
    while isinstance(released, CodeInUse):
        code = codes.made(secrets.choice, POLICY.code_length)
        released = await deps.store(request).write(
            release,
            desk.actor,
            deps.now(request),
            centre_id=desk.centre.id,
            sitting_id=desk.sitting.row.sitting_id,
            code=deps.keyring(request).digest("code", code),
        )
    if isinstance(released, Refused):
        return await not_done(request, desk, released)
    return deps.pages(request).page(request, "centre/code.html", _view(desk, code))


def _view(desk: Desk, code: str) -> CodeView:
    row = desk.sitting.row
    half = len(code) // 2
    paused = row.state is State.PAUSED
    return CodeView(
        frame(desk, _("Code for a desk")),
        base(desk),
        _("%(name)s, %(time)s, %(test)s")
        % {
            "name": sayings.who(row.name),
            "time": local_time(row.starts_at, desk.centre.time_zone),
            "test": sayings.category(row.category),
        },
        desk.centre.name,
        f"{code[:half]} {code[half:]}",
        " ".join(code),
        _("The clock is stopped. Start it again when the candidate sits at the new desk.")
        if paused
        else _("The clock starts when the candidate presses Start."),
    )
