"""Our server beside two bare floors, started and stopped in turn, and under a paced load (promise P13)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench import folders
from tests.bench.conftest import Length
from tests.bench.figures import SAVE_P50_MS, SAVE_P99_MS, Figures, Gate, gates_of_rounds, percentile
from tests.bench.running import Driver, Server, served
from tests.bench.site import Site
from tests.bench.visitors import Visitor

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]
TOGETHER = (1, 16, 64)
CANDIDATES, ARRIVING, BOOKED = 640, 200, 200
PACED_SITTINGS, EVERY_S = 1_000, 30.0
STARTS = CHECK_INS = {1: 8, 16: 64, 64: 96}


def floor(kind: str, folder: Path) -> Server:
    """One of the two floors, with as many visitors as we have candidates."""
    folder.mkdir()
    words = ("tests.bench.floors", kind, "{port}", str(folder / "floor.db"), str(CANDIDATES))
    attempts = [Visitor({"attempt": f"attempt-{n}"}) for n in range(CANDIDATES)]
    return Server(kind, words, folder, visitors={"candidates": attempts})


def ours(made: Path, site: Site, folder: Path, wanted: dict[str, int]) -> Server:
    """Our server on a copy of a made site, with everybody who is to come."""
    shutil.copytree(made, folder)
    return Server("ours", ("app", "serve", "--plain"), folder, visitors=folders.crowds(folder, site, wanted))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site]:
    """A site with nobody in it. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("site") / "made"
    return folder, folders.make(folder)


def keep_steps(driver: Driver, server: Server, length: Length, figures: Figures) -> None:
    """Page and save at each number at once."""
    for together in TOGETHER:
        for step in ("page", "save"):
            ran = driver.closed(server, step, "candidates", together, length.step_s)
            figures.rounds.setdefault((server.name, step, together), []).append(ran)


def keep_more_steps(driver: Driver, server: Server, length: Length, figures: Figures) -> None:
    """What no floor has: the way in, check-in by staff, and their list."""
    for together in TOGETHER:
        for step, who, most in (
            ("start", "arriving", STARTS[together]),
            ("check-in", "staff", CHECK_INS[together]),
            ("today", "staff", 10**9),
        ):
            seconds = length.step_s if step == "today" else 60.0
            ran = driver.closed(server, step, who, together, seconds, most=most)
            figures.rounds.setdefault((server.name, step, together), []).append(ran)


def test_page_and_save_cost_little_more_than_a_bare_floor(
    made: tuple[Path, Site], tmp_path: Path, driver: Driver, length: Length, figures: Figures
) -> None:
    for turn in range(length.rounds):
        for kind in ("thread", "writer"):
            server = floor(kind, tmp_path / f"{kind}-{turn}")
            with served(driver, server):
                driver.closed(server, "page", "candidates", 16, 0.5)
                keep_steps(driver, server, length, figures)
        wanted = {"started": CANDIDATES, "released": ARRIVING, "booked": BOOKED}
        server = ours(*made, tmp_path / f"ours-{turn}", wanted)
        with served(driver, server):
            driver.settle(server)
            keep_steps(driver, server, length, figures)
            keep_more_steps(driver, server, length, figures)
    figures.hold_all(gates_of_rounds(figures.rounds))


def test_a_thousand_sittings_at_their_own_pace_are_saved_in_time(
    made: tuple[Path, Site], tmp_path: Path, driver: Driver, length: Length, figures: Figures
) -> None:
    server = ours(*made, tmp_path / "paced", {"started": PACED_SITTINGS})
    with served(driver, server):
        driver.settle(server)
        ran = driver.paced(server, "candidates", length.paced_s, EVERY_S)
        figures.pss_mib = server.pss_mib()
    figures.paced, figures.paced_s, figures.sittings = ran, length.paced_s, PACED_SITTINGS
    p50, p99 = percentile(ran.acked_ms, 50), percentile(ran.acked_ms, 99)
    failed = f"{len(ran.failed)} of {len(ran.took_ms) + len(ran.failed)}"
    load, saves = "paced load, a thousand sittings", "of acknowledged saves"
    figures.hold_all(
        [
            Gate(f"{load}: p50 {saves}", f"at most {SAVE_P50_MS:g} ms", f"{p50:.1f} ms", p50 <= SAVE_P50_MS),
            Gate(f"{load}: p99 {saves}", f"at most {SAVE_P99_MS:g} ms", f"{p99:.1f} ms", p99 <= SAVE_P99_MS),
            Gate(f"{load}: failed requests", "0", " ".join([failed, *ran.failed[:1]]), not ran.failed),
        ]
    )
