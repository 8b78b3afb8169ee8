"""No sequence of moves ends a part before its time, starts a clock unasked, or lets the row differ from the moves."""

from __future__ import annotations

import pytest

from app.actions.keep_alive import credit_outage
from app.records.tables import sitting_move
from app.rules.permissions import SYSTEM
from app.rules.sitting import TERMINAL
from tests.actions.walking import Walker
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.small_edition import SMALL, TWO_PARTS
from tests.support.sweeping import sweep

STEPS = 40


def walk(scene: Scene, seed: int, steps: int = STEPS) -> Walker:
    """A walk from a booking, or from a start, until it ends or the steps are done; then the sweep has the last word."""
    category = TWO_PARTS if seed % 2 else SMALL
    under_way = seed % 3 > 0
    sat = scene.started(category) if under_way else scene.book(category)
    walker = Walker(scene, sat, seed)
    walker.released = walker.confirmed = under_way
    for _ in range(steps):
        walker.step()
        if sat.seat.state in TERMINAL:
            break
    for _ in range(3):
        walker.step()
    must_agree(sat)
    return walker


@pytest.mark.parametrize("seed", range(6))
def test_after_every_step_the_row_is_what_the_moves_make_and_nothing_ended_early(
    scene: Scene, seed: int
) -> None:
    walk(scene, seed)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_long_walks_hold_too(scene: Scene, seed: int) -> None:
    walk(scene, seed, 120)


def test_the_walks_go_everywhere(sqlite_scene: Scene) -> None:
    made: set[str] = set()
    kinds: set[str | None] = set()
    for seed in range(12):
        rows = walk(sqlite_scene, seed).sat.rows(sitting_move)
        made |= {row["move"] for row in rows}
        kinds |= {row["kind"] for row in rows}
    assert made >= {"check_in", "undo_check_in", "release", "take_pen", "start", "pause", "resume", "grant"}
    assert made >= {"next_part", "run_out"}
    assert kinds >= {"break", "help", "outage", "section"}


def test_the_watch_sees_a_part_that_ends_early(sqlite_scene: Scene) -> None:
    sat = sqlite_scene.started()
    walker = Walker(sqlite_scene, sat, 1)
    sqlite_scene.forward(minutes=11)  # time that this watch did not see pass
    assert sat.keys["sitting_id"] in sqlite_scene.do(sweep, SYSTEM)
    with pytest.raises(AssertionError):
        walker._look()


def test_the_agreement_sees_time_that_no_move_gave(sqlite_scene: Scene) -> None:
    sat = sqlite_scene.started()
    sqlite_scene.forward(minutes=2)
    credit_outage(sqlite_scene.db, since=sqlite_scene.now - 60_000, now=sqlite_scene.now)
    must_agree(sat)
    sqlite_scene.db.exec_driver_sql("UPDATE sitting SET used_ms = used_ms - 1")
    with pytest.raises(AssertionError):
        must_agree(sat)
