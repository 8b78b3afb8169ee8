"""The page before an act: whom it is about, what it does to the clock, its few fields and one button; and doing it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps, typed
from app.pages.centre import sayings
from app.pages.centre.account import Fact
from app.pages.centre.sitting import base, did, not_done, write
from app.pages.deps import Desk
from app.pages.forms import FieldError, Form, Reader
from app.pages.render import local_time
from app.pages.staff.fields import Field, filled
from app.pages.staff.frame import StaffFrame, frame
from app.pages.words import _
from app.rules.refusals import Refusal, Refused

NOTHING_BESIDE: Mapping[Refusal, FieldError] = {}
NOTHING_KEPT: Mapping[Refusal, str] = {}


@dataclass(frozen=True, slots=True)
class ActForm:
    """One act as a form: `effects` say beforehand what it does; `hidden` travels with it."""

    path: str
    title: str
    button: str
    effects: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    facts: tuple[Fact, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    final: bool = False


@dataclass(frozen=True, slots=True)
class ActView:
    """The page of an act."""

    frame: StaffFrame
    base: str
    about: str
    state: str
    act: ActForm
    fields: tuple[Field, ...]


def act_page(request: Request, desk: Desk, act: ActForm) -> Response:
    """The form; after a refused one with what was typed, and what is wrong with it."""
    before = typed.typed(request, deps.keyring(request))
    return _page(request, desk, act) if before is None else _page(request, desk, act, before)


def again(request: Request, desk: Desk, act: ActForm, form: Form, errors: Iterable[FieldError]) -> Response:
    """Back to the form's own page; on the spot (422) when more was typed than a cookie holds."""
    errors = tuple(errors)
    sent_back = typed.send_back(request, deps.keyring(request), form, errors)
    return sent_back or _page(request, desk, act, typed.Typed(form, errors))


async def carry_out(
    request: Request,
    desk: Desk,
    act: ActForm,
    reader: Reader,
    action: Callable[..., Any],
    done: str,
    /,
    *,
    beside: Mapping[Refusal, FieldError] = NOTHING_BESIDE,
    kept: Mapping[Refusal, str] = NOTHING_KEPT,
    **values: Any,
) -> Response:
    """Do the act of a form that was read: the form again if something is wrong with it, else `done` is told.

    `beside`: refusals that are told at a field. `kept`: refusals that stored something, and what is told as done.
    """
    if reader.errors:
        return again(request, desk, act, reader.form, reader.errors)
    result = await write(request, desk, action, **values)
    if isinstance(result, Refused) and result.code in beside:
        return again(request, desk, act, reader.form, [beside[result.code]])
    if isinstance(result, Refused) and result.kept and result.code in kept:
        done, result = kept[result.code], None
    if isinstance(result, Refused):
        return await not_done(request, desk, result)
    typed.forget(request)
    return did(desk, done)


def _page(request: Request, desk: Desk, act: ActForm, before: typed.Typed | None = None) -> Response:
    row = desk.sitting.row
    about = _("%(name)s, %(time)s, %(test)s") % {
        "name": sayings.who(row.name),
        "time": local_time(row.starts_at, desk.centre.time_zone),
        "test": sayings.category(row.category),
    }
    left = sayings.left_in_words(row, deps.now(request))
    state = sayings.state_in_words(row, deps.now(request))
    view = ActView(
        frame(desk, act.title, errors=() if before is None else before.errors),
        base(desk),
        about,
        state if left is None else f"{state}. {left}.",
        act,
        act.fields if before is None else filled(act.fields, before.form),
    )
    return deps.pages(request).page(request, "centre/act.html", view, 200 if before is None else 422)
