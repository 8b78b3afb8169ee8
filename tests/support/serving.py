"""An ASGI app served for real, in a thread, on a free port of this machine, and a clock moved by hand.

The browser reaches it as a person's would. Nothing here knows what the app is.
"""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import uvicorn

T = TypeVar("T")
ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]
MONDAY_AT_NINE = 1_795_424_400_000  # 2026-11-23 09:00:00 UTC


class HandClock:
    """The service's clock, standing still until a test moves it: milliseconds since the Unix epoch."""

    def __init__(self, now: int = MONDAY_AT_NINE) -> None:
        self._now = now
        self._lock = threading.Lock()

    def now_ms(self) -> int:
        """The time that the test has set."""
        with self._lock:
            return self._now

    def anchor(self, utc_ms: int) -> None:
        """Keeps the test's time: a database that tells another one is not what moves this clock."""

    def forward(self, *, hours: int = 0, minutes: int = 0, seconds: int = 0, ms: int = 0) -> int:
        """Moves on and gives the new time."""
        step = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
        if step < 0:
            raise ValueError("time does not go back; make a new clock")
        with self._lock:
            self._now += step
            return self._now


@dataclass
class Site:
    """A served app: where it is, and a way to run a coroutine on its own loop."""

    app: ASGIApp
    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        """The address without a slash at the end. `localhost`, where browsers keep Secure cookies over http."""
        return f"http://localhost:{self.port}"

    def run(self, coroutine: Coroutine[Any, Any, T], timeout: float = 30) -> T:
        """The result of a coroutine run on the loop of the app: the way to call its store from a test."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout)


class _Server(uvicorn.Server):
    """Tells its loop and the moment when it answers, or what stopped it from starting."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.failure: BaseException | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.loop = asyncio.get_running_loop()
        self.ready.set()

    def run_in_thread(self, listener: socket.socket) -> None:
        try:
            asyncio.run(self.serve(sockets=[listener]))
        except BaseException as failure:  # noqa: BLE001 - told to the test that waits for the start
            self.failure = failure
        finally:
            self.ready.set()


@contextmanager
def serve(app: ASGIApp, *, port: int = 0) -> Iterator[Site]:
    """Serves the app until the block ends; `port` 0 takes a free one, another takes a place again.

    Raises RuntimeError when the app does not start. Its lifespan runs. Open connections are dropped at the end.
    """
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, ws="none", lifespan="on", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run_in_thread, args=[listener], name="site", daemon=True)
    thread.start()
    try:
        if not server.ready.wait(30) or not server.started or server.loop is None:
            raise RuntimeError("the app did not start; its own words stand in the log") from server.failure
        yield Site(app, listener.getsockname()[1], server.loop)
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
    if thread.is_alive():
        raise RuntimeError("the app did not stop within 10 seconds")
