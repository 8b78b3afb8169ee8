"""What the tests of the centre's pages work with: sittings in every state, and browsers of signed-in staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.actions.mark_absent import AbsentReason, mark_absent
from app.actions.staff_sign_in import open_staff_session
from app.pages import sessions
from app.records.keyring import Keyring
from app.rules.help import HelpReason, StopReason
from app.rules.permissions import NOBODY
from app.rules.policy import HOUR
from app.rules.sitting import PauseKind
from tests.support.application import Site, Visitor
from tests.support.factories import NINE, furnish, somebody
from tests.support.inline_store import InlineStore
from tests.support.small_edition import TWO_PARTS

NAMES = {
    "booked": "Bo Booked",
    "late": "Lou Late",
    "checked_in": "Che Checked-In",
    "released": "Rel Released",
    "seated": "Sea Seated",
    "started": "Sta Started",
    "on_break": "Bre On-Break",
    "calling": "Cal Calling",
    "paused": "Pau Paused",
    "medical": "Mia Moment",
    "proposed": "Pro Proposed",
    "between": "Bet Between",
    "finished": "Fin Finished",
    "stopped": "Sto Stopped",
    "absent": "Abs Absent",
}
WORDS = "The screen is dark <b>now</b>"


def furnish_office(db: sa.Connection, ring: Keyring) -> dict[str, str]:
    """Make centres, staff, and one sitting for each of NAMES at nine, and one at the other centre; their ids."""
    scene = furnish(InlineStore(db), ring)
    made: dict[str, Any] = {}

    def of(what: str, stage: str, **booking: Any) -> Any:
        made[what] = getattr(scene, stage)(person=somebody(NAMES[what]), **booking)
        return made[what]

    of("booked", "book", extra_minutes=15)
    of("late", "book", starts_at=NINE - HOUR)
    of("checked_in", "checked_in")
    of("released", "checked_in").release()
    of("seated", "seated")
    of("started", "started", extra_minutes=5)
    of("on_break", "started").take_break()
    of("calling", "started").call(HelpReason.BROKEN, WORDS)
    of("paused", "started").pause()
    of("medical", "started").pause(PauseKind.MEDICAL, "A matter of health")
    of("proposed", "started").stop(StopReason.MALPRACTICE, words="A telephone under the desk")
    of("between", "started", category=TWO_PARTS).finish()
    of("finished", "started").finish()
    of("stopped", "started").stop()
    of("absent", "book", starts_at=NINE - HOUR).desk(mark_absent, reason=AbsentReason.NOT_THERE)
    there = scene.book(at_other_centre=True, person=somebody("Tha There"))
    ids = {what: sat.keys["sitting_id"] for what, sat in made.items()}
    staff = {who: actor.person for who, actor in scene.people.items()}
    return {**ids, "there": there.keys["sitting_id"], **staff}


@dataclass
class Office:
    """The centre `here`. `ids` holds sittings by NAMES and staff by the factories' names."""

    site: Site
    ids: dict[str, str]

    def visitor(self, who: str = "desk") -> Visitor:
        """A browser where this staff person has just signed in."""
        ring, now = self.site.keyring, self.site.clock.now_ms()
        secret = sessions.new_secret()
        self.site.do(
            open_staff_session, NOBODY, staff_id=self.ids[who], session=ring.digest("session", secret)
        )
        return self.site.visitor({sessions.STAFF: ring.sign("staff cookie", f"{secret}.{now}")})

    def path(self, what: str, act: str = "", centre: str = "here") -> str:
        """The address of a sitting's page, or of an act on it."""
        return f"/centre/{centre}/sittings/{self.ids[what]}" + (f"/{act}" if act else "")


def soup(reply: Any) -> BeautifulSoup:
    """The page of a reply."""
    return BeautifulSoup(reply.text, "html5lib")


def words(reply: Any) -> str:
    """All words of main on a page, spaces tidied."""
    main = soup(reply).find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def offers(reply: Any) -> list[str]:
    """The names of what may be done now, in order."""
    items = soup(reply).select(".choices__item")
    found = [item.find("button") or item.find("a") for item in items]
    return [" ".join(one.get_text().split()) for one in found if one is not None]


def again(visitor: Visitor, reply: Any) -> Any:
    """The page of the form that a refused press sends the browser back to."""
    assert reply.status_code == 303, words(reply)
    assert reply.headers["location"].endswith("?again=1")
    shown = visitor.get(reply.headers["location"])
    assert shown.status_code == 422
    return shown


def errors(reply: Any) -> list[tuple[str, str]]:
    """What the error summary says: (field, words)."""
    links = soup(reply).select(".govuk-error-summary__list a")
    return [(str(link["href"]).removeprefix("#"), link.get_text().strip()) for link in links]
