"""Let a browser that typed too many wrong codes try again, by the word on its screen."""

from dataclasses import dataclass

from app.records import audit, desks
from app.records.store import Db
from app.rules.permissions import Act, Actor, allowed_role
from app.rules.refusals import Refusal, Refused


@dataclass(frozen=True)
class DeskAllowed:
    """The browser may try again."""

    word: str


def allow_desk(db: Db, actor: Actor, now: int, *, centre_id: str, word: str) -> DeskAllowed | Refused:
    """Forget the wrong tries of the browser that shows `word`; spaces and case do not matter.

    NO_SUCH_DESK when no browser shows it.
    """
    role = allowed_role(actor, Act.ALLOW_DESK, centre=centre_id, now=now)
    if role is None:
        return Refused(Refusal.NOT_FOUND)
    shown = "".join(word.split()).upper()
    tries = desks.allow(db, word=shown)
    if tries is None:
        return Refused(Refusal.NO_SUCH_DESK)
    audit.note(db, actor, role, now, "allow_desk", centre_id, shown, tries=tries)
    return DeskAllowed(shown)
