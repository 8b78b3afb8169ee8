"""One address in front of several: a small TCP relay that takes them in turn, and that a test can shut or stall."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

MOST_BYTES = 65_536


@contextmanager
def dropping(port: int) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Two calls: from now on drop every packet of a port of this machine, and stop it. Skips where nobody may."""
    rule = ("INPUT", "-p", "tcp", "-m", "multiport", "--ports", str(port), "-j", "DROP")

    def say(*words: str) -> bool:
        return subprocess.run(["iptables", "-w", *words], capture_output=True, check=False).returncode == 0

    if shutil.which("iptables") is None or not say("-L", "INPUT", "-n"):
        pytest.skip("needs iptables and the right to use it")
    try:
        yield lambda: _must(say("-I", *rule)), lambda: _must(say("-D", *rule))
    finally:
        say("-D", *rule)  # whatever happened between; nothing when it is gone already


def _must(done: bool) -> None:
    assert done, "iptables refused"


class Door:
    """Each new connection goes to the next of `targets` (ports of this machine) that takes it. Runs in a thread."""

    def __init__(self, *targets: int) -> None:
        self._turns = itertools.cycle(targets)
        self._each = len(targets)
        self.taken: Counter[int] = Counter()  # connections by target
        self._live: set[asyncio.StreamWriter] = set()
        self._is_shut = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listener.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._flows.set()
        self._thread = threading.Thread(target=self._run, name="door", daemon=True)
        self._thread.start()

    def shut(self) -> None:
        """Cut every connection and take no new one."""
        self._loop.call_soon_threadsafe(self._shut, True)

    def open(self) -> None:
        """Take connections again, and let flow what was stalled."""
        self._loop.call_soon_threadsafe(self._shut, False)

    def stall(self) -> None:
        """Take everything and pass on nothing: what a firewall that drops looks like from a connection."""
        self._loop.call_soon_threadsafe(self._flows.clear)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _shut(self, shut: bool) -> None:
        self._is_shut = shut
        self._flows.set()
        for writer in list(self._live) if shut else ():
            writer.transport.abort()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._take, sock=self._listener))
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()
        self._listener.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beyond = None if self._is_shut else await self._next()
        if beyond is None or self._is_shut:
            writer.transport.abort()
            return
        there, back = beyond
        self._live |= {writer, back}
        try:
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        finally:
            self._live -= {writer, back}

    async def _next(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for target in itertools.islice(self._turns, self._each):
            try:
                streams = await asyncio.open_connection("127.0.0.1", target)
            except OSError:
                continue
            self.taken[target] += 1
            return streams
        return None

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(MOST_BYTES):
                await self._flows.wait()
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()
