"""The database's own clock, which several processes and machines share. SQLite has none of its own."""

import sqlalchemy as sa

from app.records.store import Db

_NOW = sa.text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")


def database_now(db: Db) -> int | None:
    """UTC milliseconds as the database sees them; None on SQLite, which asks this machine."""
    if db.dialect.name == "sqlite":
        return None
    return int(db.execute(_NOW).scalar_one())
