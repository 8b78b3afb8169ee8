"""The frozen paper of a sitting: one question for its page, the overview for the list, all of it for marking.

Drawing is the question bank's; the keys are read here for marking alone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.seats import Seat
from app.records.store import Db, Direct
from app.records.tables import answer_revision, paper_draw, paper_question, question_key
from app.rules.outcome import Marked

_TEXT, _WHOLE = sa.Text(), sa.BigInteger()


def _of_sitting(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.centre_id == sa.bindparam("centre_id", type_=_TEXT),
        table.c.sitting_id == sa.bindparam("sitting_id", type_=_TEXT),
    )


_COUNTING = sa.and_(
    answer_revision.c.centre_id == paper_question.c.centre_id,
    answer_revision.c.sitting_id == paper_question.c.sitting_id,
    answer_revision.c.position == paper_question.c.position,
    answer_revision.c.counts == 1,
)
_NEWEST_LAST = (answer_revision.c.epoch, answer_revision.c.sequence)

_stored = answer_revision.alias("stored")
_HIGHEST = (  # under any pen, and past saves that did not count too: a script goes on counting from here
    sa.select(sa.func.coalesce(sa.func.max(_stored.c.sequence), 0))
    .where(
        _stored.c.centre_id == paper_question.c.centre_id,
        _stored.c.sitting_id == paper_question.c.sitting_id,
        _stored.c.position == paper_question.c.position,
    )
    .correlate(paper_question)
    .scalar_subquery()
)
_ASKED = Direct(
    sa.select(
        paper_question.c.position,
        paper_question.c.part,
        paper_question.c.question_id,
        paper_question.c.question_version,
        paper_question.c.topic,
        paper_question.c.choose,
        paper_question.c.options,
        answer_revision.c.value,
        answer_revision.c.flagged,
        answer_revision.c.arrived_at,
        _HIGHEST.label("highest"),
    )
    .outerjoin(answer_revision, _COUNTING)
    .where(*_of_sitting(paper_question), paper_question.c.position == sa.bindparam("position", type_=_WHOLE))
    .order_by(answer_revision.c.epoch.desc(), answer_revision.c.sequence.desc())
    .limit(1)
)

_OVERVIEW = Direct(
    sa.select(
        paper_question.c.position,
        paper_question.c.question_id,
        paper_question.c.question_version,
        paper_question.c.choose,
        answer_revision.c.value,
        answer_revision.c.flagged,
    )
    .outerjoin(answer_revision, _COUNTING)
    .where(*_of_sitting(paper_question), paper_question.c.part == sa.bindparam("part", type_=_WHOLE))
    .order_by(paper_question.c.position, *_NEWEST_LAST)
)

_TO_MARK = (
    sa.select(
        paper_question.c.position,
        paper_question.c.part,
        paper_question.c.topic,
        paper_question.c.options,
        question_key.c.key,
        answer_revision.c.value,
    )
    .join(
        question_key,
        sa.and_(
            question_key.c.id == paper_question.c.question_id,
            question_key.c.version == paper_question.c.question_version,
        ),
    )
    .outerjoin(answer_revision, _COUNTING)
    .where(*_of_sitting(paper_question))
    .order_by(paper_question.c.position, *_NEWEST_LAST)
)


@dataclass(frozen=True)
class Asked:
    """One question of a paper as its page needs it: options in the order shown, and the answer that counts.

    `sequence` is the highest one stored here, whatever its epoch and its standing; 0 for none. What still waits in
    a browser under a lower one is older than what is stored, though an older pen had it.
    """

    position: int
    part: int
    question_id: str
    question_version: int
    topic: str
    choose: int
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    flagged: bool
    saved_at: int | None
    sequence: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the list of all questions."""

    position: int
    question_id: str
    question_version: int
    choose: int
    chosen: tuple[str, ...]
    flagged: bool

    @property
    def answered(self) -> bool:
        """Fewer choices than asked for is an unanswered question."""
        return len(self.chosen) == self.choose


