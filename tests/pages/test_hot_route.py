"""Routes that are called without FastAPI's solving: guarded all the same, and strict about what they ask for."""

from __future__ import annotations

from typing import Annotated, Any

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.pages import errors
from app.pages.deps import Door
from app.pages.faults import Denied, Fault
from app.pages.hot_route import HotRoute


class Bouncer(Door):
    """Lets in who names the password."""

    async def __call__(self, request: Request) -> str:
        if request.headers.get("password") != "please":
            raise Denied(Fault.BAD_FIELD, details={"field": "password"})
        return "guest"


Guest = Annotated[str, Depends(Bouncer())]


def app() -> FastAPI:
    made, router = FastAPI(), APIRouter(route_class=HotRoute)

    @router.get("/rooms/{room}/beds/{bed}")
    async def bed(request: Request, who: Guest, room: int, bed: int) -> Response:
        return PlainTextResponse(f"{who} {room + 1} {bed + 1}")

    errors.install(made)
    made.include_router(router)
    return made


async def ask(path: str, **headers: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(app())
    accept = {"accept": "application/json"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
        return await client.get(path, headers={**accept, **headers})


def run(path: str, **headers: str) -> httpx2.Response:
    import asyncio

    return asyncio.run(ask(path, **headers))


def test_the_page_gets_what_its_guard_found_and_whole_numbers() -> None:
    assert run("/rooms/3/beds/-1", password="please").text == "guest 4 0"


def test_nobody_passes_the_guard_who_is_denied() -> None:
    reply = run("/rooms/3/beds/1")
    assert reply.json()["code"] == Fault.BAD_FIELD


@pytest.mark.parametrize(
    "path", ["/rooms/x/beds/1", "/rooms/1/beds/1.5", "/rooms/1/beds/²", f"/rooms/1/beds/{'9' * 200}"]
)
def test_what_is_no_whole_number_is_no_page(path: str) -> None:
    reply = run(path, password="please")
    assert (reply.status_code, reply.json()["code"]) == (404, Fault.NO_SUCH_PAGE)


async def unguarded(request: Request) -> Response: ...


async def with_a_query(request: Request, who: Guest, page: int) -> Response: ...


async def with_words(request: Request, who: Guest, name: str) -> Response: ...


async def guarded_twice(
    request: Request, who: Guest, also: Annotated[str, Depends(Bouncer())]
) -> Response: ...


@pytest.mark.parametrize("page", [unguarded, with_a_query, with_words, guarded_twice])
def test_a_page_that_asks_for_more_is_refused_when_the_service_is_built(page: Any) -> None:
    router = APIRouter(route_class=HotRoute)
    with pytest.raises(TypeError, match="asks for more"):
        router.get("/about/{name}")(page)
