"""Outcomes: append-only, the newest revision counts. What they hold is counts; never a question, never a key."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from app.records.seats import Seat
from app.records.sittings import linked, update
from app.records.store import Db
from app.records.tables import outcome
from app.rules.outcome import Ended, OutcomeStatus, PartResult, Score

_NEWEST = (
    sa.select(outcome)
    .where(
        outcome.c.centre_id == sa.bindparam("centre_id"), outcome.c.sitting_id == sa.bindparam("sitting_id")
    )
    .order_by(outcome.c.revision.desc())
    .limit(1)
)


@dataclass(frozen=True)
class OutcomeSeen:
    """The outcome of a sitting. `passed` is None when no part was marked (nobody came)."""

    revision: int
    status: OutcomeStatus
    ended: Ended
    passed: bool | None
    parts: tuple[PartResult, ...]
    at: int
    document: str


def newest(db: Db, *, centre_id: str, sitting_id: str) -> OutcomeSeen | None:
    """The newest revision, or None while the sitting is not over."""
    row = db.execute(_NEWEST, {"centre_id": centre_id, "sitting_id": sitting_id}).mappings().first()
    if row is None:
        return None
    return OutcomeSeen(
        revision=row["revision"],
        status=OutcomeStatus(row["status"]),
        ended=Ended(row["ended"]),
        passed=None if row["passed"] is None else bool(row["passed"]),
        parts=tuple(_part(part) for part in json.loads(row["result"])),
        at=row["at"],
        document=row["result"],
    )


def append(
    db: Db,
    seat: Seat,
    now: int,
    *,
    status: OutcomeStatus,
    ended: Ended,
    passed: bool | None,
    result: str,
    actor: str,
    reason: str | None = None,
    revision: int = 1,
) -> Seat:
    """Write one revision as the next link of the chain."""
    row: dict[str, Any] = {
        "revision": revision,
        "status": status.value,
        "ended": ended.value,
        "passed": None if passed is None else int(passed),
        "result": result,
        "at": now,
        "actor": actor,
        "reason": reason,
    }
    moved, link = linked(seat, row)
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    db.execute(sa.insert(outcome).inline(), {**keys, **row, **vars(link)})
    update(db, moved, now, chain_no=moved.chain_no, chain_head=moved.chain_head)
    return moved


def document(parts: tuple[PartResult, ...]) -> str:
    """The results of the parts as the JSON that is stored."""
    return json.dumps([asdict(part) for part in parts], sort_keys=True)


def _part(told: Mapping[str, Any]) -> PartResult:
    def scores(named: Mapping[str, Mapping[str, int]]) -> dict[str, Score]:
        return {name: Score(**score) for name, score in named.items()}

    return PartResult(
        score=Score(**told["score"]),
        answered=told["answered"],
        pass_mark=told["pass_mark"],
        passed=told["passed"],
        topics=scores(told["topics"]),
        bands=scores(told["bands"]),
        bands_missed=tuple(told["bands_missed"]),
    )
