"""The words of a centre's pages: states, pauses, roles, lengths of time, and moves as sentences.

Short and plain, no names of conditions. Which rule leads to which words is decided here; nothing else is.
"""

from app.pages.render import minutes_in_words
from app.pages.words import N_, _, ngettext
from app.records.day import DayRow
from app.rules.help import HelpReason, UndoReason
from app.rules.policy import MINUTE, SECOND
from app.rules.sitting import TERMINAL, PauseKind, State
from app.rules.timing import whole_minutes

SHAPES = {
    State.BOOKED: "ring",
    State.CHECKED_IN: "half",
    State.IN_PROGRESS: "play",
    State.PAUSED: "bars",
    State.FINISHED: "tick",
    State.STOPPED: "square",
    State.NOT_ATTENDED: "cross",
    State.CANCELLED: "cross",
}
STATES = {
    State.BOOKED: N_("Booked"),
    State.CHECKED_IN: N_("Checked in"),
    State.IN_PROGRESS: N_("In progress"),
    State.PAUSED: N_("Paused"),
    State.FINISHED: N_("Finished"),
    State.STOPPED: N_("Stopped"),
    State.NOT_ATTENDED: N_("Not there"),
    State.CANCELLED: N_("Cancelled"),
}
BOARD_PAUSES = {
    PauseKind.BREAK: N_("On a break"),
    PauseKind.HELP: N_("Paused: asked for help"),
    PauseKind.DISTURBANCE: N_("Paused: something disturbed the test"),
    PauseKind.TECHNICAL: N_("Paused: something is broken"),
    PauseKind.EVACUATION: N_("Paused: everybody had to leave"),
    PauseKind.OUTAGE: N_("Paused: the service was away"),
    PauseKind.DEVICE: N_("Paused: moving to another desk"),
    PauseKind.SECTION: N_("Between two parts"),
}
"""What the list says. Kinds that tell about the person are not among them: those say "Paused by staff"."""
PAUSES = {
    PauseKind.BREAK: N_("A rest break"),
    PauseKind.HELP: N_("The candidate asked for help"),
    PauseKind.MEDICAL: N_("The candidate needs care or a moment"),
    PauseKind.CONVERSATION: N_("We need to talk with the candidate"),
    PauseKind.IDENTITY: N_("We need to check who the candidate is"),
    PauseKind.DISTURBANCE: N_("Noise, or something else disturbs the test"),
    PauseKind.TECHNICAL: N_("A computer or other equipment does not work"),
    PauseKind.EVACUATION: N_("Everybody has to leave the room"),
    PauseKind.OUTAGE: N_("The service was away"),
    PauseKind.DEVICE: N_("The candidate moves to another desk"),
    PauseKind.SECTION: N_("Between two parts of the test"),
}


UNDONE = {
    UndoReason.WRONG_PERSON: N_("Somebody else was checked in by mistake"),
    UndoReason.WRONG_MINUTES: N_("Extra time or breaks were wrong"),
    UndoReason.WENT_AWAY: N_("The candidate went away before the start"),
}
HELP = {
    HelpReason.COME: N_("Please come to me"),
    HelpReason.MESSAGE: N_("A message"),
    HelpReason.TIME: N_("About the time"),
    HelpReason.UNWELL: N_("I feel unwell"),
    HelpReason.BROKEN: N_("Something is broken"),
    HelpReason.DETAILS: N_("My details are not right"),
    HelpReason.ARRANGEMENTS: N_("What was set up for me is not right"),
    HelpReason.CONNECTION: N_(
        "The connection stopped for more than 5 minutes. The candidate may need more time"
    ),
}


def lasting(ms: int) -> str:
    """A length of time in words: whole minutes and seconds, such as 4 minutes 10 seconds."""
    minutes, seconds = divmod(max(0, ms) // SECOND, 60)
    told = [minutes_in_words(minutes)] if minutes else []
    if seconds or not minutes:
        told.append(ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds})
    return " ".join(told)


def ago(moment: int, now: int) -> str:
    """How long ago something was, in whole minutes."""
    minutes = max(0, now - moment) // MINUTE
    if minutes == 0:
        return _("less than a minute ago")
    return ngettext("%(number)d minute ago", "%(number)d minutes ago", minutes) % {"number": minutes}


def left_in_words(row: DayRow, now: int) -> str | None:
    """Time left as the candidate sees it, in whole minutes rounded up; None where no clock counts."""
    if row.state not in (State.CHECKED_IN, State.IN_PROGRESS, State.PAUSED):
        return None
    left = row.clock.shown(now)
    if left <= 0:
        return _("No time left")
    return _("%(time)s left") % {"time": minutes_in_words(whole_minutes(left))}


def left_on_list(row: DayRow, now: int) -> str:
    """The same for a column of its own, with words where no clock counts."""
    if row.state is State.BOOKED:
        return _("Not started")
    if row.state in TERMINAL:
        return _("Over")
    left = row.clock.shown(now)
    return minutes_in_words(whole_minutes(left)) if left > 0 else _("None")


def state_in_words(row: DayRow, now: int) -> str:
    """Where a sitting stands, for the list."""
    if row.state is State.CHECKED_IN:
        return _checked_in(row)
    if row.state is State.PAUSED and row.pause_kind is not None:
        words = BOARD_PAUSES.get(row.pause_kind, N_("Paused by staff"))
        since = _("for %(time)s") % {"time": lasting_minutes(now - (row.paused_at or row.state_at))}
        return f"{_(words)}, {since}"
    return _(STATES[row.state])


def lasting_minutes(ms: int) -> str:
    """A length of time in whole minutes."""
    minutes = max(0, ms) // MINUTE
    return _("less than a minute") if minutes == 0 else minutes_in_words(minutes)


def _checked_in(row: DayRow) -> str:
    if not row.released:
        return _("Checked in, no code yet")
    if not row.signed_in:
        return _("Checked in, has a code, not at the desk yet")
    return _("At the desk, has not started")


def who(name: str | None) -> str:
    """A candidate's name, or what stands in its place once it was erased."""
    return name or _("Name erased")


CATEGORIES = {"car": N_("Car"), "car-short": N_("Car, short practice paper")}


def category(code: str) -> str:
    """What a test is for, in words; a category added later shows its code until it has words."""
    return _(CATEGORIES[code]) if code in CATEGORIES else code
