"""Runs the joined service under uvicorn: the store opens before the first request and closes after the last.

What is served is `main.py`'s; what an operator types is `__main__.py`'s.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from app.records.store import Unfit
from app.settings import Settings

DRAIN_S = 30  # above the store's bound times the time of a mean job, so that waiting saves are answered
LEAVING_STEPS, LEAVING_STEP_S = 20, 0.05  # for what is on its way already


def serve(app: FastAPI, settings: Settings, when_up: Callable[[], None]) -> None:
    """Serve until a signal comes, then let the waiting requests end.

    Raises Unfit with one sentence when the store refuses to open, when the port is taken, and when the store broke
    while serving: whoever supervises the process starts it again.
    """
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        lifespan="off",
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_S,
    )
    server = _Server(config, app, when_up)
    app.state.stop = server.stop
    server.run()
    if server.why is not None:
        raise Unfit(server.why)


class _Server(uvicorn.Server):
    """A server that holds the service's lifespan itself, so that a refusal to start is an exception and no log."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, when_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._app, self._when_up = app, when_up
        self._open = contextlib.AsyncExitStack()
        self.why: str | None = None

    def stop(self, why: str) -> None:
        """Let the requests in hand end and leave, saying why."""
        self.why, self.should_exit = why, True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the service, then listen, then say so."""
        await self._open.enter_async_context(self._app.router.lifespan_context(self._app))
        try:
            await super().startup(sockets)
        except SystemExit as taken:
            await self._open.aclose()
            host, port = self.config.host, self.config.port
            raise Unfit(f"{host}, port {port}, cannot be used: is something else there? Set PORT.") from taken
        if self.started:
            self._when_up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was sent and what waits, then close the service."""
        await self._let_everybody_go()
        await super().shutdown(sockets)
        await self._open.aclose()

    async def _let_everybody_go(self) -> None:
        """For a moment nobody new is let in, and each reply ends its connection.

        uvicorn closes every connection on which no request has been read, also where one was just sent: somebody who
        pressed Save then sees a broken page.
        """
        for server in self.servers:
            server.close()
        ends = (b"connection", b"close")
        self.server_state.default_headers = [*self.server_state.default_headers, ends]
        for _ in range(LEAVING_STEPS):
            if self.force_exit or not self.server_state.connections:
                return
            await asyncio.sleep(LEAVING_STEP_S)
