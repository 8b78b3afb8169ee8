"""See and answer calls for help, from the list or from the sitting's page."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from app.actions.answer_help import answer_call, see_call
from app.pages import deps
from app.pages.centre.sitting import did, not_done
from app.pages.deps import Desk, guard
from app.rules.permissions import Act
from app.rules.refusals import Refused

router = APIRouter()
Helper = Annotated[Desk, Depends(guard(Act.ANSWER_HELP))]
CallNumber = Annotated[int, Path(ge=1, lt=2**31)]
"""Which call of a sitting; a number that no database could hold is no page either."""


@router.post("/centre/{centre}/sittings/{sitting}/help/{n}/seen")
async def seen(request: Request, desk: Helper, n: CallNumber) -> Response:
    """Tell the candidate that somebody is coming."""
    return await _mark(request, desk, n, see_call, "coming")


@router.post("/centre/{centre}/sittings/{sitting}/help/{n}/answered")
async def answered(request: Request, desk: Helper, n: CallNumber) -> Response:
    """The call is done; the clock starts again by another button."""
    return await _mark(request, desk, n, answer_call, "answered")


async def _mark(request: Request, desk: Desk, n: int, action: Callable[..., Any], done: str) -> Response:
    marked = await deps.store(request).write(
        action,
        desk.actor,
        deps.now(request),
        centre_id=desk.centre.id,
        sitting_id=desk.sitting.row.sitting_id,
        n=n,
    )
    return await not_done(request, desk, marked) if isinstance(marked, Refused) else did(desk, done)
