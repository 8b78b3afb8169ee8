"""A back-up put in the place of a SQLite database, with the service stopped. What was there is kept beside it.

What comes back to life with an older state, and what must not, is decision 18.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.records import audit, web_sessions
from app.records.alive import last_mark
from app.records.backup import OWNER_ALONE, digest_beside, digest_of, sync_folder
from app.records.keyring import Keyring
from app.records.migrate import known_versions
from app.records.store.engines import sqlite_engine
from app.records.store.failures import Unfit
from app.records.store.fitness import SCHEMA
from app.records.store.lock import OneProcess
from app.records.tables import sitting
from app.records.verifying import Tally, faults
from app.records.verifying.contents import opens
from app.records.verifying.opened import opened
from app.records.verifying.structure import engine_faults, head
from app.rules.permissions import SYSTEM, Role

ENDINGS = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What was put back: its sittings, the last moment that it knows of (UTC ms), its version, what was kept aside.

    `had_digest` is false when nothing stood beside the file to compare it with. `faults` are those of its contents;
    None for an older version, which is to be migrated first.
    """

    sittings: int
    until: int | None
    version: str
    had_digest: bool
    aside: Path | None
    staff_signed_out: int
    faults: tuple[str, ...] | None


def restore(file: Path, database: Path, now: int, keyring: Keyring, *, replace: bool) -> Restored:
    """Check a back-up and put it in the database's place; nothing is touched before every check has passed.

    Raises Unfit while a process has the database open, when one is there and may not be replaced, and for a back-up
    that is damaged, of a newer version, or sealed under another secret.
    """
    if not file.is_file():
        raise Unfit(f"There is no back-up at {file}.")
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = database.with_name(f"{database.name}.part")
    with _alone(database), _taken_away(part):
        if not replace and _holds_something(database):
            raise Unfit(f"There is a database at {database}. With --replace it is kept beside the back-up's.")
        had_digest = _copy(file, part)
        version = _must_be_whole(part)
        found = tuple(faults(f"sqlite:///{part}", Tally(), None)) if version == SCHEMA.head else None
        sittings, until, signed_out = _prepare(part, now, keyring)
        aside = _put_aside(database, now)
        part.rename(database)
        sync_folder(database.parent)
    return Restored(sittings, until, version, had_digest, aside, signed_out, found)


@contextlib.contextmanager
def _alone(database: Path) -> Iterator[None]:
    lock = OneProcess(database)
    lock.take()
    try:
        yield
    finally:
        lock.free()


@contextlib.contextmanager
def _taken_away(part: Path) -> Iterator[None]:
    """Before, what an earlier restoring left when it was killed; after, what this one did not bring to its end."""
    for ending in ENDINGS:
        part.with_name(part.name + ending).unlink(missing_ok=True)
    try:
        yield
    except (OSError, sa.exc.DatabaseError) as error:
        raise Unfit(f"The back-up cannot be restored: {getattr(error, 'orig', error)}.") from error
    finally:
        for ending in ENDINGS:
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _copy(file: Path, part: Path) -> bool:
    """Copy the back-up and compare the copy with what is written beside it; whether anything was."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    with file.open("rb") as source, os.fdopen(handle, "wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    beside = digest_beside(file)
    if not beside.is_file():
        return False
    if beside.read_text(errors="replace").split()[:1] != [digest_of(part)]:
        raise Unfit(f"{file.name} is not as it was written: its SHA-256 is not the one in {beside.name}.")
    return True


def _must_be_whole(part: Path) -> str:
    """The version of a back-up that the engine finds whole and that this version can bring up to date."""
    with opened(f"sqlite:///{part}") as db:
        damage = next(engine_faults(db, Tally()), None)
        if damage is not None:
            raise Unfit(f"The back-up is damaged and was not restored. {damage}")
        pages, page_size = (
            db.exec_driver_sql(f"PRAGMA page_{what}").scalar_one() for what in ("count", "size")
        )
        if (
            part.stat().st_size != pages * page_size
        ):  # what is cut off the last page the engine reads as empty
            raise Unfit("The back-up is cut short and was not restored.")
        version = head(db)
    if version not in known_versions():
        raise Unfit(
            f"The back-up is of version {version}, and this one knows none after {SCHEMA.head}: it was not restored."
        )
    return version


def _prepare(part: Path, now: int, keyring: Keyring) -> tuple[int, int | None, int]:
    """Sign out the staff: whoever was signed out since would be signed in again. And write down that it happened."""
    engine = sqlite_engine(part, writes=True)
    with engine.connect() as db, db.begin():
        if not opens(db, keyring):
            raise Unfit(
                "The secret here is not the one of this back-up: nobody's name could be opened. Put that one here."
            )
        signed_out = web_sessions.end_all_of_staff(db, now)
        until = last_mark(db)
        detail = {"until": until, "staff_signed_out": signed_out}
        audit.note(db, SYSTEM, Role.SYSTEM, now, "restore", None, None, **detail)
        sittings = db.execute(sa.select(sa.func.count()).select_from(sitting)).scalar_one()
    engine.dispose()
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return sittings, until, signed_out


def _holds_something(database: Path) -> bool:
    """Whether there is a database, or a log that may hold what one had."""
    log = database.with_name(f"{database.name}-wal")
    return database.exists() or (log.exists() and log.stat().st_size > 0)


def _put_aside(database: Path, now: int) -> Path | None:
    """Rename what is there under a dated name. The file goes before its log, so that at no moment it lacks it."""
    there = [ending for ending in ENDINGS if database.with_name(database.name + ending).exists()]
    when = datetime.fromtimestamp(now / 1000, tz=UTC)
    aside = database.with_name(f"{database.stem}-replaced-{when:%Y%m%dT%H%M%SZ}{database.suffix}")
    for ending in there:
        new_name = aside.with_name(aside.name + ending)
        if new_name.exists():
            raise Unfit(f"{new_name} is there already.")
        database.with_name(database.name + ending).rename(new_name)
    sync_folder(database.parent)
    return aside if "" in there else None
