"""The centres where somebody on the staff has a role, and what each role lets them do."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.pages import addresses, deps
from app.pages.deps import Desk, guard
from app.pages.staff.frame import StaffFrame, frame
from app.pages.staff.roles import LETS, ROLES
from app.pages.words import _
from app.records.centres import CentreSeen, centres_of
from app.rules.permissions import Act, Actor

router = APIRouter()


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """One role in words, and what it lets one do."""

    name: str
    lets: str


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One centre with the roles that the reader has there."""

    code: str
    name: str
    roles: tuple[RoleSeen, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The list; empty when every role has run out."""

    frame: StaffFrame
    centres: tuple[CentreRow, ...]


@router.get(addresses.STAFF_HOME)
async def home(request: Request, desk: Annotated[Desk, Depends(guard(Act.SEE_CENTRES))]) -> Response:
    """The centres of the person who is signed in."""
    now = deps.now(request)
    found = await deps.store(request).read(centres_of, actor=desk.actor, now=now)
    rows = tuple(_row(one, desk.actor, now) for one in found)
    return deps.pages(request).page(
        request, "staff/home.html", HomeView(frame(desk, _("Your centres")), rows)
    )


def _row(centre: CentreSeen, actor: Actor, now: int) -> CentreRow:
    held = sorted(actor.roles_at(centre.id, now) & LETS.keys())
    roles = tuple(RoleSeen(_(ROLES[role]), _(LETS[role])) for role in held)
    return CentreRow(centre.code, centre.name, roles)
