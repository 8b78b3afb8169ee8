"""A bad line between browsers and the service: a small TCP proxy that loses, delays, doubles and cuts on purpose.

It knows where a request ends, and nothing of what is in it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from enum import Enum

_TRIES_S = 20


class Mishap(Enum):
    """What may happen to one request."""

    NONE = "through"
    DROPPED = "dropped"  # it never arrives
    DELAYED = "delayed"
    DOUBLED = "doubled"  # it arrives twice at once
    LATE = "late"  # it arrives, and once more when others have overtaken it
    HALVED = "halved"  # half of it arrives, then the line is closed in that direction
    UNHEARD = "unheard"  # it is done, and the reply is never delivered


BAD_LINE: Mapping[Mishap, int] = {one: 6 if one is Mishap.NONE else 1 for one in Mishap}
GOOD_LINE: Mapping[Mishap, int] = {Mishap.NONE: 1}
# A browser without script never sends an old form behind the back of a newer one (decision 2).
WITHOUT_SCRIPT: Mapping[Mishap, int] = {one: n for one, n in BAD_LINE.items() if one is not Mishap.LATE}
SCRIPT = b"Accept: application/json"


class Proxy:
    """Forwards to `to`, the service's port; `line` says how often which mishap happens. `met` counts them."""

    def __init__(self, to: int, chance: random.Random) -> None:
        self.to, self.chance = to, chance
        self.line = self.for_script = GOOD_LINE
        self.met: Counter[Mishap] = Counter()
        self._is_cut = False
        self._open: set[asyncio.StreamWriter] = set()
        self._late: set[asyncio.Task[None]] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await asyncio.gather(*self._late)
        self._hang_up()
        await asyncio.gather(*self._serving)
        await self._server.wait_closed()

    @property
    def mishaps(self) -> int:
        """How many requests did not simply go through."""
        return self.met.total() - self.met[Mishap.NONE]

    def go_bad(self) -> None:
        """From now on mishaps happen."""
        self.line, self.for_script = WITHOUT_SCRIPT, BAD_LINE

    def go_good(self) -> None:
        """From now on everything goes through."""
        self.line = self.for_script = GOOD_LINE

    @contextlib.asynccontextmanager
    async def cut(self) -> AsyncIterator[None]:
        """Until the block ends nothing goes through, in neither direction."""
        self._is_cut = True
        self._hang_up()
        try:
            yield
        finally:
            self._is_cut = False

    def _hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serving.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while not self._is_cut:
                request = await _message(reader)
                reply = None if self._is_cut else await self._through(request)
                if reply is None or self._is_cut:
                    break
                writer.write(reply)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _through(self, request: bytes) -> bytes | None:
        """The reply to deliver; None hangs up instead."""
        line = self.for_script if SCRIPT in request else self.line
        mishap = self.chance.choices([*line], [*line.values()])[0]
        self.met[mishap] += 1
        if mishap is Mishap.DROPPED:
            return None
        if mishap is Mishap.HALVED:
            await self._half(request)
            return None
        if mishap is Mishap.DELAYED:
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        if mishap is Mishap.LATE:
            self._late.add(asyncio.create_task(self._again_later(request)))
        if mishap is Mishap.DOUBLED:
            return (await asyncio.gather(self._ask(request), self._ask(request)))[self.chance.randrange(2)]
        reply = await self._ask(request)
        return None if mishap is Mishap.UNHEARD else reply

    async def _ask(self, request: bytes) -> bytes:
        async with asyncio.timeout(_TRIES_S):
            reader, writer = await asyncio.open_connection("localhost", self.to)
            try:
                writer.write(request)
                await writer.drain()
                return await _message(reader)
            finally:
                writer.close()

    async def _again_later(self, request: bytes) -> None:
        await asyncio.sleep(self.chance.uniform(0.1, 1.5))
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._ask(request)

    async def _half(self, request: bytes) -> None:
        reader, writer = await asyncio.open_connection("localhost", self.to)
        writer.write(request[: -max(1, len(request) // 4)])
        writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await reader.read()
        writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or reply, by its own length."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await reader.readexactly(int(lengths[0].partition(b":")[2])) if lengths else b"")
