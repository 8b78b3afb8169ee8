"""A site for measurements: centres, staff and the whole bank through actions, then candidates by the thousand.

A few sittings are made through the actions at each stage; the others are copies of their rows under new ids, at new
moments, with people, codes and web sessions of their own.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.actions.invite_staff import accept_invitation, invite
from app.actions.open_centre import open_centre
from app.actions.publish_bank import publish_bank
from app.demonstration import edition
from app.records import people, staff, tables
from app.records.keyring import Keyring
from app.records.people import Person
from app.rules.codes import LETTERS
from app.rules.permissions import NOBODY, SYSTEM, Role
from app.rules.policy import HOUR, POLICY
from tests.bench.visitors import Visitor
from tests.support.factories import Scene
from tests.support.inline_store import InlineStore

CENTRES = 16
STAFF = 64
PAPERS = 64  # different ones; the candidates share them, each with ids and people of their own
OF_A_SITTING = ("sitting_move", "paper_draw", "paper_question", "answer_revision", "outcome")
MOMENTS = frozenset(
    (
        "starts_at", "booked_at", "state_at", "running_since", "deadline_at", "released_at", "details_at",
        "arrangements_at", "touched_at", "seen_at", "at", "recorded_at", "drawn_at", "arrived_at", "rendered_at",
        "paused_at", "paused_known_at", "notice_at",
    )
)  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Site:
    """Centres with their staff, and moulds by stage, each the rows of one sitting made at `made_at`."""

    keyring: Keyring
    made_at: int
    centres: list[tuple[str, str]]
    staff: dict[str, str]
    moulds: dict[str, list[Rows]] = field(default_factory=dict)


def open_site(db: sa.Connection, keyring: Keyring, now: int) -> Site:
    """The site in this database, made if there is none; the moulds' own sittings are taken back again."""
    store = InlineStore(db)
    if not db.execute(sa.select(tables.centre.c.id)).first():
        _found(store, keyring, now)
    centres = db.execute(sa.select(tables.centre.c.id, tables.centre.c.code)).all()
    desks = db.execute(sa.select(tables.membership.c.centre_id, tables.membership.c.staff_id)).all()
    site = Site(
        keyring, now, [(one.id, one.code) for one in centres], {d.centre_id: d.staff_id for d in desks}
    )
    moulds = db.begin_nested()
    _make_moulds(site, store)
    moulds.rollback()
    return site


def _found(store: InlineStore, keyring: Keyring, now: int) -> None:
    """Centres, one of the staff for each, and the bank."""
    for n in range(CENTRES):
        code = f"centre-{n + 1}"
        opened = store.do(
            open_centre, SYSTEM, now, code=code, name=f"Centre {n + 1}", time_zone="Europe/London",
            opens="00:00", closes="23:59",
        )  # fmt: skip
        digest = keyring.digest("invitation", code)
        store.do(
            invite, SYSTEM, now, name=f"Dana Desk {n + 1}", email=f"{code}@example.test", role=Role.CENTRE_STAFF,
            centre_id=opened.centre_id, digest=digest, until=now + HOUR,
        )  # fmt: skip
        store.do(accept_invitation, NOBODY, now, digest=digest, name="", password_hash="not a hash")
    store.do(publish_bank, SYSTEM, now, edition=edition())


def _make_moulds(site: Site, store: InlineStore) -> None:
    centre_id = site.centres[0][0]
    desk = store.look(staff.actor_of, staff_id=site.staff[centre_id], now=site.made_at)
    assert desk is not None
    scene = Scene(store, centre_id, centre_id, {"desk": desk}, site.made_at, site.keyring)
    site.moulds = {stage: [] for stage in ("booked", "released", "started", "finished")}
    for n in range(PAPERS):
        sat = scene.book("car")
        site.moulds["booked"].append(_rows(store.db, sat.keys))
        sat.check_in()
        sat.release(site.keyring.digest("code", f"mould {n}"))
        site.moulds["released"].append(_rows(store.db, sat.keys))
        sat.take_seat()
        sat.confirm()
        sat.start()
        site.moulds["started"].append(_rows(store.db, sat.keys))
        if n == 0:
            for position in range(1, 51):
                sat.save(position, sat.asked(position).options[0][0])
            sat.finish()
            site.moulds["finished"].append(_rows(store.db, sat.keys))


