"""Add minutes to a sitting, within what the role may add; a button pressed twice adds once."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.grant_time import grant, most_minutes
from app.pages import deps
from app.pages.centre.act import ActForm, act_page, carry_out
from app.pages.deps import Desk, guard
from app.pages.forms import FieldError, Reader
from app.pages.render import minutes_in_words
from app.pages.staff.fields import Field, FieldKind
from app.pages.words import _
from app.rules.permissions import Act, Role
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal

router = APIRouter()
Granter = Annotated[Desk, Depends(guard(Act.GRANT_TIME))]


@router.get("/centre/{centre}/sittings/{sitting}/grant")
async def ask_grant(request: Request, desk: Granter) -> Response:
    """How many minutes, and why?"""
    return act_page(request, desk, _form(desk))


@router.post("/centre/{centre}/sittings/{sitting}/grant")
async def do_grant(request: Request, desk: Granter) -> Response:
    """Add the minutes."""
    reader = Reader(deps.form(request))
    seen = reader.whole("seen", _("Open this page again"), 0, 10_000)
    missing = _("Enter how many minutes to add")
    # Outside what anybody may add, the sentence names this person's limit; within it, the action judges.
    plausible = reader.form.one("minutes").strip() in map(str, range(1, POLICY.most_grant_minutes + 1))
    most = POLICY.most_grant_minutes if plausible else max(1, _still(desk))
    minutes = reader.whole("minutes", missing, 1, most)
    reason = reader.words("reason", _("Say in a few words why"), 500)
    return await carry_out(
        request,
        desk,
        _form(desk),
        reader,
        grant,
        "granted",
        beside={Refusal.BEYOND_YOUR_LIMIT: FieldError("minutes", _limit(desk))},
        minutes=minutes,
        reason=reason,
        seen=seen,
        keyring=deps.keyring(request),
    )


def _still(desk: Desk) -> int:
    """How many minutes this person's role may still add here."""
    role = desk.role or Role.CENTRE_STAFF
    if POLICY.grant_ms[role] is None:
        return most_minutes(role)
    added = sum(one.amount_ms for one in desk.sitting.staff_grants if one.role is role)
    return most_minutes(role) - added // MINUTE


def _limit(desk: Desk) -> str:
    still = max(0, _still(desk))
    if not still:
        return _("Your role can add no more to this test. Ask a centre manager")
    return _("Your role can add %(time)s more to this test") % {"time": minutes_in_words(still)}


def _form(desk: Desk) -> ActForm:
    return ActForm(
        "grant",
        _("Add time"),
        _("Add the time"),
        (
            _("This adds minutes to the clock. It does not stop or start it."),
            _("The candidate is told on their next page. Time cannot be taken away again."),
            f"{_limit(desk)}.",
        ),
        (
            Field(FieldKind.NUMBER, "minutes", _("Extra minutes")),
            Field(
                FieldKind.WORDS, "reason", _("Why?"), _("A few words. Do not write about anybody’s health.")
            ),
        ),
        hidden=(("seen", str(len(desk.sitting.staff_grants))),),
    )
