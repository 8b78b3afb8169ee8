"""A service that could lose or show something does not start: one sentence, exit 78, and the database untouched."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.faults.conftest import Measure
from tests.faults.room import verb
from tests.faults.served import Served, free_port

EVERYBODY = "0.0.0.0"  # noqa: S104 (what is refused below)
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    assert verb(folder, "migrate", "--plain").returncode == 0
    return folder


@pytest.fixture
def site(migrated: Path, tmp_path: Path) -> Path:
    """A migrated installation of the test's own."""
    return Path(shutil.copytree(migrated, tmp_path / "site"))


def fingerprint(folder: Path) -> str:
    return hashlib.sha256((folder / "clearway.db").read_bytes()).hexdigest()


def must_refuse(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line that says why, exit 78, no traceback."""
    assert done.returncode == 78, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert all(word in lines[0] for word in words), lines[0]


def test_a_second_process_on_one_sqlite_file_is_refused_and_the_first_goes_on(
    site: Path, measure: Measure
) -> None:
    served = Served(site, free_port())
    try:
        served.start()
        second = verb(site, "serve", "--plain", PORT=str(free_port()))
        what = "exit code of a second process on the same SQLite file"
        measure("F9", "P1c", what, "78, before it opens the file", str(second.returncode))
        must_refuse(second, "Another process", "one process")
        assert served.process is not None
        assert served.process.poll() is None
        assert served.answers()
    finally:
        served.end()


def test_a_database_at_another_head_is_refused(site: Path) -> None:
    with sqlite3.connect(site / "clearway.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '0000'")
    db.close()
    before = fingerprint(site)
    must_refuse(verb(site, "serve", "--plain", PORT=str(free_port())), "0000", "python -m app migrate")
    assert fingerprint(site) == before


def test_a_public_host_without_https_is_refused(site: Path) -> None:
    refused = verb(site, "serve", "--plain", HOST=EVERYBODY, PUBLIC_URL="http://tests.example.org")
    must_refuse(refused, EVERYBODY, "https")


def test_nothing_is_served_before_the_first_migration(tmp_path: Path) -> None:
    must_refuse(verb(tmp_path, "serve", "--plain"), "python -m app migrate")
    assert list(tmp_path.iterdir()) == []
