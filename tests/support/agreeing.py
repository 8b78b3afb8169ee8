"""What a sitting's moves say, beside what its row says: the two must never differ."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.records.sittings import folded
from app.records.tables import sitting, sitting_move
from app.rules.sitting import PauseKind, State
from app.rules.timing import break_used, fold
from tests.support.links import broken_links
from tests.support.sat import Sat


def must_agree(sat: Sat, *, chain: bool = True) -> None:
    """Raise AssertionError unless state, part, clock, pause, breaks, deadline and chain are what the moves make.

    Without `chain` the chain is not worked out again: for walks that look after every step.
    """
    seat, now = sat.seat, sat.scene.now
    rows = tuple(sat.rows(sitting_move))
    moves = folded(rows)
    allowances = tuple(plan.allowance_ms for plan in seat.parts) or (seat.clock.allowance_ms,)
    state, part, clock = fold(allowances, moves)
    assert (seat.state, seat.part) == (state, part)
    assert seat.clock == clock, f"the row says {seat.clock}, the moves {clock}"
    row: dict[str, Any] = dict(
        sat.scene.db.execute(sa.select(sitting).where(sitting.c.id == seat.sitting_id)).mappings().one()
    )
    assert row["deadline_at"] == clock.deadline
    assert row["move_no"] == len(moves)
    under_way = now - (seat.paused_at or now) if seat.pause_kind is PauseKind.BREAK else 0
    assert seat.break_used_ms + max(0, under_way) == break_used(moves, now)
    assert (seat.pause_kind is not None) == (state is State.PAUSED)
    assert (seat.clock.running_since is not None) == (state is State.IN_PROGRESS)
    assert not chain or broken_links(sat.scene.db, **sat.keys) == []
