"""The press of a button on a question's page: one write, then a redirect, or JSON for a page's script.

The page itself is `question.py`; what a refused answer gets is `refused_answer.py`.
"""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.actions.save_answer import Chosen, Saved, save_answer
from app.pages import deps
from app.pages.candidate import refused_answer
from app.pages.candidate.leading import AID_OFF, FLAGS, leads
from app.pages.candidate.look import save as save_look
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import first_position, go
from app.pages.deps import CandidateSeat
from app.pages.errors import tells_again, wants_json
from app.pages.faults import Denied, Fault
from app.pages.forms import Form
from app.pages.hot_route import HotRoute
from app.pages.look import look
from app.pages.security import PageToken, read_page_token
from app.pages.words import _
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused

router = APIRouter(route_class=HotRoute)
SEQUENCE = re.compile(r"[0-9]{1,19}")
TIME_LEFT = re.compile(r"-?[0-9]{1,15}")
MOST_SEQUENCE = 2**53 - 1  # what a script can count exactly


def about(form: Form) -> str:
    """What a page that offers the form again says it holds."""
    return _("The button saves the answer that you chose.")


@router.post("/sitting/question/{number}")
@tells_again(about)
async def save(request: Request, seat: CandidateSeat, number: int) -> Response:
    """Save what was chosen and go where the button leads."""
    form = deps.form(request)
    if not seat.parts or not 1 <= number <= seat.plan.questions:
        raise Denied(Refusal.NO_SUCH_QUESTION)
    position = first_position(seat) + number - 1
    token = read_page_token(deps.keyring(request), form.one("rev"), sitting=seat.sitting_id)
    if token is None or token.position != position:
        return await refused_answer.once_more(request, seat, number, answers(form))
    action = form.one("action") or "stay"  # a button that chooses an answer brings no action
    saved = await deps.store(request).write(
        save_answer,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        position=position,
        chosen=_chosen(form, token, action),
    )
    if isinstance(saved, Refused):
        return await refused_answer.reply(request, seat, number, saved, answers(form))
    if action == AID_OFF:
        await turn_aid_off(request, seat)
    leads_to = _next(request, seat, number, action, saved)
    return JSONResponse(told(saved, leads_to)) if wants_json(request) else go(leads_to)


def answers(form: Form) -> tuple[str, ...]:
    """The chosen values as sent, each once: of the button that chooses one, else of the boxes that are ticked.

    A value never holds a space, so one that does stays unknown.
    """
    sent = form.all("choose") or form.all("answer")
    return tuple(dict.fromkeys("_".join(value.split()) for value in sent if value.strip()))


def _chosen(form: Form, token: PageToken, action: str) -> Chosen:
    return Chosen(
        epoch=token.epoch,
        token=token.nonce,
        rendered_at=token.rendered_at,
        value="" if action == "clear" else " ".join(answers(form)),
        flag=FLAGS.get(action, "keep"),
        nothing_keeps=action != "clear",
        sequence=sequence(form),
        made_left_ms=_made(form),
    )


def sequence(form: Form) -> int | None:
    """The client's sequence; None without script. Raises Denied(BAD_FIELD) (catalogue, cases 8 and 9)."""
    if "seq" not in form.fields:
        return None
    text = form.one("seq")
    if not SEQUENCE.fullmatch(text) or int(text) > MOST_SEQUENCE:
        raise Denied(Fault.BAD_FIELD, details={"field": "seq"})
    return int(text)


def _made(form: Form) -> int | None:
    """The time left that the browser claims for the moment of choosing, in ms. Raises Denied(BAD_FIELD)."""
    if "made" not in form.fields:
        return None
    text = form.one("made")
    if not TIME_LEFT.fullmatch(text):
        raise Denied(Fault.BAD_FIELD, details={"field": "made"})
    return int(text)


def told(saved: Saved, leads_to: str) -> dict[str, str | int]:
    """The JSON reply to a script (settled design, point 2); `to` is where the same press leads without one."""
    return {
        "to": leads_to,
        "sequence": saved.sequence,
        "left_ms": saved.left_ms,
        "state": saved.state.value,
        "standing": saved.standing.value,
        "repeat": saved.repeat.value,
    }


async def turn_aid_off(request: Request, seat: Seat) -> None:
    """Let no reading aid hold any more, as if that had been chosen on its own page."""
    await save_look(request, seat, look(request, deps.keyring(request)).with_("aid", "off"))


def _next(request: Request, seat: Seat, number: int, action: str, saved: Saved) -> str:
    """Where a saved answer leads."""
    if saved.left_ms <= 0:
        return "/sitting/time-ended"
    by_button = "choose" in deps.form(request).fields and bool(saved.places)
    return leads(
        Showing.of(request),
        number,
        seat.plan.questions,
        action,
        saved.places[0] if by_button else 0,
        # Some, but too few, are told each time.
        goes_on=saved.answered or (not saved.value and seat.told_unanswered),
    )
