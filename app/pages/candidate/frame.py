"""What every page of a sitting shares: its title, place, clock, tools, notices and errors, as values and in words.

Where a sitting stands is `steps.py`; what a page is about is its own file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from app.pages.forms import FieldError
from app.pages.words import N_, _, ngettext
from app.records.seats import Seat
from app.rules.sitting import State
from app.rules.timing import whole_minutes
from question_bank.model import PartKind

MINUTE_MS = 60_000
PARTS = {
    PartKind.MULTIPLE_CHOICE: N_("Multiple choice"),
    PartKind.HAZARD_PERCEPTION: N_("Hazard perception"),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """One of the tools at the foot of every page: a link, or on a question's page a button that saves first."""

    words: str
    action: str
    address: str


TOOLS_PAGE = Tool(_("Tools and help"), "tools", "/sitting/tools")


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio, button or link: what it sends or where it leads, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout shows around a page. Empty strings and tuples leave their place out.

    `rev` is the page token that the forms of the page carry. `left_ms` is None unless the clock runs, and counts the
    loading time; `stopped` says that it does not run, without the time; `minutes` of `all_minutes` are left, which is
    `longer` when it is a quarter more than usual. `behind` is the one tool that leads to all others. `caption`
    stands over the heading, `done` says with a tick what was just managed, `ways` lead out of the page from below:
    all three are for practice, so that its pages are otherwise those of the test.
    """

    title: str
    part: str = ""
    place: str = ""
    clock: str = ""
    tools: tuple[Tool, ...] = ()
    tools_save: bool = False
    notices: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()
    rev: str = ""
    left_ms: int | None = None
    stopped: str = ""
    minutes: int = 0
    all_minutes: int = 0
    longer: bool = False
    behind: Tool = TOOLS_PAGE
    caption: str = ""
    done: str = ""
    ways: tuple[Choice, ...] = ()

    def wrong(self, field: str) -> str:
        """The words of the error at a field, empty where it has none."""
        return next((error.words for error in self.errors if error.field == field), "")

    def with_errors(self, errors: Iterable[FieldError]) -> "Frame":
        """The same frame around a form that was refused."""
        return replace(self, errors=tuple(errors))


@cache
def tools() -> tuple[Tool, ...]:
    """The tools, the same and in the same order on every page of a sitting (acceptance check S09)."""
    return (
        Tool(_("How this page looks"), "look", "/sitting/look"),
        Tool(_("Keys"), "keys", "/sitting/keys"),
        Tool(_("How much time is left?"), "time", "/sitting/time"),
        Tool(_("Take a break"), "break", "/sitting/break"),
        Tool(_("Ask a person for help"), "help", "/sitting/help"),
    )


def around(
    seat: Seat,
    now: int,
    title: str,
    *,
    place: str = "",
    rev: str = "",
    tools_save: bool = False,
    told: str = "",
    errors: tuple[FieldError, ...] = (),
) -> Frame:
    """The frame of a page of this sitting at this moment. `told` comes before what happened to the clock."""
    clock, left = seat.clock, seat.clock.shown(now)
    return Frame(
        title,
        part=part_title(seat),
        place=place,
        clock=clock_words(seat, now),
        tools=tools(),
        tools_save=tools_save,
        notices=(told, *notices(seat, now)) if told else notices(seat, now),
        errors=errors,
        rev=rev,
        left_ms=clock.left(now) if seat.state is State.IN_PROGRESS else None,
        stopped=_("The clock is stopped.") if seat.state is State.PAUSED else "",
        minutes=whole_minutes(max(0, left)),
        all_minutes=whole_minutes(clock.arranged()),
        longer=bool(seat.parts) and 4 * seat.plan.allowance_ms >= 5 * seat.plan.minutes * MINUTE_MS,
    )


def part_title(seat: Seat) -> str:
    """The present part by name; empty before check-in, when there is no paper yet."""
    return _(PARTS[PartKind(seat.plan.kind)]) if seat.parts else ""


def place_words(number: int, total: int) -> str:
    """Where in the part a question stands."""
    return _("Question %(n)d of %(total)d") % {"n": number, "total": total}


def left_in_words(left_ms: int) -> str:
    """The time left, in whole minutes rounded up and never in seconds (interface design, 3.1)."""
    if left_ms <= 0:
        return _("No time left")
    if left_ms < 2 * MINUTE_MS:
        return _("Less than 2 minutes left")
    return _("About %(minutes)d minutes left") % {"minutes": whole_minutes(left_ms)}


def clock_words(seat: Seat, now: int) -> str:
    """What the header says about the clock; nothing before the start and after the end."""
    left = left_in_words(seat.clock.shown(now))
    if seat.state is State.PAUSED:
        return _("The clock is stopped. %(left)s") % {"left": left}
    return left if seat.state is State.IN_PROGRESS else ""


def minutes_words(minutes: int) -> str:
    """A number of minutes, such as 57 minutes."""
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def length_words(ms: int) -> str:
    """A length of time to the second, such as 4 minutes 10 seconds."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    said = ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if not minutes:
        return said
    return f"{minutes_words(minutes)} {said}" if seconds else minutes_words(minutes)


def notices(seat: Seat, now: int) -> tuple[str, ...]:
    """What happened to the clock since the candidate's last answer, in order; the last one says the time left."""
    if seat.notice is None or seat.notice_at is None or seat.notice_at <= seat.seen_at:
        return ()
    told = seat.notice.split()
    left, at_notice = seat.clock.shown(now), seat.clock.shown(seat.notice_at)
    same = (
        len(told) == 1
        and told[0].startswith("resumed:break:")
        and whole_minutes(left) == whole_minutes(at_notice)
    )
    *before, last = (_notice(one) for one in told)
    return (*before, f"{last} {_you_have(left)}{_(', the same as before') if same else ''}.")


def _you_have(left_ms: int) -> str:
    """The time left as the end of a notice."""
    if left_ms <= 0:
        return _("You have no time left")
    if left_ms < 2 * MINUTE_MS:
        return _("You have less than 2 minutes left")
    return _("You have about %(minutes)d minutes left") % {"minutes": whole_minutes(left_ms)}


def _notice(told: str) -> str:
    """One notice in a sentence or two; `records/sittings.py` writes their forms."""
    what, *about = told.split(":")
    if what == "granted":
        words = ngettext("%(time)s has been added.", "%(time)s have been added.", int(about[0]) // MINUTE_MS)
        return words % {"time": length_words(int(about[0]))}
    if about[0] == "break":
        return _("Your break has ended.")
    stopped = _("Your clock was stopped for %(time)s.") % {"time": length_words(int(about[-1]))}
    return f"{stopped} {_('That time is not lost.')}"
