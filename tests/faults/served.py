"""The real server as a process of its own, started as an operator starts it, and killed as no operator would."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from app.clock import SystemClock
from tests.faults.room import ROOT, environment
from tests.support.children import tied

STARTS_WITHIN_S = 90


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Served:
    """`python -m app serve` on one folder and port. `module` names a deliberately broken variant instead.

    `more` is added to its environment; `under` goes before the command: a program that runs it, such as a tracer.
    """

    under: tuple[str, ...] = ()

    def __init__(self, folder: Path, port: int, module: tuple[str, ...] = ("app",), **more: str) -> None:
        self.folder, self.port, self.module, self.more = folder, port, module, more
        self.origin = f"http://localhost:{port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.killed_at = 0

    def start(self) -> None:
        """Start and wait until it answers. Raises RuntimeError with its own words when it ends instead."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start without waiting."""
        log = (self.folder / "server.log").open("ab")
        command = tied(*self.under, sys.executable, "-m", *self.module, "serve", "--plain")
        self.process = subprocess.Popen(
            command,
            env=environment(self.folder, self.port) | self.more,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError with its own words when it ends instead."""
        assert self.process is not None
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until and self.process.poll() is None:
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{(self.folder / 'server.log').read_text()[-2000:]}")

    def answers(self) -> bool:
        """Whether the health page is there."""
        asking = http.client.HTTPConnection("localhost", self.port, timeout=2)
        try:
            asking.request("GET", "/health")
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def kill(self) -> None:
        """SIGKILL, and the moment of it on the wall clock."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.killed_at = SystemClock().now_ms()

    def ended(self, within_s: float = 60) -> int:
        """Wait until it has ended by itself, and note the moment; its exit code. Raises TimeoutExpired."""
        assert self.process is not None
        code = self.process.wait(within_s)
        self.killed_at = SystemClock().now_ms()
        return code

    def end(self) -> None:
        """Whatever happened, nothing is left running."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
