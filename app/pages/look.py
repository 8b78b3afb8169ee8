"""How pages look at this browser: the cookie that holds a person's preferences, readable on every page, errors too.

The choices themselves are `accessibility.preferences`; the pages where they are made are `candidate/looks.py`; what
a candidate chose is also kept on the server, by `records`.
"""

from starlette.requests import Request

from accessibility.preferences import USUAL, Preferences
from app.pages import sessions
from app.pages.visit import visit
from app.records.keyring import Keyring
from app.rules.policy import POLICY, SECOND

LOOK = "__Host-look"
BEFORE = "__Host-look-before"  # what held until everything was reset, so that one press takes that back
BEFORE_SECONDS = 600
SITTING_SECONDS = POLICY.candidate_session_ms // SECOND
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
    return NOBODYS if session is None else of_session(session)


def of_session(session: str) -> str:
    """Whose choices are those of a web session, by its digest."""
    return session[:OWNER_LENGTH]


def chosen_by_nobody(request: Request) -> Preferences:
    """What was chosen at this browser before anybody signed in."""
    return _read(request, NOBODYS)


def keep(request: Request, owned_by: str, chosen: Preferences) -> None:
    """Let this browser remember the choices of a person; those of a sitting for as long as it stays signed in."""
    visit(request).look = chosen
    seconds = sessions.KEPT_SECONDS if owned_by == NOBODYS else SITTING_SECONDS
    sessions.put(request, LOOK, f"{owned_by}.{chosen.text}", seconds=seconds)


def reset(request: Request, owned_by: str) -> Preferences:
    """Let everything be as it was at first, and remember for a while what was chosen; the usual look."""
    before = _read(request, owned_by)
    sessions.put(request, BEFORE, f"{owned_by}.{before.text}", seconds=BEFORE_SECONDS)
    keep(request, owned_by, USUAL)
    return USUAL


def before_reset(request: Request, owned_by: str) -> Preferences:
    """What was chosen before a reset of a few minutes ago; the usual look when there was none."""
    return _read(request, owned_by, BEFORE)


def forget(request: Request) -> None:
    """Nobody's choices stay at this browser."""
    for name in (LOOK, BEFORE):
        if name in request.cookies or name in visit(request).cookies:
            sessions.clear(request, name)


def _read(request: Request, owned_by: str, cookie: str = LOOK) -> Preferences:
    whose, _dot, text = request.cookies.get(cookie, "").partition(".")
    return Preferences.of(text) if whose == owned_by else USUAL
