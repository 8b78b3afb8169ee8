"""How this page looks, for the candidate of a sitting: all choices, one choice a page, and the set-up walk.

What the pages show and how forms are read is `looks.py`; the same pages before sign-in are `open_look.py`.
"""

from dataclasses import dataclass, replace

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from accessibility.preference_table import BY_CODE
from accessibility.preferences import USUAL, Preferences
from app.actions.keep_preferences import bring_preferences, keep_preferences
from app.pages import deps
from app.pages import look as cookie
from app.pages.candidate import looks
from app.pages.candidate.frame import Choice, around
from app.pages.candidate.looks import SAID, LooksView
from app.pages.candidate.pausing import back_to_test, here
from app.pages.candidate.steps import Step, go, step
from app.pages.deps import CandidateSeat
from app.pages.forms import FieldError
from app.pages.visit import visit
from app.pages.words import _
from app.records import preferences, seats
from app.records.seats import Seat
from app.records.store import NotSaved
from app.rules.refusals import Refused

log = structlog.get_logger(__name__)
router = APIRouter()
LOOK = "/sitting/look"
SETUP = ("answering", "reader", "size", "colours", "clock", "start")
FIRST_OF_SETUP = f"{LOOK}/{SETUP[0]}?setup=1"
AFTER_SETUP = "/sitting/practice"
FROM_LAST_TEST = "/sitting/details?look=last"
OFFERED = frozenset(BY_CODE)
NEXT_TIME = "next_time"


@dataclass(frozen=True, slots=True)
class Walk:
    """Where in the set-up walk a page stands."""

    code: str

    @classmethod
    def of(cls, request: Request, code: str) -> "Walk | None":
        """The walk that this address belongs to; None outside it."""
        return cls(code) if request.query_params.get("setup") == "1" and code in SETUP else None

    @property
    def number(self) -> int:
        """Which page it is, from 1."""
        return SETUP.index(self.code) + 1

    def after(self, action: str) -> str:
        """Where a button leads: on, or out at once."""
        if action == "use" or self.number == len(SETUP):
            return AFTER_SETUP
        return f"{LOOK}/{SETUP[self.number]}?setup=1&{SAID}={self.code}"

    def back(self) -> tuple[Choice, ...]:
        """The way back to the page before."""
        if self.number == 1:
            return ()
        before = SETUP[self.number - 2]
        words = _("Back to: %(name)s") % {"name": _(BY_CODE[before].name)}
        return (Choice(f"{LOOK}/{before}?setup=1", words),)


@router.get(LOOK)
async def all_looks(request: Request, seat: CandidateSeat) -> Response:
    """Everything that may be chosen, with what holds now."""
    keys, now = deps.keyring(request), deps.now(request)
    chosen, said = cookie.look(request, keys), request.query_params.get(SAID, "")
    stored = await deps.store(request).read(preferences.stored, candidate_id=seat.candidate_id, keyring=keys)
    frame = around(seat, now, _("How this page looks"), place=here(seat, request))
    links = [Choice("/sitting", back_to_test(seat, request))]
    if step(seat, now) is Step.INSTRUCTIONS:
        links.append(Choice(FIRST_OF_SETUP, _("Go through the main settings one by one")))
        links.append(Choice(AFTER_SETUP, _("Practise before your test")))
    undo = said == "reset" and cookie.before_reset(request, cookie.owner(request, keys)) != USUAL
    view = LooksView(
        replace(frame, notices=(*frame.notices, *looks.told(chosen, said))),
        LOOK,
        looks.groups(chosen, LOOK, OFFERED),
        tuple(links),
        undo,
        next_time="yes" if stored is not None and stored.kept else "no",
        yes_no=(Choice("yes", _("Yes")), Choice("no", _("No"))),
    )
    return deps.pages(request).page(request, "candidate/looks.html", view)


@router.post(LOOK)
async def change_all(request: Request, seat: CandidateSeat) -> Response:
    """Reset everything, take that back, or say whether all this is kept for the next test."""
    form, keys = deps.form(request), deps.keyring(request)
    owned_by, action = cookie.owner(request, keys), form.one("action")
    if action == "reset":
        await _store(request, seat, cookie.reset(request, owned_by))
        return go(f"{LOOK}?{SAID}=reset")
    if action == "undo":
        await save(request, seat, cookie.before_reset(request, owned_by))
        return go(f"{LOOK}?{SAID}=undone")
    said = form.one(NEXT_TIME)
    if action != "next_time" or said not in ("yes", "no"):
        return go(LOOK)
    await _store(request, seat, cookie.look(request, keys), next_time=said == "yes")
    return go(f"{LOOK}?{SAID}={said}#{NEXT_TIME}")


