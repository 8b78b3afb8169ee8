"""See and answer calls for help, from the list or from the sitting's page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from app.actions.answer_help import answer_call, see_call
from app.pages.centre.sitting import do
from app.pages.deps import Desk, guard
from app.rules.permissions import Act

router = APIRouter()
Helper = Annotated[Desk, Depends(guard(Act.ANSWER_HELP))]
CallNumber = Annotated[int, Path(ge=1, lt=2**31)]
"""Which call of a sitting; a number that no database could hold is no page either."""


@router.post("/centre/{centre}/sittings/{sitting}/help/{n}/seen")
async def seen(request: Request, desk: Helper, n: CallNumber) -> Response:
    """Tell the candidate that somebody is coming."""
    return await do(request, desk, see_call, "coming", n=n)


@router.post("/centre/{centre}/sittings/{sitting}/help/{n}/answered")
async def answered(request: Request, desk: Helper, n: CallNumber) -> Response:
    """The call is done; the clock starts again by another button."""
    return await do(request, desk, answer_call, "answered", n=n)
