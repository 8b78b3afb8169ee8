"""A back-up is of one moment, is read again before it has its name, and never takes another one's place."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.records import backup
from app.records.backup import back_up, digest_beside
from app.records.store import Unfit
from app.records.store.engines import sqlite_engine
from tests.faults.room import environment
from tests.support.databases import run_sql
from tests.support.factories import KEYRING, furnish
from tests.support.inline_store import InlineStore

NOTES = 400


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("backed-up") / "clearway.db"))
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        scene = furnish(InlineStore(db))
        scene.started().answer(right=2)
        for _ in range(20):
            scene.book()
    engine.dispose()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "clearway.db"))


def facts(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM installation").fetchone()[0])


@contextmanager
def facts_being_written(database: Path) -> Iterator[None]:
    """Two rows a commit, so that a copy with one of them is of two moments."""
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, isolation_level=None)) as db:
            db.execute("PRAGMA wal_autocheckpoint=50")
            for number in range(10**6):
                if stop.is_set():
                    return
                db.execute("BEGIN IMMEDIATE")
                for twin in "ab":
                    db.execute("INSERT INTO installation VALUES (?, ?)", (f"{number}{twin}", "x" * 2_000))
                db.execute("COMMIT")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while facts(database) < NOTES:
            time.sleep(0.01)
        yield
    finally:
        stop.set()
        thread.join()


def test_a_back_up_taken_while_somebody_writes_is_of_one_moment(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    with facts_being_written(database):
        before = facts(database)
        done = back_up(database, target, KEYRING)
        after = facts(database)
    assert done.faults == ()
    assert (done.sittings, done.size) == (21, target.stat().st_size)
    held = facts(target)
    assert before <= held < after
    assert held % 2 == 0


def test_a_plain_copy_of_the_file_lacks_what_its_log_holds(database: Path, tmp_path: Path) -> None:
    """Why nobody backs up by copying: the broken variant of the verb."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("INSERT INTO installation VALUES ('saved', 'and acknowledged')")
        plain = Path(shutil.copy(database, tmp_path / "plain.db"))
        back_up(database, tmp_path / "kept.db", KEYRING)
    assert facts(plain) == facts(tmp_path / "kept.db") - 1


def test_what_a_killed_server_left_in_its_log_is_backed_up(database: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("INSERT INTO installation VALUES ('saved', 'and acknowledged')")
        for name in ("clearway.db", "clearway.db-wal"):
            shutil.copy(tmp_path / name, left)
    before = {path.name: path.read_bytes() for path in left.iterdir()}
    back_up(left / "clearway.db", tmp_path / "kept.db", KEYRING)
    assert facts(tmp_path / "kept.db") == 1
    assert {name: (left / name).read_bytes() for name in before} == before


def test_a_back_up_is_one_file_of_its_owners_with_its_digest_beside_it(
    database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    back_up(database, folder / "one.db", KEYRING)
    assert sorted(path.name for path in folder.iterdir()) == ["one.db", "one.db.sha256"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    checked = subprocess.run(
        ["sha256sum", "--check", "one.db.sha256"], cwd=folder, check=False, capture_output=True
    )
    assert checked.returncode == 0, checked.stderr
    assert facts(folder / "one.db") == 0
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("there", ["one.db", "one.db.sha256", "one.db.part"])
def test_no_back_up_is_written_over_another(database: Path, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("an older one")
    with pytest.raises(Unfit, match=there):
        back_up(database, tmp_path / "one.db", KEYRING)
    assert (tmp_path / there).read_text() == "an older one"


def test_a_damaged_database_leaves_no_back_up_behind(database: Path, tmp_path: Path) -> None:
    with database.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096)
    with pytest.raises(Unfit, match=r"damaged|malformed"):
        back_up(database, tmp_path / "one.db", KEYRING)
    assert sorted(path.name for path in tmp_path.glob("one.db*")) == []


def test_what_the_rows_have_wrong_is_told_and_backed_up_all_the_same(database: Path, tmp_path: Path) -> None:
    run_sql(f"sqlite:///{database}", "UPDATE sitting SET chain_no = 77 WHERE state = 'in_progress'")
    done = back_up(database, tmp_path / "one.db", KEYRING)
    assert done.faults is not None
    assert ["77" in fault for fault in done.faults] == [True]
    assert (tmp_path / "one.db").exists()


def test_a_database_of_another_version_is_backed_up_too(database: Path, tmp_path: Path) -> None:
    """Before every migration there is a back-up, with the new version already installed."""
    run_sql(f"sqlite:///{database}", "UPDATE alembic_version SET version_num = '0001'")
    assert back_up(database, tmp_path / "one.db", KEYRING).faults is None


def test_a_disk_that_is_full_is_told_and_nothing_is_left(database: Path, tmp_path: Path) -> None:
    """As the kernel says it, by a limit on the size of files, which spares the log of the database."""
    code = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
    code += "sys.argv[1:] = ['backup', 'one.db', '--plain']; runpy.run_module('app', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 78, done.stderr
    assert "The back-up could not be made" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("one.db*")) == []


def test_a_back_up_that_does_not_fit_is_refused_before_it_is_begun(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: usage._replace(free=1_000))
    with pytest.raises(Unfit, match="needs"):
        back_up(database, tmp_path / "one.db", KEYRING)
    assert list(tmp_path.glob("one.db*")) == []


def test_the_digest_is_of_the_file(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "one.db", None)
    told = digest_beside(tmp_path / "one.db").read_text()
    assert told == f"{hashlib.sha256((tmp_path / 'one.db').read_bytes()).hexdigest()}  one.db\n"
