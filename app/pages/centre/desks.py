"""Let a computer that typed too many wrong codes try again, by the word on its screen."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.allow_desk import allow_desk
from app.pages import deps, errors, typed
from app.pages.deps import Desk, guard
from app.pages.forms import Reader
from app.pages.staff.fields import Field, FieldKind, filled
from app.pages.staff.frame import StaffFrame, frame
from app.pages.words import _
from app.rules.permissions import Act
from app.rules.refusals import Refusal, Refused

router = APIRouter()
Allower = Annotated[Desk, Depends(guard(Act.ALLOW_DESK))]


@dataclass(frozen=True, slots=True)
class DesksView:
    """The one field."""

    frame: StaffFrame
    action: str
    fields: tuple[Field, ...]


@router.get("/centre/{centre}/desks")
async def ask(request: Request, desk: Allower) -> Response:
    """Which word does the computer show?"""
    done = _("The computer can try again.") if request.query_params.get("done") == "allowed" else None
    return _page(request, desk, typed.typed(request, deps.keyring(request)), done)


@router.post("/centre/{centre}/desks")
async def allow(request: Request, desk: Allower) -> Response:
    """Let it try again."""
    reader = Reader(deps.form(request))
    word = reader.line("word", _("Enter the word on the screen"), 40)
    if reader.errors:
        return _again(request, desk, reader)
    allowed = await deps.store(request).write(
        allow_desk, desk.actor, deps.now(request), centre_id=desk.centre.id, word=word
    )
    if not isinstance(allowed, Refused):
        return RedirectResponse(f"/centre/{desk.centre.code}/desks?done=allowed", 303)
    if allowed.code is Refusal.NO_SUCH_DESK:
        reader.wrong("word", _("No computer shows this word. Check the word on its screen"))
        return _again(request, desk, reader)
    return errors.refused(request, allowed)


def _again(request: Request, desk: Desk, reader: Reader) -> Response:
    """Back to the field, with what was typed and what is wrong with it."""
    before = typed.Typed(reader.form, tuple(reader.errors))
    sent_back = typed.send_back(request, deps.keyring(request), before.form, before.errors)
    return sent_back or _page(request, desk, before)


def _page(
    request: Request, desk: Desk, before: typed.Typed | None = None, done: str | None = None
) -> Response:
    field = Field(
        FieldKind.LINE,
        "word",
        _("The word on the screen"),
        _("The word has four letters. Small or capital letters are the same here."),
    )
    view = DesksView(
        frame(desk, _("Blocked computers"), errors=() if before is None else before.errors, done=done),
        f"/centre/{desk.centre.code}/desks",
        (field,) if before is None else filled((field,), before.form),
    )
    return deps.pages(request).page(request, "centre/desks.html", view, 200 if before is None else 422)
