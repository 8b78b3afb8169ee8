"""What a question's page costs a slow line: bytes over the wire, requests, and what the first paint has to wait for.

Measured by the browser itself, headers included. House decision 9: at most 25 KB in 4 requests, cold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.sitting import Sitting
from tests.journeys.walks import sign_in
from tests.support.browser import Tabs

MOST_BYTES, MOST_REQUESTS = 25_000, 4
WAITED_FOR = """() => performance.getEntriesByType('resource')
  .filter(one => one.renderBlockingStatus === 'blocking').map(one => new URL(one.name).pathname)"""


@dataclass
class Wire:
    """What came over the wire for a tab, told by the browser's own debugger."""

    sizes: dict[str, int] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        door = page.context.new_cdp_session(page)
        door.send("Network.enable")
        door.on("Network.requestServedFromCache", lambda told: self.cached.add(told["requestId"]))
        door.on("Network.responseReceived", self._received)
        door.on("Network.loadingFinished", self._finished)

    def _received(self, told: dict[str, Any]) -> None:
        if told["response"]["fromDiskCache"]:
            self.cached.add(told["requestId"])

    def _finished(self, told: dict[str, Any]) -> None:
        if told["requestId"] not in self.cached:
            self.sizes[told["requestId"]] = int(told["encodedDataLength"])

    def of(self, visit: Callable[[], object]) -> list[int]:
        """The bytes of each request that a visit needs."""
        self.sizes.clear()
        visit()
        return list(self.sizes.values())


def _plain(centre: Centre) -> Sitting:
    """A sitting whose first two questions have no picture."""
    return centre.showing(lambda one: not {1, 2} & set(one.pictured()))


def _cold(desks: Tabs, sitting: Sitting) -> Page:
    """A browser that has the candidate's cookies and nothing else of this service."""
    before = sign_in(desks, sitting)
    sitting.start()
    page = desks.open(script=True)
    page.context.add_cookies(before.context.cookies())
    return page


def test_a_cold_question_page_is_25_kilobytes_in_4_requests_and_a_warm_one_is_1_request(
    centre: Centre, desks: Tabs
) -> None:
    sitting = _plain(centre)
    page = _cold(desks, sitting)
    wire = Wire()
    wire.listen(page)
    at = f"{centre.url}/sitting/question/"
    cold = wire.of(lambda: page.goto(f"{at}1", wait_until="networkidle"))
    assert page.locator("h1").inner_text() == sitting.stems()[0]
    assert sum(cold) <= MOST_BYTES, cold
    assert 2 <= len(cold) <= MOST_REQUESTS, cold
    warm = wire.of(lambda: page.goto(f"{at}2", wait_until="networkidle"))
    assert len(warm) == 1, warm
    assert warm[0] < MOST_BYTES / 3, "the sheet and the script came again"


def test_the_first_paint_waits_for_one_style_sheet_and_for_no_script(centre: Centre, desks: Tabs) -> None:
    page = _cold(desks, _plain(centre))
    page.goto(f"{centre.url}/sitting/question/1")
    (sheet,) = page.evaluate(WAITED_FOR)
    assert sheet.endswith(".css")
    assert page.evaluate("[...document.scripts].every(one => one.defer && one.src)")
    assert page.locator("style, [style]").count() == 0
