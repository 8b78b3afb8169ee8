"""How this page looks, for everybody who is not signed in to a sitting: candidates before the code, and staff.

What is chosen here stays at this browser; a candidate who signs in takes it along. Whoever is signed in chooses on
the pages of their sitting.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from accessibility.preferences import USUAL
from app.pages import addresses, deps, sessions
from app.pages import look as cookie
from app.pages.candidate import looks
from app.pages.candidate.frame import Choice, Frame
from app.pages.candidate.looks import SAID, LooksView
from app.pages.candidate.steps import go
from app.pages.deps import OpenForm
from app.pages.forms import FieldError
from app.pages.words import _

router = APIRouter()
LOOK = addresses.LOOK


def _back(request: Request) -> Choice:
    """Where this browser came from."""
    if _is_staff(request):
        return Choice(addresses.STAFF_HOME, _("Go back to your centre"))
    return Choice(addresses.CANDIDATE_SIGN_IN, _("Go to the start page"))


def _is_staff(request: Request) -> bool:
    return sessions.STAFF in request.cookies


def _offered(request: Request) -> frozenset[str]:
    return looks.FOR_STAFF if _is_staff(request) else looks.FOR_ALL


@router.get(LOOK)
async def all_looks(request: Request, form: OpenForm) -> Response:
    """Everything that may be chosen, with what holds now."""
    if await deps.is_sitting(request):
        return go(f"/sitting{LOOK}")
    chosen, said = cookie.look(request, deps.keyring(request)), request.query_params.get(SAID, "")
    frame = Frame(_("How this page looks"), notices=looks.told(chosen, said))
    undo = said == "reset" and cookie.before_reset(request, cookie.NOBODYS) != USUAL
    view = LooksView(frame, LOOK, looks.groups(chosen, LOOK, _offered(request)), (_back(request),), undo)
    return deps.pages(request).page(request, "candidate/looks.html", view)


@router.post(LOOK)
async def change_all(request: Request, form: OpenForm) -> Response:
    """Reset everything, or take that back."""
    if await deps.is_sitting(request):
        return go(f"/sitting{LOOK}")
    if form.one("action") == "reset":
        cookie.reset(request, cookie.NOBODYS)
        return go(f"{LOOK}?{SAID}=reset")
    if form.one("action") == "undo":
        cookie.keep(request, cookie.NOBODYS, cookie.before_reset(request, cookie.NOBODYS))
        return go(f"{LOOK}?{SAID}=undone")
    return go(LOOK)


@router.get(LOOK + "/{code}")
async def one_look(request: Request, form: OpenForm, code: str) -> Response:
    """One choice."""
    looks.known(code)
    return go(f"/sitting{LOOK}/{code}") if await deps.is_sitting(request) else _page(request, code)


@router.post(LOOK + "/{code}")
async def choose(request: Request, form: OpenForm, code: str) -> Response:
    """Make one choice: it holds from the next page on."""
    one = looks.known(code)
    if await deps.is_sitting(request):
        return go(f"/sitting{LOOK}/{code}")
    read = looks.read(form, one, cookie.look(request, deps.keyring(request)))
    if isinstance(read, FieldError):
        return _page(request, code, read)
    cookie.keep(request, cookie.NOBODYS, read)
    return go(f"{LOOK}?{SAID}={code}#{code}")


def _page(request: Request, code: str, *wrong: FieldError) -> Response:
    one = looks.known(code)
    chosen = cookie.look(request, deps.keyring(request))
    view = looks.choice(
        Frame(_(one.name), errors=wrong),
        one,
        chosen,
        action=f"{LOOK}/{code}",
        links=(Choice(f"{LOOK}#{code}", _("Go back to all settings")), _back(request)),
        sent=deps.form(request) if wrong else None,
    )
    return deps.pages(request).page(request, "candidate/look.html", view, 422 if wrong else 200)
