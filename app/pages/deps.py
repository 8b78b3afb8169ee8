"""What every route asks for: the moment, the store, the form, and its guard. The only place that reads the clock.

A route declares its guard, and with it its act, as a dependency; a test walks the route table, and a response of
a route whose guard never decided does not leave (gate.py). Path names that guards understand: `{centre}` is a
centre's code, `{sitting}` a sitting's id. Every form of ours carries the token in its field `csrf`.
"""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from accessibility.preferences import USUAL
from app.clock import Clock
from app.pages import look, security, sessions
from app.pages.faults import Denied, Fault
from app.pages.forms import Form, read_form
from app.pages.render import Renderer
from app.pages.visit import visit
from app.records import centres, seats, staff, web_sessions
from app.records.centres import CentreSeen
from app.records.day import SittingSeen, one
from app.records.keyring import Keyring
from app.records.seats import Seat
from app.records.staff import StaffSeen
from app.records.store import Store
from app.records.web_sessions import WhyEnded
from app.rules.permissions import Act, Actor, Role, allowed_role

SAFE = frozenset({"GET", "HEAD"})


def now(request: Request) -> int:
    """The moment of this request (UTC ms), the same wherever it is asked."""
    this = visit(request)
    if this.now is None:
        this.now = cast(Clock, request.app.state.clock).now_ms()
    return this.now


def store(request: Request) -> Store:
    """The store of this service."""
    return cast(Store, request.app.state.store)


def keyring(request: Request) -> Keyring:
    """The keyring of this service."""
    return cast(Keyring, request.app.state.keyring)


def pages(request: Request) -> Renderer:
    """The renderer: `pages(request).page(request, "candidate/question.html", view)`."""
    return cast(Renderer, request.app.state.renderer)


def form(request: Request) -> Form:
    """The form of a POST, read by the guard."""
    return cast(Form, visit(request).form)


@dataclass(frozen=True, slots=True)
class Desk:
    """A staff person at their work: who they are, in which role they were let in, where, and at which sitting.

    `centre` is None for routes without `{centre}`, `sitting` for routes without `{sitting}`.
    """

    staff: StaffSeen
    session: str
    role: Role | None
    here: CentreSeen | None
    about: SittingSeen | None

    @property
    def actor(self) -> Actor:
        """The person as the rules see them."""
        return self.staff.actor

    @property
    def centre(self) -> CentreSeen:
        """The centre of a route with `{centre}`."""
        if self.here is None:
            raise LookupError("this route has no {centre}")
        return self.here

    @property
    def sitting(self) -> SittingSeen:
        """The sitting of a route with `{sitting}`."""
        if self.about is None:
            raise LookupError("this route has no {sitting}")
        return self.about


class Door:
    """A guard that a route declares. `act` is what it asks the rules about; None: nothing beyond `audience`."""

    audience = "public"

    def __init__(self, act: Act | None = None) -> None:
        self.act = act


class PublicDoor(Door):
    """Open to everybody. Its forms are bound to a signed cookie that every page with a form gives."""

    async def __call__(self, request: Request) -> Form:
        """The form of a POST (empty for a GET). Raises Denied."""
        this = visit(request)
        if request.method not in SAFE:
            this.form = await read_form(request)
            this.anchor = sessions.form_anchor(request, keyring(request))
            if this.anchor is None:
                raise Denied(Fault.OLD_FORM if _keeps_cookies(request) else Fault.COOKIES_BLOCKED)
            csrf_ok(request)
        this.decision = "public"
        return this.form or Form({})


class CandidateDoor(Door):
    """A candidate, in their own sitting: the one that the web session at this browser belongs to."""

    audience = "candidate"

    async def __call__(self, request: Request) -> Seat:
        """The candidate's sitting. Raises Denied."""
        this = visit(request)
        if request.method not in SAFE:
            this.form = await read_form(request)
        session = sessions.candidate_session(request, keyring(request))
        if session is None:
            raise Denied(Fault.SIGNED_OUT)
        this.anchor = session
        seat = await store(request).read(seats.seat, session=session, now=now(request))
        if seat is None:
            this.anchor = None
            raise Denied(await self._why_out(request, session))
        this.seat = seat
        if request.method not in SAFE:
            csrf_ok(request)
        act = self.act or Act.SIT
        role = allowed_role(seat.actor, act, centre=seat.centre_id, now=now(request), sitting=seat.sitting_id)
        if role is None:
            raise Denied(Fault.NO_SUCH_PAGE)
        this.decision = f"{act}: {role}"
        return seat

    @staticmethod
    async def _why_out(request: Request, session: str) -> Fault:
        """Why this browser is out. Where the desk ended it, its cookie stays: Refresh and Back say the same again.

        This reply still looks as its reader chose, for it may be they who read it; whoever comes next starts afresh.
        """
        look.forget(request)
        why = await store(request).read(web_sessions.why_ended, digest=session)
        if why is None:
            sessions.clear(request, sessions.CANDIDATE)
            return Fault.SIGNED_OUT
        return Fault.MOVED_AWAY if why is WhyEnded.MOVED else Fault.NOT_READY


