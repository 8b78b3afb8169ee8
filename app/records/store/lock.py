"""One process for one SQLite file: a lock beside the database, held as long as the store is open.

In it stands until when that very file is known to hold everything, so that a lost log or an older copy is noticed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

from app.records.store.failures import Unfit


class OneProcess:
    """An exclusive lock. The kernel frees it when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def take(self) -> None:
        """Raises Unfit when another process, or another store of this one, has the database open."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Unfit(
                f"The folder of the database cannot be written: {error.strerror} ({self._path})."
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise Unfit(
                f"Another process has {self._path.name.removesuffix('.lock')} open, and SQLite means one process:"
                " stop the other one, or use PostgreSQL for several."
            ) from error
        self._file = handle

    def note(self, at: int) -> None:
        """Write down that everything up to a moment (ms, UTC) is in the database: after the commit, never before.

        It counts for this file alone: another one put in its place has another number in its folder. What cannot be
        written is left out: the next note comes soon, and an older one only sees less.
        """
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.pwrite(self._file, f"{self._database.stat().st_ino:020d} {at:020d}\n".encode(), 0)

    def noted(self) -> int | None:
        """What was noted last about this file; None when nothing was."""
        if self._file is None or not self._database.exists():
            return None
        words = os.pread(self._file, 64, 0).split()
        if len(words) != 2 or not all(word.isdigit() for word in words):
            return None
        return int(words[1]) if int(words[0]) == self._database.stat().st_ino else None

    def free(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
