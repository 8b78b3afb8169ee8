"""The Nu HTML checker as a server of this machine, started once for the run: S02 asks it about each template.

Needs Java and the jar from npm. Starting takes seconds, a page then takes milliseconds.
"""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.children import tied

JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
LONGEST_START = 55.0
# The compiler is held back: a run asks about some dozens of pages and must not take both processors for it.
# The schemas of HTML nest so deep that reading them needs a larger stack than Java gives.
JAVA_FLAGS = ["-Xss8m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]


class NuChecker:
    """The checker's server. It starts in the background; the first question waits until it answers."""

    def __init__(self) -> None:
        java = shutil.which("java")
        if java is None:
            raise RuntimeError("Java is not installed: apt-get install default-jre-headless")
        if not JAR.is_file():
            raise RuntimeError("The Nu HTML checker is not there: make setup")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        bound = "-Dnu.validator.servlet.bind-address=127.0.0.1"
        program = [java, *JAVA_FLAGS, bound, "-cp", str(JAR), "nu.validator.servlet.Main", str(self.port)]
        self._process = subprocess.Popen(
            tied(*program),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._answers = False

    def faults(self, html: str) -> list[str]:
        """The checker's errors and warnings about a page, each with its line; empty when it is valid."""
        self._wait()
        told = json.loads(self._ask(html.encode("utf-8"), timeout=30))["messages"]
        return [
            f"line {one.get('lastLine', '?')}: {one['message']}"
            for one in told
            if one["type"] != "info" or one.get("subType") == "warning"
        ]

    def _ask(self, page: bytes, timeout: float) -> bytes:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?out=json",
            data=page,
            headers={"Content-Type": "text/html; charset=utf-8", "Connection": "close"},
        )
        with urllib.request.urlopen(request, timeout=timeout) as reply:  # noqa: S310 (the checker that this test started)
            said: bytes = reply.read()
        return said

    def _wait(self) -> None:
        end = time.monotonic() + LONGEST_START
        while not self._answers:
            if self._process.poll() is not None:
                raise RuntimeError(f"the Nu HTML checker ended with {self._process.returncode}")
            try:
                self._ask(b"<!doctype html><html lang=en><title>A</title>", timeout=LONGEST_START)
                self._answers = True
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def close(self) -> None:
        """Ends the server."""
        self._process.terminate()
        self._process.wait(10)
