"""What a question's page weighs on the wire, cold and warm, counted by a real browser (house decision 9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.bench import folders
from tests.bench.figures import Figures, Gate
from tests.bench.running import Driver, Server, served
from tests.bench.site import Site
from tests.bench.visitors import QUESTION, QUESTIONS, Visitor
from tests.journeys.test_size import MOST_BYTES, MOST_REQUESTS, Wire
from tests.support.browser import Tabs

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@pytest.fixture
def server(tmp_path: Path, driver: Driver) -> Iterator[Server]:
    folder = tmp_path / "site"
    site: Site = folders.make(folder)
    met = folders.crowds(folder, site, {"started": 1})
    server = Server("ours", ("app", "serve", "--plain"), folder, visitors=met)
    with served(driver, server):
        driver.settle(server)
        yield server


def cookies(visitor: Visitor) -> list[Any]:
    return [
        {"name": name, "value": value, "domain": "localhost", "path": "/", "secure": True, "httpOnly": True}
        for name, value in visitor.cookies.items()
    ]


def two_without_a_picture(page: Page, at: str) -> list[int]:
    found = []
    for number in range(2, QUESTIONS):
        page.goto(f"{at}{number}")
        if not page.locator("figure").count():
            found.append(number)
        if len(found) == 2:
            break
    return found


def test_a_question_page_is_light_cold_and_lighter_warm(server: Server, tabs: Tabs, figures: Figures) -> None:
    (visitor,) = server.visitors["candidates"]
    at = f"http://localhost:{server.port}{QUESTION}"
    looking = tabs.open(script=True)
    looking.context.add_cookies(cookies(visitor))
    first, second = two_without_a_picture(looking, at)
    page = tabs.open(script=True)
    page.context.add_cookies(cookies(visitor))
    wire = Wire()
    wire.listen(page)
    cold = wire.of(lambda: page.goto(f"{at}{first}", wait_until="networkidle"))
    warm = wire.of(lambda: page.goto(f"{at}{second}", wait_until="networkidle"))
    nodes = page.evaluate("document.querySelectorAll('*').length")
    figures.weight = {"cold": cold, "warm": warm, "nodes": [nodes]}
    light = sum(cold) <= MOST_BYTES and len(cold) <= MOST_REQUESTS
    promised = f"at most {MOST_BYTES:,} bytes in {MOST_REQUESTS} requests"
    figures.hold_all(
        [
            Gate("question page, cold", promised, f"{sum(cold):,} bytes in {len(cold)} requests", light),
            Gate("question page, warm", "1 request", f"{sum(warm):,} bytes in {len(warm)}", len(warm) == 1),
        ]
    )
