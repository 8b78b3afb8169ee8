"""Mark a booked candidate as not there, with one of three reasons."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.mark_absent import AbsentReason, mark_absent
from app.pages import deps
from app.pages.centre.act import ActForm, act_page, carry_out
from app.pages.centre.history import ABSENT
from app.pages.deps import Desk, guard
from app.pages.forms import Reader
from app.pages.staff.fields import Field, FieldKind, options
from app.pages.words import _
from app.rules.permissions import Act

router = APIRouter()
Marker = Annotated[Desk, Depends(guard(Act.MARK_ABSENT))]


@router.get("/centre/{centre}/sittings/{sitting}/absent")
async def ask_absent(request: Request, desk: Marker) -> Response:
    """Why was there no test?"""
    return act_page(request, desk, _form())


@router.post("/centre/{centre}/sittings/{sitting}/absent")
async def do_absent(request: Request, desk: Marker) -> Response:
    """Mark the candidate as not there."""
    reader = Reader(deps.form(request))
    reason = reader.choice("reason", AbsentReason, _("Choose why there was no test"))
    return await carry_out(request, desk, _form(), reader, mark_absent, "absent", reason=reason)


def _form() -> ActForm:
    return ActForm(
        "absent",
        _("Mark as not there"),
        _("Mark as not there for good"),
        (_("This ends the booking for good. No clock ever ran, and nothing is tested."),),
        (
            Field(
                FieldKind.RADIOS,
                "reason",
                _("Why was there no test?"),
                options=options(AbsentReason, ABSENT),
            ),
        ),
        final=True,
    )
