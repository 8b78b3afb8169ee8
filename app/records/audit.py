"""The audit trail: what staff and the system did, for investigators. Written by actions, read by no feature."""

import json

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import audit
from app.rules.permissions import Actor, Role

Plain = str | int | bool | None


def note(
    db: Db,
    actor: Actor,
    role: Role,
    now: int,
    act: str,
    centre_id: str | None,
    about: str | None,
    **detail: Plain,
) -> None:
    """Write one row. `about` is the id of what was acted on; `detail` holds no name, birth date or free text."""
    db.execute(
        sa.insert(audit).inline(),
        {
            "at": now,
            "actor": actor.person,
            "role": role.value,
            "centre_id": centre_id,
            "act": act,
            "about": about,
            "detail": json.dumps(detail, sort_keys=True),
        },
    )
