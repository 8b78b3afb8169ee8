"""The files of a SQLite database looked at before SQLite opens them: opening alone can take a log away.

What SQLite itself finds in them is `fitness.py`'s.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.records.store.failures import Unfit

MAGIC = b"SQLite format 3\0"
KEPT = "No file was changed: keep all of them as they are, for whoever looks into it, and restore the last back-up."
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite keeps beside a database: its log is `-wal`, the log's index `-shm`."""
    return path.with_name(path.name + ending)


def check_files(path: Path, *, holds_something: bool = True) -> None:
    """Raises Unfit when the database is not there, or its files are not what they must be. Touches nothing."""
    check_log(path)
    new = "a new site runs `python -m app migrate`, and one that had records restores the last back-up."
    if not path.exists():
        raise Unfit(f"There is no database at {path}: {new}")
    if not path.stat().st_size:
        if holds_something:
            raise Unfit(f"The database {path.name} is empty: {new}")
        return
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Unfit(f"The database is damaged ({path.name} does not begin as a database does). {KEPT}")


def check_log(path: Path) -> None:
    """Raises Unfit when of a database and its log one is there that needs the other. Touches nothing."""
    log, index = beside(path, "-wal"), beside(path, "-shm")
    is_there = path.exists() and path.stat().st_size > 0
    if not is_there and log.exists() and log.stat().st_size:
        what = "is empty" if path.exists() else "is gone"
        raise Unfit(f"The database {path.name} {what}, and its log {log.name} is still here. {KEPT}")
    if is_there and index.exists() and not log.exists():
        # SQLite makes the index after the log, and takes it away before the log: it is never left alone.
        raise Unfit(
            f"The log {log.name} is gone, and with it what was saved last: put it back. {KEPT} Only if the database"
            f" was put here on purpose without its log, remove {index.name} and start again."
        )


@contextlib.contextmanager
def only_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the database and its log as they are, also when it is the last to close.

    Raises Unfit for what SQLite calls damage.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as raw:
            raw.execute("PRAGMA mmap_size=0")
            yield raw
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGE:
            raise Unfit(f"The database is damaged ({path.name}: {error}). {KEPT}") from error
        raise
