"""One round of the sweep in one go, for tests that have no service running: the ids that it closed."""

from __future__ import annotations

from app.actions.end_sitting import close_overdue
from app.records.alive import overdue
from app.records.store import Db
from app.rules.permissions import Actor
from app.rules.policy import POLICY


def sweep(db: Db, actor: Actor, now: int) -> tuple[str, ...]:
    """Look and close as `main.py` does, which gives each closing a write of its own."""
    due = overdue(db, before=now - POLICY.grace_ms - 1)
    return tuple(one.sitting_id for one in due if close_overdue(db, actor, now, due=one))
