"""One sitting as its staff see it: who, where it stands, its time in sentences, what may be done, what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.pages import deps
from app.pages.centre import account, sayings
from app.pages.centre.account import Fact
from app.pages.centre.choices import Choice, choices, first_of_two
from app.pages.centre.history import MoveLine, line
from app.pages.deps import Desk, guard
from app.pages.errors import reply
from app.pages.render import local_day, local_time
from app.pages.sentences import SENTENCES
from app.pages.staff.frame import StaffFrame, frame
from app.pages.words import N_, _
from app.records.day import CallSeen, SittingSeen, one
from app.rules.permissions import Act, allowed_role
from app.rules.refusals import Refusal, Refused

router = APIRouter()

DONE = {
    "checked-in": N_("The candidate is checked in. Release the test to a desk next."),
    "undone": N_("The check-in was taken back."),
    "arranged": N_("Extra time and breaks are set."),
    "paused": N_("The clock is stopped."),
    "resumed": N_("The clock is running again."),
    "granted": N_("The time was added."),
    "proposed": N_("The clock is stopped. A second person has to confirm the stop on this page."),
    "stopped": N_("The test was stopped for good."),
    "absent": N_("The candidate is marked as not there."),
    "coming": N_("The candidate is told that you have seen the call."),
    "answered": N_("The call is answered."),
}


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call for help and what became of it; `n` is None once it is answered."""

    n: int | None
    reason: str
    when: str
    words: str | None
    seen: str | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """The page. `refused` is a sentence when something was not done. The name stays out of the title and so out of
    the browser's history."""

    frame: StaffFrame
    name: str
    base: str
    code: str
    at: str
    shape: str
    state: str
    left: str | None
    facts: tuple[Fact, ...]
    calls: tuple[CallLine, ...]
    choices: tuple[Choice, ...]
    history: tuple[MoveLine, ...]
    refused: str | None
    waiting: str | None
    may_answer: bool


@router.get("/centre/{centre}/sittings/{sitting}")
async def sitting(request: Request, desk: Annotated[Desk, Depends(guard(Act.SEE_SITTING))]) -> Response:
    """The sitting. `?done=` names what has just been done."""
    done = DONE.get(request.query_params.get("done", ""))
    return page(request, desk, desk.sitting, done=None if done is None else _(done))


def base(desk: Desk) -> str:
    """The address of the sitting's page."""
    return f"/centre/{desk.centre.code}/sittings/{desk.sitting.row.sitting_id}"


def did(desk: Desk, what: str) -> Response:
    """Back to the sitting, saying what was done."""
    return RedirectResponse(f"{base(desk)}?done={what}", 303)


async def write(request: Request, desk: Desk, action: Callable[..., Any], **values: Any) -> Any:
    """An action on the sitting of the route, by the person at the desk, now."""
    return await deps.store(request).write(
        action,
        desk.actor,
        deps.now(request),
        centre_id=desk.centre.id,
        sitting_id=desk.sitting.row.sitting_id,
        **values,
    )


async def do(request: Request, desk: Desk, action: Callable[..., Any], done: str, **values: Any) -> Response:
    """The act of a single button: done and told, or not done and why."""
    result = await write(request, desk, action, **values)
    return await not_done(request, desk, result) if isinstance(result, Refused) else did(desk, done)


async def not_done(request: Request, desk: Desk, refusal: Refused) -> Response:
    """The sitting as it now stands, with the reason why nothing was done and who did the last thing (case 46)."""
    if refusal.code is Refusal.NOT_FOUND:
        return reply(request, refusal.code)
    now = await deps.store(request).read(
        one,
        actor=desk.actor,
        centre_id=desk.centre.id,
        sitting_id=desk.sitting.row.sitting_id,
        keyring=deps.keyring(request),
    )
    if now is None:
        return reply(request, Refusal.NOT_FOUND)
    row = SENTENCES[refusal.code]
    sentence = row.in_words(refusal.details, refusal.kept)["sentence"]
    return page(request, desk, now, refused=sentence, status=row.status)


def page(
    request: Request,
    desk: Desk,
    seen: SittingSeen,
    *,
    done: str | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    """The page of a sitting."""
    now, zone, row = deps.now(request), desk.centre.time_zone, seen.row
    starts = _("%(time)s on %(day)s") % {
        "time": local_time(row.starts_at, zone),
        "day": local_day(row.starts_at, zone),
    }
    view = SittingView(
        frame=frame(desk, _("Sitting at %(time)s") % {"time": local_time(row.starts_at, zone)}, done=done),
        name=sayings.who(row.name),
        base=base(desk),
        code=desk.centre.code,
        at=local_time(now, zone),
        shape=sayings.SHAPES[row.state],
        state=sayings.state_in_words(row, now),
        left=sayings.left_in_words(row, now),
        facts=(
            Fact(_("Test"), sayings.category(row.category)),
            Fact(_("Starts"), starts),
            *account.facts(seen, now),
        ),
        calls=tuple(_call(call, zone) for call in reversed(seen.calls)),
        choices=tuple(choices(desk, seen, now)),
        history=tuple(line(move, zone) for move in seen.moves),
        refused=refused,
        waiting=_waiting(desk, seen),
        may_answer=allowed_role(desk.actor, Act.ANSWER_HELP, centre=desk.centre.id, now=now) is not None,
    )
    return deps.pages(request).page(request, "centre/sitting.html", view, status)


def _waiting(desk: Desk, seen: SittingSeen) -> str | None:
    first = first_of_two(seen)
    if first is None:
        return None
    if first == desk.actor.person:
        return _("You proposed to stop this test. A second person has to confirm it here.")
    return _("A stop of this test was proposed. Confirm it, or start the clock again.")


def _call(seen: CallSeen, zone: str) -> CallLine:
    call = seen.call
    told = []
    if call.seen_at is not None and call.seen_by is not None:
        words = _("%(name)s saw it at %(time)s.")
        told.append(words % {"name": call.seen_by, "time": local_time(call.seen_at, zone)})
    if call.answered_at is not None:
        words = (
            _("The candidate took it back at %(time)s.")
            if call.taken_back
            else _("It was answered at %(time)s.")
        )
        told.append(words % {"time": local_time(call.answered_at, zone)})
    return CallLine(
        call.n if call.answered_at is None else None,
        _(sayings.HELP[call.reason]),
        local_time(call.called_at, zone),
        seen.words,
        " ".join(told) or None,
    )
