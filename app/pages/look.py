"""How pages look at this browser: the cookie that holds a person's preferences, readable on every page, errors too.

The choices themselves are `accessibility.preferences`; what a candidate chose is also kept on the server, by `records`.
"""

from starlette.requests import Request

from accessibility.preferences import USUAL, Preferences
from app.pages import sessions
from app.pages.visit import visit
from app.records.keyring import Keyring

LOOK = "__Host-look"
NOBODYS = "-"  # chosen before anybody signed in
OWNER_LENGTH = 16


def look(request: Request, keyring: Keyring) -> Preferences:
    """What holds for the person at this browser. What somebody else chose here before them does not."""
    now = visit(request)
    if now.look is None:
        now.look = _read(request, owner(request, keyring))
    return now.look


def owner(request: Request, keyring: Keyring) -> str:
    """Whose choices count at this browser: those of the sitting it is signed in to, or nobody's."""
    session = sessions.candidate_session(request, keyring)
    return NOBODYS if session is None else session[:OWNER_LENGTH]


def keep(request: Request, owned_by: str, chosen: Preferences) -> None:
    """Let this browser remember the choices of a person."""
    visit(request).look = chosen
    sessions.put(request, LOOK, f"{owned_by}.{chosen.text}", seconds=sessions.KEPT_SECONDS)


def _read(request: Request, owned_by: str) -> Preferences:
    whose, _dot, text = request.cookies.get(LOOK, "").partition(".")
    return Preferences.of(text) if whose == owned_by else USUAL
