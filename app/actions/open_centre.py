"""Open a test centre."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.records import audit, centres
from app.records.store import Db
from app.rules.permissions import Act, Actor, allowed_role
from app.rules.refusals import Refusal, Refused


class CentreKind(StrEnum):
    """A place that people come to, or a centre that runs tests elsewhere."""

    PLACE = "place"
    REMOTE = "remote"


@dataclass(frozen=True)
class CentreOpened:
    """The new centre, or the one that was there under this code."""

    centre_id: str


def open_centre(
    db: Db,
    actor: Actor,
    now: int,
    *,
    code: str,
    name: str,
    time_zone: str,
    opens: str,
    closes: str,
    kind: CentreKind = CentreKind.PLACE,
) -> CentreOpened | Refused:
    """Add a centre; opening it again under the same code changes nothing.

    Raises ZoneInfoNotFoundError for a name that is no time zone.

    `code` stands in addresses; `opens` and `closes` are local times such as 08:30.
    """
    role = allowed_role(actor, Act.OPEN_CENTRE, centre="", now=now)
    if role is None:
        return Refused(Refusal.NOT_FOUND)
    there = centres.by_code(db, code=code)
    if there is not None:
        return CentreOpened(there.id)
    ZoneInfo(time_zone)
    centre_id = secrets.token_hex(16)
    centres.add(
        db,
        centre_id=centre_id,
        code=code.strip().lower(),
        name=name.strip(),
        time_zone=time_zone,
        opens=opens,
        closes=closes,
        kind=kind.value,
        now=now,
    )
    audit.note(db, actor, role, now, "open_centre", centre_id, centre_id)
    return CentreOpened(centre_id)
