"""Joins everything: `create_app(settings, clock)` is the service. Verbs of the command line are in `__main__.py`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import structlog
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Mount

from app import logs
from app.actions.end_sitting import close_overdue
from app.actions.keep_alive import after_a_freeze, credit_step, mark_alive, recover
from app.clock import Clock, SystemClock
from app.pages import addresses, candidate, centre, errors, public, staff
from app.pages.candidate.guesses import Guesses
from app.pages.gate import Gate, let_through
from app.pages.render import Renderer
from app.pages.static import BuiltFiles
from app.records.alive import last_mark, overdue
from app.records.database_clock import database_now
from app.records.keyring import Keyring
from app.records.store import Db, FreeSpace, NotRead, NotSaved, Store, Unfit, open_store
from app.records.store.failures import named
from app.records.store.fitness import check_clock
from app.rules.permissions import SYSTEM
from app.rules.policy import POLICY
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
    app.state.free_space = FreeSpace(settings.database, settings.least_free_mb)
    app.state.guesses = Guesses()
    app.state.renderer = Renderer(static.asset, keyring)
    errors.install(app)
    # Routes are tried in turn: those that are asked for most come first.
    for router in (candidate.router, public.router, staff.router, centre.router):
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


def _after_a_freeze(clock: Clock) -> Callable[[Db, int, int], None]:
    """What the writer does first when it committed nothing for a while, or could not: give the time back."""

    def credit(db: Db, gap_ms: int, silent_ms: int) -> None:
        after_a_freeze(db, gap_ms=gap_ms, now=clock.now_ms(), silent_ms=silent_ms)

    return credit


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the store, give back the time of an outage before any request is judged, then keep the rounds going."""
    store: Store = app.state.store
    clock: Clock = app.state.clock
    await store.open()
    try:
        with _in_words():
            follows = await _anchor(store, clock)
            check_clock(await store.read(last_mark), clock.now_ms())
            credited = await store.write(recover, SYSTEM, began := clock.now_ms())
        store.note_alive(began)
        log.info("started", outage_ms=credited.gap_ms, sittings_credited=credited.sittings)
        async with _rounds(store, clock, follows):
            yield
    finally:
        await store.close()


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """What cannot be read or written is a sentence for whoever starts the service. Raises Unfit."""
    try:
        yield
    except NotSaved as error:
        raise Unfit(
            f"The start could not be written down ({error}), so nothing was served. If the disk is full or read-only,"
            " make room and start again."
        ) from error
    except (NotRead, LookupError, TypeError, ValueError) as error:
        raise Unfit(
            f"The service cannot go on from what is stored ({named(error)}): nothing was served. Keep a copy of the"
            " database's files, ask `python -m app verify` what is wrong, and restore the last back-up if it says so."
        ) from error


@contextlib.asynccontextmanager
async def _rounds(store: Store, clock: Clock, follows: bool) -> AsyncIterator[None]:
    """The alive mark and the sweep, again and again until the service stops."""

    async def alive() -> None:
        if follows:
            await _keep_in_step(store, clock)
        store.note_alive(await store.write(mark_alive, SYSTEM, clock.now_ms()))

    async def swept() -> None:
        await _sweep(store, clock)

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


async def _sweep(store: Store, clock: Clock) -> None:
    """Close every part whose time and grace are over, each in a write of its own: one that fails stops no other."""
    for due in await store.read(overdue, before=clock.now_ms() - POLICY.grace_ms - 1):
        if not store.ready:
            return
        try:
            await store.write(close_overdue, SYSTEM, clock.now_ms(), due=due)
        except Exception:
            log.exception("a sitting whose time is over could not be closed", sitting=due.sitting_id)


async def _anchor(store: Store, clock: Clock) -> bool:
    """At start, take over the clock of a database that several processes share (settled design, point 4).

    Whether this clock follows it: not on SQLite, which has none, and not a clock that is moved by hand.
    """
    there = await store.read(database_now)
    if there is None:
        return False
    _warn_of_drift(there - clock.now_ms())
    clock.anchor(there)
    return abs(there - clock.now_ms()) <= DRIFT_ALARM_MS


async def _keep_in_step(store: Store, clock: Clock) -> None:
    """Follow the shared clock, never backwards. Its step forward is nobody's time: that is recorded first."""
    there, now = await store.read(database_now), clock.now_ms()
    if there is None:
        return
    _warn_of_drift(there - now)
    if there - now > DRIFT_ALARM_MS:
        await store.write(credit_step, SYSTEM, there, since=now)
    clock.anchor(max(there, clock.now_ms()))


def _warn_of_drift(drift_ms: int) -> None:
    if abs(drift_ms) > DRIFT_ALARM_MS:
        log.error("this machine's clock and the database's differ", drift_ms=drift_ms)
