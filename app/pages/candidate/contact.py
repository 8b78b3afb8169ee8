"""What a page's script tells after it could not reach us: for how long the page was covered."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.actions.credit_contact import credit_contact
from app.pages import deps, errors, sessions
from app.pages.candidate.steps import go
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied, Fault
from app.rules.refusals import Refused

router = APIRouter()
CLAIM = re.compile(r"[0-9a-z]{8,32}")
LENGTH = re.compile(r"[0-9]{1,10}")


@router.post("/sitting/contact")
async def contact(request: Request, seat: CandidateSeat) -> Response:
    """Give back the time of a covered page; the clock as it stands then."""
    form = deps.form(request)
    claim, length = form.one("id"), form.one("ms")
    for field, shape, text in (("id", CLAIM, claim), ("ms", LENGTH, length)):
        if not shape.fullmatch(text):
            raise Denied(Fault.BAD_FIELD, details={"field": field})
    told = await deps.store(request).write(
        credit_contact,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        device=sessions.device(request, deps.keyring(request)),
        claim=claim,
        claimed_ms=int(length),
    )
    if isinstance(told, Refused):
        return errors.refused(request, told)
    if not errors.wants_json(request):
        return go("/sitting")
    return JSONResponse({"given_ms": told.given_ms, "left_ms": told.left_ms, "state": told.state.value})
