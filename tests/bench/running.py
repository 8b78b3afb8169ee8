"""Starts and stops what is measured, asks the load driver, and reads what the servers used."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil

from tests.bench.visitors import Visitor
from tests.faults.room import ROOT, environment
from tests.faults.served import free_port
from tests.support.children import tied

STARTS_WITHIN_S = 120
STOPS_WITHIN_S = 40


@dataclass
class Server:
    """One or more processes behind one address. `words` is a command; `{port}` in it is the port."""

    name: str
    words: Sequence[str]
    folder: Path
    port: int = field(default_factory=free_port)
    host_port: int | None = None
    more: dict[str, str] = field(default_factory=dict)
    visitors: dict[str, list[Visitor]] = field(default_factory=dict)

    def start(self) -> None:
        """Start and wait until it answers. Raises RuntimeError with its own words when it does not."""
        command = tied(sys.executable, "-m", *(word.format(port=self.port) for word in self.words))
        surroundings = environment(self.folder, self.port) | self.more
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=surroundings, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start:\n{(self.folder / 'server.log').read_text()[-2000:]}")

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"http://localhost:{self.port}/health", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self) -> None:
        """As an operator stops it; killed if that takes too long."""
        self.process.terminate()
        try:
            self.process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _tree(self) -> list[psutil.Process]:
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def cpu_s(self) -> float:
        """Processor time that its processes have used so far, in seconds."""
        return sum(used.user + used.system for used in (one.cpu_times() for one in self._tree()))

    def pss_mib(self) -> float:
        """Memory of its processes, shared pages counted by their share."""
        return sum(one.memory_full_info().pss for one in self._tree()) / 2**20


@dataclass(frozen=True)
class Ran:
    """What one order gave: steps done in so many seconds, with the servers' processor time, and each step's latency."""

    seconds: float
    cpu_s: float
    took_ms: tuple[float, ...]
    acked_ms: tuple[float, ...]
    failed: tuple[str, ...]

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server for one step."""
        return self.cpu_s * 1000 / max(1, len(self.took_ms))

    @property
    def rate(self) -> float:
        return len(self.took_ms) / self.seconds


class Driver:
    """The load driver's process, for as many servers as run."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            tied(sys.executable, "-m", "tests.bench.driver"),
            cwd=ROOT, env=environment(ROOT), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def open(self, server: Server) -> None:
        """Tell it about a server and its visitors."""
        crowds = {who: [asdict(one) for one in crowd] for who, crowd in server.visitors.items()}
        self._ask("open", server, port=server.port, host_port=server.host_port, visitors=crowds)

    def closed(
        self,
        server: Server,
        step: str,
        who: str,
        together: int,
        seconds: float,
        *,
        most: int = 10**9,
        behind: Sequence[Server] = (),
    ) -> Ran:
        """A closed load on a server; the processor time is its own, or that of those behind it."""
        order = {"step": step, "who": who, "together": together, "seconds": seconds, "most": most}
        return self._measured(server, behind or [server], "closed", order)

    def settle(self, server: Server, who: str = "candidates") -> None:
        """Let everybody arrive after the server's start. Raises RuntimeError when somebody could not."""
        crowd = len(server.visitors[who])
        ran = self.closed(server, "settle", who, 16, STARTS_WITHIN_S, most=crowd)
        if ran.failed or len(ran.took_ms) != crowd:
            raise RuntimeError(f"{len(ran.took_ms)} of {crowd} settled: {ran.failed[:3]}")

    def paced(self, server: Server, who: str, seconds: float, every_s: float) -> Ran:
        """A paced load, open loop."""
        order = {"who": who, "seconds": seconds, "every_s": every_s, "seed": 1}
        return self._measured(server, [server], "paced", order)

    def _measured(self, server: Server, measured: Sequence[Server], kind: str, order: dict[str, Any]) -> Ran:
        before = sum(one.cpu_s() for one in measured)
        told = self._ask(kind, server, **order)
        used = sum(one.cpu_s() for one in measured) - before
        return Ran(
            told["seconds"], used, tuple(told["took_ms"]), tuple(told["acked_ms"]), tuple(told["failed"])
        )

    def _ask(self, kind: str, server: Server, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"do": kind, "server": server.name, **order}), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load driver ended")
        return json.loads(line)

    def end(self) -> None:
        """Nothing is left running."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def served(driver: Driver, *servers: Server) -> Iterator[None]:
    """The servers, started one after the other and known to the driver; stopped at the end."""
    started: list[Server] = []
    try:
        for server in servers:
            started.append(server)
            server.start()
            driver.open(server)
        yield
    finally:
        for server in reversed(started):
            server.stop()
