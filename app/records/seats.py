"""One sitting as the floors above see it, and the hot look-up that finds it for a signed-in browser.

What is written to a sitting stands in `sittings.py`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.store import Db, Direct
from app.records.tables import sitting, web_session
from app.rules.outcome import PassRule
from app.rules.permissions import Actor, Membership, Role
from app.rules.sitting import PauseKind, State
from app.rules.timing import Clock


@dataclass(frozen=True)
class PartPlan:
    """One part as it was frozen at check-in. `bands` maps a name to its topics and their minimum."""

    kind: str
    questions: int
    minutes: int
    allowance_ms: int
    pass_mark: int
    bands: Mapping[str, tuple[tuple[str, ...], int]]

    @property
    def rule(self) -> PassRule:
        bands = {name: (frozenset(topics), least) for name, (topics, least) in self.bands.items()}
        return PassRule(self.pass_mark, bands)


@dataclass(frozen=True)
class Seat:
    """A sitting's row with its words made into values. Moments are UTC ms, lengths ms."""

    centre_id: str
    sitting_id: str
    candidate_id: str
    category: str
    language: str
    starts_at: int
    state: State
    pause_kind: PauseKind | None
    paused_at: int | None
    paused_known_at: int | None
    part: int
    state_at: int
    move_no: int
    clock: Clock
    break_used_ms: int
    extra_minutes: int
    break_minutes: int
    parts: tuple[PartPlan, ...]
    released_at: int | None
    code: str | None
    epoch: int
    device: str | None
    start_token: str | None
    details_at: int | None
    arrangements_at: int | None
    told_unanswered: bool
    seen_at: int
    notice: str | None
    notice_at: int | None
    chain_no: int
    chain_head: str

    @property
    def plan(self) -> PartPlan:
        """The present part. Raises IndexError before check-in, when there is no paper yet."""
        return self.parts[self.part]

    @property
    def actor(self) -> Actor:
        """The candidate of this sitting, as the rules see them."""
        return Actor(self.candidate_id, (Membership(Role.CANDIDATE, self.centre_id, 2**62),), self.sitting_id)

    def break_left_ms(self, now: int) -> int:
        """What is left of the rest breaks, the one under way taken off; below zero when it lasts too long."""
        running = self.state is State.PAUSED and self.pause_kind is PauseKind.BREAK
        under_way = now - (self.paused_at or now) if running else 0
        return self.break_minutes * 60_000 - self.break_used_ms - under_way


NAMES = (
    "centre_id", "id", "candidate_id", "category", "language", "starts_at", "state", "pause_kind", "paused_at",
    "paused_known_at", "part", "state_at", "move_no", "allowance_ms", "granted_ms", "used_ms", "running_since",
    "break_used_ms", "extra_minutes", "break_minutes", "parts", "released_at", "code", "epoch", "device",
    "start_token", "details_at", "arrangements_at", "told_unanswered", "seen_at", "notice", "notice_at",
    "chain_no", "chain_head",
)  # fmt: skip
COLUMNS: tuple[sa.Column[Any], ...] = tuple(sitting.c[name] for name in NAMES)


def seat_of(row: Sequence[Any]) -> Seat:
    """A row of COLUMNS, in their order, made into a Seat."""
    got: dict[str, Any] = dict(zip(NAMES, row, strict=False))
    got["clock"] = Clock(
        got.pop("allowance_ms"), got.pop("granted_ms"), got.pop("used_ms"), got.pop("running_since")
    )
    got["sitting_id"] = got.pop("id")
    got["state"] = State(got["state"])
    got["pause_kind"] = None if got["pause_kind"] is None else PauseKind(got["pause_kind"])
    got["parts"] = _plans(got["parts"])
    got["told_unanswered"] = bool(got["told_unanswered"])
    # Every page and every save makes one. To set the fields of what is frozen one by one takes longer than the query.
    seat = object.__new__(Seat)
    seat.__dict__.update(got)
    return seat


_READ: dict[str, tuple[PartPlan, ...]] = {}


def _plans(document: str | None) -> tuple[PartPlan, ...]:
    """The frozen parts; few documents are ever different, so each is read once."""
    if document is None:
        return ()
    if document not in _READ:
        if len(_READ) > 1000:
            _READ.clear()
        _READ[document] = tuple(
            PartPlan(**{**part, "bands": {n: (tuple(b[0]), b[1]) for n, b in part["bands"].items()}})
            for part in json.loads(document)
        )
    return _READ[document]


_SEAT = Direct(
    sa.select(*COLUMNS)
    .join(
        web_session,
        sa.and_(web_session.c.centre_id == sitting.c.centre_id, web_session.c.sitting_id == sitting.c.id),
    )
    .where(
        web_session.c.digest == sa.bindparam("session", type_=sa.Text()),
        web_session.c.kind == "candidate",
        web_session.c.ended_at.is_(None),
        web_session.c.until > sa.bindparam("now", type_=sa.BigInteger()),
    )
)


def seat(db: Db, *, session: str, now: int) -> Seat | None:
    """The sitting of the browser whose web session has this digest, unless it was ended or is too old."""
    row = _SEAT(db, session=session, now=now).fetchone()
    return None if row is None else seat_of(row)
