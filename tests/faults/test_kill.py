"""A server killed under 40 answering candidates loses no acknowledged answer and takes no time from anybody (fault F1).

Source: reliability and security design, section 3. The broken variants prove that the checker can see.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.faults.killing import SEATS, room
from tests.faults.room import make

BROKEN = "tests.faults.broken_server"
Room = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A room made once by the real verbs and actions. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, SEATS)


@pytest.fixture
def ready(made: Room, tmp_path: Path) -> Room:
    """A room of the test's own."""
    return shutil.copytree(made[0], tmp_path / "room"), made[1]


def rounds_of(ready: Room, seed: int, rounds: int) -> int:
    """So many kills, then everybody hands in; how many answers were acknowledged. Fails on the first fault."""
    with room(*ready, seed) as run:
        for number in range(1, rounds + 1):
            found = run.one_round()
            assert found == [], f"after kill {number} of seed {seed}:\n" + "\n".join(found)
        found = asyncio.run(run.hand_in())
        assert found == [], f"at the end of seed {seed}:\n" + "\n".join(found)
        return run.saved


@pytest.mark.timeout(240)
def test_five_kills_lose_no_acknowledged_answer_and_no_time(ready: Room) -> None:
    assert rounds_of(ready, seed=1, rounds=5) > SEATS


@pytest.mark.timeout(180)
def test_the_checker_sees_a_server_that_replies_before_it_commits_and_gives_no_time_back(ready: Room) -> None:
    seen: set[str] = set()
    with room(*ready, 2, BROKEN, "replies-before-commit,credits-nothing") as run:
        for _ in range(3):
            found = run.one_round()
            seen |= {sign for sign in ("lost", "no credit") if any(sign in fault for fault in found)}
            if len(seen) == 2:
                break
    assert seen == {"lost", "no credit"}


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10, 15))
def test_many_more_kills_lose_nothing_either(ready: Room, seed: int) -> None:
    rounds_of(ready, seed, rounds=10)
