"""Breaks and pauses: asking for a break, the page while the clock is stopped, and coming back. No question on them."""

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actions.answer_help import take_back_calls
from app.actions.pause_sitting import Moved, come_back, take_break
from app.pages import deps, errors
from app.pages.candidate.elsewhere import MessageView, open_elsewhere, rev, token
from app.pages.candidate.frame import Choice, Frame, around, length_words, minutes_words, place_words
from app.pages.candidate.steps import Step, go, go_to_step, step
from app.pages.deps import CandidateSeat
from app.pages.place import remembered
from app.pages.words import N_, _
from app.records import help_calls
from app.records.help_calls import HelpSeen
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import TERMINAL, PauseKind, State
from app.rules.timing import may_return_alone

router = APIRouter()
ALL_RIGHT = "all-right"
# A double press finds the sitting where the first one brought it.
ALREADY_THERE = frozenset({Refusal.ALREADY_PAUSED, Refusal.ALREADY_STARTED, Refusal.NOT_PAUSED})
WHY = {
    PauseKind.HELP: N_("You asked for help. The question is hidden while you wait."),
    PauseKind.MEDICAL: N_("A person has stopped your test so that you can rest."),
    PauseKind.CONVERSATION: N_("A person wants to talk with you."),
    PauseKind.IDENTITY: N_("A person needs to check your details again."),
    PauseKind.DISTURBANCE: N_("A person has stopped your test because the room was disturbed."),
    PauseKind.TECHNICAL: N_("A person has stopped your test because something does not work."),
    PauseKind.EVACUATION: N_("Follow the person at the desk. Leave everything as it is."),
    PauseKind.OUTAGE: N_("Our service stopped for a while. It works again now."),
    PauseKind.DEVICE: N_("Your test has moved to this computer."),
    PauseKind.SECTION: N_("You have finished one part. The next part has its own time."),
}


def back_to_test(seat: Seat, request: Request) -> str:
    """The words of the link that leads back: to the question the candidate was on, if this browser knows it."""
    if seat.state in TERMINAL:
        return _("Go back to your result")
    place = remembered(request, seat) if seat.state is State.IN_PROGRESS else None
    return _("Go back to question %(n)d") % {"n": place.number} if place else _("Go back to your test")


def here(seat: Seat, request: Request) -> str:
    """Where in the part the candidate was last, for the header of pages beside the questions."""
    place = remembered(request, seat) if seat.state is State.IN_PROGRESS else None
    return place_words(place.number, seat.plan.questions) if place else ""


