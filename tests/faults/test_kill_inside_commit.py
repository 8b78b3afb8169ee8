"""The server killed inside its commits: at the n-th sync, at the n-th write of a page, in a start as in service (F1).

`strace` sends SIGKILL as the call begins; it counts the calls of the writer's thread from the start of the process.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.faults.conftest import Measure
from tests.faults.killing import Run, room
from tests.faults.recording import must_trace
from tests.faults.resuming import Result, resumed
from tests.faults.room import make

BROKEN = "tests.faults.broken_server"
SEATS = 8
DEATHS_A_ROOM = 5
SYNC, WRITE = "fdatasync", "pwrite64"
Room = tuple[Path, dict[str, str]]
Place = tuple[str, int]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A room made once. Copy it, never serve it."""
    must_trace()
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, SEATS)


@pytest.fixture
def ready(made: Room, tmp_path: Path) -> Room:
    return shutil.copytree(made[0], tmp_path / "room"), made[1]


def dies_at(call: str, n: int) -> tuple[str, ...]:
    """What goes before a server's command so that it is killed as a thread begins its n-th such call.

    Without `--seccomp-bpf`, with which strace 6.1 sends no signal.
    """
    how = ("-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}")
    return ("strace", "-D", "-f", "-o", "/dev/null", *how)


def one_death(run: Run, place: Place) -> tuple[list[str], bool]:
    """Start a server that will die there, answer until it does; what was found, and whether it had been up."""
    run.served.under = dies_at(*place)
    found = []
    try:
        run.start()
    except RuntimeError:
        assert run.served.process is not None
        assert run.served.process.returncode == -9, "it ended, but not where it was to be killed"
        return run.look_at_the_ruins(), False
    found += run.look_at_the_clocks()
    asyncio.run(run.answer_until(run.killed_itself))
    return found + run.look_at_the_ruins(), True


def deaths(ready: Room, seed: int, places: list[Place]) -> Result:
    """One death after the other in one room, then everybody hands in; what was counted. Fails at the first fault."""
    up = 0
    with room(*ready, seed) as run:
        run.served.kill()
        for place in places:
            found, was_up = one_death(run, place)
            assert found == [], f"killed at {place}, seed {seed}:\n" + "\n".join(found)
            up += was_up
        run.served.under = ()
        run.start()
        found = run.look_at_the_clocks() + asyncio.run(run.hand_in())
        assert found == [], f"after all, seed {seed}:\n" + "\n".join(found)
    return {"saved": run.saved, "up": up, "starting": len(places) - up}


def in_words(results: list[Result]) -> str:
    saved, up, starting = (sum(result[what] for result in results) for what in ("saved", "up", "starting"))
    return f"0 of {saved}, no time taken ({up} killed in service, {starting} in their start)"


@pytest.mark.deep
@pytest.mark.timeout(300)
def test_a_server_killed_inside_a_commit_loses_no_acknowledged_answer(ready: Room, measure: Measure) -> None:
    places = [(SYNC, 1), (SYNC, 9), (WRITE, 90)]
    counted = deaths(ready, 31, places)
    what = "acknowledged answers lost when killed at the 1st and 9th sync and the 90th write of a page"
    measure("F1", "P1, P6", what, "0", in_words([counted]), seed="31")


@pytest.mark.deep
def test_the_checker_sees_a_reply_before_a_commit_that_is_cut_off(ready: Room, measure: Measure) -> None:
    lost: list[str] = []
    with room(*ready, 32, BROKEN, "replies-before-commit") as run:
        run.served.kill()
        for _ in range(3):  # it may die in an alive mark, where nothing is lost
            found, _ = one_death(run, (WRITE, 60))
            lost = [fault for fault in found if "lost" in fault]
            if lost:
                break
    what = "a server that replies before it commits, killed at the 60th write of a page"
    measure("F1", "P1", what, "answers are lost", f"{len(lost)} lost", seed="32", broken=True)
    assert lost


@pytest.mark.deep
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize(("call", "ns"), [(SYNC, range(1, 51)), (WRITE, range(5, 405, 16))])
def test_no_place_in_a_commit_loses_anything(tmp_path: Path, measure: Measure, call: str, ns: range) -> None:
    def once(first: int) -> Result:
        """Some of the places, in a room made anew: the codes of one made an hour ago open nothing."""
        folder = tmp_path / str(first)
        folder.mkdir()
        places = [(call, n) for n in ns if first <= n < first + ns.step * DEATHS_A_ROOM]
        return deaths((folder, make(folder, SEATS)), first, places)

    firsts = ns[::DEATHS_A_ROOM]
    counted = in_words(resumed(f"kills-at-{call}", firsts, once))
    what = f"acknowledged answers lost when killed at the n-th {call}, {len(ns)} values of n from {ns[0]} to {ns[-1]}"
    measure("F1", "P1, P6", what, "0", counted, seed=", ".join(map(str, firsts)))