def asked(db: Db, *, centre_id: str, sitting_id: str, position: int) -> Asked | None:
    """The question at a position, or None when the paper has no such position."""
    row = _ASKED(db, centre_id=centre_id, sitting_id=sitting_id, position=position).fetchone()
    if row is None:
        return None
    at, part, question_id, version, topic, choose, options, value, flagged, saved_at, highest = row
    shown = tuple((page_value, option) for page_value, option in json.loads(options))
    chosen = tuple((value or "").split())
    return Asked(
        at, part, question_id, version, topic, choose, shown, chosen, bool(flagged), saved_at, highest
    )


def overview(db: Db, *, centre_id: str, sitting_id: str, part: int) -> tuple[Line, ...]:
    """Every question of a part with the answer that counts, in order."""
    rows = _OVERVIEW(db, centre_id=centre_id, sitting_id=sitting_id, part=part).fetchall()
    newest = {row[0]: row for row in rows}  # the rows of a position come oldest first
    return tuple(
        Line(at, question_id, version, choose, tuple((value or "").split()), bool(flagged))
        for at, question_id, version, choose, value, flagged in newest.values()
    )


def to_mark(db: Db, seat: Seat) -> dict[int, list[Marked]]:
    """The paper beside its keys, by part. Only marking calls this: nothing else reads a key.

    A stored value that its question does not offer is damage: it is wrong, and the chain has told of it.
    """
    rows = db.execute(_TO_MARK, {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}).all()
    newest = {row.position: row for row in rows}
    parts: dict[int, list[Marked]] = {}
    for row in newest.values():
        ids = dict(json.loads(row.options))
        chosen = frozenset(ids.get(value, "") for value in (row.value or "").split())
        parts.setdefault(row.part, []).append(Marked(row.topic, chosen, frozenset(json.loads(row.key))))
    return parts


def freeze(db: Db, seat: Seat, rows: Iterable[Mapping[str, Any]], drawn: Mapping[str, Any]) -> None:
    """Write the paper of a sitting, and the draw that stays when a check-in is undone."""
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    db.execute(sa.insert(paper_question).inline(), [{**keys, **row} for row in rows])
    earlier = db.execute(
        sa.select(sa.func.count()).select_from(paper_draw).where(*_of_sitting(paper_draw)), keys
    ).scalar_one()
    db.execute(
        sa.insert(paper_draw).inline(), {**keys, "n": earlier + 1, "candidate_id": seat.candidate_id, **drawn}
    )


def discard(db: Db, seat: Seat) -> None:
    """Take the paper away when a check-in is undone; its draw stays, so that the exposure is counted."""
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    db.execute(sa.delete(paper_question).where(*_of_sitting(paper_question)), keys)


def seen_before(db: Db, *, candidate_id: str, category: str) -> dict[str, int]:
    """How many papers ago this candidate last had each question (1: the last one), newest first."""
    rows = db.execute(
        sa.select(paper_draw.c.questions)
        .where(paper_draw.c.candidate_id == candidate_id, paper_draw.c.category == category)
        .order_by(paper_draw.c.drawn_at.desc(), paper_draw.c.n.desc())
        .limit(20)
    ).scalars()
    ago: dict[str, int] = {}
    for papers_ago, questions in enumerate(rows, start=1):
        for question in json.loads(questions):
            ago.setdefault(question, papers_ago)
    return ago


def exposure(db: Db, *, category: str, papers: int) -> dict[str, float]:
    """The share of the newest papers of a category in which each question stood; empty until there are that many."""
    rows = list(
        db.execute(
            sa.select(paper_draw.c.questions)
            .where(paper_draw.c.category == category)
            .order_by(paper_draw.c.drawn_at.desc())
            .limit(papers)
        ).scalars()
    )
    if len(rows) < papers:
        return {}
    counts: dict[str, int] = {}
    for questions in rows:
        for question in json.loads(questions):
            counts[question] = counts.get(question, 0) + 1
    return {question: count / papers for question, count in counts.items()}
