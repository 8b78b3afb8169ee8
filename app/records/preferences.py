"""What candidates chose about pages, at rest: sealed under a key of their own, one row a person.

What may be chosen is `accessibility`'s affair; for how long a row may stay is in `docs/decisions/0014-preferences.md`.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from accessibility.preferences import Preferences
from app.records.keyring import Keyring, SealBroken
from app.records.people import wrapped_key
from app.records.store import Db
from app.records.tables import person_key, preference
from app.rules.policy import POLICY

PLACE = "preference.chosen"
AT_ONCE = 20  # how many rows one reading looks at, to forget those that were left behind


@dataclass(frozen=True)
class Stored:
    """What a candidate chose, at which sitting they last did, and whether it is kept for the next one."""

    chosen: Preferences
    sitting_id: str
    kept: bool

    def serves(self, sitting_id: str) -> bool:
        """Whether it may be used at this sitting."""
        return self.kept or self.sitting_id == sitting_id


def stored(db: Db, *, candidate_id: str, keyring: Keyring) -> Stored | None:
    """What is stored of a candidate. A row that does not open is as none: the look of pages stops nobody's test."""
    row = db.execute(
        sa.select(preference.c.chosen, preference.c.sitting_id, preference.c.kept, person_key.c.wrapped)
        .join(person_key, person_key.c.person_id == preference.c.candidate_id)
        .where(preference.c.candidate_id == candidate_id)
    ).first()
    if row is None:
        return None
    try:
        text = keyring.unseal(bytes(row.wrapped), PLACE, candidate_id, bytes(row.chosen))
    except SealBroken:
        return None
    return Stored(Preferences.of(text), row.sitting_id, bool(row.kept))


def put(db: Db, now: int, *, candidate_id: str, what: Stored, keyring: Keyring) -> None:
    """Store what a candidate chose in place of whatever was stored. Raises LookupError when their key is gone."""
    sealed = keyring.seal(wrapped_key(db, person_id=candidate_id), PLACE, candidate_id, what.chosen.text)
    row = {"sitting_id": what.sitting_id, "chosen": sealed, "kept": int(what.kept), "changed_at": now}
    mine = preference.c.candidate_id == candidate_id
    changed = sa.update(preference).where(mine).values(**row).returning(preference.c.candidate_id)
    if db.execute(changed).first() is None:
        db.execute(sa.insert(preference).inline(), {"candidate_id": candidate_id, **row})


def let_go(db: Db, *, candidate_id: str, sitting_id: str, unkept_only: bool = True) -> None:
    """Delete what was chosen at a sitting, unless it is kept for the next one."""
    which = (preference.c.candidate_id == candidate_id, preference.c.sitting_id == sitting_id)
    db.execute(sa.delete(preference).where(*which, *((preference.c.kept == 0,) if unkept_only else ())))


def forget_left_behind(db: Db, now: int, *, near: str) -> None:
    """Delete rows of sittings that never ended, among those that follow this candidate's place.

    Ids are random, so every row's turn comes, and no index by time is needed.
    """
    following = (
        sa.select(preference.c.candidate_id)
        .where(preference.c.candidate_id > near)
        .order_by(preference.c.candidate_id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    db.execute(
        sa.delete(preference).where(
            preference.c.candidate_id.in_(following),
            preference.c.kept == 0,
            preference.c.changed_at <= now - POLICY.candidate_session_ms,
        )
    )
