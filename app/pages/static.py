"""Serve the built static files, whose names change with their content, and give templates their addresses.

Everything is read once, at start. The files are made by `.ci/build_assets.py`; pages and pictures of questions
are not served from here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from starlette.types import Receive, Scope, Send

BUILT = Path(__file__).resolve().parent.parent / "static" / "build"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# Best first. Both are made at build time, so choosing costs nothing.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


class StaticFilesMissingError(RuntimeError):
    """The static files were never built; the message says how to build them."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file: its type, and its body under each content encoding (`identity` is always there)."""

    media_type: str
    bodies: dict[str, bytes]


def accepted_encodings(header: str) -> frozenset[str]:
    """The codings that an Accept-Encoding header allows, of those made here (RFC 9110, 12.5.3)."""
    weights: dict[str, bool] = {}
    for item in header.lower().split(","):
        coding, *parameters = (part.strip() for part in item.split(";"))
        refused = any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters)
        weights[coding] = not refused
    everything = weights.get("*", False)
    return frozenset(name for name, _ in ENCODINGS if weights.get(name, everything))


class BuiltFiles:
    """The built folder as an ASGI application, to be mounted at `prefix`."""

    def __init__(self, folder: Path = BUILT, prefix: str = "/static") -> None:
        """Read every file that the manifest names; raises StaticFilesMissingError when it is not there."""
        try:
            names: dict[str, str] = json.loads((folder / "manifest.json").read_text())
            files = {hashed: _read(folder / hashed) for hashed in names.values()}
        except FileNotFoundError as error:
            raise StaticFilesMissingError("The stylesheets are not built. Type: make assets") from error
        self._prefix = prefix.rstrip("/")
        self._names = names
        self._files = files

    def asset(self, name: str) -> str:
        """The address of a static file by the name people write; raises KeyError for a name never built."""
        return f"{self._prefix}/{self._names[name]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD for a known name, 404 for any other, 405 for any other method."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        # A mount leaves the whole path in `path` and says in `root_path` how much of it is its own.
        path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self._prefix)
        file = self._files.get(path.lstrip("/"))
        if file is None:
            await _answer(send, 404, [(b"content-type", b"text/plain; charset=utf-8")], b"Not found\n")
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
        else:
            await _send_file(scope, send, file)


def _read(path: Path) -> BuiltFile:
    """One file and its compressed copies; raises FileNotFoundError."""
    bodies = {"identity": path.read_bytes()}
    for name, suffix in ENCODINGS:
        packed = path.with_name(path.name + suffix)
        if packed.is_file():
            bodies[name] = packed.read_bytes()
    return BuiltFile(MEDIA_TYPES.get(path.suffix, "application/octet-stream"), bodies)


async def _send_file(scope: Scope, send: Send, file: BuiltFile) -> None:
    """Send the smallest body that the browser takes, cacheable for ever: another content has another name."""
    header = b",".join(value for key, value in scope["headers"] if key == b"accept-encoding")
    accepted = accepted_encodings(header.decode("latin-1"))
    chosen = next((name for name, _ in ENCODINGS if name in accepted and name in file.bodies), "identity")
    body = file.bodies[chosen]
    headers = [
        (b"content-type", file.media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"public, max-age=31536000, immutable"),
        (b"vary", b"Accept-Encoding"),
    ]
    if chosen != "identity":
        headers.append((b"content-encoding", chosen.encode()))
    await _answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


async def _answer(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
    """One whole response."""
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})
