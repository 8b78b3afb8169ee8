"""The revisions of answers: the statements of the save door, and what came in after time.

Whether a save counts is `rules.saving`; the walk is `actions/save_answer.py`.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from app.records.chain import Link, next_link
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.store import Db, Direct
from app.records.tables import answer_revision, paper_question, sitting
from app.rules.saving import AFTER_ZERO, Save, Standing, newest

_TEXT, _WHOLE = sa.Text(), sa.BigInteger()
_OF = (
    answer_revision.c.centre_id == sa.bindparam("centre_id", type_=_TEXT),
    answer_revision.c.sitting_id == sa.bindparam("sitting_id", type_=_TEXT),
)

_FIND = Direct(
    sa.select(
        *COLUMNS,
        paper_question.c.part.label("question_part"),
        paper_question.c.choose,
        paper_question.c.options,
    )
    .outerjoin(
        paper_question,
        sa.and_(
            paper_question.c.centre_id == sitting.c.centre_id,
            paper_question.c.sitting_id == sitting.c.id,
            paper_question.c.position == sa.bindparam("position", type_=_WHOLE),
        ),
    )
    .where(
        sitting.c.centre_id == sa.bindparam("centre_id", type_=_TEXT),
        sitting.c.id == sa.bindparam("sitting_id", type_=_TEXT),
    )
    .with_for_update(of=sitting)
)

_STORED = Direct(
    sa.select(
        answer_revision.c.revision,
        answer_revision.c.epoch,
        answer_revision.c.sequence,
        answer_revision.c.value,
        answer_revision.c.standing,
        answer_revision.c.flagged,
        answer_revision.c.token,
        answer_revision.c.arrived_at,
    )
    .where(*_OF, answer_revision.c.position == sa.bindparam("position", type_=_WHOLE))
    .order_by(answer_revision.c.revision)
)

_INSERT = Direct(
    sa.insert(answer_revision)
    .values({column.name: sa.bindparam(column.name, type_=column.type) for column in answer_revision.c})
    .inline()
)

_MOVE_HEAD = Direct(
    sa.update(sitting)
    .values(
        chain_no=sa.bindparam("new_no", type_=_WHOLE),
        chain_head=sa.bindparam("new_head", type_=_TEXT),
        touched_at=sa.bindparam("at", type_=_WHOLE),
        seen_at=sa.bindparam("seen", type_=_WHOLE),
    )
    .where(
        sitting.c.centre_id == sa.bindparam("in_centre", type_=_TEXT),
        sitting.c.id == sa.bindparam("in_sitting", type_=_TEXT),
    )
)

_AFTER_TIME = (
    sa.select(answer_revision.c.position, answer_revision.c.standing)
    .where(*_OF, answer_revision.c.standing.in_([s.value for s in Standing if s in AFTER_ZERO]))
    .distinct()
    .order_by(answer_revision.c.position)
)


@dataclass(frozen=True)
class StoredSave:
    """One revision of a position, beside what the rules compare."""

    revision: int
    flagged: bool
    token: str
    arrived_at: int
    save: Save


@dataclass(frozen=True)
class Position:
    """A sitting locked for a save, the question at one position (None: not on the paper), its revisions."""

    seat: Seat
    part: int | None
    choose: int
    values: tuple[str, ...]
    stored: tuple[StoredSave, ...]

    @property
    def newest(self) -> StoredSave | None:
        """The revision that counts, as the rules choose it."""
        best = newest(stored.save for stored in self.stored)
        return next((stored for stored in self.stored if stored.save is best), None)


def find(db: Db, *, centre_id: str, sitting_id: str, position: int) -> Position | None:
    """Lock the sitting and read the position: two statements. None when there is no such sitting."""
    keys = {"centre_id": centre_id, "sitting_id": sitting_id, "position": position}
    row = _FIND(db, **keys).fetchone()
    if row is None:
        return None
    seat, (part, choose, options) = seat_of(row), row[len(COLUMNS) :]
    if part is None:
        return Position(seat, None, 0, (), ())
    stored = tuple(
        StoredSave(revision, bool(flagged), token, at, Save(epoch, sequence, value, Standing(standing)))
        for revision, epoch, sequence, value, standing, flagged, token, at in _STORED(db, **keys).fetchall()
    )
    return Position(seat, part, choose, tuple(value for value, _ in json.loads(options)), stored)


def append(db: Db, seat: Seat, now: int, row: dict[str, Any]) -> Link:
    """Insert one revision as the next link of the chain and move the head: two statements. The link."""
    link = next_link(seat.chain_no, seat.chain_head, row)
    _INSERT(db, centre_id=seat.centre_id, sitting_id=seat.sitting_id, **row, **vars(link))
    _MOVE_HEAD(
        db,
        new_no=link.link_no,
        new_head=link.link,
        at=now,
        seen=_seen(seat, row),
        in_centre=seat.centre_id,
        in_sitting=seat.sitting_id,
    )
    return link


def after(seat: Seat, link: Link, row: dict[str, Any]) -> Seat:
    """The seat once that revision is appended."""
    return replace(seat, chain_no=link.link_no, chain_head=link.link, seen_at=_seen(seat, row))


def _seen(seat: Seat, row: dict[str, Any]) -> int:
    return max(seat.seen_at, row["rendered_at"] or 0)


def after_time(db: Db, *, centre_id: str, sitting_id: str) -> tuple[tuple[int, Standing], ...]:
    """Positions with a save that arrived after zero, and how it stands; what a person may have to look at."""
    rows = db.execute(_AFTER_TIME, {"centre_id": centre_id, "sitting_id": sitting_id}).all()
    return tuple((position, Standing(standing)) for position, standing in rows)
