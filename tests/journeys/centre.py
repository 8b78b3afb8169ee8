"""A test centre served for real to a browser: its people, its bookings, its clock. What people do there is in `walks`.

Every test has a centre of its own, copied from one that was furnished once. Time moves only when a test moves it,
and the sweep of ended sittings runs only when a test asks for it, as the clock stands still between.
"""

from __future__ import annotations

import secrets
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from pwdlib import PasswordHash

from app.actions.book_sitting import Person, book_sitting
from app.actions.invite_staff import accept_invitation, invite
from app.actions.keep_alive import mark_alive
from app.actions.open_centre import open_centre
from app.actions.publish_bank import publish_bank
from app.demonstration import edition
from app.main import create_app
from app.records import staff
from app.records.centres import by_code
from app.records.day import SittingSeen, one
from app.records.keyring import Keyring
from app.records.store import Store
from app.rules.permissions import NOBODY, SYSTEM, Actor, Role
from app.rules.policy import HOUR
from app.settings import Settings, make_secret
from tests.journeys.sitting import Sitting
from tests.support.serving import HandClock, Site, serve
from tests.support.sweeping import sweep

T = TypeVar("T")
CODE, NAME, ZONE = "example", "Example Test Centre", "Europe/London"
PASSWORD = "correct horse battery staple"
PEOPLE = {
    "desk": ("Sam Example", Role.CENTRE_STAFF),
    "second": ("Sasha Example", Role.CENTRE_STAFF),
    "lead": ("Morgan Example", Role.CENTRE_MANAGER),
    "officer": ("Ola Example", Role.ADJUSTMENTS_OFFICER),
    "administrator": ("Robin Example", Role.ADMINISTRATOR),
}
# A short paper with a picture and a question that wants two answers, found among the first seeds (see `showing`).
SHORT, WHOLE = "car-short", "car"


@dataclass
class Centre:
    """The served centre. `people` are actors by the keys of PEOPLE; their e-mail addresses are made of the keys."""

    site: Site
    app: FastAPI
    clock: HandClock
    centre_id: str
    people: dict[str, Actor]

    @property
    def url(self) -> str:
        return self.site.url

    @property
    def now(self) -> int:
        return self.clock.now_ms()

    @property
    def store(self) -> Store:
        return self.app.state.store

    @property
    def keyring(self) -> Keyring:
        return self.app.state.keyring

    def do(self, action: Callable[..., T], actor: Actor, /, **values: Any) -> T:
        """An action through the store, now."""
        return self.site.run(self.store.write(action, actor, self.now, **values))

    def look(self, look_up: Callable[..., T], **values: Any) -> T:
        """A look-up through the store."""
        return self.site.run(self.store.read(look_up, **values))

    def rows(self, statement: sa.Executable) -> list[Any]:
        """What is stored, read as it is."""
        return self.look(lambda db: list(db.execute(statement)))

    def book(
        self,
        category: str = SHORT,
        *,
        name: str = "Ada Example",
        extra_minutes: int = 0,
        break_minutes: int = 10,
        starts_at: int | None = None,
    ) -> Sitting:
        """A booking for now, of a candidate nobody knew before."""
        sitting_id = secrets.token_hex(16)
        self.do(
            book_sitting, SYSTEM, centre_id=self.centre_id, sitting_id=sitting_id,
            candidate_id=secrets.token_hex(16), category=category, keyring=self.keyring,
            person=Person(name, date(2006, 4, 17), f"EXAMP{secrets.token_hex(6).upper()}"),
            starts_at=self.now if starts_at is None else starts_at,
            extra_minutes=extra_minutes, break_minutes=break_minutes,
        )  # fmt: skip
        return Sitting(self, self.centre_id, sitting_id)

    def released(self, category: str = SHORT, *, seed: int = 0, **booking: Any) -> Sitting:
        """A sitting that waits at a desk; its paper follows from the seed."""
        sitting = self.book(category, **booking)
        sitting.check_in(seed=seed)
        sitting.release()
        return sitting

    def showing(self, fits: Callable[[Sitting], bool], category: str = SHORT) -> Sitting:
        """The first sitting released to a desk whose paper fits, for example one with a picture."""
        for seed in range(60):
            sitting = self.book(category)
            sitting.check_in(seed=seed)
            if fits(sitting):
                sitting.release()
                return sitting
        raise AssertionError("none of 60 papers is like that")

    def seen(self, sitting: Sitting) -> SittingSeen:
        """The sitting as the desk sees it."""
        found = self.look(
            one, actor=self.people["desk"], keyring=self.keyring,
            centre_id=sitting.centre_id, sitting_id=sitting.sitting_id,
        )  # fmt: skip
        assert found is not None
        return found

    def sweep(self) -> tuple[str, ...]:
        """One round of the sweep: what closes sittings whose time and grace are over."""
        return self.do(sweep, SYSTEM)

    def invite(self, name: str = "New Example") -> str:
        """The secret in the link of a fresh invitation."""
        secret = secrets.token_urlsafe(32)
        self.do(
            invite, SYSTEM, name=name, email=f"{secrets.token_hex(4)}@example.test", role=Role.CENTRE_STAFF,
            centre_id=self.centre_id, digest=self.keyring.digest("invitation", secret), until=self.now + HOUR,
        )  # fmt: skip
        return secret


def email(who: str) -> str:
    """The address by which one of PEOPLE signs in."""
    return f"{who}@example.test"


def _settings(folder: Path, port: int) -> Settings:
    database = f"sqlite:///{folder / 'clearway.db'}"
    return Settings(database_url=database, data_dir=folder, port=port, log_level="warning")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def furnish(folder: Path, template: Path) -> None:
    """Fill a folder with a centre's database and secret: staff with passwords, and this checkout's bank."""
    folder.mkdir(parents=True)
    shutil.copy(template, folder / "clearway.db")
    make_secret(folder / "secret")
    with opened(folder, HandClock(), furnished=False) as centre:
        found = centre.do(
            open_centre, SYSTEM, code=CODE, name=NAME, time_zone=ZONE, opens="08:00", closes="18:00"
        )
        assert hasattr(found, "centre_id"), found
        centre.do(publish_bank, SYSTEM, edition=edition())
        hashed = PasswordHash.recommended().hash(PASSWORD)
        for who, (name, role) in PEOPLE.items():
            where = None if role is Role.ADMINISTRATOR else found.centre_id
            digest = centre.keyring.digest("invitation", who)
            centre.do(
                invite, SYSTEM, name=name, email=email(who), role=role, centre_id=where, digest=digest,
                until=centre.now + HOUR,
            )  # fmt: skip
            centre.do(accept_invitation, NOBODY, digest=digest, name=name, password_hash=hashed)


@contextmanager
def opened(
    folder: Path, clock: HandClock, *, port: int | None = None, furnished: bool = True
) -> Iterator[Centre]:
    """Serves the centre of a folder until the block ends."""
    port = port or free_port()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.main.SWEEP_SECONDS", 3600.0)
        app = create_app(_settings(folder, port), clock)
        with serve(app, port=port) as site:
            centre = Centre(site, app, clock, "", {})
            if furnished:
                _meet(centre)
            yield centre


def _meet(centre: Centre) -> None:
    found = centre.look(by_code, code=CODE)
    assert found is not None
    centre.centre_id = found.id
    for who in PEOPLE:
        known = centre.look(staff.credentials, email=email(who))
        assert known is not None
        actor = centre.look(staff.actor_of, staff_id=known.staff_id, now=centre.now)
        assert actor is not None
        centre.people[who] = actor
    centre.do(mark_alive, SYSTEM)
