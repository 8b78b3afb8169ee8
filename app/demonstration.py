"""The demonstration centre: invented people who say so, made and topped up through the same actions as real ones.

Its secrets are random at the first start and stand in a file that only its owner can read. What the command
line prints of it is the command line's affair.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pwdlib import PasswordHash

from app.actions.book_sitting import Booked, Person, book_sitting
from app.actions.check_in import CheckedIn, Seen, check_in
from app.actions.invite_staff import accept_invitation, invite
from app.actions.mark_demonstration import mark_demonstration
from app.actions.open_centre import CentreOpened, open_centre
from app.actions.publish_bank import Edition, publish_bank
from app.actions.release_sitting import Released, release
from app.actions.staff_sign_in import replace_password
from app.records.day import DayRow, day
from app.records.keyring import Keyring
from app.records.staff import actor_of, credentials
from app.records.store import Store
from app.rules.codes import made
from app.rules.help import DocumentKind
from app.rules.passwords import new_password
from app.rules.permissions import NOBODY, SYSTEM, Actor, Role
from app.rules.policy import HOUR, MINUTE, POLICY
from app.rules.sitting import State
from question_bank.blueprint import load_blueprint
from question_bank.load import load

CENTRE = "example"
TIME_ZONE = "Europe/London"
STAFF = (
    ("Sam Example", "staff@example.test", Role.CENTRE_STAFF),
    ("Morgan Example", "manager@example.test", Role.CENTRE_MANAGER),
    ("Ola Example", "officer@example.test", Role.ADJUSTMENTS_OFFICER),
    ("Robin Example", "administrator@example.test", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Wanted:
    """A booking that the list of today should hold: whose, for what, and with what decided before the day."""

    name: str
    born: date
    licence: str
    category: str
    extra_minutes: int = 0
    break_minutes: int = 10
    released: bool = False


TODAY = (
    Wanted("Ada Example", date(2006, 4, 17), "EXAMP604176A99AA", "car", released=True),
    Wanted("Ben Example-Short", date(2005, 1, 9), "EXAMP501095B99AB", "car-short", released=True),
    Wanted("Chidi Example", date(1999, 11, 30), "EXAMP911309C99AC", "car", extra_minutes=57),
    Wanted("Dilys Example", date(1951, 6, 2), "EXAMP556021D99AD", "car", break_minutes=40),
    Wanted("Eoin Ó Example", date(2008, 2, 29), "EXAMP802298E99AE", "car-short", extra_minutes=3),
    Wanted(
        "Fatima bint Example",
        date(1987, 8, 21),
        "EXAMP858217F99AF",
        "car",
        extra_minutes=15,
        break_minutes=30,
    ),
)


@dataclass(frozen=True)
class Login:
    """One person of the demonstration's staff, with the password made for them."""

    name: str
    email: str
    role: str
    password: str


