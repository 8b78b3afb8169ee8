"""A disk that is full, read only or slow costs nobody an answer, and everybody is told in plain words (fault F4).

Source: reliability and security design, promise P2. The broken variants prove that the checker can see.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.records.tables import alive, sitting_move
from tests.faults.conftest import Measure
from tests.faults.disk import READ_ONLY, filled, full, read_only_mount, slow, small_disk, struck
from tests.faults.disk_round import Round, one_round
from tests.faults.killing import Run, room
from tests.faults.ledger import Ruins
from tests.faults.room import ROOT, environment, verb
from tests.faults.served import Served

SEATS = 6
ROOM_LEFT = 120_000  # bytes: some answers are saved before the disk is full
SYNC_MS = 700
SMALL = 16 * 1024 * 1024
SWALLOWS = ("tests.faults.broken_saving", "acknowledges-the-unsaved")
HASTY = ("tests.faults.broken_server", "replies-before-commit")
Room = tuple[Path, dict[str, str]]
pytestmark = pytest.mark.timeout(240)


def handed_in(run: Run) -> list[str]:
    """Faults at the end, marks with them."""
    return asyncio.run(run.hand_in())


def keep(measure: Measure, what: str, rounds: list[Round], seed: str) -> None:
    """The figures of promise P2 for one way of losing the disk."""
    saved, turned = sum(one.saved for one in rounds), sum(one.turned for one in rounds)
    measure(
        "F4", "P2", f"acknowledged answers lost, {what}", "0", f"0 of {saved}, {turned} refused", seed=seed
    )
    slowest = max(one.slowest_no_s for one in rounds)
    measure(
        "F4", "P2", f"longest wait for the page that says so, {what}", "1 s", f"{slowest:.2f} s", seed=seed
    )
    back = max(one.recovered_s for one in rounds)
    measure("F4", "P2", f"until all is saved afterwards, {what}", "30 s", f"{back:.2f} s", seed=seed)


def test_a_full_disk_is_told_in_plain_words_and_loses_no_answer(ready: Room, measure: Measure) -> None:
    with room(*ready, 1) as run:
        found = asyncio.run(one_round(run, full(run.served, ROOM_LEFT)))
        assert found.faults == []
        nothing = asyncio.run(one_round(run, full(run.served)))
        assert nothing.faults == []
        assert found.saved > found.turned == SEATS
        assert handed_in(run) == []
        keep(measure, "on a full disk", [found, nothing], "1")


async def seconds_until_acknowledged(run: Run) -> tuple[list[float], list[float]]:
    """Everybody saves one answer and opens a page at once: how long the answers took, and the pages."""

    async def saved(number: int) -> float:
        began = time.monotonic()
        await run.browsers[number].send(presses[number])
        return time.monotonic() - began

    async def opened(number: int) -> float:
        began = time.monotonic()
        await run.browsers[number].get("/sitting/question/1")
        return time.monotonic() - began

    half = SEATS // 2
    presses = [await run.browsers[number].choose(2, run.chance) for number in range(half)]
    both = [*map(saved, range(half)), *map(opened, range(half, SEATS))]
    took = await run.everybody(*both)
    return took[:half], took[half:]


def test_no_answer_is_acknowledged_before_a_slow_disk_has_it(ready: Room, measure: Measure) -> None:
    with room(*ready, 2) as run, struck(run.served, slow(SYNC_MS)):
        saves, pages = asyncio.run(seconds_until_acknowledged(run))
        assert min(saves) >= SYNC_MS / 1000
        assert min(pages) < max(saves)  # reading waits for no disk
        assert run.look_at_the_ruins() == []
        told = f"{min(saves):.2f} s, a page {min(pages):.2f} s"
        measure(
            "F4", "P2", f"quickest save where a sync takes {SYNC_MS} ms longer", "no less", told, seed="2"
        )


def test_the_checker_sees_a_server_that_acknowledges_what_a_full_disk_refused(
    ready: Room, measure: Measure
) -> None:
    async def answered_all(run: Run) -> None:
        with full(run.served):
            await run.everybody(*(browser.answer(1, run.chance) for browser in run.browsers))

    with room(*ready, 3, *SWALLOWS) as run:
        asyncio.run(answered_all(run))
        found = run.look_at_the_ruins()
    lost = sum("lost:" in fault for fault in found)
    assert lost == SEATS
    what = "a server that acknowledges although the commit failed"
    measure("F4", "P2", what, "caught", f"{lost} of {SEATS} answers seen lost", seed="3", broken=True)


@pytest.mark.deep
def test_the_checker_sees_a_server_that_does_not_wait_for_a_slow_disk(ready: Room, measure: Measure) -> None:
    with room(*ready, 4, *HASTY) as run, struck(run.served, slow(SYNC_MS)):
        saves, _ = asyncio.run(seconds_until_acknowledged(run))
    assert min(saves) < SYNC_MS / 1000
    what = "a server that replies before it commits, on a slow disk"
    measure("F4", "P2", what, "caught", f"a reply after {min(saves):.2f} s", seed="4", broken=True)


def test_a_start_on_a_full_disk_is_refused_with_one_sentence(ready: Room) -> None:
    folder, _ = ready
    with contextlib.closing(sqlite3.connect(folder / "clearway.db")) as db:
        for _ in range(20):  # a log that is longer than the limit, which lets the file be opened all the same
            db.execute("UPDATE alembic_version SET version_num = version_num")
            db.commit()
        refused = subprocess.run(
            ["prlimit", "--fsize=32768", sys.executable, "-m", "app", "serve", "--plain"],
            env=environment(folder), cwd=ROOT, capture_output=True, text=True, timeout=150, check=False,
        )  # fmt: skip
    assert refused.returncode == 78
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "The start could not be written down" in refused.stderr


ROUNDS = 6
Lost = Callable[[Served], AbstractContextManager[None]]
WAYS: dict[str, Lost] = {
    "by a limit": lambda served: full(served, ROOM_LEFT),
    "of 16 MB": lambda served: filled(served.folder, ROOM_LEFT),
    "that turned read-only": lambda served: struck(served, READ_ONLY),
}


@pytest.mark.deep
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10, 13))
@pytest.mark.parametrize("way", WAYS)
def test_many_rounds_of_each_kind_of_lost_disk_lose_no_answer(
    made: Room, tmp_path: Path, measure: Measure, way: str, seed: int
) -> None:
    folder = tmp_path / "room"
    with small_disk(folder, SMALL) if way == "of 16 MB" else contextlib.nullcontext():
        shutil.copytree(made[0], folder, dirs_exist_ok=True)
        with room(folder, made[1], seed) as run:
            rounds = [asyncio.run(one_round(run, WAYS[way](run.served))) for _ in range(ROUNDS)]
            assert [fault for one in rounds for fault in one.faults] == []
            assert handed_in(run) == []
    keep(measure, f"disk {way}, {ROUNDS} times, seed {seed}", rounds, str(seed))


@pytest.mark.deep
@pytest.mark.timeout(300)
def test_a_disk_that_is_full_for_long_stops_the_clock_and_the_rounds_go_on(
    ready: Room, measure: Measure
) -> None:
    with room(*ready, 20) as run:
        found = asyncio.run(one_round(run, full(run.served), lasts_s=40))
        assert found.faults == []
        with Ruins(run.database) as ruins:
            for browser in run.browsers:
                moves = ruins.rows(sitting_move, browser.ledger.sitting_id)
                paused = [row for row in moves if row["kind"] == "outage"]
                assert len(paused) == 1
                assert paused[0]["recorded_at"] - paused[0]["at"] >= 40_000
            before = ruins.db.execute(sa.select(sa.func.max(alive.c.at))).scalar_one()
            until = time.monotonic() + 30
            while ruins.db.execute(sa.select(sa.func.max(alive.c.at))).scalar_one() == before:
                assert time.monotonic() < until, "no alive mark is written any more"
                time.sleep(0.2)
        assert handed_in(run) == []
        keep(measure, "on a disk that is full for 40 s", [found], "20")


@pytest.mark.deep
@pytest.mark.timeout(120)
def test_a_read_only_folder_is_refused_at_start_with_one_sentence(made: Room, tmp_path: Path) -> None:
    with small_disk(tmp_path / "room", SMALL) as folder:
        shutil.copytree(made[0], folder, dirs_exist_ok=True)
        with read_only_mount(folder):
            refused = verb(folder, "serve", "--plain")
    assert refused.returncode == 78
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "cannot be written" in refused.stderr
