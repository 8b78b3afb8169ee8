"""The office: a started service with one sitting in each state, made once a run and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records.keyring import Keyring
from app.records.store.engines import sqlite_engine
from app.settings import make_secret
from tests.pages.centre.office import Office, furnish_office
from tests.support.application import application, started
from tests.support.serving import HandClock


@pytest.fixture(scope="session")
def furnished_office(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """A folder with database and secret, and the ids of its sittings by what they are. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("office")
    path = Path(shutil.copy(sqlite_template, folder / "clearway.db"))
    ring = Keyring(make_secret(folder / "secret"))
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        ids = furnish_office(db, ring)
    engine.dispose()  # the last connection folds the write-ahead log into the file
    return folder, ids


@pytest.fixture(scope="session")
def still_office(
    furnished_office: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """One office for every test that changes nothing in it and leaves its clock alone."""
    folder, ids = furnished_office
    here = Path(shutil.copytree(folder, tmp_path_factory.mktemp("still") / "office"))
    clock = HandClock()
    with started(application(f"sqlite:///{here / 'clearway.db'}", here, clock), clock) as site:
        yield Office(site, ids)


@pytest.fixture
def office(
    furnished_office: tuple[Path, dict[str, str]], tmp_path: Path, clock: HandClock
) -> Iterator[Office]:
    """A started service with the office in its database."""
    folder, ids = furnished_office
    here = Path(shutil.copytree(folder, tmp_path / "office"))
    with started(application(f"sqlite:///{here / 'clearway.db'}", here, clock), clock) as site:
        yield Office(site, ids)
