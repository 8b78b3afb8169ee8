"""A client for the app without a browser that puts every HTML page it fetches before the page rules."""

from typing import Any

import httpx2
from starlette.testclient import TestClient

from accessibility.page_rules import PageKind, faults
from tests.support.page_kinds import kind_of


class JudgingClient(TestClient):
    """Starlette's test client; a page with a fault fails the test that fetched it, with every fault named.

    Pages met on the way through redirects are judged too. `judging = False` switches it off, for requests
    whose reply is not ours (a proxy's page). Addresses start with https, so Secure cookies are kept.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **{"base_url": "https://testserver", **options})
        self.judging = True
        self.judged: list[str] = []

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Sends as the client does and judges what came back."""
        reply = super().send(request, **options)
        for one in (*reply.history, reply):
            if self.judging and one.headers.get("content-type", "").startswith("text/html") and one.content:
                self.judge(one)
        return reply

    def judge(self, reply: httpx2.Response, kind: PageKind | None = None) -> None:
        """Raises AssertionError with all faults of the page."""
        what = f"{reply.request.method} {reply.request.url.path} ({reply.status_code})"
        self.judged.append(what)
        found = faults(
            reply.text, kind=kind or kind_of(str(reply.request.url), reply.status_code, reply.text)
        )
        if found:
            raise AssertionError(f"{what} has {len(found)} faults:\n  " + "\n  ".join(map(str, found)))