async def is_sitting(request: Request) -> bool:
    """Whether the web session of a candidate is open at this browser; an ended one is nobody's, and so is its look.

    A form that is sent from there is the next person's, so that the ended one's cookie goes with it.
    """
    session = sessions.candidate_session(request, keyring(request))
    if session is None:
        return False
    if await store(request).read(seats.seat, session=session, now=now(request)) is not None:
        return True
    look.forget(request)
    visit(request).look = USUAL
    if request.method not in SAFE:
        sessions.clear(request, sessions.CANDIDATE)
    return False


class StaffDoor(Door):
    """Staff with a role that may do the act at the centre in the path, to the sitting in the path if there is one."""

    audience = "staff"

    async def __call__(self, request: Request) -> Desk:
        """Who is at the desk. Raises Denied: another centre's sitting is "no such page", as if it were not there."""
        this = visit(request)
        if request.method not in SAFE:
            this.form = await read_form(request)
        session = sessions.staff_session(request, keyring(request), now(request))
        if session is None:
            raise Denied(Fault.SIGNED_OUT)
        this.anchor = session
        person = await store(request).read(staff.staff_actor, session=session, now=now(request))
        if person is None:
            sessions.clear(request, sessions.STAFF)
            this.anchor = None
            raise Denied(Fault.SIGNED_OUT)
        if request.method not in SAFE:
            csrf_ok(request)
        return await self._let_in(request, person, session)

    async def _let_in(self, request: Request, person: StaffSeen, session: str) -> Desk:
        centre = None
        if "centre" in request.path_params:
            centre = await store(request).read(centres.by_code, code=request.path_params["centre"])
            if centre is None:
                raise Denied(Fault.NO_SUCH_PAGE)
        role = self._role(person.actor, centre, now(request))
        if self.act is not None and role is None:
            raise Denied(Fault.NO_SUCH_PAGE)
        sitting = None
        if "sitting" in request.path_params and centre is not None:
            sitting = await store(request).read(
                one,
                actor=person.actor,
                centre_id=centre.id,
                sitting_id=request.path_params["sitting"],
                keyring=keyring(request),
            )
            if sitting is None:
                raise Denied(Fault.NO_SUCH_PAGE)
        visit(request).decision = f"{self.act or 'any staff'}: {role}"
        return Desk(person, session, role, centre, sitting)

    def _role(self, actor: Actor, centre: CentreSeen | None, at: int) -> Role | None:
        if self.act is None:
            return None
        if centre is not None:
            return allowed_role(actor, self.act, centre=centre.id, now=at)
        # Without a centre in the path: a role at any centre that the person has.
        found = (allowed_role(actor, self.act, centre=m.centre or "", now=at) for m in actor.memberships)
        return next((role for role in found if role is not None), None)


def _keeps_cookies(request: Request) -> bool:
    """Whether this browser has brought back any cookie of ours, if only one that cannot be read."""
    return any(name in request.cookies for name in sessions.ALL)


def csrf_ok(request: Request) -> None:
    """Raise Denied(OLD_FORM) unless the form carries the token of this page's web session. Guards call it."""
    anchor = visit(request).anchor
    token = form(request).one("csrf")
    if anchor is None or not security.form_token_is_good(keyring(request), anchor, token):
        raise Denied(Fault.OLD_FORM)


def guard(act: Act) -> StaffDoor:
    """The guard of a staff route: `desk: Annotated[Desk, Depends(guard(Act.CHECK_IN))]`."""
    return StaffDoor(act)


public = PublicDoor()
candidate = CandidateDoor(Act.SIT)
any_staff = StaffDoor()

OpenForm = Annotated[Form, Depends(public)]
"""For a route open to everybody: its form, checked."""
CandidateSeat = Annotated[Seat, Depends(candidate)]
"""For a candidate's route: their sitting."""
AnyStaff = Annotated[Desk, Depends(any_staff)]
"""For signing out: staff in whatever role."""
