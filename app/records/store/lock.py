"""One process for one SQLite file: a lock beside the database, held as long as the store is open."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from app.records.store.failures import Unfit


class OneProcess:
    """An exclusive lock. The kernel frees it when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
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

    def free(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
