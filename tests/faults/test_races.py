"""Calls that start at the same moment leave one pen, one outcome, and every answer as its sender was told (fault F9).

Source: reliability and security design, section 3 and promise P5. Both databases, the real writers.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions import save_answer as saving
from app.records import answers, sittings
from app.records.store import Direct, open_store
from app.records.store.engines import postgres_engine, sqlite_engine, sqlite_path
from tests.faults.conftest import Measure
from tests.faults.ledger import Ruins
from tests.faults.racing_lives import RACES_OF_A_LIFE, live
from tests.faults.racing_referee import faults_of
from tests.support.databases import BOTH
from tests.support.factories import Scene, furnish
from tests.support.inline_store import InlineStore

pytestmark = pytest.mark.timeout(300)
Site = tuple[str, Scene]


@pytest.fixture(params=BOTH)
def site(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    """A migrated database of the test's own with centres, staff and a bank."""
    if request.param == "sqlite":
        yield furnished(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'clearway.db')}")
    else:
        yield furnished(request.getfixturevalue("postgres_url"))


def engine_of(url: str, *, writes: bool) -> sa.Engine:
    return (
        sqlite_engine(sqlite_path(url), writes=writes) if url.startswith("sqlite") else postgres_engine(url)
    )


def furnished(url: str) -> Site:
    engine = engine_of(url, writes=True)
    with engine.connect() as db, db.begin():
        room = furnish(InlineStore(db))
    engine.dispose()
    return url, room


def raced(site: Site, seed: int, lives: int) -> tuple[list[str], int]:
    """So many sittings, one after another, each with its races; what was found, and how many answers were sent."""
    url, room = site
    chance = Random(seed)

    async def whole() -> list[Any]:
        store = open_store(url)
        await store.open()
        try:
            return [await live(store, room, chance) for _ in range(lives)]
        finally:
            await store.close()

    lived = asyncio.run(whole())
    with Ruins(engine_of(url, writes=False)) as ruins:
        found = [fault for life in lived for fault in faults_of(ruins, life.keys, life.calls)]
    return found, sum(call.name == "save_answer" for life in lived for call in life.calls)


def must_hold(site: Site, seed: int, lives: int, measure: Measure) -> None:
    found, saves = raced(site, seed, lives)
    assert found == [], f"seed {seed}:\n" + "\n".join(found)
    which, rounds = site[0].partition(":")[0], lives * RACES_OF_A_LIFE
    measure(
        "F9", "P5", f"races with a fault, {which}", "0", f"0 of {rounds}, {saves} answers", seed=str(seed)
    )


def test_calls_at_the_same_moment_leave_one_pen_one_outcome_and_every_answer_as_told(
    site: Site, measure: Measure
) -> None:
    must_hold(site, 1, 13, measure)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10, 20))
def test_a_thousand_races_leave_the_same(site: Site, seed: int, measure: Measure) -> None:
    must_hold(site, seed, 13, measure)


def must_be_seen(site: Site, sign: str, what: str, measure: Measure) -> None:
    """The same races with something broken: the referee must say so, with this sign."""
    found, _ = raced(site, 2, 13)
    seen = [fault for fault in found if sign in fault]
    assert seen, "\n".join(found) or "nothing was seen"
    measure(
        "F9", "P5", f"faults seen {what}, {site[0].partition(':')[0]}", "> 0", str(len(seen)), broken=True
    )


def test_the_referee_sees_that_nobody_asks_for_the_pen(
    site: Site, monkeypatch: pytest.MonkeyPatch, measure: Measure
) -> None:
    judged = saving.judge
    monkeypatch.setattr(
        saving,
        "judge",
        lambda state, clock, arrival, **more: judged(state, clock, replace(arrival, has_pen=True), **more),
    )
    must_be_seen(site, "counts: pen", "without a pen", measure)


@pytest.mark.deep
def test_the_referee_sees_that_no_row_is_locked(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, measure: Measure
) -> None:
    monkeypatch.setattr(answers, "_FIND", Direct(unlocked(answers._FIND.statement)))
    monkeypatch.setattr(sittings, "_FIND", unlocked(sittings._FIND))
    must_be_seen(furnished(postgres_url), "link", "without a row lock", measure)


def unlocked(statement: Any) -> Any:
    """The same look-up without FOR UPDATE."""
    free = statement._clone()
    free._for_update_arg = None
    return free
