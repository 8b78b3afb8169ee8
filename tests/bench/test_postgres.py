"""PostgreSQL with two processes of the service behind one address: figures of the same steps; nothing may fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.bench import folders
from tests.bench.conftest import Length
from tests.bench.figures import Figures
from tests.bench.running import Driver, Server, served
from tests.faults.postgres_server import Postgres, a_postgres

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]
CANDIDATES = 320
TOGETHER = (1, 16, 64)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this measurement's own, with its usual settings: what is acknowledged is on the disk."""
    with a_postgres() as server:
        yield server


def cpu_s(postgres: Postgres) -> float:
    """Processor time of the database's processes, with those that have ended."""
    assert postgres.process is not None
    top = psutil.Process(postgres.process.pid)
    own = [one.cpu_times() for one in (top, *top.children(recursive=True))]
    ended = top.cpu_times()
    return sum(used.user + used.system for used in own) + ended.children_user + ended.children_system


def test_two_processes_on_postgresql_fail_no_step(
    postgres: Postgres, tmp_path: Path, driver: Driver, length: Length, figures: Figures
) -> None:
    folder, url = tmp_path / "site", postgres.url()
    site = folders.make(folder, url)
    met = folders.crowds(folder, site, {"started": CANDIDATES}, url)
    front = Server("front", (), folder, visitors=met)
    surroundings = {"DATABASE_URL": url, "PUBLIC_URL": f"http://localhost:{front.port}"}
    behind = [Server(f"process {n}", ("app", "serve", "--plain"), folder, more=surroundings) for n in (1, 2)]
    front.words = ("tests.bench.balancer", "{port}", *(str(one.port) for one in behind))
    with served(driver, *behind, front):
        driver.settle(front)
        for _ in range(length.rounds):
            for together in TOGETHER:
                for step in ("page", "save"):
                    before = cpu_s(postgres)
                    ran = driver.closed(front, step, "candidates", together, length.step_s, behind=behind)
                    base_ms = (cpu_s(postgres) - before) * 1000 / max(1, len(ran.took_ms))
                    figures.postgres.setdefault((step, together), []).append((ran, base_ms))
    failed = [words for all_ in figures.postgres.values() for ran, _ in all_ for words in ran.failed]
    figures.hold("failed steps on PostgreSQL, two processes", "0", str(len(failed)), not failed)
