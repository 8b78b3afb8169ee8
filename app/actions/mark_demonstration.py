"""Mark a database as a demonstration, for ever: it is refused on a public host from then on."""

from app.records import installation
from app.records.store import Db
from app.rules.permissions import Actor


def mark_demonstration(db: Db, actor: Actor, now: int) -> bool:
    """Write the mark; whether it is written."""
    installation.keep(db, name=installation.DEMONSTRATION, value="yes")
    return True
