"""New sittings. Everything that happens to them afterwards is a move (`sittings.py`)."""

import hashlib

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import sitting
from app.rules.policy import POLICY
from app.rules.sitting import State


def add(
    db: Db,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    candidate_id: str,
    category: str,
    starts_at: int,
    extra_minutes: int,
    break_minutes: int,
) -> None:
    """Write a sitting in state booked; one that is there already stays as it is.

    Its chain begins with its own id, so that no two begin alike.
    """
    mine = (sitting.c.centre_id == centre_id, sitting.c.id == sitting_id)
    if db.execute(sa.select(sitting.c.id).where(*mine)).first() is not None:
        return
    db.execute(
        sa.insert(sitting).inline(),
        {
            "centre_id": centre_id,
            "id": sitting_id,
            "candidate_id": candidate_id,
            "category": category,
            "language": "en-GB",
            "starts_at": starts_at,
            "booked_at": now,
            "state": State.BOOKED.value,
            "state_at": now,
            "extra_minutes": extra_minutes,
            "break_minutes": break_minutes,
            "policy_version": POLICY.version,
            "touched_at": now,
            "chain_head": hashlib.sha256(f"{centre_id}/{sitting_id}".encode()).hexdigest(),
        },
    )
