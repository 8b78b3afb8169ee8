"""The time of a sitting in sentences: what is allowed, added, used and left, and the breaks. Computes nothing anew."""

from dataclasses import dataclass

from app.pages.centre.sayings import lasting
from app.pages.render import minutes_in_words
from app.pages.words import _
from app.records.day import DayRow, SittingSeen
from app.rules.policy import MINUTE
from app.rules.sitting import PauseKind, State
from app.rules.timing import Clock


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about a sitting and its words."""

    name: str
    words: str


def facts(seen: SittingSeen, now: int) -> tuple[Fact, ...]:
    """Extra time, breaks, and once the paper is there the clock's account."""
    row = seen.row
    if not row.parts:
        return (Fact(_("Extra time"), _extra(row)), Fact(_("Rest breaks"), _breaks_arranged(row)))
    return (
        Fact(_("Time allowed"), _allowed(row)),
        Fact(
            _("Added by staff"),
            lasting(seen.granted_by_staff_ms) if seen.granted_by_staff_ms else _("Nothing"),
        ),
        Fact(_("Time used"), lasting(_used(row.clock, now))),
        Fact(_("Rest breaks"), f"{_breaks_arranged(row)} {_breaks_used(row, now)}"),
        Fact(
            _("The clock"),
            _("It is running.") if row.clock.running_since is not None else _("It is stopped."),
        ),
    )


def _extra(row: DayRow) -> str:
    return minutes_in_words(row.extra_minutes) if row.extra_minutes else _("None")


def _allowed(row: DayRow) -> str:
    minutes = minutes_in_words(row.clock.allowance_ms // MINUTE)
    if not row.extra_minutes:
        return _("%(time)s.") % {"time": minutes}
    extra = minutes_in_words(row.extra_minutes)
    return _("%(time)s. %(extra)s of it are extra time.") % {"time": minutes, "extra": extra}


def _breaks_arranged(row: DayRow) -> str:
    if not row.break_minutes:
        return _("None.")
    return _("%(time)s in all, with the clock stopped.") % {"time": minutes_in_words(row.break_minutes)}


def _breaks_used(row: DayRow, now: int) -> str:
    used = row.break_used_ms
    if row.state is State.PAUSED and row.pause_kind is PauseKind.BREAK and row.paused_at is not None:
        used += max(0, now - row.paused_at)
    return _("%(time)s used.") % {"time": lasting(used)} if used else _("None used yet.")


def _used(clock: Clock, now: int) -> int:
    """What the clock has counted so far: everything that is not left."""
    return clock.allowance_ms + clock.granted_ms - clock.left(now)
