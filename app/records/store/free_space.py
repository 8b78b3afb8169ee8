"""How much room is left where a SQLite database lies. A PostgreSQL server looks after its own disk."""

from __future__ import annotations

import os

import sqlalchemy as sa

from app.records.store.engines import sqlite_path

MB = 1024 * 1024


class FreeSpace:
    """The file system of the database at this address. `least_mb`: with less than this, too little is left."""

    def __init__(self, url: str, least_mb: int) -> None:
        is_file = sa.make_url(url).get_backend_name() == "sqlite"
        self._folder = sqlite_path(url).parent if is_file else None
        self._least = least_mb * MB

    def is_short(self) -> bool:
        """Whether nothing should be begun that will need room. False where nobody can say."""
        if self._folder is None:
            return False
        try:
            found = os.statvfs(self._folder)
        except OSError:
            return False
        return found.f_bavail * found.f_frsize < self._least
