"""Set extra time and rest breaks of a booking before check-in; the adjustments officer does this too."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.set_arrangements import set_arrangements
from app.pages import deps
from app.pages.centre.act import ActForm, act_page, again, carry_out
from app.pages.centre.minutes import minutes_fields, read_minutes
from app.pages.deps import Desk, guard
from app.pages.forms import FieldError, Reader
from app.pages.words import _
from app.rules.permissions import Act
from app.rules.refusals import Refusal

router = APIRouter()
Setter = Annotated[Desk, Depends(guard(Act.SET_ARRANGEMENTS))]


@router.get("/centre/{centre}/sittings/{sitting}/extra-time")
async def ask_arrangements(request: Request, desk: Setter) -> Response:
    """How many minutes more, how many for breaks, and why?"""
    return act_page(request, desk, _form(desk))


@router.post("/centre/{centre}/sittings/{sitting}/extra-time")
async def do_arrangements(request: Request, desk: Setter) -> Response:
    """Write the minutes on the booking."""
    reader = Reader(deps.form(request))
    minutes = read_minutes(reader, desk.sitting.row)
    if minutes is None:
        return again(request, desk, _form(desk), reader.form, reader.errors)
    missing = FieldError("extra_reason", _("Choose why you change the minutes"))
    return await carry_out(
        request,
        desk,
        _form(desk),
        reader,
        set_arrangements,
        "arranged",
        beside={Refusal.REASON_NEEDED: missing},
        extra_minutes=minutes.extra,
        break_minutes=minutes.breaks,
        reason=minutes.reason,
    )


def _form(desk: Desk) -> ActForm:
    return ActForm(
        "extra-time",
        _("Set extra time and breaks"),
        _("Set extra time and breaks"),
        (_("This changes the booking. The clock does not start. From check-in on, it cannot be changed."),),
        minutes_fields(desk.sitting.row),
    )
