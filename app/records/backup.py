"""A copy of a SQLite database taken while it is served: of one moment, read again, and never over another one.

What a back-up holds and what it does not is decision 18. PostgreSQL has tools of its own.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.records.keyring import Keyring
from app.records.store.failures import Unfit
from app.records.store.fitness import SCHEMA
from app.records.tables import sitting
from app.records.verifying import Tally, faults
from app.records.verifying.opened import opened, read_only
from app.records.verifying.structure import engine_faults, head

PIECE_PAGES = 256  # 1 MiB; each piece is on the disk before the next, so that no save waits behind all of it
OWNER_ALONE = 0o600
_CHUNK = 1 << 20


@dataclass(frozen=True)
class BackedUp:
    """A back-up that was read again: its size in bytes and its sittings, and what is wrong with its contents.

    `faults` is None for a database of another version, of which only the engine's check was asked.
    """

    size: int
    sittings: int
    faults: tuple[str, ...] | None


def back_up(database: Path, target: Path, keyring: Keyring | None) -> BackedUp:
    """Copy the database to a new file and put its SHA-256 beside it. The server may go on meanwhile.

    What the rows themselves have wrong is told and does not keep a back-up from being made. Raises Unfit when the
    target is there already, the disk is full, or the copy is damaged; then nothing is left of it.
    """
    digest_file, part = digest_beside(target), target.with_name(f"{target.name}.part")
    for there in (target, digest_file, part):
        if there.exists():
            raise Unfit(f"{there} is there already, and no back-up is written over another.")
    with contextlib.closing(read_only(database)) as raw, _only_when_whole(part):
        _must_fit(raw, target.parent)
        _copy(raw, part)
        done = _read_again(part, keyring)
        line = f"{digest_of(part)}  {target.name}\n"
        with _created(digest_file) as handle:
            os.write(handle, line.encode())
            os.fsync(handle)
        part.rename(target)
        sync_folder(target.parent)
    return done


def digest_beside(file: Path) -> Path:
    """Where the SHA-256 of a back-up is kept, in the form that `sha256sum --check` reads."""
    return file.with_name(f"{file.name}.sha256")


def digest_of(file: Path) -> str:
    """SHA-256 hex of a file, read piece by piece."""
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _only_when_whole(part: Path) -> Iterator[None]:
    """What was begun is taken away when it does not come to its end."""
    try:
        yield
    except (OSError, sqlite3.Error, sa.exc.DatabaseError) as error:
        raise Unfit(f"The back-up could not be made: {getattr(error, 'orig', error)}.") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


@contextlib.contextmanager
def _created(file: Path) -> Iterator[int]:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    try:
        yield handle
    finally:
        os.close(handle)


def _must_fit(raw: sqlite3.Connection, folder: Path) -> None:
    (pages,), (page_size,) = (
        raw.execute("PRAGMA page_count").fetchone(),
        raw.execute("PRAGMA page_size").fetchone(),
    )
    free = shutil.disk_usage(folder).free
    if free < pages * page_size:
        raise Unfit(f"The back-up needs {pages * page_size:,} bytes and {folder} has {free:,}.")


def _copy(raw: sqlite3.Connection, part: Path) -> None:
    """Copy every page as it is at this moment: within one reading transaction, or each save would begin it anew."""
    with _created(part) as handle, contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        began = time.perf_counter()

        def rest(*_: int) -> None:
            nonlocal began
            os.fdatasync(handle)
            time.sleep(time.perf_counter() - began)  # half of the time the disk is the server's alone
            began = time.perf_counter()

        raw.execute("BEGIN")
        counts = _counts(raw)
        raw.backup(copy, pages=PIECE_PAGES, progress=rest)
        raw.execute("ROLLBACK")
        if _counts(copy) != counts:
            raise Unfit("The copy does not hold what the database holds, so it was not kept.")
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file that needs no other beside it
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _counts(raw: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    ]
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - the names are the schema's own


def _read_again(part: Path, keyring: Keyring | None) -> BackedUp:
    with opened(f"sqlite:///{part}") as db:
        damage = next(engine_faults(db, Tally()), None)
        if damage is not None:
            raise Unfit(f"The database is damaged, so that no back-up was kept. {damage}")
        is_ours = head(db) == SCHEMA.head
        sittings = db.execute(sa.select(sa.func.count()).select_from(sitting)).scalar_one()
    found = tuple(faults(f"sqlite:///{part}", Tally(), keyring)) if is_ours else None
    return BackedUp(part.stat().st_size, sittings, found)
