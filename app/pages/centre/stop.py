"""Stop a test for good: as the candidate wishes, because they cannot go on, or for broken rules by two people."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.actions.end_sitting import stop
from app.pages import deps
from app.pages.centre.act import ActForm, act_page, carry_out
from app.pages.centre.choices import first_of_two
from app.pages.centre.history import STOPS
from app.pages.deps import Desk, guard
from app.pages.forms import Reader
from app.pages.staff.fields import Field, FieldKind, Option
from app.pages.words import _
from app.rules.help import StopReason
from app.rules.permissions import Act
from app.rules.policy import POLICY
from app.rules.refusals import Refusal
from app.rules.sitting import State

router = APIRouter()
Stopper = Annotated[Desk, Depends(guard(Act.STOP))]


@router.get("/centre/{centre}/sittings/{sitting}/stop")
async def ask_stop(request: Request, desk: Stopper) -> Response:
    """Why should the test stop?"""
    return act_page(request, desk, _form(desk))


@router.post("/centre/{centre}/sittings/{sitting}/stop")
async def do_stop(request: Request, desk: Stopper) -> Response:
    """Stop the test, or propose it to a second person."""
    reader = Reader(deps.form(request))
    reason = reader.choice("reason", StopReason, _("Choose why the test should stop"))
    words = reader.words("words", _("Say what happened"), 1000)
    if reason is StopReason.MALPRACTICE and 0 < len(words) < POLICY.stop_words:
        told = _("Say what happened in at least %(least)d characters")
        reader.wrong("words", told % {"least": POLICY.stop_words})
    return await carry_out(
        request,
        desk,
        _form(desk),
        reader,
        stop,
        "stopped",
        kept={Refusal.SECOND_PERSON_NEEDED: "proposed"},
        reason=reason,
        words=words,
        keyring=deps.keyring(request),
    )


def _form(desk: Desk) -> ActForm:
    first = first_of_two(desk.sitting)
    reasons = tuple(
        Option(
            reason.value,
            _(STOPS[reason]),
            _("Two people are needed. The clock stops until the second has confirmed.")
            if reason is StopReason.MALPRACTICE
            else "",
        )
        for reason in StopReason
        if reason is not StopReason.MALPRACTICE or desk.sitting.row.state is not State.CHECKED_IN
    )
    effects = [_("This ends the test for good. Answers are kept and marked. A person looks at the result.")]
    if first is not None and first != desk.actor.person:
        effects.append(_("A stop for broken rules was proposed. Choose the same reason here to confirm it."))
    elif first is not None:
        effects.append(_("You proposed this. A second person has to sign in and confirm it on this page."))
    elif desk.sitting.row.state is State.PAUSED:
        effects.append(_("The clock is stopped now and stays stopped."))
    return ActForm(
        "stop",
        _("Stop the test for good"),
        _("Stop the test for good"),
        tuple(effects),
        (
            Field(FieldKind.RADIOS, "reason", _("Why should the test stop?"), options=reasons),
            Field(
                FieldKind.WORDS,
                "words",
                _("What happened?"),
                _("For broken rules at least %(least)d characters. Do not write about anybody’s health.")
                % {"least": POLICY.stop_words},
            ),
        ),
        final=True,
    )
