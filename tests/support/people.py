"""A started service with people in it: two centres, their staff, a candidate in a sitting at each, signed in at will.

A plugin, named in `tests/conftest.py`. What the people did before is made by the factories, through actions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.actions.staff_sign_in import open_staff_session
from app.pages import sessions
from app.records import web_sessions
from app.records.keyring import Keyring
from app.records.store import Db
from app.records.store.engines import sqlite_engine
from app.rules.permissions import NOBODY, Actor
from app.rules.policy import POLICY
from app.settings import make_secret
from tests.support.application import Site, Visitor, application, started
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore
from tests.support.serving import HandClock


@dataclass(frozen=True)
class Taken:
    """A sitting that somebody sits: its keys, its candidate, and the pen that their browser holds."""

    centre_id: str
    sitting_id: str
    candidate: Actor
    epoch: int


@dataclass
class Town:
    """The centres `here` and `there`. `staff` are those of the factories: desk, lead, officer, administrator, …"""

    site: Site
    centre_id: str
    other_centre_id: str
    staff: dict[str, Actor]
    here: Taken
    there: Taken

    def staff_visitor(self, who: str, *, sent_at: int | None = None) -> Visitor:
        """A browser where this staff person has just signed in (or whose cookie was sent at another moment)."""
        ring, now = self.site.keyring, self.site.clock.now_ms()
        secret = sessions.new_secret()
        self.site.do(
            open_staff_session,
            NOBODY,
            staff_id=self.staff[who].person,
            session=ring.digest("session", secret),
        )
        cookie = ring.sign("staff cookie", f"{secret}.{now if sent_at is None else sent_at}")
        visitor = self.site.visitor({sessions.STAFF: cookie})
        visitor.anchor = ring.digest("session", secret)
        return visitor

    def candidate_visitor(self, taken: Taken | None = None) -> Visitor:
        """A browser where the candidate of a sitting (here, unless told) has just signed in."""
        taken = taken or self.here
        secret = sessions.new_secret()
        digest = self.site.keyring.digest("session", secret)
        self.site.do(
            _sign_in, taken.candidate, digest=digest, centre_id=taken.centre_id, sitting_id=taken.sitting_id
        )
        visitor = self.site.visitor({sessions.CANDIDATE: secret})
        visitor.anchor = digest
        return visitor


def _sign_in(db: Db, actor: Actor, now: int, **values: Any) -> None:
    until = now + POLICY.candidate_session_ms
    web_sessions.begin(db, now, kind="candidate", person_id=actor.person, until=until, **values)


def _inhabit(path: Path, ring: Keyring) -> dict[str, Any]:
    """Fill a migrated database; what a Town needs to know of it."""
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        scene = furnish(InlineStore(db), ring)
        here, there = scene.started(), scene.book(at_other_centre=True)
        here.call()
        there.check_in(by=scene.elsewhere)
        taken = [
            Taken(one.seat.centre_id, one.seat.sitting_id, one.seat.actor, one.epoch) for one in (here, there)
        ]
        found = {
            "centre_id": scene.centre_id,
            "other_centre_id": scene.other_centre_id,
            "staff": scene.people,
            "here": taken[0],
            "there": taken[1],
        }
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One inhabited service for a whole module: its tests leave the sittings as they may."""
    folder = tmp_path_factory.mktemp("town")
    path = Path(shutil.copy(sqlite_template, folder / "clearway.db"))
    found = _inhabit(path, Keyring(make_secret(folder / "secret")))
    clock = HandClock()
    with started(application(f"sqlite:///{path}", folder, clock), clock) as site:
        yield Town(site, **found)
