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
        RowView(_("Breaks"), breaks(seat), ready),
        RowView(_("Keyboard"), _("You can do the whole test with the keyboard, or with the mouse."), ready),
    )


def _time(seat: Seat) -> str:
    told = {"time": minutes_words(_minutes(seat)), "n": seat.plan.questions}
    words = _("%(time)s for %(n)d questions. The clock stops for breaks.") % told
    if not seat.extra_minutes:
        return words
    extra = _("This counts your extra time of %(time)s.") % {"time": minutes_words(seat.extra_minutes)}
    return f"{words} {extra}"


def breaks(seat: Seat) -> str:
    """How long the breaks of this sitting are, in a sentence or two."""
    if not seat.break_minutes:
        return _("Ask a person when you need a break.")
    words = _("You have %(time)s for breaks. Take them when you like.")
    return words % {"time": minutes_words(seat.break_minutes)}


def _minutes(seat: Seat) -> int:
    return seat.plan.allowance_ms // 60_000


@dataclass(frozen=True, slots=True)
class PointView:
    """One point of the instructions, and its picture below app/static/pictures."""

    words: str
    picture: str


def points(seat: Seat) -> tuple[PointView, ...]:
    """The instructions: at most 7 short points, each with a picture beside it (interface design, 1.6)."""
    plan = seat.plan
    count = ngettext("There is %(n)d question.", "There are %(n)d questions.", plan.questions)
    told = {"n": plan.questions, "time": minutes_words(_minutes(seat)), "pass": plan.pass_mark}
    return (
        PointView(f"{count % told} {_('You have %(time)s.') % told}", "point-questions.svg"),
        PointView(_("You can go back and change any answer until you finish."), "point-change.svg"),
        PointView(
            _("You need %(pass)d right answers to pass this part. A wrong answer takes no mark away.") % told,
            "point-pass.svg",
        ),
        PointView(f"{_('Choose Take a break to stop the clock.')} {breaks(seat)}", "point-break.svg"),
        PointView(_("You can stop and come back. You will not be signed out."), "point-return.svg"),
        PointView(
            _("When the time ends, every answer that you saved is kept. Your result comes on this screen."),
            "point-time.svg",
        ),
        PointView(
            _("If the connection stops, tell a person. Every answer that you saved is kept."),
            "point-connection.svg",
        ),
    )
