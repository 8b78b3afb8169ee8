"""The building inspected: every route declares its guard, and looking at a page changes nothing."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount

from app.pages import addresses
from app.pages.deps import Door
from app.rules.permissions import MAY
from tests.support.application import application

ROOT = Path(__file__).resolve().parents[2]
# A page that everybody may see is a decision: it is named here, with its methods.
OPEN = {
    (addresses.HEALTH, "GET"),
    (addresses.ACCESSIBILITY, "GET"),
    (addresses.CANDIDATE_SIGN_IN, "GET"),
    (addresses.CANDIDATE_SIGN_IN, "POST"),
    ("/help", "GET"),
    (addresses.LOOK, "GET"),
    (addresses.LOOK, "POST"),
    (addresses.LOOK + "/{code}", "GET"),
    (addresses.LOOK + "/{code}", "POST"),
    (addresses.STAFF_SIGN_IN, "GET"),
    (addresses.STAFF_SIGN_IN, "POST"),
    ("/staff/invitation/{token}", "GET"),
    ("/staff/invitation/{token}", "POST"),
}
# Staff in any role: nothing but leaving.
ANY_STAFF = {(addresses.STAFF_SIGN_OUT, "POST")}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("doors")
    return application(f"sqlite:///{folder / 'none.db'}", folder)


def routes(app: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    """Every address and method, with its route."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            for method in sorted(route.methods):
                yield route.path, method, route


def doors(dependant: Dependant) -> Iterator[Door]:
    """Every guard among what a route depends on."""
    if isinstance(dependant.call, Door):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from doors(inner)


def complaints(app: FastAPI) -> Iterator[str]:
    """What is wrong with the doors of an application, one sentence each."""
    for path, method, route in routes(app):
        found = list(doors(route.dependant))
        if len(found) != 1:
            yield f"{method} {path} has {len(found)} guards; a route has one"
            continue
        yield from (f"{method} {path} {words}" for words in _judged(path, method, found[0]))
    for route in app.routes:
        if not isinstance(route, APIRoute | Mount) or (isinstance(route, Mount) and route.path != "/static"):
            yield f"{route} is neither a page nor the static files"


def _judged(path: str, method: str, door: Door) -> Iterator[str]:
    if method not in ("GET", "POST"):
        yield "uses a method that forms do not have"
    if door.audience == "public":
        if (path, method) not in OPEN:
            yield "is open to everybody and not in the list of open pages"
        return
    if path.startswith("/sitting") != (door.audience == "candidate"):
        yield f"is guarded for {door.audience}"
    if path.startswith(("/staff", "/centre")) != (door.audience == "staff"):
        yield f"is guarded for {door.audience}"
    if (path.startswith("/centre") and "/{centre}" not in path) or (
        "{sitting}" in path and "{centre}" not in path
    ):
        yield "does not name its centre as {centre}"
    if door.act is None and (path, method) not in ANY_STAFF:
        yield "asks for no act"
    if door.act is not None and door.act not in MAY:
        yield f"asks for {door.act}, which the table of permissions does not know"


def test_every_route_has_exactly_one_guard_that_fits_it(app: FastAPI) -> None:
    assert len(list(routes(app))) > 40
    assert list(complaints(app)) == []


def test_every_page_named_as_open_exists(app: FastAPI) -> None:
    there = {(path, method) for path, method, _route in routes(app)}
    assert there >= OPEN | ANY_STAFF


def test_a_route_without_a_guard_fails_the_inspection(tmp_path: Path) -> None:
    app = application(f"sqlite:///{tmp_path / 'none.db'}", tmp_path)

    @app.get("/unguarded")
    async def unguarded() -> str:
        return "secret"

    assert list(complaints(app)) == ["GET /unguarded has 0 guards; a route has one"]


class Pages:
    """Every function of the page floor with the functions it mentions: enough to see what a GET can reach."""

    def __init__(self, folder: Path) -> None:
        self.functions: dict[str, ast.AST] = {}
        self._names: dict[str, dict[str, str]] = {}
        for file in sorted(folder.rglob("*.py")):
            parts = ("app", "pages", *file.relative_to(folder).with_suffix("").parts)
            module = ".".join(parts).removesuffix(".__init__")
            self._read(module, ast.parse(file.read_text()))

    def _read(self, module: str, tree: ast.Module) -> None:
        names = self._names[module] = {}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names[node.name] = f"{module}.{node.name}"
                self.functions[f"{module}.{node.name}"] = node
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app.pages"):
                names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})

    def reached(self, start: str) -> set[str]:
        """The functions that one may call, itself included, however far."""
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self.functions:
                continue
            seen.add(name)
            waiting += self._mentions(name)
        return seen

    @cache  # noqa: B019  # lives as long as the test
    def _mentions(self, name: str) -> list[str]:
        """The functions that one names, in call or in passing."""
        names = self._names[name.rpartition(".")[0]]
        found = []
        for node in ast.walk(self.functions[name]):
            if isinstance(node, ast.Name) and node.id in names:
                found.append(names[node.id])
            elif (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in names
            ):
                found.append(f"{names[node.value.id]}.{node.attr}")
        return found

    @cache  # noqa: B019  # lives as long as the test
    def writes(self, name: str) -> bool:
        """Whether a function itself asks the store to write."""
        return any(isinstance(n, ast.Attribute) and n.attr == "write" for n in ast.walk(self.functions[name]))


def test_no_get_can_reach_a_write(app: FastAPI) -> None:
    pages = Pages(ROOT / "app" / "pages")
    for path, method, route in routes(app):
        name = f"{route.endpoint.__module__}.{route.endpoint.__name__}"
        reached = pages.reached(name)
        assert name in reached, f"{name} was not found in the source"
        writers = sorted(one for one in reached if pages.writes(one))
        if method == "GET":
            assert writers == [], f"GET {path} can write by {writers}"


def test_a_write_behind_two_calls_is_found() -> None:
    pages = Pages(ROOT / "app" / "pages")
    posts = pages.reached("app.pages.candidate.time_left.more_time")
    assert any(pages.writes(one) for one in posts)
