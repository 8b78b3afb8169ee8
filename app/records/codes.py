"""Codes of released sittings, as digests: unique among the live ones. Made and shown by a page, never stored."""

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import sitting


def is_in_use(db: Db, *, code: str) -> bool:
    """Whether a sitting has the code with this digest now; at its end a sitting lets its code go."""
    return db.execute(sa.select(sitting.c.id).where(sitting.c.code == code)).first() is not None
