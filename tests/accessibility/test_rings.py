"""K10 on one page with every kind of control: in each theme, thin and thick, the ring is seen and has two tones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from accessibility.preference_table import THEMES
from tests.accessibility.sample_site import SAMPLES
from tests.support.browser import Tabs
from tests.support.focus import everything_focused, rings_between, whole
from tests.support.measuring import laid_over
from tests.support.serving import Site, serve

BUILT = Path("app/static/build")
WEAR = "([theme, ring]) => { Object.assign(document.documentElement.dataset, {theme, ring}); }"
THICKNESS = {"normal": 4, "thick": 8}


@pytest.fixture(scope="module")
def controls() -> Iterator[Site]:
    """The page of controls; at /staff with the staff's sheet."""

    async def page(request: Request) -> Response:
        html = (SAMPLES / "controls.html").read_text(encoding="utf-8")
        return HTMLResponse(html.replace("/sheet.css", f"/{request.path_params['bundle']}.css"))

    sheets = {one.name.split(".")[0]: one.read_bytes() for one in BUILT.glob("*.css")}

    async def sheet(request: Request) -> Response:
        return Response(sheets[request.path_params["bundle"]], media_type="text/css")

    async def apart(_request: Request) -> Response:
        return Response((SAMPLES / "controls.css").read_bytes(), media_type="text/css")

    routes = [
        Route("/controls.css", apart),
        Route("/{bundle}.css", sheet),
        Route("/{bundle}", page),
    ]
    with serve(Starlette(routes=routes)) as site:
        yield site


def _weak(page: Page, widths: list[str]) -> list[str]:
    focused = {}
    with everything_focused(page):
        for theme in THEMES:
            for width in widths:
                page.evaluate(WEAR, [theme, width])
                focused[theme, width] = whole(page)
    faults = []
    for theme in THEMES:
        page.evaluate(WEAR, [theme, widths[-1]])
        plain = whole(page)
        for width in widths:
            found = rings_between(page, plain, focused[theme, width])
            assert len(found) >= 19
            faults += [
                f"{theme}, {width}: {one}"
                for one in found
                if one.thickness < THICKNESS[width] or not one.two_tone
            ]
    return faults


def test_k10_every_control_has_a_clear_ring_in_every_theme(controls: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{controls.url}/candidate", width=960)
    assert _weak(page, ["normal", "thick"]) == []


def test_k10_controls_of_staff_have_it_too(controls: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{controls.url}/staff", width=960)
    page.evaluate("() => { for (const one of document.querySelectorAll('[hidden]')) one.hidden = false; }")
    assert _weak(page, ["normal"]) == []


def test_k10_a_ring_that_is_gone_is_missed(controls: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{controls.url}/candidate", width=960)
    with laid_over(page, ".go:focus { outline: 0 !important; box-shadow: none !important; }"):
        plain = whole(page)
        with everything_focused(page):
            found = rings_between(page, plain, whole(page))
    weak = [one for one in found if one.thickness < THICKNESS["normal"]]
    assert len(weak) == 2
    assert all('class="go"' in one.name for one in weak)
