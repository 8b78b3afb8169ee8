"""Whether a step costs more processor time when years of sittings are stored: three sites served side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import folders
from tests.bench.conftest import Length
from tests.bench.figures import Figures, gates_of_growth
from tests.bench.running import Driver, Server, served

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]
CANDIDATES, AT_ONCE = 320, 16


def test_a_step_costs_the_same_with_a_million_stored_sittings(
    tmp_path: Path, driver: Driver, length: Length, figures: Figures
) -> None:
    """In turn and in short slices, so that what else the machine does falls on all three alike."""
    pasts = (0, 10_000, length.biggest_past)
    sites = {0: (tmp_path / "none", folders.make(tmp_path / "none"))}
    sites |= {past: folders.with_past(past) for past in pasts if past}
    servers = {}
    for past, (folder, site) in sites.items():
        met = folders.crowds(folder, site, {"started": CANDIDATES})
        servers[past] = Server(f"{past} stored", ("app", "serve", "--plain"), folder, visitors=met)
    with served(driver, *servers.values()):
        for server in servers.values():
            driver.settle(server)
        for _ in range(length.growth_rounds):
            for step in ("page", "save"):
                for past, server in servers.items():
                    ran = driver.closed(server, step, "candidates", AT_ONCE, length.growth_s)
                    assert not ran.failed, ran.failed[:3]
                    figures.growth.setdefault((past, step), []).append(ran)
    figures.hold_all(gates_of_growth(figures.growth))
