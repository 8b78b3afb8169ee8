"""Facts about this database itself, such as that it is a demonstration."""

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import installation

DEMONSTRATION = "demonstration"


def fact(db: Db, *, name: str) -> str | None:
    """One fact by name, or None."""
    found: str | None = db.execute(
        sa.select(installation.c.value).where(installation.c.name == name)
    ).scalar()
    return found


def keep(db: Db, *, name: str, value: str) -> None:
    """Write one fact; one already there stays as it was."""
    if fact(db, name=name) is None:
        db.execute(sa.insert(installation).inline(), {"name": name, "value": value})