@router.get("/sitting/break")
async def ask_for_break(request: Request, seat: CandidateSeat) -> Response:
    """Before a break, what it does; during one, only the way back."""
    now = deps.now(request)
    where = step(seat, now)
    if where is Step.BREAK:
        return _on_a_break(request, seat)
    if where is Step.RESULT:
        return go_to_step(seat, now)
    if where is not Step.QUESTIONS:
        return _no_break_needed(request, seat)
    left, used = seat.break_left_ms(now), seat.break_used_ms
    heading = _("Take a break?") if left > 0 else _("No break time is left")
    words = (
        _("You have used all of your break time."),
        _("If you need a break now, ask a person for help."),
    )
    if left > 0:
        told = {"used": length_words(used), "all": minutes_words(seat.break_minutes)}
        words = (
            _("The clock will stop. The question will be hidden."),
            (
                _("You have used %(used)s of %(all)s for breaks.")
                if used
                else _("You have %(all)s for breaks.")
            )
            % told,
        )
    view = MessageView(
        around(seat, now, heading, place=here(seat, request), rev=rev(request, seat)),
        heading,
        words,
        action="/sitting/break",
        buttons=(Choice("", _("Start my break")),) if left > 0 else (),
        links=(Choice("/sitting", back_to_test(seat, request)),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view)


def _no_break_needed(request: Request, seat: Seat) -> Response:
    """The clock does not run, so that rest costs nothing."""
    heading = _("Take a break")
    why = _("The clock is stopped.")
    if seat.state is State.IN_PROGRESS:
        why = _("Your time for this part has ended.")
    elif seat.state is not State.PAUSED:
        why = _("The clock has not started.")
    words = (why, _("Rest as long as you need before you go on."))
    links = (Choice("/sitting", _("Go back to your test")),)
    view = MessageView(around(seat, deps.now(request), heading), heading, words, links=links)
    return deps.pages(request).page(request, "candidate/message.html", view)


def _on_a_break(request: Request, seat: Seat) -> Response:
    now = deps.now(request)
    left = seat.break_left_ms(now)
    words = [_("Rest. Nothing happens to your test while you are away.")]
    if left > 0:
        words.append(_("You have %(time)s of break time left.") % {"time": length_words(left)})
    else:
        words.append(_("Your break time is used. A person may come to ask how you are."))
    view = MessageView(
        around(seat, now, _("Break – the clock is stopped"), rev=rev(request, seat)),
        _("You are on a break. The clock is stopped."),
        tuple(words),
        action="/sitting/continue",
        buttons=(Choice("", _("Come back when you are ready")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view)


@router.post("/sitting/break")
async def start_break(request: Request, seat: CandidateSeat) -> Response:
    """Stop the clock for a rest."""
    return await _move(request, seat, take_break)


@router.post("/sitting/continue")
async def carry_on(request: Request, seat: CandidateSeat) -> Response:
    """Start the clock again after a break, an outage, a call for help, a new desk or between parts.

    Somebody who says that they are all right takes their calls back as well.
    """
    gone_on = await _move(request, seat, come_back)
    if gone_on.status_code == 303 and deps.form(request).one("action") == ALL_RIGHT:
        await deps.store(request).write(
            take_back_calls,
            seat.actor,
            deps.now(request),
            centre_id=seat.centre_id,
            sitting_id=seat.sitting_id,
        )
    return gone_on


async def _move(request: Request, seat: Seat, action: Callable[..., Moved | Refused]) -> Response:
    moved = await deps.store(request).write(
        action,
        seat.actor,
        deps.now(request),
        centre_id=seat.centre_id,
        sitting_id=seat.sitting_id,
        epoch=token(request, seat).epoch,
    )
    if not isinstance(moved, Refused) or moved.code in ALREADY_THERE:
        return go("/sitting")
    if moved.code is Refusal.OPEN_ELSEWHERE:
        return open_elsewhere(request, seat)
    return errors.refused(request, moved)


@router.get("/sitting/paused")
async def paused(request: Request, seat: CandidateSeat) -> Response:
    """Why the clock is stopped, and who starts it again."""
    now = deps.now(request)
    if step(seat, now) is not Step.PAUSED:
        return go_to_step(seat, now)
    if seat.pause_kind is None:
        return deps.pages(request).page(request, "candidate/message.html", _not_ready(seat, now))
    call = None
    if seat.pause_kind is PauseKind.HELP:
        call = await deps.store(request).read(
            help_calls.open_call, centre_id=seat.centre_id, sitting_id=seat.sitting_id
        )
    alone = may_return_alone(seat.pause_kind, seat.paused_known_at or now, now) and _is_mine(seat.pause_kind)
    frame = around(seat, now, _("Paused – the clock is stopped"), rev=rev(request, seat))
    view = MessageView(
        frame,
        _("Your test is paused. The clock is stopped."),
        (_(WHY[seat.pause_kind]), *about_call(call), *_who(alone, called=call is not None)),
        action="/sitting/continue",
        buttons=_ways_on(alone, called=call is not None),
        links=() if alone and call is None else (Choice("/sitting/paused", _("Look again")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view)


def _is_mine(kind: PauseKind) -> bool:
    return kind in (PauseKind.OUTAGE, PauseKind.HELP, PauseKind.DEVICE, PauseKind.SECTION)


def about_call(call: HelpSeen | None) -> tuple[str, ...]:
    """What became of a call that is still open, and what happens now. Never more than somebody has really seen."""
    if call is None:
        return ()
    seen = _("The desk has your call. Nobody has seen it yet.")
    if call.seen_by:
        seen = _("%(name)s has seen your call.") % {"name": call.seen_by}
    return (seen, _("A person comes to you. Stay where you are."))


def _ways_on(alone: bool, *, called: bool) -> tuple[Choice, ...]:
    if not alone:
        return ()
    on = Choice("", _("Continue the test"))
    return (on, Choice(ALL_RIGHT, _("I am all right now. Continue the test."))) if called else (on,)


def _who(alone: bool, *, called: bool) -> tuple[str, ...]:
    kept = _("All the answers you saved are kept.")
    if not alone:
        return (kept, _("A person starts your test again with you."))
    on = _("When you are ready, you can go on by yourself.")
    return (
        kept,
        f"{on} {_('A person still comes, unless you say that you are all right.')}" if called else on,
    )


def _not_ready(seat: Seat, now: int) -> MessageView:
    """A sitting whose check-in was undone: nothing has started, and only the desk can go on."""
    heading = _("Your test is not ready yet")
    words = (_("Nothing has started, so nothing is lost."), _("Speak to the person at the desk."))
    return MessageView(_alone(around(seat, now, heading)), heading, words)


def _alone(frame: Frame) -> Frame:
    return replace(frame, tools=())
