"""People, a published small bank and sittings for tests, all made through the actions of the service.

A plugin, named in `tests/conftest.py`. The people are made once a run; what a test adds is rolled back after it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.book_sitting import Person, book_sitting
from app.actions.invite_staff import accept_invitation, invite
from app.actions.open_centre import open_centre
from app.actions.publish_bank import publish_bank
from app.records import staff
from app.records.keyring import Keyring
from app.records.migrate import upgrade
from app.records.store.engines import postgres_engine, sqlite_engine
from app.rules.permissions import NOBODY, SYSTEM, Actor, Role
from app.rules.policy import HOUR, MINUTE, SECOND
from tests.support.databases import BOTH, new_database
from tests.support.inline_store import InlineStore
from tests.support.sat import Sat
from tests.support.serving import MONDAY_AT_NINE
from tests.support.small_edition import SMALL, TWO_PARTS, edition

NINE = MONDAY_AT_NINE
KEYRING = Keyring(bytes(range(32)))
STAFF = {
    "desk": ("Dana Desk", Role.CENTRE_STAFF),
    "second": ("Sol Second", Role.CENTRE_STAFF),
    "lead": ("Mel Lead", Role.CENTRE_MANAGER),
    "officer": ("Ola Officer", Role.ADJUSTMENTS_OFFICER),
    "administrator": ("Ari Administrator", Role.ADMINISTRATOR),
    "elsewhere": ("Eli Elsewhere", Role.CENTRE_STAFF),
}


SHELF = (
    ("checked_in", SMALL, 3),
    ("seated", SMALL, 3),
    ("started", SMALL, 3),
    ("started", TWO_PARTS, 1),
)


@dataclass
class Scene:
    """Two centres, their staff, a published bank, and the moment, which only the test moves."""

    store: InlineStore
    centre_id: str
    other_centre_id: str
    people: dict[str, Actor]
    now: int = NINE
    keyring: Keyring = field(default_factory=lambda: KEYRING)
    ready: dict[tuple[str, str], list[Sat]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        """`scene.desk`, `scene.lead`, …: the staff of STAFF."""
        people: dict[str, Actor] = self.__dict__.get("people", {})
        if name not in people:
            raise AttributeError(name)
        return people[name]

    @property
    def db(self) -> sa.Connection:
        return self.store.db

    def forward(self, *, minutes: float = 0, seconds: float = 0, ms: int = 0) -> int:
        """Move the moment on; the new one."""
        self.now += int(minutes * MINUTE + seconds * SECOND) + ms
        return self.now

    def do(self, action: Any, actor: Actor, /, **values: Any) -> Any:
        """An action now."""
        return self.store.do(action, actor, self.now, **values)

    def book(
        self,
        category: str = SMALL,
        *,
        person: Person | None = None,
        extra_minutes: int = 0,
        break_minutes: int = 10,
        starts_at: int | None = None,
        at_other_centre: bool = False,
    ) -> Sat:
        """A booked sitting; each one of a candidate of its own unless a person is given."""
        centre_id = self.other_centre_id if at_other_centre else self.centre_id
        sitting_id = secrets.token_hex(16)
        self.do(
            book_sitting, SYSTEM, centre_id=centre_id, sitting_id=sitting_id,
            candidate_id=secrets.token_hex(16), person=person or somebody(), category=category,
            starts_at=self.now if starts_at is None else starts_at, extra_minutes=extra_minutes,
            break_minutes=break_minutes, keyring=self.keyring,
        )  # fmt: skip
        return Sat(self, centre_id, sitting_id)

    def checked_in(self, category: str = SMALL, **booking: Any) -> Sat:
        """A sitting checked in as it was booked."""
        return self._from_the_shelf("checked_in", category, booking) or self._make(
            "checked_in", category, booking
        )

    def seated(self, category: str = SMALL, **booking: Any) -> Sat:
        """Released to a desk, and the candidate's browser has the pen; nothing confirmed yet."""
        return self._from_the_shelf("seated", category, booking) or self._make("seated", category, booking)

    def started(self, category: str = SMALL, **booking: Any) -> Sat:
        """A sitting whose clock has started at this moment."""
        return self._from_the_shelf("started", category, booking) or self._make("started", category, booking)

    def _from_the_shelf(self, stage: str, category: str, booking: dict[str, Any]) -> Sat | None:
        """A sitting made before all tests, at nine: the same as a new one, and 100 ms sooner."""
        shelf = self.ready.get((stage, category), [])
        return shelf.pop().in_scene(self) if shelf and not booking and self.now == NINE else None

    def _make(self, stage: str, category: str, booking: dict[str, Any]) -> Sat:
        sat = self.book(category, **booking)
        sat.check_in()
        if stage != "checked_in":
            sat.release()
            sat.take_seat()
        if stage == "started":
            sat.confirm()
            sat.start()
        return sat

    def stock(self) -> None:
        """Put sittings on the shelf, for tests to come."""
        for stage, category, count in SHELF:
            self.ready[stage, category] = [self._make(stage, category, {}) for _ in range(count)]


