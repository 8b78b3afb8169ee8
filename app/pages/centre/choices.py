"""What one person may do with one sitting now, taken from the tables of permissions and moves."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.pages.deps import Desk
from app.pages.words import N_, _
from app.records.day import DayRow, SittingSeen
from app.rules.permissions import Act, Role, allowed_role
from app.rules.policy import POLICY
from app.rules.refusals import Refusal
from app.rules.sitting import Move, PauseKind, State, after, proposer


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do: where, its name, and what it does to the clock. `at_once`: a button, without a page before."""

    path: str
    name: str
    effect: str
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class _Offer:
    path: str
    act: Act
    move: Move | None
    name: str
    effect: str
    at_once: bool = False


_OFFERS = (
    _Offer(
        "check-in",
        Act.CHECK_IN,
        Move.CHECK_IN,
        N_("Check in"),
        N_("Sets extra time and breaks for good. The clock does not start."),
    ),
    _Offer(
        "extra-time",
        Act.SET_ARRANGEMENTS,
        None,
        N_("Set extra time and breaks"),
        N_("Changes the booking. The clock does not start."),
    ),
    _Offer(
        "resume",
        Act.RESUME,
        Move.RESUME,
        N_("Start the clock again"),
        N_("The clock starts at once. Ask the candidate first whether they are ready."),
        at_once=True,
    ),
    _Offer(
        "release",
        Act.RELEASE,
        Move.RELEASE,
        N_("Release to a desk"),
        N_("Shows a code to hand over. The clock starts when the candidate presses Start."),
        at_once=True,
    ),
    _Offer(
        "pause",
        Act.PAUSE,
        Move.PAUSE,
        N_("Stop the clock for a while"),
        N_("The clock stops when you press the button on the next page."),
    ),
    _Offer(
        "grant",
        Act.GRANT_TIME,
        Move.GRANT,
        N_("Add time"),
        N_("Adds minutes. It does not stop or start the clock."),
    ),
    _Offer(
        "undo-check-in",
        Act.CHECK_IN,
        Move.UNDO_CHECK_IN,
        N_("Take the check-in back"),
        N_("The booking is as before. The clock has not run."),
    ),
    _Offer(
        "absent",
        Act.MARK_ABSENT,
        Move.MARK_ABSENT,
        N_("Mark as not there"),
        N_("Ends the booking for good. Nothing is tested."),
    ),
    _Offer(
        "stop",
        Act.STOP,
        Move.STOP,
        N_("Stop the test for good"),
        N_("Ends the test. Answers are kept and marked, and a person looks at the result."),
    ),
)


def choices(desk: Desk, seen: SittingSeen, now: int) -> Iterator[Choice]:
    """What the person may do now, the most likely first; a stop that waits for them comes before everything."""
    row, first = seen.row, first_of_two(seen)
    confirms = first is not None and first != desk.actor.person
    for offer in sorted(_OFFERS, key=lambda offer: not (confirms and offer.move is Move.STOP)):
        role = allowed_role(desk.actor, offer.act, centre=desk.centre.id, now=now)
        if role is not None and _is_possible(offer, row, role, now):
            yield _choice(offer, row, confirms=confirms)


def first_of_two(seen: SittingSeen) -> str | None:
    """Who proposed the stop for malpractice that the present pause waits for; None when it waits for none."""
    return proposer(seen.row.state, ((move.move, move.reason, move.actor) for move in seen.moves))


def _is_possible(offer: _Offer, row: DayRow, role: Role, now: int) -> bool:
    if offer.move is None:
        return row.state is State.BOOKED
    if offer.move is Move.MARK_ABSENT and now < row.starts_at + POLICY.absent_after_ms:
        return False
    if (
        offer.move in (Move.PAUSE, Move.GRANT)
        and row.state is not State.CHECKED_IN
        and row.clock.left(now) <= 0
    ):
        return False
    kind = PauseKind.CONVERSATION if offer.move is Move.PAUSE else row.pause_kind
    return not isinstance(after(row.state, offer.move, role, kind), Refusal)


def _choice(offer: _Offer, row: DayRow, *, confirms: bool) -> Choice:
    name, effect = _(offer.name), _(offer.effect)
    if offer.move is Move.RELEASE and (row.state is State.PAUSED or row.signed_in):
        name = _("Move to another desk")
        effect = _("Shows a new code. The desk they have now is signed out. The clock stays stopped.")
    elif offer.move is Move.RELEASE and row.released:
        name = _("Make a new code")
        effect = _("The code before stops working. The clock does not start.")
    elif offer.move is Move.STOP and confirms:
        name = _("Confirm that the test stops for good")
    return Choice(offer.path, name, effect, offer.at_once)
