"""A server killed under 40 answering candidates loses no acknowledged answer and takes no time from anybody (fault F1).

Source: reliability and security design, section 3. The broken variants prove that the checker can see.
"""

from __future__ import annotations

import asyncio
import os
import statistics
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.conftest import Measure
from tests.faults.killing import SEATS, room
from tests.faults.resuming import Result, resumed
from tests.faults.room import make

BROKEN = "tests.faults.broken_server"
KILLS = int(os.environ.get("CLEARWAY_KILLS", "100"))  # 1,000 before a release
KILLS_A_ROOM = 10
Room = tuple[Path, dict[str, str]]


def rounds_of(ready: Room, seed: int, rounds: int) -> Result:
    """So many kills, then everybody hands in; what was counted. Fails on the first fault."""
    with room(*ready, seed) as run:
        for number in range(1, rounds + 1):
            found = run.one_round()
            assert found == [], f"after kill {number} of seed {seed}:\n" + "\n".join(found)
        found = asyncio.run(run.hand_in())
        assert found == [], f"at the end of seed {seed}:\n" + "\n".join(found)
        return {"kills": rounds, "saved": run.saved, "back_s": run.back_s}


def tell(measure: Measure, results: list[Result], seeds: str) -> None:
    """What so many kills did, and how quickly the service was back."""
    kills, saved = (sum(result[what] for result in results) for what in ("kills", "saved"))
    back = sorted(seconds for result in results for seconds in result["back_s"])
    lost = (
        f"acknowledged answers lost, changed or marked wrongly, and sittings that lost time, at {kills} kills"
    )
    measure("F1", "P1, P4, P6", lost, "0", f"0 of {saved} answers, 0 of {SEATS} sittings", seed=seeds)
    what = f"seconds from a new start to the first page, {len(back)} starts after a kill"
    counted = f"median {statistics.median(back):.1f} s, at most {back[-1]:.1f} s"
    measure("F1", "P11", what, "5 s", counted, seed=seeds)


@pytest.mark.timeout(240)
def test_five_kills_lose_no_acknowledged_answer_and_no_time(ready: Room, measure: Measure) -> None:
    counted = rounds_of(ready, seed=1, rounds=5)
    tell(measure, [counted], "1")
    assert counted["saved"] > SEATS


@pytest.mark.timeout(180)
def test_the_checker_sees_a_server_that_replies_before_it_commits_and_gives_no_time_back(
    ready: Room, measure: Measure
) -> None:
    seen: Counter[str] = Counter()
    with room(*ready, 2, BROKEN, "replies-before-commit,credits-nothing") as run:
        for _ in range(3):
            found = run.one_round()
            seen.update(sign for sign in ("lost", "no credit") for fault in found if sign in fault)
            if len(seen) == 2:
                break
    what = "a server that replies before it commits and forgets the outage at its start"
    caught = f"{seen['lost']} lost, {seen['no credit']} sittings without their credit"
    measure("F1", "P1, P6", what, "answers are lost, time is taken", caught, seed="2", broken=True)
    assert seen.keys() == {"lost", "no credit"}


@pytest.mark.deep
@pytest.mark.timeout(8 * 3600)
def test_many_more_kills_lose_nothing_either(tmp_path: Path, measure: Measure) -> None:
    def once(seed: int) -> Result:
        """In a room made anew: the codes of one made an hour ago open nothing."""
        folder = tmp_path / str(seed)
        folder.mkdir()
        return rounds_of((folder, make(folder, SEATS)), seed, KILLS_A_ROOM)

    seeds = range(10, 10 + KILLS // KILLS_A_ROOM)
    tell(measure, resumed("kills", seeds, once), f"{seeds[0]} to {seeds[-1]}")