@dataclass(frozen=True)
class Secrets:
    """What the owner's file holds: logins, and the code of each sitting that is released and waiting."""

    staff: tuple[Login, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """One candidate who can sit down now."""

    name: str
    category: str
    code: str


@dataclass(frozen=True)
class Demonstration:
    """Who can sign in right now."""

    centre: str
    staff: tuple[Login, ...]
    ready: tuple[Ready, ...]


def read_secrets(path: Path) -> Secrets:
    """The owner's file, or empty secrets before the first start."""
    if not path.exists():
        return Secrets()
    told = json.loads(path.read_text())
    return Secrets(tuple(Login(**login) for login in told["staff"]), told["codes"])


def write_secrets(path: Path, kept: Secrets) -> None:
    """Replace the owner's file in one step; nobody else can read it at any moment."""
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(kept), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def edition() -> Edition:
    """The bank of this checkout, read and checked. Raises BankFaults with every fault."""
    bank = load()
    pictures = {
        one.picture.file: (bank.pictures / one.picture.file).read_bytes()
        for one in bank.questions
        if one.picture
    }
    return Edition(bank.questions, load_blueprint(), bank.digest, pictures)


async def publish(store: Store, now: int) -> None:
    """Mark the database as a demonstration and publish this checkout's bank, if it is new."""
    await store.write(mark_demonstration, SYSTEM, now)
    await store.write(publish_bank, SYSTEM, now, edition=edition())


async def top_up(store: Store, keyring: Keyring, now: int, path: Path) -> Demonstration:
    """Make what is missing of the centre and its day, through actions; what is there stays as people left it."""
    opened = await store.write(
        open_centre, SYSTEM, now, code=CENTRE, name="Example Test Centre (demonstration)",
        time_zone=TIME_ZONE, opens="00:00", closes="23:59",
    )  # fmt: skip
    assert isinstance(opened, CentreOpened)  # noqa: S101 (the system may open a centre)
    kept = await _staff(store, keyring, now, opened.centre_id, read_secrets(path))
    write_secrets(path, kept)
    desk = await _actor(store, now)
    rows = await _today(store, keyring, now, desk, opened.centre_id)
    codes = {
        row.sitting_id: kept.codes[row.sitting_id]
        for row in rows
        if _waits(row) and row.sitting_id in kept.codes
    }
    for number, wanted in enumerate(TODAY):
        if not any(row.name == wanted.name and _fits(row, wanted, now, codes) for row in rows):
            codes |= await _book(store, keyring, now, desk, opened.centre_id, wanted, number)
    write_secrets(path, replace(kept, codes=codes))
    rows = await _today(store, keyring, now, desk, opened.centre_id)
    ready = tuple(
        Ready(row.name or "", row.category, codes[row.sitting_id]) for row in rows if row.sitting_id in codes
    )
    return Demonstration(CENTRE, kept.staff, ready)


async def _staff(store: Store, keyring: Keyring, now: int, centre_id: str, kept: Secrets) -> Secrets:
    """Everybody of STAFF as a member, with a password of their own that is known from the file."""
    logins = list(kept.staff)
    for name, email, role in STAFF:
        there = await store.read(credentials, email=email)
        if there is not None and any(login.email == email for login in logins):
            continue
        password = new_password(secrets.choice)
        hashed = PasswordHash.recommended().hash(password)
        if there is None:
            await _join(store, keyring, now, name, email, role, centre_id, hashed)
        else:  # the file was lost, the database was not
            await store.write(replace_password, SYSTEM, now, staff_id=there.staff_id, password_hash=hashed)
        logins = [login for login in logins if login.email != email]
        logins.append(Login(name, email, role.value, password))
    return replace(kept, staff=tuple(logins))


async def _join(
    store: Store, keyring: Keyring, now: int, name: str, email: str, role: Role, centre_id: str, hashed: str
) -> None:
    """Invite somebody and accept in their place."""
    where = None if role is Role.ADMINISTRATOR else centre_id
    digest = keyring.digest("invitation", secrets.token_urlsafe(24))
    await store.write(
        invite,
        SYSTEM,
        now,
        name=name,
        email=email,
        role=role,
        centre_id=where,
        digest=digest,
        until=now + HOUR,
    )
    await store.write(accept_invitation, NOBODY, now, digest=digest, name=name, password_hash=hashed)


async def _actor(store: Store, now: int) -> Actor:
    """The centre staff person who checks the demonstration's candidates in."""
    found = await store.read(credentials, email=STAFF[0][1])
    assert found is not None  # noqa: S101 (made a moment ago)
    actor = await store.read(actor_of, staff_id=found.staff_id, now=now)
    assert actor is not None  # noqa: S101 (a member since)
    return actor


def midnight(now: int) -> int:
    """The last midnight at the centre (UTC ms)."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(TIME_ZONE))
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


async def _today(
    store: Store, keyring: Keyring, now: int, actor: Actor, centre_id: str
) -> tuple[DayRow, ...]:
    since = midnight(now)
    rows: tuple[DayRow, ...] = await store.read(
        day, actor=actor, centre_id=centre_id, since=since, until=since + 36 * HOUR, keyring=keyring
    )
    return rows


def _waits(row: DayRow) -> bool:
    """Released, and nobody has sat down or started."""
    return row.state is State.CHECKED_IN and row.released


def _fits(row: DayRow, wanted: Wanted, now: int, codes: dict[str, str]) -> bool:
    if wanted.released:
        return _waits(row) and row.sitting_id in codes
    return row.state is State.BOOKED and row.starts_at + POLICY.check_in_late_ms > now


async def _book(
    store: Store, keyring: Keyring, now: int, desk: Actor, centre_id: str, wanted: Wanted, number: int
) -> dict[str, str]:
    """One more booking; when it is to wait at a desk, checked in and released, with its code."""
    quarter = 15 * MINUTE
    starts_at = now // quarter * quarter + (0 if wanted.released else quarter * (number // 3))
    booked = await store.write(
        book_sitting, SYSTEM, now, centre_id=centre_id, sitting_id=secrets.token_hex(16),
        candidate_id=secrets.token_hex(16), person=Person(wanted.name, wanted.born, wanted.licence),
        category=wanted.category, starts_at=starts_at, extra_minutes=wanted.extra_minutes,
        break_minutes=wanted.break_minutes, keyring=keyring,
    )  # fmt: skip
    if not wanted.released or not isinstance(booked, Booked):
        return {}
    keys = {"centre_id": centre_id, "sitting_id": booked.sitting_id}
    seen = Seen(DocumentKind.PHOTOCARD, True, wanted.extra_minutes, wanted.break_minutes)
    seed = secrets.token_hex(16)
    checked_in = await store.write(check_in, desk, now, **keys, seen=seen, seed=seed)
    assert isinstance(checked_in, CheckedIn), checked_in  # noqa: S101 (a fault of ours, not of input)
    while True:
        code = made(secrets.choice, POLICY.code_length)
        released = await store.write(release, desk, now, **keys, code=keyring.digest("code", code))
        if isinstance(released, Released):
            return {booked.sitting_id: code}
