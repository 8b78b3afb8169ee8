"""The hall of the candidate's pages: furnished once a run in a file, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records.store.engines import sqlite_engine
from tests.pages.candidate.hall import Candidate, Hall, opened, publish
from tests.pages.candidate.tab import Tab
from tests.support.application import application, started
from tests.support.factories import Scene, furnish
from tests.support.inline_store import InlineStore
from tests.support.serving import HandClock


@pytest.fixture(scope="session")
def furnished_hall(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """A database file with centres, staff and the paper, and who they are. Copy the file, never open it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("hall") / "clearway.db"))
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        scene = furnish(InlineStore(db))
        publish(scene)
    engine.dispose()  # the last connection folds the write-ahead log into the file
    return path, scene


@pytest.fixture
def hall(furnished_hall: tuple[Path, Scene], tmp_path: Path, clock: HandClock) -> Iterator[Hall]:
    """A started service with the hall in its database."""
    file, scene = furnished_hall
    url = f"sqlite:///{shutil.copy(file, tmp_path / 'clearway.db')}"
    with started(application(url, tmp_path, clock), clock) as site, opened(site, scene) as hall:
        yield hall


@pytest.fixture
def candidate(hall: Hall) -> Candidate:
    """Somebody checked in, with a code in hand."""
    return hall.candidate()


@pytest.fixture
def tab(candidate: Candidate) -> Tab:
    """Their browser at question 1, the clock running."""
    return candidate.sitting_down()
