"""A frozen service gives the time back before anything that waited is judged (fault F3), with the real writer."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.actions.save_answer import Chosen, save_answer
from app.main import create_app
from app.records import seats
from app.records.keyring import Keyring
from app.records.seats import Seat
from app.records.store import Store, open_store
from app.records.store.engines import sqlite_engine
from app.records.store.performing import FREEZE_MS
from app.rules.permissions import SYSTEM, Actor
from app.rules.policy import MINUTE, POLICY, SECOND
from app.rules.saving import Standing
from app.rules.sitting import PauseKind, State
from app.settings import Settings, make_secret
from tests.faults.conftest import Measure
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore
from tests.support.sat import Sat
from tests.support.serving import HandClock
from tests.support.sweeping import sweep


class Boot:
    """Time since boot, moved by hand together with the service's clock."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock

    def __call__(self) -> int:
        return self.clock.now_ms()


@dataclass(frozen=True)
class Candidate:
    """Who is answering when the service freezes, and the answer they send."""

    sat: Sat
    actor: Actor
    value: str


@pytest.fixture
def candidate(sqlite_template: Path, tmp_path: Path) -> Candidate:
    """A started sitting in a database file of the test's own."""
    path = Path(shutil.copy(sqlite_template, tmp_path / "clearway.db"))
    engine = sqlite_engine(path, writes=True)
    keyring = Keyring(make_secret(tmp_path / "secret"))
    with engine.connect() as db, db.begin():
        sat = furnish(InlineStore(db), keyring).started()
        found = Candidate(sat, sat.seat.actor, sat.right(1))
    engine.dispose()
    return found


def frozen(who: Candidate, folder: Path, before_ms: int, gap_ms: int) -> tuple[list[Any], Seat]:
    """Let time pass, freeze for so long, and then put a save and the sweep to the writer at once."""
    clock = HandClock()
    app = create_app(Settings(data_dir=folder, public_url="https://testserver"), clock)
    hook = app.state.store._before_batch
    store: Store = open_store(f"sqlite:///{folder / 'clearway.db'}", before_batch=hook, clock_ms=Boot(clock))

    async def body() -> tuple[list[Any], Seat]:
        await store.open()
        try:
            step = 5 * SECOND
            for _ in range(before_ms // step):
                clock.forward(ms=step)
                await store.write(sweep, SYSTEM, clock.now_ms())
            clock.forward(ms=gap_ms)
            now = clock.now_ms()
            chosen = Chosen(who.sat.epoch, "page", now, who.value)
            done = await asyncio.gather(
                store.write(sweep, SYSTEM, now),
                store.write(save_answer, who.actor, now, **who.sat.keys, position=1, chosen=chosen),
            )
            seat = await store.read(seats.seat, session=who.sat.session, now=now)
            assert seat is not None
            return list(done), seat
        finally:
            await store.close()

    return asyncio.run(body())


def test_a_short_freeze_is_given_back_before_the_save_and_the_sweep_are_judged(
    candidate: Candidate, tmp_path: Path, measure: Measure
) -> None:
    (closed, saved), seat = frozen(candidate, tmp_path, 10 * MINUTE, 20 * SECOND)
    what = "left by a freeze of 20 s with 10 s left, for the answer that waited (the writer in process, clock by hand)"
    measure("F3", "P6", what, "10,000 ms, and it counts", f"{saved.left_ms} ms, {saved.standing}")
    assert closed == ()
    assert (saved.standing, saved.left_ms) == (Standing.COUNTS, 10 * SECOND)
    assert seat.state is State.IN_PROGRESS


def test_a_long_freeze_closes_nobody_and_keeps_the_answer(
    candidate: Candidate, tmp_path: Path, measure: Measure
) -> None:
    (closed, saved), seat = frozen(candidate, tmp_path, 10 * MINUTE, 10 * MINUTE)
    what = "left by a freeze of 10 minutes with 10 s left (the writer in process, clock by hand)"
    left = f"{seat.clock.left(10**15)} ms, {len(closed)} tests closed"
    measure("F3", "P6", what, "10,000 ms, nobody closed", left)
    assert closed == ()
    assert (seat.state, seat.pause_kind) == (State.PAUSED, PauseKind.OUTAGE)
    assert seat.clock.left(10**15) == 10 * SECOND
    assert saved.kept is True


def test_what_is_no_freeze_is_not_given_back(candidate: Candidate, tmp_path: Path) -> None:
    (_, saved), _ = frozen(candidate, tmp_path, MINUTE, FREEZE_MS)
    assert saved.left_ms == 10 * MINUTE + POLICY.loading_ms - MINUTE - FREEZE_MS