def somebody(name: str = "Ada Example") -> Person:
    """A candidate nobody knows yet."""
    return Person(name, date(2004, 2, 29), f"EXAMP{secrets.token_hex(6).upper()}")


def furnish(store: InlineStore, keyring: Keyring = KEYRING, now: int = NINE) -> Scene:
    """Make centres, staff and bank through the actions."""

    def do(action: Any, actor: Actor, /, **values: Any) -> Any:
        return store.do(action, actor, now, **values)

    centres = {
        code: do(
            open_centre, SYSTEM, code=code, name=f"{code.title()} Centre", time_zone="Europe/London",
            opens="08:00", closes="18:00",
        ).centre_id
        for code in ("here", "there")
    }  # fmt: skip
    do(publish_bank, SYSTEM, edition=edition())
    people: dict[str, Actor] = {}
    for who, (name, role) in STAFF.items():
        where = {"elsewhere": centres["there"], "administrator": None}.get(who, centres["here"])
        digest = keyring.digest("invitation", who)
        do(
            invite, SYSTEM, name=name, email=f"{who}@example.test", role=role, centre_id=where,
            digest=digest, until=now + HOUR,
        )  # fmt: skip
        joined = do(accept_invitation, NOBODY, digest=digest, name="", password_hash="not a hash")
        actor = store.look(staff.actor_of, staff_id=joined.staff_id, now=now)
        assert actor is not None
        people[who] = actor
    return Scene(store, centres["here"], centres["there"], people, now, keyring)


def _furnished(db: sa.Connection) -> Scene:
    with db.begin():
        scene = furnish(InlineStore(db))
        scene.stock()
        return scene


@pytest.fixture(scope="session")
def _furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("furnished") / "clearway.db")
    with sqlite_engine(Path(path), writes=True).connect() as db:
        yield _furnished(db)


@pytest.fixture(scope="session")
def _furnished_postgres(postgres_server: str) -> Iterator[Scene]:
    url = new_database(postgres_server, "furnished")
    upgrade(url)
    engine = postgres_engine(url)
    with engine.connect() as db:
        yield _furnished(db)
    engine.dispose()


def _rolled_back(request: pytest.FixtureRequest, which: str) -> Iterator[Scene]:
    furnished: Scene = request.getfixturevalue(
        "_furnished_sqlite" if which == "sqlite" else "_furnished_postgres"
    )
    transaction = furnished.db.begin()
    try:
        shelf = {kind: list(sats) for kind, sats in furnished.ready.items()}
        yield replace(furnished, store=InlineStore(furnished.db), ready=shelf)
    finally:
        transaction.rollback()


@pytest.fixture(params=BOTH)
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Two centres, their staff and a small bank, on both databases; rolled back after the test."""
    yield from _rolled_back(request, request.param)


@pytest.fixture
def sqlite_scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """The same on SQLite only, for tests that bear no rule of the database."""
    yield from _rolled_back(request, "sqlite")
