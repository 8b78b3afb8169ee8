"""The centre that journeys visit: furnished once a run, a copy of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.centre import Centre, furnish, opened
from tests.support.browser import Tabs
from tests.support.serving import HandClock


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a furnished centre. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("furnished") / "centre"
    furnish(folder, sqlite_template)
    return folder


@pytest.fixture
def folder(furnished: Path, tmp_path: Path) -> Path:
    """A copy of the test's own."""
    return Path(shutil.copytree(furnished, tmp_path / "centre"))


@pytest.fixture
def centre(folder: Path) -> Iterator[Centre]:
    """The served centre, on a Monday at nine; ask for it before `tabs`, so that the tabs close first."""
    with opened(folder, HandClock()) as centre:
        yield centre


@pytest.fixture
def desks(centre: Centre, tabs: Tabs) -> Tabs:
    """The tabs of the people at this centre; they close before it does."""
    return tabs
