"""HTTP/1.1 for the load driver, as cheap as Python allows: one kept connection, whole replies, gzip as browsers ask."""

from __future__ import annotations

import asyncio
import zlib
from typing import NamedTuple
from urllib.parse import urlencode

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
PATIENCE_S = 20.0


class Reply(NamedTuple):
    """What came back: the head still as bytes, the body as it was sent."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> bytes:
        """The first header of this name (lower case), empty for none."""
        start = self.head.lower().find(b"\r\n" + name + b": ")
        if start < 0:
            return b""
        start += len(name) + 4
        return self.head[start : self.head.index(b"\r\n", start)]

    @property
    def text(self) -> bytes:
        """The body unpacked."""
        packed = self.header(b"content-encoding") == b"gzip"
        return zlib.decompress(self.body, wbits=31) if packed else self.body


class _Protocol(asyncio.Protocol):
    def __init__(self) -> None:
        self.got, self.reply = b"", asyncio.get_running_loop().create_future()
        self.is_open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.got += data
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.got[: end + 2]
        at = head.lower().find(b"content-length: ")
        length = int(head[at + 16 : head.index(b"\r\n", at)]) if at >= 0 else 0
        if len(self.got) >= end + 4 + length and not self.reply.done():
            self.reply.set_result(Reply(int(head[9:12]), head, self.got[end + 4 :]))

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if not self.reply.done():
            self.reply.set_exception(ConnectionResetError("the connection broke off"))
            self.reply.exception()  # said once here: nobody may be waiting for it


class Wire:
    """One connection, made when it is needed and made again after the server closed it in a pause."""

    def __init__(self, port: int, host_port: int | None = None) -> None:
        self.port, self.host = port, f"localhost:{host_port or port}"
        self._open: _Protocol | None = None

    async def ask(
        self,
        method: str,
        path: str,
        cookies: dict[str, str],
        fields: list[tuple[str, str]] | None = None,
        accept: str = "text/html",
    ) -> Reply:
        """Send and wait for the whole reply. Raises OSError or TimeoutError."""
        body = urlencode(fields).encode() if fields is not None else b""
        cookie = "; ".join([f"{name}={value}" for name, value in cookies.items()])
        more = (
            f"{FORM}Origin: http://{self.host}\r\nContent-Length: {len(body)}\r\n"
            if fields is not None
            else ""
        )
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: {accept}\r\nAccept-Encoding: gzip, br\r\n"
            f"Cookie: {cookie}\r\n{more}\r\n"
        )
        door = self._open
        if door is None or not door.is_open:
            _, door = await asyncio.get_running_loop().create_connection(_Protocol, "127.0.0.1", self.port)
            self._open = door
        door.got, door.reply = b"", asyncio.get_running_loop().create_future()
        door.transport.write(head.encode() + body)  # type: ignore[attr-defined]  # it is one that writes
        return await asyncio.wait_for(door.reply, PATIENCE_S)

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.transport.close()
            self._open = None
