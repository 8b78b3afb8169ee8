"""The sittings of a database one by one, each with all its rows as they were at one moment; never more than a batch."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.records.tables import answer_revision, outcome, paper_question, sitting, sitting_move
from app.records.verifying.opened import one_moment
from app.records.verifying.tally import Tally

BATCH = 200
Row = dict[str, Any]
Key = tuple[str, str]
CHAINED: Mapping[str, sa.Table] = {"move": sitting_move, "answer": answer_revision, "outcome": outcome}


@dataclass
class Story:
    """One sitting: its row, its frozen paper, and what happened in it as (kind, row), in the order of the chain."""

    row: Row
    paper: list[Row] = field(default_factory=list)
    happened: list[tuple[str, Row]] = field(default_factory=list)


_TEXT = sa.Text()
_AFTER = sa.tuple_(sa.bindparam("centre", type_=_TEXT), sa.bindparam("sitting", type_=_TEXT))
_TO = sa.tuple_(sa.bindparam("last_centre", type_=_TEXT), sa.bindparam("last_sitting", type_=_TEXT))
_NEXT = (
    sa.select(sitting)
    .where(sa.tuple_(sitting.c.centre_id, sitting.c.id) > _AFTER)
    .order_by(sitting.c.centre_id, sitting.c.id)
    .limit(BATCH)
)


def _between(table: sa.Table) -> sa.Select[Any]:
    key = sa.tuple_(table.c.centre_id, table.c.sitting_id)
    return sa.select(table).where(key >= _AFTER, key <= _TO)


_PAPERS = _between(paper_question).order_by(paper_question.c.position)
_HAPPENED = {kind: _between(table) for kind, table in CHAINED.items()}

_OF_ONE = {
    kind: sa.select(table).where(
        table.c.centre_id == sa.bindparam("centre"), table.c.sitting_id == sa.bindparam("sitting")
    )
    for kind, table in CHAINED.items()
}


def happened(db: sa.Connection, *, centre_id: str, sitting_id: str) -> list[tuple[str, Row]]:
    """What happened in one sitting, as the transaction that asks sees it, in the order of the chain."""
    of = {"centre": centre_id, "sitting": sitting_id}
    found = [(kind, row) for kind, statement in _OF_ONE.items() for row in _rows(db, statement, of)]
    return sorted(found, key=lambda one: one[1]["link_no"])


def stories(db: sa.Connection, tally: Tally) -> Iterator[Story]:
    """Every sitting by centre and id. Each batch is read at one moment of its own, beside a server that goes on."""
    after: Key = ("", "")
    while True:
        with one_moment(db):
            found = _batch(db, after)
        for story in found.values():
            _count(story, tally)
            yield story
        if len(found) < BATCH:
            return
        after = next(reversed(found))


def _batch(db: sa.Connection, after: Key) -> dict[Key, Story]:
    rows = _rows(db, _NEXT, {"centre": after[0], "sitting": after[1]})
    found = {(row["centre_id"], row["id"]): Story(row) for row in rows}
    if not found:
        return {}
    first, last = next(iter(found)), next(reversed(found))
    between = {"centre": first[0], "sitting": first[1], "last_centre": last[0], "last_sitting": last[1]}
    for row in _rows(db, _PAPERS, between):
        if (key := (row["centre_id"], row["sitting_id"])) in found:
            found[key].paper.append(row)
    linked: dict[Key, list[tuple[str, Row]]] = defaultdict(list)
    for kind, statement in _HAPPENED.items():
        for row in _rows(db, statement, between):
            linked[row["centre_id"], row["sitting_id"]].append((kind, row))
    for key, story in found.items():
        story.happened = sorted(linked[key], key=lambda one: one[1]["link_no"])
    return found


def _rows(db: sa.Connection, statement: sa.Select[Any], values: dict[str, str]) -> Iterator[Row]:
    result = db.execute(statement, values)
    names = tuple(result.keys())
    return (dict(zip(names, row, strict=True)) for row in result)


def _count(story: Story, tally: Tally) -> None:
    tally.sittings += 1
    for kind, _ in story.happened:
        if kind == "move":
            tally.moves += 1
        elif kind == "answer":
            tally.answers += 1
        else:
            tally.outcomes += 1


def name_of(kind: str, row: Row) -> str:
    """How a row is called in a sentence."""
    if kind == "move":
        return f"move {row['n']} ({row['move']})"
    if kind == "answer":
        return f"answer {row['revision']} to question {row['position']}"
    return f"outcome {row['revision']}"
