"""The page before an act: whom it is about, what it does to the clock, its few fields and one button."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.centre import sayings
from app.pages.centre.account import Fact
from app.pages.centre.sitting import base
from app.pages.deps import Desk
from app.pages.forms import FieldError, Form
from app.pages.render import local_time
from app.pages.staff.fields import Field, filled
from app.pages.staff.frame import StaffFrame, frame
from app.pages.visit import visit
from app.pages.words import _


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


def act_page(
    request: Request, desk: Desk, act: ActForm, errors: Iterable[FieldError] = (), status: int = 200
) -> Response:
    """The form; after a failed POST with what was typed, and what is wrong with it."""
    row = desk.sitting.row
    form = visit(request).form
    about = _("%(name)s, %(time)s, %(test)s") % {
        "name": sayings.who(row.name),
        "time": local_time(row.starts_at, desk.centre.time_zone),
        "test": sayings.category(row.category),
    }
    left = sayings.left_in_words(row, deps.now(request))
    state = sayings.state_in_words(row, deps.now(request))
    view = ActView(
        frame(desk, act.title, errors=errors),
        base(desk),
        about,
        state if left is None else f"{state}. {left}.",
        act,
        filled(act.fields, form) if isinstance(form, Form) else act.fields,
    )
    return deps.pages(request).page(request, "centre/act.html", view, status)


def wrong_page(request: Request, desk: Desk, act: ActForm, errors: Iterable[FieldError]) -> Response:
    """The form again, with what is wrong (422)."""
    return act_page(request, desk, act, errors, 422)
