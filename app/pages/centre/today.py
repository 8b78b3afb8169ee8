"""Today's list of one centre: who comes when, where each sitting stands, and who has asked for help."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.centre import sayings
from app.pages.deps import Desk, guard
from app.pages.render import local, local_day, local_time
from app.pages.staff.frame import StaffFrame, frame
from app.pages.words import _
from app.records.day import DayRow, day
from app.rules.permissions import Act, allowed_role

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CallRow:
    """One open call for help."""

    sitting: str
    n: int
    name: str
    words: str
    when: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One sitting in the list, in words; `shape` is drawn beside the state."""

    sitting: str
    time: str
    name: str
    category: str
    shape: str
    state: str
    left: str
    help: str | None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The list as it was at one moment."""

    frame: StaffFrame
    code: str
    day: str
    at: str
    calls: tuple[CallRow, ...]
    rows: tuple[ListRow, ...]
    may_answer: bool


@router.get("/centre/{centre}/today")
async def today(request: Request, desk: Annotated[Desk, Depends(guard(Act.SEE_DAY))]) -> Response:
    """The list of the centre's own day; it changes when the reader asks for it, never by itself."""
    now, zone = deps.now(request), desk.centre.time_zone
    since, until = day_span(now, zone)
    rows = await deps.store(request).read(
        day,
        actor=desk.actor,
        centre_id=desk.centre.id,
        since=since,
        until=until,
        keyring=deps.keyring(request),
    )
    may = allowed_role(desk.actor, Act.ANSWER_HELP, centre=desk.centre.id, now=now)
    view = TodayView(
        frame(desk, _("Today’s list")),
        desk.centre.code,
        local_day(now, zone),
        local_time(now, zone),
        tuple(_call(row, now) for row in _waiting(rows)),
        tuple(_row(row, now, zone) for row in rows),
        may is not None,
    )
    return deps.pages(request).page(request, "centre/today.html", view)


def day_span(now: int, zone: str) -> tuple[int, int]:
    """The day at a place, from midnight to midnight there (UTC ms); 23 or 25 hours when its clocks change."""
    midnight = datetime.combine(local(now, zone).date(), time.min, ZoneInfo(zone))
    following = datetime.combine(midnight.date() + timedelta(days=1), time.min, ZoneInfo(zone))
    return round(midnight.timestamp() * 1000), round(following.timestamp() * 1000)


def _waiting(rows: tuple[DayRow, ...]) -> list[DayRow]:
    """Rows with an open call, the longest waiting first."""
    waiting = [row for row in rows if row.help is not None]
    return sorted(waiting, key=lambda row: row.help.called_at if row.help else 0)


def _call(row: DayRow, now: int) -> CallRow:
    if row.help is None:
        raise ValueError("this sitting has no open call")
    seen = None
    if row.help.seen_by is not None:
        seen = _("%(name)s has seen it.") % {"name": row.help.seen_by}
    return CallRow(
        row.sitting_id,
        row.help.n,
        sayings.who(row.name),
        _(sayings.HELP[row.help.reason]),
        _("Asked for help %(ago)s.") % {"ago": sayings.ago(row.help.called_at, now)},
        seen,
    )


def _row(row: DayRow, now: int, zone: str) -> ListRow:
    asked = None
    if row.help is not None:
        asked = _("Asked for help %(ago)s.") % {"ago": sayings.ago(row.help.called_at, now)}
    return ListRow(
        row.sitting_id,
        local_time(row.starts_at, zone),
        sayings.who(row.name),
        sayings.category(row.category),
        sayings.SHAPES[row.state],
        sayings.state_in_words(row, now),
        sayings.left_on_list(row, now),
        asked,
    )
