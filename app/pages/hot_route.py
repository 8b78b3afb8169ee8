"""The route of a page that is asked for all the time: its guard and its page are called without FastAPI's solving.

The guard is declared as everywhere, so that whoever walks the routes finds it (see `deps.py`). It costs a quarter of
the processor time of such a page to solve the same two dependencies anew for every request.
"""

import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.pages.faults import Denied, Fault

_WHOLE = re.compile(r"-?[0-9]{1,100}")


class HotRoute(APIRoute):
    """For a page that asks for the request, for one guard, and for whole numbers from its address. Nothing else."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request. Raises TypeError, at start, for a page that asks for more."""
        asked = self.dependant
        numbers = [one.name for one in asked.path_params if one.field_info.annotation is int]
        more = asked.query_params or asked.header_params or asked.cookie_params or asked.body_params
        if more or len(asked.dependencies) != 1 or len(numbers) != len(asked.path_params):
            raise TypeError(f"{self.path} asks for more than a request, one guard and whole numbers")
        guard, its_name = cast(Callable[[Request], Awaitable[Any]], asked.dependencies[0].call), _name(self)
        page: Callable[..., Awaitable[Response]] = self.endpoint

        async def answer(request: Request) -> Response:
            let_in = {its_name: await guard(request)}
            return await page(request, **let_in, **{name: _whole(request, name) for name in numbers})

        return answer


def _name(route: APIRoute) -> str:
    """Under which name the page is given what its guard found."""
    name = route.dependant.dependencies[0].name
    if name is None:
        raise TypeError(f"{route.path} does not take what its guard finds")
    return name


def _whole(request: Request, name: str) -> int:
    """A whole number from the address. Raises Denied(NO_SUCH_PAGE)."""
    text: str = request.path_params[name]
    if not _WHOLE.fullmatch(text):
        raise Denied(Fault.NO_SUCH_PAGE)
    return int(text)
