"""The one piece of middleware, pure ASGI: host, origin and size on the way in; headers, cookies, gzip on the way out.

It also turns what nobody caught into one plain page, and stops any page whose route let nobody decide (fail closed).
"""

import time
from dataclasses import dataclass, field

import structlog
from isal import isal_zlib
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.pages import addresses, errors, security
from app.pages.faults import Denied, Fault
from app.pages.visit import Visit, of_scope

log = structlog.get_logger(__name__)
SAFE = frozenset({"GET", "HEAD"})
BODY_LIMIT = 64 * 1024
GZIP_FROM = 1024
# Zlib's own lowest level takes four times as long as this one, a sixth of a question's page, for 300 bytes less.
GZIP = (0, isal_zlib.DEFLATED, 16 + 15)
GZIP_TYPES = ("text/html", "application/json", "image/svg+xml", "text/plain")
LOOPBACK = ("127.0.0.1", "[::1]")
_OK, _ELSEWHERE, _REFUSED = range(3)


@dataclass(slots=True)
class Reply:
    """What the application has sent so far. The start waits for the first piece of the body, to know its length."""

    start: Message | None = None
    sent: bool = False
    status: int = 0
    broken: bool = field(default=False)


class Gate:
    """Wraps the router; made by `app.add_middleware(Gate, origin=...)`."""

    def __init__(self, app: ASGIApp, *, origin: str, body_limit: int = BODY_LIMIT) -> None:
        """`origin` is the one address that browsers use, such as http://localhost:8000."""
        self._app, self._origin, self._limit = app, origin, body_limit
        self._host = origin.partition("://")[2]
        self._headers = list(security.HEADERS)
        if origin.startswith("https://"):
            self._headers.append(security.STRICT_TRANSPORT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Web sockets are not spoken here."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        head = scope["method"] == "HEAD"
        # A copy: the server goes on to know a HEAD as a HEAD while the routes see the GET it stands for.
        scope = dict(scope, method="GET" if head else scope["method"])
        visit, reply = of_scope(scope), Reply()

        async def answer(message: Message) -> None:
            await self._send(scope, visit, reply, head, message, send)

        await self._answer(scope, self._limited(receive), answer, reply, visit)
        self._tell(scope, reply, visit, time.perf_counter() - began)

    @staticmethod
    def _tell(scope: Scope, reply: Reply, visit: Visit, seconds: float) -> None:
        """One log line, by the route's pattern: an address may hold ids. Only our own faults are loud."""
        write = log.error if reply.status >= 500 else log.debug
        write(
            "request",
            method=scope["method"],
            route=getattr(scope.get("route"), "path", "none"),
            status=reply.status,
            decision=visit.decision,
            ms=round(seconds * 1000, 1),
            reference=visit.told,
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send, reply: Reply, visit: Visit) -> None:
        request = Request(scope, receive)
        try:
            response = self._turned_away(request)
            if response is not None:
                await response(scope, receive, send)
            else:
                await self._app(scope, receive, send)
        except ClientDisconnect:
            log.info("the browser went away", reference=visit.reference)
        except Exception:
            log.exception("nobody caught this", reference=visit.reference)
            if not reply.sent:
                await self._broken(request, receive, send, reply)
        else:
            if reply.broken:
                log.error(
                    "no permission was decided", reference=visit.reference, route=str(scope.get("route"))
                )
                await self._broken(request, receive, send, reply)

    async def _broken(self, request: Request, receive: Receive, send: Send, reply: Reply) -> None:
        reply.start, reply.broken, request_visit = None, False, of_scope(request.scope)
        request_visit.decision = "denied: broken"
        try:
            response: Response = errors.reply(request, Fault.BROKEN)
        except Exception:
            log.exception("the error page failed too", reference=request_visit.reference)
            words = "Something went wrong. Everything you saved before is safe.\n"
            response = Response(words, 500, media_type="text/plain")
        await response(request.scope, receive, send)

    def _turned_away(self, request: Request) -> Response | None:
        """The reply for a request that never reaches a route, or None."""
        host = _judge_host(
            request.headers, self._host, request.scope["path"]
        )  # its url costs ten times as much
        if host == _ELSEWHERE and request.method == "GET":
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._origin}{request.url.path}{query}", 307)
        if host != _OK:
            return errors.reply(request, Fault.WRONG_ADDRESS)
        if request.method not in SAFE:
            if _is_from_elsewhere(request.headers, self._origin):
                return errors.reply(request, Fault.OTHER_SITE)
            length = request.headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > self._limit:
                response = errors.reply(request, Fault.TOO_LARGE)
                response.headers["connection"] = "close"
                return response
        return None

    def _limited(self, receive: Receive) -> Receive:
        """The same body, but no more of it than the limit: a body without a length is counted as it comes."""
        size = 0

        async def limited() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._limit:
                raise Denied(Fault.TOO_LARGE)
            return message

        return limited

    async def _send(
        self, scope: Scope, visit: Visit, reply: Reply, head: bool, message: Message, send: Send
    ) -> None:
        if reply.broken:
            return
        if message["type"] == "http.response.start":
            if "endpoint" in scope and visit.decision is None:
                reply.broken = True
                return
            reply.start, reply.status = message, message["status"]
            return
        if message["type"] != "http.response.body":
            await send(message)
            return
        body = message.get("body", b"")
        if reply.start is not None:
            whole = not message.get("more_body", False)
            start, reply.start, reply.sent = reply.start, None, True
            body = self._finish(scope, visit, start, body, whole)
            await send(start)
        await send({**message, "body": b"" if head else body})

    def _finish(self, scope: Scope, visit: Visit, start: Message, body: bytes, whole: bool) -> bytes:
        """Put the headers and cookies on, and make the body smaller where that pays."""
        headers: list[tuple[bytes, bytes]] = [*start.get("headers", ()), *self._headers]
        names = {name for name, _ in headers}
        if b"cache-control" not in names:
            headers.append(security.NO_STORE)
        headers += [(b"set-cookie", cookie.encode("latin-1")) for cookie in visit.cookies.values()]
        kind = next((value for name, value in headers if name == b"content-type"), b"").decode("latin-1")
        if (
            whole
            and len(body) >= GZIP_FROM
            and kind.startswith(GZIP_TYPES)
            and b"content-encoding" not in names
        ):
            headers.append((b"vary", b"Accept-Encoding"))
            if "gzip" in Headers(raw=scope["headers"]).get("accept-encoding", ""):
                packing = isal_zlib.compressobj(*GZIP)
                body = packing.compress(body) + packing.flush()
                headers = [(name, value) for name, value in headers if name != b"content-length"]
                headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
        start["headers"] = headers
        return body


def _judge_host(headers: Headers, ours: str, path: str) -> int:
    """Whether the Host is ours. X-Forwarded-* headers are never looked at: the proxy hands the Host on."""
    host = headers.get("host", "").lower()
    if host == ours or path == addresses.HEALTH:
        return _OK
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    loopback = (name or port) in LOOPBACK
    if loopback and ours.partition(":")[0] == "localhost":
        return _ELSEWHERE
    return _REFUSED


def _is_from_elsewhere(headers: Headers, origin: str) -> bool:
    """Whether another site sent this. Browsers say so in Sec-Fetch-Site; older ones in Origin.

    `Origin: null` is what our own pages send under `Referrer-Policy: no-referrer`; the form's token decides then.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return headers.get("origin", origin) not in (origin, "null")


def let_through(app: ASGIApp) -> ASGIApp:
    """Mark a mounted application, such as the static files, as open to everybody."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        of_scope(scope).decision = "public"
        await app(scope, receive, send)

    return marked
