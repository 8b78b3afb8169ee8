"""Templates, compiled at start, and the one way from a view to a page. Only frozen view dataclasses go in.

How templates are compiled, and where the GOV.UK macros (`govukButton`, …) come from, is `compiling.py`'s affair.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from accessibility import keys
from app.pages import addresses
from app.pages.compiling import pages_environment
from app.pages.kept import Kept, Marks, Pieces
from app.pages.look import look
from app.pages.security import form_token
from app.pages.sessions import give_form_anchor
from app.pages.start_place import starting
from app.pages.visit import visit
from app.pages.words import _, ngettext
from app.records.keyring import Keyring

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
MOST_KEPT = 500
PLAIN = (str, int, float, bool, bytes, date, Enum, type(None))


class Renderer:
    """Every template, compiled, and the one way to turn a view into a page."""

    def __init__(self, asset: Callable[[str], str], keyring: Keyring, folder: Path = TEMPLATES) -> None:
        """`asset` gives the address of a static file. Raises jinja2.TemplateSyntaxError for a template that is none."""
        self._keyring = keyring
        self.asset = asset
        self.environment = pages_environment(folder)
        self.environment.globals.update(
            asset=asset,
            addresses=addresses,
            bindings=keys.bindings,
            key_of=keys.behind,
            answer_keys=" ".join("".join(pair) for pair in keys.ANSWER_KEYS),
        )
        self.environment.filters.update(FILTERS)
        self._templates = {
            name: self.environment.get_template(name)
            for name in self.environment.list_templates(extensions=["html"])
        }
        self._kept: Kept[object, Pieces] = Kept(MOST_KEPT)

    def page(self, request: Request, template: str, view: object, status: int = 200) -> HTMLResponse:
        """A page. Templates get `view`, `look`, `form_token()` for forms, `asset()`, `addresses`, `_()`, the macros.

        Raises TypeError when the view is not a frozen dataclass of plain values.
        """
        must_be_a_view(view)
        html = self._templates[template].render(
            view=view,
            look=look(request, self._keyring),
            form_token=cache(partial(self.form_token, request)),
        )
        return HTMLResponse(html, status)

    def kept_page(self, request: Request, template: str, view: object, marks: Marks) -> HTMLResponse:
        """The same page, all of it kept but for what changes: in `view` a mark stands for each of those values.

        The view is the key, so it must be hashable, and a template may only write out what a mark stands for.
        """
        seen = look(request, self._keyring)
        token = marks(self.form_token(request))
        key = (template, view, seen)
        pieces = self._kept.get(key)
        if pieces is None:
            must_be_a_view(view)
            rendered = self._templates[template].render(view=view, look=seen, form_token=lambda: token)
            pieces = self._kept.put(key, Pieces(rendered))
        return HTMLResponse(pieces.filled(marks.values))

    def part(self, template: str, view: object) -> Markup:
        """A piece of a page that needs nothing of the request, to be kept and put into other pages."""
        must_be_a_view(view)
        return Markup(self._templates[template].render(view=view))  # noqa: S704  # the template escaped it

    def form_token(self, request: Request) -> str:
        """The token for a form on this page: bound to the web session, or before sign-in to a signed cookie."""
        now = visit(request)
        if now.anchor is None:
            now.anchor = give_form_anchor(request, self._keyring)
        return form_token(self._keyring, now.anchor)


def must_be_a_view(view: object) -> None:
    """Raise TypeError unless this is a frozen dataclass of plain values, tuples and other such dataclasses.

    Where the annotations of a type promise that (the type checker holds views to them), its values are not looked at.
    """
    if not _is_frozen(type(view)):
        raise TypeError(f"a template gets a frozen view dataclass, not a {type(view).__name__}")
    _check_fields(view)


_promised: dict[type, bool] = {}


def _promises(kind: type) -> bool:
    """Whether a frozen dataclass is annotated with nothing but plain values: decided once for each type."""
    if kind not in _promised:
        try:
            _promised[kind] = _is_plain(kind, frozenset())
        except NameError:  # a name that only the type checker imports
            _promised[kind] = False
    return _promised[kind]


def _is_plain(hint: Any, judging: frozenset[type]) -> bool:
    """`judging` holds the types around this one: one that holds its own kind is as plain as its other fields."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType, tuple, Mapping):
        return all(one is Ellipsis or _is_plain(one, judging) for one in inner)
    if not isinstance(hint, type):
        return False
    if issubclass(hint, PLAIN) or hint in judging:
        return True
    if not _is_frozen(hint):
        return False
    hints = get_type_hints(hint)
    names = vars(hint)["__dataclass_fields__"]
    return all(_is_plain(hints[name], judging | {hint}) for name in names)


def _check_fields(view: Any) -> None:
    if _promises(type(view)):
        return
    for field in dataclasses.fields(view):
        value = getattr(view, field.name)
        if not isinstance(value, PLAIN):
            _check(value)


def _check(value: object) -> None:
    if isinstance(value, PLAIN):
        return
    if isinstance(value, tuple):
        for one in value:
            _check(one)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _check(key)
            _check(one)
    elif _is_frozen(type(value)):
        _check_fields(value)
    else:
        raise TypeError(f"a {type(value).__name__} does not belong in a view")


def _is_frozen(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def local(moment: int, zone: str) -> datetime:
    """A moment (UTC ms) in a centre's IANA time zone."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone))


def local_time(moment: int, zone: str) -> str:
    """The time of day at a centre, such as 9:05am (GOV.UK style: no leading zero, no space)."""
    there = local(moment, zone)
    hour = there.hour % 12 or 12
    return f"{hour}:{there.minute:02}{'am' if there.hour < 12 else 'pm'}"


def local_day(moment: int, zone: str) -> str:
    """The day at a centre, such as Monday 3 March 2025."""
    there = local(moment, zone)
    return f"{_(there.strftime('%A'))} {day_in_words(there.date())}"


def day_in_words(day: date) -> str:
    """A date with the month in words, such as 3 March 2008."""
    return f"{day.day} {_(day.strftime('%B'))} {day.year}"


def minutes_in_words(minutes: int) -> str:
    """A number of minutes, such as 57 minutes or 1 minute."""
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


def spaced(text: str) -> str:
    """Letters and figures apart, so that a code or licence ending is spelled out and not read as a word."""
    return " ".join(re.sub(r"\s", "", text))


FILTERS: dict[str, Callable[..., str]] = {
    "local_time": local_time,
    "local_day": local_day,
    "day_in_words": day_in_words,
    "minutes_in_words": minutes_in_words,
    "spaced": spaced,
    "starting": starting,
}
