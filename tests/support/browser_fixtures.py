"""Fixtures for tests with a browser: `tabs` opens them, `judge` judges what they show. A pytest plugin.

The screen reader's fixtures are in `screen_reader_fixtures`.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import Browsers, Tabs
from tests.support.checkers import Judge
from tests.support.nu import NuChecker

_failed = pytest.StashKey[bool]()
_browsers = pytest.StashKey[Browsers]()
NEED_THE_BROWSER = frozenset({"tabs", "browsers", "reader_page"})


def pytest_configure(config: pytest.Config) -> None:
    """One set of browsers for the run; nothing starts before a test asks for it."""
    config.stash[_browsers] = Browsers()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests without a browser find no event loop marked as running, so `asyncio.run` works for them."""
    browsers = item.config.stash[_browsers]
    if NEED_THE_BROWSER & set(getattr(item, "fixturenames", ())):
        browsers.wake()
    else:
        browsers.rest()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Remembers a failure, so that the tabs can leave pictures of it behind."""
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest.fixture(scope="session")
def browsers(request: pytest.FixtureRequest) -> Iterator[Browsers]:
    """The browsers of the run."""
    found = request.config.stash[_browsers]
    yield found
    found.close()


@pytest.fixture
def tabs(browsers: Browsers, request: pytest.FixtureRequest) -> Iterator[Tabs]:
    """Opens tabs; at the end of the test, errors of scripts, blocked content and broken files fail it."""
    opened = Tabs(browsers)
    yield opened
    try:
        if request.node.stash.get(_failed, False):
            opened.keep_pictures(request.node.name.replace("/", "_"))
        elif problems := opened.problems():
            pytest.fail("the browser reports: " + "; ".join(problems))
    finally:
        opened.close()


@pytest.fixture(scope="session")
def nu() -> Iterator[NuChecker]:
    """The Nu HTML checker; it starts in the background and the first question waits for it."""
    checker = NuChecker()
    yield checker
    checker.close()


@pytest.fixture(scope="session")
def _bench_of_judges(nu: NuChecker) -> Iterator[Judge]:
    judge = Judge(nu)
    yield judge
    judge.write_record()


@pytest.fixture
def judge(_bench_of_judges: Judge, tabs: Tabs) -> Iterator[Judge]:
    """Puts what a tab shows before axe, IBM's engine, Nu and our page rules."""
    _bench_of_judges.tabs = tabs
    yield _bench_of_judges
    _bench_of_judges.tabs = None
