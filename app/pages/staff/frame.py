"""What stands around every staff page: its title, who is signed in, where, what went wrong and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.pages.deps import Desk
from app.pages.forms import FieldError
from app.records.centres import CentreSeen
from app.rules.permissions import MAY, Act


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """`title` stands first in the page's title; `place` is the centre's name, `centre` its code, None outside one.

    `may_allow`: whether the person may let blocked computers try again there.
    """

    title: str
    person: str | None = None
    place: str | None = None
    centre: str | None = None
    may_allow: bool = False
    errors: tuple[FieldError, ...] = ()
    done: str | None = None

    def wrong(self, field: str) -> dict[str, str] | None:
        """What is wrong with one field, as the GOV.UK macros take it; None when nothing is."""
        found = (error.words for error in self.errors if error.field == field)
        words = next(found, None)
        return None if words is None else {"text": words}

    @property
    def summary(self) -> list[dict[str, str]]:
        """The errors as the GOV.UK error summary takes them: each leads to its field."""
        return [{"text": error.words, "href": f"#{error.field}"} for error in self.errors]


def frame(
    desk: Desk, title: str, *, errors: Iterable[FieldError] = (), done: str | None = None
) -> StaffFrame:
    """The frame of a page for somebody signed in, at the centre of the route if it has one."""
    centre: CentreSeen | None = desk.here
    return StaffFrame(
        title=title,
        person=desk.staff.name,
        place=None if centre is None else centre.name,
        centre=None if centre is None else centre.code,
        may_allow=centre is not None and bool(desk.actor.roles_at(centre.id, 0) & MAY[Act.ALLOW_DESK]),
        errors=tuple(errors),
        done=done,
    )
