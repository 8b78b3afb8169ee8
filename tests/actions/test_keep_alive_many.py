"""A centre full of candidates loses nothing either: the outage of a thousand sittings is a handful of statements."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app.actions.keep_alive import Credited, after_a_freeze, mark_alive, recover
from app.records import alive
from app.records.store import Store, asks, open_store
from app.records.store.engines import driver, sqlite_engine
from app.records.store.performing import FREEZE_MS
from app.records.tables import sitting, sitting_move
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, SECOND
from app.rules.sitting import PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import NINE, Scene, furnish
from tests.support.inline_store import InlineStore
from tests.support.sat import Sat


def twins(sat: Sat, count: int) -> list[Sat]:
    """As many more sittings with the same row and the same moves."""
    db, where = sat.scene.db, sat.keys["sitting_id"]
    row = db.execute(sa.select(sitting).where(sitting.c.id == where)).mappings().one()
    names = [secrets.token_hex(16) for _ in range(count)]
    db.execute(sa.insert(sitting).inline(), [dict(row, id=name, code=None) for name in names])
    moves = sat.rows(sitting_move)
    db.execute(
        sa.insert(sitting_move).inline(), [dict(move, sitting_id=name) for name in names for move in moves]
    )
    return [Sat(sat.scene, sat.keys["centre_id"], name) for name in names]


@contextmanager
def counted(db: sa.Connection) -> Iterator[list[str]]:
    """The statements that a connection runs meanwhile; one for many rows counts once."""
    seen: list[str] = []

    def note(_db: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db, "before_cursor_execute", note)


@pytest.mark.parametrize(("gap", "state"), [(20 * SECOND, State.IN_PROGRESS), (HOUR, State.PAUSED)])
def test_the_outage_of_many_sittings_takes_as_many_statements_as_that_of_one(
    scene: Scene, gap: int, state: State
) -> None:
    running = scene.started()
    resting = scene.started()
    resting.take_break()
    scene.do(mark_alive, SYSTEM)
    many = [running, *twins(running, 40), resting, *twins(resting, 10)]
    left = running.left_ms
    scene.forward(ms=gap)
    with counted(scene.db) as seen:
        assert scene.do(recover, SYSTEM).sittings >= len(many)
    assert len(seen) <= 10, "\n".join(seen)
    assert {sat.seat.state for sat in many[:41]} == {state}
    for sat in (many[0], many[1], many[40], many[41], many[-1]):
        assert sat.left_ms == left
        must_agree(sat, chain=sat in (running, resting))  # a twin's chain begins with another sitting's name


@pytest.fixture
def full(sqlite_template: Path, tmp_path: Path) -> tuple[str, list[str]]:
    """A database file with a thousand running sittings, and their ids."""
    path = Path(shutil.copy(sqlite_template, tmp_path / "clearway.db"))
    with sqlite_engine(path, writes=True).connect() as db, db.begin():
        scene = furnish(InlineStore(db))
        first = scene.started()
        all_of_them = [first, *twins(first, 999)]
        scene.do(mark_alive, SYSTEM)
    return f"sqlite:///{path}", [sat.keys["sitting_id"] for sat in all_of_them]


def standing(db: sa.Connection) -> list[tuple[str, str | None]]:
    """State and pause of every sitting that has started, each pair once."""
    rows = db.execute(
        sa.select(sitting.c.state, sitting.c.pause_kind).where(sitting.c.move_no > 3).distinct()
    )
    return [(row.state, row.pause_kind) for row in rows]


@pytest.mark.parametrize("patience", ["the writer's whole second", "none at all"])
def test_a_start_and_a_freeze_with_a_thousand_sittings_are_recorded_however_long_it_takes(
    full: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, patience: str
) -> None:
    if patience == "none at all":  # a loaded machine: what must be done at once is done all the same
        monkeypatch.setattr("app.records.store.sqlite_writer.BUDGET_S", 0.0)
    url, _ids = full
    boot = [0]
    now = [NINE + HOUR]

    def hook(db: sa.Connection, gap_ms: int, silent_ms: int) -> None:
        after_a_freeze(db, gap_ms=gap_ms, now=now[0], silent_ms=silent_ms)

    async def body() -> tuple[Credited, list[tuple[str, str | None]], list[tuple[str, str | None]]]:
        store: Store = open_store(url, before_batch=hook, clock_ms=lambda: boot[0])
        await store.open()
        try:
            credited = await store.write(recover, SYSTEM, now[0])
            after_start = await store.read(standing)
            await store.write(run_again, SYSTEM, now[0])
            boot[0] += FREEZE_MS + 20_000
            now[0] += FREEZE_MS + 20_000
            await store.write(mark_alive, SYSTEM, now[0])
            return credited, after_start, await store.read(frozen)
        finally:
            await store.close()

    credited, after_start, after_freeze = asyncio.run(body())
    assert credited == Credited(HOUR, 1000)
    assert after_start == [(State.PAUSED, PauseKind.OUTAGE)]
    assert after_freeze == [(State.IN_PROGRESS, f"resumed:outage:{FREEZE_MS + 20_000}")]


@asks(unlimited=True)
def run_again(db: sa.Connection, actor: object, now: int) -> None:
    """All candidates press Continue."""
    db.execute(
        sa.update(sitting)
        .where(sitting.c.state == State.PAUSED)
        .values(state=State.IN_PROGRESS, pause_kind=None, paused_at=None, running_since=now, state_at=now)
    )


def frozen(db: sa.Connection) -> list[tuple[str, str | None]]:
    """State and notice of every sitting that has started, each pair once."""
    rows = db.execute(sa.select(sitting.c.state, sitting.c.notice).where(sitting.c.move_no > 3).distinct())
    return [(row.state, row.notice) for row in rows]


def test_looking_for_what_an_outage_concerns_reads_no_sitting_of_other_days(sqlite_scene: Scene) -> None:
    db = sqlite_scene.db
    for statement in (alive.RUNNING, alive.RESTING):
        compiled = statement.compile(dialect=db.dialect)
        values = {**compiled.params, "started_after": NINE}
        plan = [row[3] for row in driver(db).execute(f"EXPLAIN QUERY PLAN {compiled}", values).fetchall()]
        assert not [step for step in plan if step == "SCAN sitting"], plan
