"""HTTP/1.1 over one kept connection, as little as a browser without script needs: forty of them cost little."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode


class Gone(Exception):
    """The connection broke off: what was asked may have been done or not. `is_new`: it had brought no reply yet."""

    is_new = False


@dataclass(frozen=True)
class Reply:
    """A reply as it came: status, headers in lower case (cookies apart), body."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    text: str


class Wire:
    """One connection to a service on this machine, made when first needed.

    `through` is the port of something that stands between; the service's own is named in the headers all the same.
    """

    def __init__(self, port: int, through: int | None = None) -> None:
        self.port, self.through = port, through or port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._is_over, self._is_new = False, True

    async def ask(
        self,
        method: str,
        path: str,
        cookie: str,
        fields: list[tuple[str, str]] | None = None,
        *,
        accept: str = "",
    ) -> Reply:
        """Send and wait for the whole reply, 20 s at most. Raises Gone when the connection breaks off.

        `accept` is what a page's script asks for, "application/json".
        """
        body = urlencode(fields or []).encode()
        head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Content-Length: {len(body)}"]
        head += [f"Cookie: {cookie}"] if cookie else []
        head += [f"Accept: {accept}"] if accept else []
        if fields is not None:
            head += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Origin: http://localhost:{self.port}",
            ]
        try:
            async with asyncio.timeout(20):
                reader, writer = await self._connected()
                writer.write("\r\n".join([*head, "", ""]).encode() + body)
                await writer.drain()
                reply = await self._reply(reader)
                self._is_over = reply.headers.get("connection") == "close"
                self._is_new = False
                return reply
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.close()
            gone = Gone()
            gone.is_new = self._is_new
            raise gone from error

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The connection as it is kept, or a new one when the other side said or showed that it is over."""
        if self._streams is not None and (self._is_over or self._streams[0].at_eof()):
            self.close()
        if self._streams is None:
            self._is_over, self._is_new = False, True
            self._streams = await asyncio.open_connection("localhost", self.through)
        return self._streams

    @staticmethod
    async def _reply(reader: asyncio.StreamReader) -> Reply:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        pairs = [line.split(": ", 1) for line in lines]
        headers = {name.lower(): value for name, value in pairs}
        cookies = tuple(value for name, value in pairs if name.lower() == "set-cookie")
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Reply(int(first.split(" ")[1]), headers, cookies, body.decode())

    def close(self) -> None:
        """Hang up; the next question makes a new connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
