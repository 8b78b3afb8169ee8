"""Getting in by a code, and leaving: the first and the last page at a candidate's browser."""

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.sign_in import leave, take_seat
from app.pages import addresses, deps, sessions
from app.pages.candidate import practised
from app.pages.candidate.elsewhere import MessageView
from app.pages.candidate.frame import Choice, Frame
from app.pages.candidate.guesses import Guesses
from app.pages.candidate.look import FROM_LAST_TEST, bring
from app.pages.candidate.steps import go
from app.pages.candidate.survey import SURVEY
from app.pages.deps import CandidateSeat, OpenForm
from app.pages.forms import FieldError
from app.pages.look import forget as forget_look
from app.pages.place import PLACE
from app.pages.sentences import SENTENCES
from app.pages.words import _
from app.rules import codes
from app.rules.permissions import NOBODY
from app.rules.policy import POLICY, SECOND
from app.rules.refusals import Refusal, Refused

router = APIRouter()
CLEARS = {"clear-site-data": '"cache", "storage"'}


@dataclass(frozen=True, slots=True)
class StartView:
    """The one field, with what was typed."""

    frame: Frame
    code: str


def tidy(code: str) -> str:
    """A code as it was made: no spaces or dashes, capital letters."""
    return "".join(mark for mark in code.upper() if mark.isalnum())


@router.get(addresses.CANDIDATE_SIGN_IN)
async def start(request: Request, form: OpenForm) -> Response:
    """The page that waits for a code; with it the browser gets the cookie without which no code is looked at."""
    sessions.device(request, deps.keyring(request))
    await deps.is_sitting(request)  # nobody starts with the look of one whose web session is over
    return _page(request, "", ())


@router.post(addresses.CANDIDATE_SIGN_IN)
async def sign_in(request: Request, form: OpenForm) -> Response:
    """Take the seat that the code opens. A wrong code is told beside the field, with the tries that are left.

    A browser without the device cookie gets it now and has to press once more: tries are counted by it.
    """
    typed = form.one("code")
    if not typed.strip():
        words = _("Enter your test code. It has 6 letters and numbers")
        return _page(request, typed, (FieldError("code", words),), 422)
    keys, now = deps.keyring(request), deps.now(request)
    device = sessions.known_device(request, keys)
    if device is None:
        sessions.device(request, keys)
        words = _("Press Continue once more. Your code was not looked at yet")
        return _page(request, typed, (FieldError("code", words),), 403)
    guesses: Guesses = request.app.state.guesses
    if not device.is_known:
        await asyncio.sleep(guesses.wait_ms(now) / SECOND)
    secret = sessions.new_secret()
    session = keys.digest("session", secret)
    seated = await deps.store(request).write(
        take_seat,
        NOBODY,
        now,
        code=keys.digest("code", tidy(typed)[: 2 * POLICY.code_length]),
        device=device.digest,
        session=session,
        word=codes.word_of(device.digest),
    )
    if isinstance(seated, Refused):
        if not device.is_known and seated.code is not Refusal.OTHER_DESK:
            guesses.was_wrong(now)
        return _refused(request, typed, seated)
    sessions.put(request, sessions.CANDIDATE, secret)
    sessions.remember_device(request, keys)
    return go(FROM_LAST_TEST if await bring(request, session) else addresses.CANDIDATE_HOME)


def _page(request: Request, typed: str, wrong: tuple[FieldError, ...], status: int = 200) -> Response:
    view = StartView(Frame(_("Start your test"), errors=wrong), typed)
    return deps.pages(request).page(request, "candidate/start.html", view, status)


def _refused(request: Request, typed: str, refused: Refused) -> Response:
    row = SENTENCES[refused.code]
    said = row.in_words(refused.details, refused.kept)
    if refused.code is Refusal.NO_SUCH_CODE:
        wrong = FieldError("code", said["sentence"])
        return _page(request, typed, (wrong,), row.status)
    view = MessageView(
        Frame(said["title"]),
        said["title"],
        (said["sentence"], said["todo"]),
        links=(Choice(addresses.CANDIDATE_SIGN_IN, _("Go back to the start page")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view, row.status)


@router.post("/sitting/leave")
async def sign_out(request: Request, seat: CandidateSeat) -> Response:
    """Sign this browser out. The sitting stays as it is; nothing of it stays in the browser."""
    keys = deps.keyring(request)
    session = sessions.candidate_session(request, keys)
    if session is not None:
        await deps.store(request).write(leave, seat.actor, deps.now(request), session=session)
    sessions.clear(request, sessions.CANDIDATE)
    sessions.clear(request, PLACE)
    forget_look(request)
    sessions.clear(request, SURVEY)
    practised.forget(request)
    gone = go(addresses.CANDIDATE_SIGN_IN)
    gone.headers.update(CLEARS)
    return gone
