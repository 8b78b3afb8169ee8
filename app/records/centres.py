"""Test centres: finding them, listing those where an actor has a role, and adding one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import centre
from app.rules.permissions import MAY, Act, Actor


@dataclass(frozen=True)
class CentreSeen:
    """A centre. `time_zone` is an IANA name; `opens` and `closes` are local times such as 08:30."""

    id: str
    code: str
    name: str
    time_zone: str
    opens: str
    closes: str


_COLUMNS = (
    centre.c.id,
    centre.c.code,
    centre.c.name,
    centre.c.time_zone,
    centre.c.opens,
    centre.c.closes,
)


def by_code(db: Db, *, code: str) -> CentreSeen | None:
    """The centre with this code, in any case. Who may enter it is asked by the caller."""
    row = db.execute(sa.select(*_COLUMNS).where(centre.c.code == code.lower())).first()
    return None if row is None else CentreSeen(*row)


def centres_of(db: Db, *, actor: Actor, now: int) -> tuple[CentreSeen, ...]:
    """The centres where the actor has a role on the staff now, by name; every centre for an administrator."""
    rows: Sequence[Any] = db.execute(sa.select(*_COLUMNS).order_by(centre.c.name, centre.c.code)).all()
    seen = (CentreSeen(*row) for row in rows)
    return tuple(one for one in seen if actor.roles_at(one.id, now) & MAY[Act.SEE_CENTRES])


def zone_of(db: Db, *, centre_id: str) -> str:
    """The IANA name of a centre's time zone. Raises NoResultFound when there is no such centre."""
    return str(db.execute(sa.select(centre.c.time_zone).where(centre.c.id == centre_id)).scalar_one())


def add(
    db: Db,
    *,
    centre_id: str,
    code: str,
    name: str,
    time_zone: str,
    opens: str,
    closes: str,
    kind: str,
    now: int,
) -> None:
    """Write a new centre; `code` in lower case, `kind` is `place` or `remote`."""
    db.execute(
        sa.insert(centre).inline(),
        {
            "id": centre_id,
            "code": code,
            "name": name,
            "time_zone": time_zone,
            "opens": opens,
            "closes": closes,
            "kind": kind,
            "opened_at": now,
        },
    )