def _rows(db: sa.Connection, keys: dict[str, str]) -> Rows:
    """Every row of a sitting, in the order in which they can be put back."""
    found: Rows = {}
    for name in ("sitting", *OF_A_SITTING):
        table = _table(name)
        its_id = table.c.id if name == "sitting" else table.c.sitting_id
        where = (table.c.centre_id == keys["centre_id"], its_id == keys["sitting_id"])
        found[name] = [dict(row) for row in db.execute(sa.select(table).where(*where)).mappings()]
    return found


def _table(name: str) -> sa.Table:
    return tables.metadata.tables[name]


def admit(db: sa.Connection, site: Site, stage: str, count: int, now: int) -> list[Visitor]:
    """So many new candidates at a stage, spread over the centres; their browsers."""
    rows: Rows = {name: [] for name in ("sitting", *OF_A_SITTING, "web_session")}
    visitors = []
    for n in range(count):
        centre_id, code = site.centres[n % CENTRES]
        sitting_id, candidate_id = secrets.token_hex(16), secrets.token_hex(16)
        person = Person(f"Candidate {n}", date(2004, 2, 29), f"BENCH{secrets.token_hex(6).upper()}")
        people.add(db, now, person, keyring=site.keyring, candidate_id=candidate_id)
        over = {
            "centre_id": centre_id,
            "sitting_id": sitting_id,
            "candidate_id": candidate_id,
            "id": sitting_id,
        }
        visitor, secret = Visitor({}), secrets.token_urlsafe(32)
        if stage == "released":
            visitor.code = "".join(secrets.choice(LETTERS) for _ in range(POLICY.code_length))
        elif stage == "booked":
            visitor.waiting = [f"/centre/{code}/sittings/{sitting_id}"]
        elif stage == "started":
            visitor.cookies = {"__Host-candidate": secret}
            rows["web_session"].append(
                _web_session(site.keyring, "candidate", candidate_id, secret, now, centre_id, sitting_id)
            )
        over["code"] = site.keyring.digest("code", visitor.code or secret)
        mould = site.moulds[stage][n % len(site.moulds[stage])]
        for name, copied in mould.items():
            rows[name] += [_moved(row, over, now - site.made_at) for row in copied]
        visitors.append(visitor)
    for name, many in rows.items():
        if many:
            db.execute(sa.insert(_table(name)).inline(), many)
    return visitors


def sign_staff_in(db: sa.Connection, site: Site, now: int, booked: Sequence[Visitor] = ()) -> list[Visitor]:
    """So many browsers of staff, those of a centre the same person's; each checks in its share of the booked."""
    visitors = []
    for n in range(STAFF):
        centre_id, code = site.centres[n % CENTRES]
        secret = secrets.token_urlsafe(32)
        row = _web_session(site.keyring, "staff", site.staff[centre_id], secret, now)
        db.execute(sa.insert(tables.web_session).inline(), row)
        cookie = site.keyring.sign("staff cookie", f"{secret}.{now}")
        share = [path for one in booked[n::STAFF] for path in one.waiting]
        visitors.append(Visitor({"__Host-staff": cookie}, today=f"/centre/{code}/today", waiting=share))
    return visitors


def _moved(row: dict[str, Any], over: dict[str, str], later: int) -> dict[str, Any]:
    """A row under new ids, at moments later by so much. A mould without a code gets none."""
    moved = {name: value + later if name in MOMENTS and value else value for name, value in row.items()}
    ours = {name: value for name, value in over.items() if moved.get(name) is not None}
    return moved | ours


def _web_session(
    keyring: Keyring,
    kind: str,
    person_id: str,
    secret: str,
    now: int,
    centre_id: str | None = None,
    sitting_id: str | None = None,
) -> dict[str, Any]:
    until = now + (POLICY.candidate_session_ms if kind == "candidate" else 8 * HOUR)
    return {
        "digest": keyring.digest("session", secret), "kind": kind, "person_id": person_id,
        "centre_id": centre_id, "sitting_id": sitting_id, "opened_at": now, "until": until, "ended_at": None,
    }  # fmt: skip
