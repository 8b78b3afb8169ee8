"""Joins everything: `create_app(settings, clock)` is the service. Verbs of the command line are in `__main__.py`."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import structlog
from fastapi import APIRouter, FastAPI
from starlette.routing import Mount

from app.clock import Clock, SystemClock
from app.pages import addresses, errors, public
from app.pages.gate import Gate, let_through
from app.pages.render import Renderer
from app.pages.static import BuiltFiles
from app.records.keyring import Keyring
from app.records.store import open_store
from app.settings import Settings, read_secret

log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """The whole service, not yet started: its store opens when the server starts it.

    Raises Unfit when the secret is missing or open to others, StaticFilesMissingError when nothing is built.
    """
    settings = settings or Settings()
    keyring = Keyring(read_secret(settings.secret_path))
    static = BuiltFiles(prefix=addresses.STATIC)
    app = FastAPI(
        title="Clearway",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.clock = clock or SystemClock()
    app.state.keyring = keyring
    app.state.store = open_store(settings.database)
    app.state.renderer = Renderer(static.asset, keyring)
    errors.install(app)
    for router in _routers():
        app.include_router(router)
    app.router.routes.append(Mount(addresses.STATIC, let_through(static), name="static"))
    app.add_middleware(Gate, application=app, origin=settings.origin)
    return app


def _routers() -> Iterator[APIRouter]:
    yield public.router
    with contextlib.suppress(ImportError):
        from app.pages.candidate import router as candidate_router

        yield candidate_router
    with contextlib.suppress(ImportError):
        from app.pages.centre import router as centre_router

        yield centre_router


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    await app.state.store.open()
    try:
        yield
    finally:
        await app.state.store.close()
