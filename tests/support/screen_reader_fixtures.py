"""Fixtures for tests by ear: `sr` is Orca, `reader_page` the page it reads, `hear` opens an address and listens.

A pytest plugin. One desktop, one Orca and one browser serve the run: they take seconds to start.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.browser import Browsers
from tests.support.screen_reader import Orca, ReadChromium
from tests.support.screen_reader_desktop import Desktop

KEPT = Path(".build/screen-reader")
FIRST_PAGE = "data:text/html,<!doctype html><html lang=en><title>Ready</title><h1>Ready</h1>"
Hear = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """The desktop; when it ends, its logs and all that was said stay in `.build/screen-reader`."""
    folder = tmp_path_factory.mktemp("desktop")
    with Desktop(folder) as desktop:
        yield desktop
    KEPT.mkdir(parents=True, exist_ok=True)
    for log in (*folder.glob("*.log"), *folder.glob("*.jsonl")):
        shutil.copy(log, KEPT / log.name)


@pytest.fixture(scope="session")
def _reader(desktop: Desktop, browsers: Browsers) -> Iterator[tuple[Orca, Page]]:
    with Orca(desktop) as orca, ReadChromium(desktop, FIRST_PAGE) as web:
        browser = browsers.playwright.chromium.connect_over_cdp(web.door)
        orca.wait_for("Finished loading|Ready", timeout=30)
        orca.spoken(quiet=1)
        yield orca, browser.contexts[0].pages[0]
        browsers.wake()
        browser.close()


@pytest.fixture
def sr(_reader: tuple[Orca, Page]) -> Orca:
    """Orca, in browse mode and having said what it had to say."""
    return _reader[0]


@pytest.fixture
def reader_page(_reader: tuple[Orca, Page]) -> Iterator[Page]:
    """The page that Orca reads, with no cookies left from another test; script is on in it."""
    page = _reader[1]
    page.context.clear_cookies()
    yield page
    page.goto(FIRST_PAGE)


@pytest.fixture
def hear(sr: Orca, reader_page: Page) -> Hear:
    """`hear(address)`: opens it, lets Orca read all of it, gives what it said, and goes to the top of the page."""

    def hear(address: str) -> list[str]:
        sr.hush()
        reader_page.goto(address)
        sr.wait_for(re.escape(f"Finished loading {reader_page.title()}"), timeout=30)
        said = sr.spoken(quiet=0.8)
        sr.press("ctrl+Home")
        sr.spoken()
        return said

    return hear
