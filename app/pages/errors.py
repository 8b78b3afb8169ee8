"""Every "no" as a page or as JSON: one table from its code to status, sentence, what was kept and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.pages import addresses
from app.pages.faults import Denied, Detail, Fault
from app.pages.forms import Form
from app.pages.place import remembered
from app.pages.sentences import SENTENCES
from app.pages.sentences.row import CARRY_ON, GO_BACK, LOOK_AGAIN, SAFE
from app.pages.visit import visit
from app.pages.words import _
from app.records.store import NotRead, NotSaved
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State

if TYPE_CHECKING:
    from app.pages.render import Renderer

log = structlog.get_logger(__name__)
RETRY_SECONDS = "2"
OFFER_AGAIN = frozenset({Fault.OLD_FORM, Fault.NOT_SAVED_YET, Fault.NOT_READ})
SAYS_STILL_HERE = frozenset({Fault.OLD_FORM, Fault.NOT_SAVED_YET})
OUTSIDE = frozenset({Fault.SIGNED_OUT, Fault.MOVED_AWAY, Fault.NOT_READY})
NEVER_ECHOED = ("csrf", "password")
TELLS_AGAIN = "tells_again"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What an error page shows. `again` is the same form with a fresh token, where pressing once more can help."""

    code: str
    title: str
    sentence: str
    kept: str
    todo: str
    reference: str | None
    way_back: str
    way_back_words: str
    way_to_help: str | None
    again: "FormAgain | None" = None


@dataclass(frozen=True, slots=True)
class FormAgain:
    """A form as it was sent: to which address, which fields, and what it was about."""

    action: str
    fields: tuple[tuple[str, str], ...]
    about: str | None


def refused(request: Request, refusal: Refused) -> Response:
    """The page (or JSON) for a refusal of an action."""
    return reply(request, refusal.code, kept=refusal.kept, details=refusal.details)


def reply(
    request: Request, code: Fault | Refusal, *, kept: bool = False, details: dict[str, Any] | None = None
) -> Response:
    """The page for a "no", or JSON with the same code when the request accepts JSON.

    `kept`: something was stored although it was refused. Signed out, a GET is sent to sign in.
    """
    row = SENTENCES[code]
    details = details or {}
    this = visit(request)
    this.decision = this.decision or f"denied: {code}"
    headers = {"Retry-After": RETRY_SECONDS} if row.status == 503 else {}
    words = row.in_words(details, kept, sent=request.method == "POST")
    if wants_json(request):
        body = {"code": str(code), "reference": this.reference, "details": _plain(details), **words}
        return JSONResponse(body, row.status, headers)
    if code is Fault.SIGNED_OUT and request.method == "GET":
        return RedirectResponse(_sign_in(request), 303)
    renderer: Renderer = request.app.state.renderer
    page = renderer.page(request, "errors/error.html", _view(request, code, words), row.status)
    page.headers.update(headers)
    return page


def wants_json(request: Request) -> bool:
    """Whether the script of a page asks: it says so in Accept."""
    return "application/json" in request.headers.get("accept", "")


def tells_again(words: Callable[[Form], str]) -> Callable[[R], R]:
    """Decorator for a route whose form may be offered again: `words(form)` says what was chosen, in a sentence."""

    def marked(route: R) -> R:
        setattr(route, TELLS_AGAIN, words)
        return route

    return marked


def _view(request: Request, code: Fault | Refusal, words: dict[str, str]) -> ErrorView:
    way, way_words, help_way = _ways(request, code)
    again = _again(request) if code in OFFER_AGAIN else None
    if again is None and code in SAYS_STILL_HERE:  # such as a password, which is never sent back
        words = {**words, "kept": _(SAFE), "todo": _(GO_BACK)}
    if words["todo"] == _(LOOK_AGAIN) and not addresses.is_for_staff(request.url.path):
        words = {**words, "todo": _(CARRY_ON)}  # a candidate has no list
    return ErrorView(
        str(code),
        **words,
        reference=visit(request).reference if code is Fault.BROKEN else None,
        way_back=way,
        way_back_words=way_words,
        way_to_help=help_way,
        again=again,
    )


def _ways(request: Request, code: Fault | Refusal) -> tuple[str, str, str | None]:
    """The way back with its words, and the way to a person; staff are persons themselves."""
    path = request.url.path
    if addresses.is_for_staff(path):
        signed_out = code is Fault.SIGNED_OUT
        return (
            addresses.STAFF_SIGN_IN if signed_out else addresses.STAFF_HOME,
            _("Sign in again") if signed_out else _("Go to your centre"),
            None,
        )
    if code in OUTSIDE or not path.startswith(addresses.CANDIDATE_HOME):
        words = _("Sign in again") if code is Fault.SIGNED_OUT else _("Go to the start page")
        return addresses.CANDIDATE_SIGN_IN, words, addresses.HELP_WITHOUT_A_CODE
    seat = visit(request).seat
    place = remembered(request, seat) if seat is not None and seat.state is State.IN_PROGRESS else None
    back = _("Go back to question %(n)d") % {"n": place.number} if place else _("Go back to your test")
    return addresses.CANDIDATE_HOME, back, addresses.CANDIDATE_HELP


def _again(request: Request) -> FormAgain | None:
    form = visit(request).form
    if not isinstance(form, Form) or any("password" in name for name in form.fields):
        return None
    fields = [(name, one) for name, values in form.fields.items() for one in values]
    about = getattr(request.scope.get("endpoint"), TELLS_AGAIN, None)
    return FormAgain(
        request.url.path,
        tuple((name, value) for name, value in fields if name not in NEVER_ECHOED),
        about(form) if about else None,
    )


def _sign_in(request: Request) -> str:
    return (
        addresses.STAFF_SIGN_IN if addresses.is_for_staff(request.url.path) else addresses.CANDIDATE_SIGN_IN
    )


def _plain(details: dict[str, Any]) -> dict[str, Detail]:
    return {key: value for key, value in details.items() if value is None or isinstance(value, str | int)}


def _cause(error: Exception) -> str:
    """The word or the kind of error that stopped the store; never an error's own words, which may name people."""
    cause = getattr(error, "cause", error)
    return cause if isinstance(cause, str) else type(cause).__name__


def install(app: FastAPI) -> None:
    """Give the application a page for everything that guards, forms, the store and the router raise."""

    async def denied(request: Request, error: Exception) -> Response:
        assert isinstance(error, Denied)  # noqa: S101  # Starlette calls this for nothing else
        return reply(request, error.code, kept=error.kept, details=error.details)

    async def not_saved(request: Request, error: Exception) -> Response:
        log.error("not saved", reference=visit(request).reference, cause=_cause(error))
        return reply(request, Fault.NOT_SAVED_YET)

    async def not_read(request: Request, error: Exception) -> Response:
        log.error("not read", reference=visit(request).reference, cause=_cause(error))
        # A form whose sender could not be looked up is not saved, and its page must say so.
        return reply(request, Fault.NOT_SAVED_YET if request.method == "POST" else Fault.NOT_READ)

    async def from_the_router(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException) or error.status_code != 405:
            return reply(request, Fault.NO_SUCH_PAGE)
        page = reply(request, Fault.NOT_THIS_WAY)
        page.headers.update(error.headers or {})
        return page

    app.add_exception_handler(Denied, denied)
    app.add_exception_handler(NotSaved, not_saved)
    app.add_exception_handler(NotRead, not_read)
    app.add_exception_handler(HTTPException, from_the_router)
    app.add_exception_handler(RequestValidationError, from_the_router)
