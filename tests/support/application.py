"""The whole service, built for tests on a database of their own, and visited over https://testserver.

A plugin, named in `tests/conftest.py`. Who and what is in the database is the factories' affair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

from app.main import create_app
from app.records.keyring import Keyring
from app.records.store import Store
from app.settings import Settings, make_secret
from tests.support.judging_client import JudgingClient
from tests.support.serving import HandClock

T = TypeVar("T")
ORIGIN = "https://testserver"


def application(
    url: str, folder: Path, clock: HandClock | None = None, *, public_url: str = ORIGIN
) -> FastAPI:
    """The service on a migrated database, its secret in `folder`. Not started: its lifespan does that."""
    settings = Settings(database_url=url, data_dir=folder, public_url=public_url)
    make_secret(settings.secret_path)
    app = create_app(settings, clock or HandClock())
    app.state.store = WatchedStore(app.state.store)
    return app


class WatchedStore:
    """The store, counting what requests write. The service's own rounds (reserved actions) do not count."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.written: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def write(self, action: Callable[..., T], actor: object, now: int, /, **values: Any) -> T:
        """As the store's own."""
        if not getattr(action, "reserved", False):
            self.written.append(action.__qualname__)
        return await self._store.write(action, actor, now, **values)


class Visitor(JudgingClient):
    """A browser's worth of cookies. Forms are sent as our pages send them, with the token of the page they are on.

    A GET that writes fails the test that sent it. `anchor` is what the form tokens of a signed-in browser are bound to.
    """

    anchor: str | None = None

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send, judge, and see that looking changed nothing."""
        written = getattr(self.app.state.store, "written", [])
        before = len(written)
        reply = super().send(request, **options)
        if request.method == "GET" and written[before:]:
            raise AssertionError(f"GET {request.url.path} wrote: {', '.join(written[before:])}")
        return reply

    def press(self, page: str, action: str | None = None, /, **fields: Any) -> Any:
        """Open a page, take its form token, and post these fields to `action` (default: the page's own address)."""
        token = csrf_of(self.get(page).text)
        return self.post(action or page, data={"csrf": token, **fields}, follow_redirects=False)


def csrf_of(html: str) -> str:
    """The token of the first form of a page. Raises AssertionError when there is none."""
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found, f"no form with a token in:\n{html}"
    return found[1]


class Site:
    """A started service and what a test needs of it."""

    def __init__(self, app: FastAPI, clock: HandClock, portal: BlockingPortal) -> None:
        self.app, self.clock = app, clock
        self._portal = portal

    @property
    def store(self) -> Store:
        return self.app.state.store

    @property
    def keyring(self) -> Keyring:
        return self.app.state.keyring

    def visitor(self, cookies: Mapping[str, str] | None = None, **options: Any) -> Visitor:
        """A new browser, with these cookies if any are given."""
        client = Visitor(self.app, raise_server_exceptions=False, **options)
        client.portal = self._portal  # every browser is answered on the one loop that the store lives on
        for name, value in (cookies or {}).items():
            client.cookies.set(name, value, domain="testserver.local")  # as if our replies had set them
        return client

    def do(self, action: Callable[..., T], actor: object, **values: Any) -> T:
        """An action through the store, at the clock's moment."""
        return self.run(lambda: self.store.write(action, actor, self.clock.now_ms(), **values))

    def look(self, look_up: Callable[..., T], **values: Any) -> T:
        """A look-up through the store."""
        return self.run(lambda: self.store.read(look_up, **values))

    def run(self, made: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of a coroutine, run on the loop of the service."""

        async def awaited() -> T:
            return await made()

        return self._portal.call(awaited)


@contextmanager
def started(app: FastAPI, clock: HandClock) -> Iterator[Site]:
    """The service with its lifespan running until the block ends."""
    with Visitor(app) as first:
        assert first.portal is not None
        yield Site(app, clock, first.portal)


@pytest.fixture
def clock() -> HandClock:
    """Monday at nine in London, until the test moves it."""
    return HandClock()


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Site]:
    """The started service on a SQLite file of the test's own."""
    with started(application(sqlite_url, tmp_path, clock), clock) as site:
        yield site


@pytest.fixture
def site_on_both(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Site]:
    """The same, once on SQLite and once on PostgreSQL, for tests that bear a rule."""
    with started(application(database_url, tmp_path, clock), clock) as site:
        yield site


@pytest.fixture
def visitor(site: Site) -> Visitor:
    """A browser without cookies."""
    return site.visitor()
