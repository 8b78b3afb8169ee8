"""Joins everything: `create_app(settings, clock)` is the service. Verbs of the command line are in `__main__.py`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import structlog
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Mount

from app import logs
from app.actions.end_sitting import sweep
from app.actions.keep_alive import after_a_freeze, mark_alive, recover
from app.clock import Clock, SystemClock
from app.pages import addresses, candidate, centre, errors, public, staff
from app.pages.candidate.guesses import Guesses
from app.pages.gate import Gate, let_through
from app.pages.render import Renderer
from app.pages.static import BuiltFiles
from app.records.alive import last_mark
from app.records.database_clock import database_now
from app.records.keyring import Keyring
from app.records.store import Db, Store, open_store
from app.records.store.fitness import check_clock
from app.rules.permissions import SYSTEM
from app.settings import Settings, read_secret

ALIVE_SECONDS = 5.0
SWEEP_SECONDS = 2.0
DRIFT_ALARM_MS = 2_000
log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The whole service, not yet started: its store opens when the server starts it.

    Raises Unfit when the secret is missing or open to others, StaticFilesMissingError when nothing is built.
    """
    settings = settings or Settings()
    logs.configure(settings.log_level)
    clock = clock or SystemClock()
    keyring = Keyring(read_secret(settings.secret_path))
    static = BuiltFiles(prefix=addresses.STATIC)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=_lifespan)
    app.state.clock = clock
    app.state.keyring = keyring
    app.state.stop = None  # whoever serves the app sets what stops it, see serving.py
    app.state.store = open_store(
        settings.database, before_batch=_after_a_freeze(clock), on_broken=lambda why: _broken(app, why)
    )
    app.state.guesses = Guesses()
    app.state.renderer = Renderer(static.asset, keyring)
    errors.install(app)
    for router in (public.router, candidate.router, staff.router, centre.router):
        app.router.routes += _leaves(router)
    app.router.routes.append(Mount(addresses.STATIC, let_through(static), name="static"))
    app.add_middleware(Gate, origin=settings.origin)
    return app


def _leaves(router: APIRouter) -> Iterator[BaseRoute]:
    """The routes of a router and of those it includes. One flat list saves a nested search on every request."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        yield from [route] if inner is None else _leaves(inner)


def _broken(app: FastAPI, why: str) -> None:
    """The store can be trusted no more: stop, so that a fresh process opens it again."""
    log.critical("the store broke", why=why)
    if app.state.stop is not None:
        app.state.stop(f"The store broke and the service stops: {why}.")


def _after_a_freeze(clock: Clock) -> Callable[[Db, int], None]:
    """What the writer does first when it finds that it committed nothing for a while: give the time back."""

    def credit(db: Db, gap_ms: int) -> None:
        after_a_freeze(db, gap_ms=gap_ms, now=clock.now_ms())

    return credit


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the store, give back the time of an outage before any request is judged, then keep the rounds going."""
    store: Store = app.state.store
    clock: Clock = app.state.clock
    await store.open()
    try:
        await _anchor(store, clock)
        check_clock(await store.read(last_mark), clock.now_ms())
        credited = await store.write(recover, SYSTEM, clock.now_ms())
        log.info("started", outage_ms=credited.gap_ms, sittings_credited=credited.sittings)
        async with _rounds(store, clock):
            yield
    finally:
        await store.close()


@contextlib.asynccontextmanager
async def _rounds(store: Store, clock: Clock) -> AsyncIterator[None]:
    """The alive mark and the sweep, again and again until the service stops."""

    async def alive() -> None:
        await _anchor(store, clock)
        await store.write(mark_alive, SYSTEM, clock.now_ms())

    async def swept() -> None:
        while await store.write(sweep, SYSTEM, clock.now_ms()):
            pass

    tasks = [
        asyncio.create_task(_again_and_again(ALIVE_SECONDS, alive), name="alive"),
        asyncio.create_task(_again_and_again(SWEEP_SECONDS, swept), name="sweep"),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _again_and_again(seconds: float, round_: Callable[[], Awaitable[None]]) -> None:
    """A round that fails is logged and tried again: the next one does what this one could not."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await round_()
        except Exception:
            log.exception("a round failed", round=round_.__name__)


async def _anchor(store: Store, clock: Clock) -> None:
    """Where several processes share a database, its clock is everybody's (settled design, 4)."""
    there = await store.read(database_now)
    if there is None:
        return
    drift = there - clock.now_ms()
    if abs(drift) > DRIFT_ALARM_MS:
        log.error("this machine's clock and the database's differ", drift_ms=drift)
    clock.anchor(there)
