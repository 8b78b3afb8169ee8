"""A back-up takes the database's place whole or not at all, and what was there before is kept beside it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.records import web_sessions
from app.records.backup import back_up, digest_beside
from app.records.keyring import Keyring
from app.records.restore import restore
from app.records.store import Unfit
from app.records.store.engines import sqlite_engine
from app.records.store.lock import OneProcess
from app.records.verifying import Tally, faults
from tests.support.factories import KEYRING, NINE, furnish
from tests.support.inline_store import InlineStore

LATER = NINE + 3_600_000


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up of a site with a sitting under way, and a browser of each kind signed in. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("kept")
    path = Path(shutil.copy(sqlite_template, folder / "clearway.db"))
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        sat = furnish(InlineStore(db)).started()
        sat.answer(right=2)
        web_sessions.begin(db, NINE, digest="staff", kind="staff", person_id="desk", until=LATER + 1)
    engine.dispose()
    back_up(path, folder / "kept.db", KEYRING)
    return folder / "kept.db"


@pytest.fixture
def file(kept: Path, tmp_path: Path) -> Path:
    """The test's own copy of the back-up, with its digest beside it."""
    shutil.copy(digest_beside(kept), tmp_path)
    return Path(shutil.copy(kept, tmp_path))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where it goes: a new folder."""
    return tmp_path / "site" / "clearway.db"


def asked(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute(statement)]


def test_what_was_backed_up_is_there_again_and_sound(file: Path, database: Path) -> None:
    done = restore(file, database, LATER, KEYRING, replace=False)
    assert (done.sittings, done.version, done.had_digest, done.aside, done.faults) == (
        1,
        "0004",
        True,
        None,
        (),
    )
    assert done.until == NINE
    assert list(faults(f"sqlite:///{database}", Tally(), KEYRING)) == []
    assert database.stat().st_mode & 0o077 == 0
    assert len(asked(database, "SELECT position FROM answer_revision")) == 2


def test_staff_sign_in_again_and_candidates_keep_their_browsers(file: Path, database: Path) -> None:
    """Whoever was signed out since, and had to be, would be signed in again."""
    assert restore(file, database, LATER, KEYRING, replace=False).staff_signed_out == 1
    assert asked(database, "SELECT ended_at FROM web_session WHERE kind = 'staff'") == [LATER]
    assert asked(database, "SELECT ended_at FROM web_session WHERE kind = 'candidate'") == [None]
    assert asked(database, "SELECT count(*) FROM audit WHERE act = 'restore'") == [1]


def refused(file: Path, database: Path, keyring: Keyring = KEYRING) -> str:
    """The sentence of a refusal, after which everything is as it was."""
    before = {path: path.read_bytes() for path in database.parent.glob("clearway*.db*")}
    with pytest.raises(Unfit) as refusal:
        restore(file, database, LATER, keyring, replace=True)
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in database.parent.glob("*")} <= {
        *(p.name for p in before),
        "clearway.db.lock",
    }
    return str(refusal.value)


def cut_short(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - 4096)


def flipped(place: float) -> Callable[[Path], None]:
    def flip(file: Path) -> None:
        with file.open("r+b") as opened:
            opened.seek(int(file.stat().st_size * place))
            byte = opened.read(1)[0]
            opened.seek(-1, 1)
            opened.write(bytes([byte ^ 1]))

    return flip


@pytest.mark.parametrize("damage", [cut_short, *(flipped(place) for place in (0, 0.2, 0.5, 0.77, 0.9999))])
def test_a_back_up_that_is_not_as_it_was_written_is_refused(
    file: Path, database: Path, damage: Callable[[Path], None]
) -> None:
    database.parent.mkdir()
    database.write_text("what is there")
    damage(file)
    assert "is not as it was written" in refused(file, database)


@pytest.mark.parametrize("size", [0, 100, 5_000, 0.5, 0.99])
def test_a_back_up_cut_short_is_refused_without_its_digest_too(
    file: Path, database: Path, size: float
) -> None:
    digest_beside(file).unlink()
    with file.open("r+b") as opened:
        opened.truncate(size if isinstance(size, int) else int(file.stat().st_size * size))
    assert refused(file, database).endswith(".")


def test_a_damaged_page_is_refused_without_a_digest_too(file: Path, database: Path) -> None:
    digest_beside(file).unlink()
    with file.open("r+b") as opened:
        opened.seek(4096 * 5)
        opened.write(b"\xff" * 4096)
    sentence = refused(file, database)
    assert "malformed" in sentence or "damaged" in sentence


def test_a_back_up_without_its_digest_is_restored_and_that_is_known(file: Path, database: Path) -> None:
    digest_beside(file).unlink()
    assert restore(file, database, LATER, KEYRING, replace=False).had_digest is False


def of_version(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = ?", [version])
    digest_beside(file).unlink()


def test_a_back_up_of_a_newer_version_is_refused_by_name(file: Path, database: Path) -> None:
    of_version(file, "9999")
    sentence = refused(file, database)
    assert "9999" in sentence
    assert "0004" in sentence


def test_a_back_up_of_an_older_version_waits_for_its_migration(file: Path, database: Path) -> None:
    of_version(file, "0003")
    done = restore(file, database, LATER, KEYRING, replace=False)
    assert (done.version, done.faults) == ("0003", None)


def test_under_another_secret_nothing_is_restored(file: Path, database: Path) -> None:
    assert "secret" in refused(file, database, Keyring(bytes(range(1, 33))))


def test_while_a_process_has_the_database_open_nothing_is_restored(file: Path, database: Path) -> None:
    database.parent.mkdir()
    shutil.copy(file, database)
    lock = OneProcess(database)
    lock.take()
    try:
        assert "Another process" in refused(file, database)
    finally:
        lock.free()
    restore(file, database, LATER, KEYRING, replace=True)


def test_a_database_that_is_there_is_replaced_only_when_told_so(file: Path, database: Path) -> None:
    database.parent.mkdir()
    database.write_text("what is there")
    with pytest.raises(Unfit, match="--replace"):
        restore(file, database, LATER, KEYRING, replace=False)
    assert database.read_text() == "what is there"


def test_the_replaced_database_is_kept_with_its_log(file: Path, database: Path) -> None:
    database.parent.mkdir()
    shutil.copy(file, database)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("INSERT INTO installation VALUES ('last', 'in the log alone')")
        wal = database.with_name("clearway.db-wal").read_bytes()
        main = database.read_bytes()
    # As after a kill: the log was not folded into the file.
    database.write_bytes(main)
    database.with_name("clearway.db-wal").write_bytes(wal)
    aside = restore(file, database, LATER, KEYRING, replace=True).aside
    assert aside is not None
    assert aside.name == "clearway-replaced-20261123T100000Z.db"
    assert asked(aside, "SELECT value FROM installation WHERE name = 'last'") == ["in the log alone"]
    assert asked(database, "SELECT count(*) FROM installation WHERE name = 'last'") == [0]


def test_a_log_without_its_database_is_never_laid_upon_a_restored_one(file: Path, database: Path) -> None:
    """Somebody took the file away and left its log: played into another database it would damage it."""
    database.parent.mkdir()
    database.with_name("clearway.db-wal").write_bytes(b"x" * 5_000)
    with pytest.raises(Unfit, match="--replace"):
        restore(file, database, LATER, KEYRING, replace=False)
    restore(file, database, LATER, KEYRING, replace=True)
    assert list(faults(f"sqlite:///{database}", Tally(), KEYRING)) == []
    assert [path.read_bytes() for path in database.parent.glob("*replaced*")] == [b"x" * 5_000]


def test_what_a_killed_restoring_left_is_no_hindrance(file: Path, database: Path) -> None:
    database.parent.mkdir()
    database.with_name("clearway.db.part").write_text("half a database")
    restore(file, database, LATER, KEYRING, replace=False)
    assert not list(database.parent.glob("*.part*"))
