"""Check a candidate in: who they are, what document was seen, their minutes; and take a check-in back."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.check_in import Seen, check_in, undo_check_in
from app.pages import deps
from app.pages.centre.account import Fact
from app.pages.centre.act import ActForm, act_page, carry_out
from app.pages.centre.check_in_form import Matched, check_in_fields, is_outside
from app.pages.centre.minutes import Minutes, read_minutes
from app.pages.centre.sayings import UNDONE, who
from app.pages.deps import Desk, guard
from app.pages.forms import Reader
from app.pages.render import day_in_words, spaced
from app.pages.staff.fields import Field, FieldKind, options
from app.pages.words import _
from app.rules.help import DocumentKind, OutsideReason, UndoReason
from app.rules.permissions import Act

router = APIRouter()
Checker = Annotated[Desk, Depends(guard(Act.CHECK_IN))]


@router.get("/centre/{centre}/sittings/{sitting}/check-in")
async def ask_check_in(request: Request, desk: Checker) -> Response:
    """Who they are and what has to be checked."""
    return act_page(request, desk, _form(request, desk))


@router.post("/centre/{centre}/sittings/{sitting}/check-in")
async def do_check_in(request: Request, desk: Checker) -> Response:
    """Check the candidate in."""
    reader = Reader(deps.form(request))
    seen, form = _read(reader, request, desk), _form(request, desk)
    seed = secrets.token_hex(16)
    return await carry_out(request, desk, form, reader, check_in, "checked-in", seen=seen, seed=seed)


@router.get("/centre/{centre}/sittings/{sitting}/undo-check-in")
async def ask_undo(request: Request, desk: Checker) -> Response:
    """Why is the check-in taken back?"""
    return act_page(request, desk, _undo_form())


@router.post("/centre/{centre}/sittings/{sitting}/undo-check-in")
async def do_undo(request: Request, desk: Checker) -> Response:
    """Take the check-in back."""
    reader = Reader(deps.form(request))
    reason = reader.choice("reason", UndoReason, _("Choose why you take the check-in back"))
    return await carry_out(request, desk, _undo_form(), reader, undo_check_in, "undone", reason=reason)


def _read(reader: Reader, request: Request, desk: Desk) -> Seen | None:
    document = reader.choice("document", DocumentKind, _("Choose which document you have seen"))
    matched = reader.choice("matched", Matched, _("Say whether photo and name match"))
    if matched is Matched.NO:
        reader.wrong("matched", _("You cannot check in a person whose photo or name does not match"))
    minutes: Minutes | None = read_minutes(reader, desk.sitting.row)
    outside: OutsideReason | None = None
    if is_outside(desk.sitting.row, deps.now(request)):
        outside = reader.choice("outside", OutsideReason, _("Choose why you check in at this time"))
    if reader.errors or document is None or minutes is None:
        return None
    return Seen(
        document,
        matched is Matched.YES,
        minutes.extra,
        minutes.breaks,
        minutes.reason,
        outside,
    )


def _form(request: Request, desk: Desk) -> ActForm:
    seen = desk.sitting
    facts = [Fact(_("Name"), who(seen.row.name))]
    if seen.born is not None and seen.licence_tail is not None:
        facts.append(Fact(_("Date of birth"), day_in_words(seen.born)))
        facts.append(Fact(_("Licence number ends in"), spaced(seen.licence_tail)))
    return ActForm(
        "check-in",
        _("Check in"),
        _("Check in"),
        (
            _("Say: “Hello. May I see your licence? Take your time.”"),
            _("Check-in sets extra time, breaks and the questions for good. The clock does not start."),
        ),
        check_in_fields(seen.row, deps.now(request)),
        tuple(facts),
    )


def _undo_form() -> ActForm:
    return ActForm(
        "undo-check-in",
        _("Take the check-in back"),
        _("Take the check-in back"),
        (
            _("The booking is as it was before. No clock ever ran."),
            _("The questions that were drawn are thrown away. The desk is signed out."),
        ),
        (
            Field(
                FieldKind.RADIOS,
                "reason",
                _("Why do you take it back?"),
                options=options(UndoReason, UNDONE),
            ),
        ),
    )
