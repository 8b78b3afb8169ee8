"""What everybody may see: whether the service is well, and the accessibility statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from accessibility import statement
from accessibility.wcag import CHANGED, CRITERIA, PRINCIPLES, Criterion, Level, Standing
from app.pages import addresses, sessions
from app.pages.deps import OpenForm, keyring, pages, store
from app.pages.words import _

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of WCAG 2.2: its number, name and level, how pages stand, and why."""

    name: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Principle:
    """The criteria of one of the four principles of WCAG 2.2."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The accessibility statement, out of the data that docs/accessibility.md is written from.

    `failing` and `unchecked` are names of criteria; `is_sound` says that none of level A or AA is known to fail.
    `counts` are pairs of a standing and how many criteria have it.
    """

    can: tuple[str, ...]
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    not_yet: tuple[str, ...]
    is_sound: bool
    failing: tuple[str, ...]
    unchecked: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    principles: tuple[Principle, ...]
    changed: date
    back: str
    is_signed_in: bool


@router.get(addresses.HEALTH)
async def health(request: Request, form: OpenForm) -> Response:
    """Whether answers can be saved: 200 or 503 and nothing else. `python -m app check` tells an operator more."""
    ready = bool(store(request).health()["ready"])
    return JSONResponse({"ready": ready}, 200 if ready else 503)


@router.get(addresses.ACCESSIBILITY)
async def accessibility(request: Request, form: OpenForm) -> Response:
    """The accessibility statement: how pages stand on each criterion, and honestly what nobody has checked."""
    is_signed_in = sessions.candidate_session(request, keyring(request)) is not None
    said = Statement(
        can=_said(statement.CAN),
        checked=_said(statement.CHECKED),
        not_checked=_said(statement.NOT_CHECKED),
        not_yet=_said(statement.NOT_YET),
        is_sound=not statement.is_known_to_fail(Level.A, Level.AA),
        failing=_named(one for one in CRITERIA if one.standing is Standing.NOT_MET),
        unchecked=_named(one for one in CRITERIA if one.standing is Standing.NOT_CHECKED),
        counts=tuple((_(one.value), sum(its.standing is one for its in CRITERIA)) for one in Standing),
        principles=tuple(Principle(_(name), tuple(map(_row, criteria))) for name, criteria in PRINCIPLES),
        changed=CHANGED,
        back=addresses.CANDIDATE_HOME if is_signed_in else addresses.CANDIDATE_SIGN_IN,
        is_signed_in=is_signed_in,
    )
    return pages(request).page(request, "public/accessibility.html", said)


def _said(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_, lines))


def _named(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    return tuple(_name(one) for one in criteria)


def _name(one: Criterion) -> str:
    name = f"{one.number} {_(one.name)}"
    if one.level is Level.NONE:
        return name
    return _("%(criterion)s, level\u00a0%(level)s") % {"criterion": name, "level": one.level.value}


def _row(one: Criterion) -> Row:
    return Row(_name(one), _(one.standing.value), _(one.because))