@router.get(LOOK + "/{code}")
async def one_look(request: Request, seat: CandidateSeat, code: str) -> Response:
    """One choice."""
    return _page(request, seat, code)


@router.post(LOOK + "/{code}")
async def choose(request: Request, seat: CandidateSeat, code: str) -> Response:
    """Make one choice: it holds from the next page on."""
    form = deps.form(request)
    one, walk = looks.known(code), Walk.of(request, code)
    read = looks.read(form, one, cookie.look(request, deps.keyring(request)))
    if isinstance(read, FieldError):
        return _page(request, seat, code, read)
    await save(request, seat, read)
    return go(walk.after(form.one("action")) if walk else f"{LOOK}?{SAID}={code}#{code}")


def _page(request: Request, seat: Seat, code: str, *wrong: FieldError) -> Response:
    one, walk = looks.known(code), Walk.of(request, code)
    chosen = cookie.look(request, deps.keyring(request))
    frame = around(seat, deps.now(request), _(one.name), place=here(seat, request)).with_errors(wrong)
    links: tuple[Choice, ...] = (
        Choice(f"{LOOK}#{code}", _("Go back to all settings")),
        Choice("/sitting", back_to_test(seat, request)),
    )
    if walk:
        told = () if wrong else looks.told(chosen, request.query_params.get(SAID, ""))
        caption = _("Setting %(n)d of %(all)d") % {"n": walk.number, "all": len(SETUP)}
        frame = replace(frame, caption=caption, notices=(*frame.notices, *told))
        links = walk.back()
    view = looks.choice(
        frame,
        one,
        chosen,
        action=f"{LOOK}/{code}{'?setup=1' if walk else ''}",
        links=links,
        sent=deps.form(request) if wrong else None,
        step=walk is not None,
    )
    return deps.pages(request).page(request, "candidate/look.html", view, 422 if wrong else 200)


async def save(request: Request, seat: Seat, chosen: Preferences) -> None:
    """Let a choice hold at this browser from now on, and keep it on the server."""
    cookie.keep(request, cookie.owner(request, deps.keyring(request)), chosen)
    await _store(request, seat, chosen)


async def _store(request: Request, seat: Seat, chosen: Preferences, *, next_time: bool | None = None) -> None:
    """Keep the choices on the server. If that fails, they hold here all the same: nobody reads worse for it."""
    try:
        await deps.store(request).write(
            keep_preferences,
            seat.actor,
            deps.now(request),
            centre_id=seat.centre_id,
            sitting_id=seat.sitting_id,
            chosen=chosen,
            keyring=deps.keyring(request),
            next_time=next_time,
        )
    except NotSaved:
        if next_time is not None:
            raise
        log.error("preferences not kept", reference=visit(request).reference)


async def bring(request: Request, session: str) -> bool:
    """Bring what was chosen to a browser that has just signed in; whether some of it is from the last test.

    `session` is the digest of the new web session. Nobody is kept from their test because this fails.
    """
    nearby, store, now = cookie.chosen_by_nobody(request), deps.store(request), deps.now(request)
    chosen, from_last_test = nearby, False
    try:
        seat = await store.read(seats.seat, session=session, now=now)
        if seat is not None:
            brought = await store.write(
                bring_preferences,
                seat.actor,
                now,
                centre_id=seat.centre_id,
                sitting_id=seat.sitting_id,
                chosen=nearby,
                keyring=deps.keyring(request),
            )
            if not isinstance(brought, Refused):
                chosen, from_last_test = brought.chosen, brought.from_last_test
    except Exception:
        log.exception("preferences not brought", reference=visit(request).reference)
    cookie.forget(request)
    if chosen != USUAL:
        cookie.keep(request, cookie.of_session(session), chosen)
    return from_last_test


def brought(request: Request) -> tuple[str, ...]:
    """The notice on the first page when settings came from the last test; `bring` leads there."""
    if request.query_params.get("look") != "last":
        return ()
    return (_("We use the settings from your last test. You can change them."),)
