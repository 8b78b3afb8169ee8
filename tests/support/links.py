"""The hash chain of a sitting worked out again from its rows, and what an edit behind the service's back does to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.records.tables import answer_revision, outcome, sitting, sitting_move

CHAINED = (sitting_move, answer_revision, outcome)
_NOT_CONTENT = ("centre_id", "sitting_id", "link_no", "digest", "link")


def digest_of(row: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a row without its keys and its link; bytes as hex."""
    plain = {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in row.items()
        if name not in _NOT_CONTENT
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links(db: sa.Connection, *, centre_id: str, sitting_id: str) -> list[str]:
    """Every place where the chain of a sitting does not hold; none when it is sound from end to end."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for table in CHAINED:
        mine = (table.c.centre_id == centre_id, table.c.sitting_id == sitting_id)
        rows += [(table.name, dict(row)) for row in db.execute(sa.select(table).where(*mine)).mappings()]
    rows.sort(key=lambda one: one[1]["link_no"])
    faults: list[str] = []
    head = hashlib.sha256(f"{centre_id}/{sitting_id}".encode()).hexdigest()
    for number, (name, row) in enumerate(rows, start=1):
        if row["link_no"] != number:
            faults.append(f"link {number} is missing or doubled: found {row['link_no']} in {name}")
        if row["digest"] != digest_of(row):
            faults.append(f"the content of link {row['link_no']} ({name}) is not what was written")
        head = hashlib.sha256(f"{head}{row['link_no']}{row['digest']}".encode()).hexdigest()
        if row["link"] != head:
            faults.append(f"link {row['link_no']} ({name}) does not follow the one before it")
    stands = db.execute(
        sa.select(sitting.c.chain_no, sitting.c.chain_head).where(
            sitting.c.centre_id == centre_id, sitting.c.id == sitting_id
        )
    ).one()
    if tuple(stands) != (len(rows), head):
        faults.append(f"the head on the sitting is {stands.chain_no}, the rows end at {len(rows)}")
    return faults


@contextmanager
def behind_the_back(db: sa.Connection) -> Iterator[None]:
    """Edit append-only rows as somebody with the database's own password could. The transaction is rolled back."""
    if db.dialect.name == "postgresql":
        db.execute(sa.text("SET LOCAL session_replication_role = replica"))
        yield
        db.execute(sa.text("SET LOCAL session_replication_role = DEFAULT"))
        return
    triggers = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = [tuple(row) for row in db.execute(triggers)]
    for name, _ in kept:
        db.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in kept:
        db.exec_driver_sql(statement)
