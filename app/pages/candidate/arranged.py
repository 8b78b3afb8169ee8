"""What is in force for a sitting, in words: the rows of "What we have set up for you" and the instructions."""

from dataclasses import dataclass

from app.pages.candidate.frame import minutes_words
from app.pages.words import _, ngettext
from app.records.seats import Seat


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: its name, what it says, and its state in words where it has one."""

    name: str
    words: str
    state: str = ""


def rows(seat: Seat) -> tuple[RowView, ...]:
    """Time, breaks and keyboard, each ready: what check-in froze is in force by itself."""
    ready = _("Ready")
    return (
        RowView(_("Time"), _time(seat), ready),
        RowView(_("Breaks"), _breaks(seat), ready),
        RowView(_("Keyboard"), _("You can do the whole test with the keyboard, or with the mouse."), ready),
    )


def _time(seat: Seat) -> str:
    told = {"time": minutes_words(_minutes(seat)), "n": seat.plan.questions}
    words = _("%(time)s for %(n)d questions. The clock stops for breaks.") % told
    if not seat.extra_minutes:
        return words
    extra = _("This counts your extra time of %(time)s.") % {"time": minutes_words(seat.extra_minutes)}
    return f"{words} {extra}"


def _breaks(seat: Seat) -> str:
    if not seat.break_minutes:
        return _("Ask a person when you need a break.")
    words = _("You have %(time)s for breaks. Take them when you like.")
    return words % {"time": minutes_words(seat.break_minutes)}


def _minutes(seat: Seat) -> int:
    return seat.plan.allowance_ms // 60_000


def points(seat: Seat) -> tuple[str, ...]:
    """The instructions: at most 7 short points."""
    plan = seat.plan
    count = ngettext("There is %(n)d question.", "There are %(n)d questions.", plan.questions)
    told = {"n": plan.questions, "time": minutes_words(_minutes(seat)), "pass": plan.pass_mark}
    return (
        f"{count % told} {_('You have %(time)s.') % told}",
        _("You can go back and change any answer until you finish."),
        _("You need %(pass)d right answers to pass this part. A wrong answer takes no mark away.") % told,
        f"{_('Choose Take a break to stop the clock.')} {_breaks(seat)}",
        _("You can stop and come back. You will not be signed out."),
        _("When the time ends, every answer that you saved is kept."),
        _("Nothing is kept on this computer. If the connection stops, tell a person."),
    )
