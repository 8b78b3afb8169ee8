"""A database with sittings of every kind, and what somebody who may write to it could do to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.chain import next_link
from app.records.store.engines import driver, postgres_engine, sqlite_engine, sqlite_path
from app.records.tables import (
    answer_revision,
    candidate,
    outcome,
    paper_question,
    question_key,
    sitting,
    sitting_move,
)
from app.records.verifying.chains import NOT_CONTENT
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore
from tests.support.small_edition import TWO_PARTS


@dataclass(frozen=True)
class Kept:
    """A database on its own, with a sitting that is over and one under way."""

    url: str
    over: str
    under_way: str


@contextmanager
def changing(url: str) -> Iterator[sa.Connection]:
    """A connection whose changes stay, and that lets rows point at nothing."""
    on_sqlite = url.startswith("sqlite")
    engine = sqlite_engine(sqlite_path(url), writes=True) if on_sqlite else postgres_engine(url)
    with engine.connect() as db:
        if on_sqlite:
            driver(db).execute("PRAGMA foreign_keys=OFF")
        with db.begin():
            yield db
    engine.dispose()


def filled(url: str) -> Kept:
    """Sittings of every kind of end in a migrated database."""
    with changing(url) as db:
        scene = furnish(InlineStore(db))
        over, under_way, two = scene.started(), scene.started(), scene.started(TWO_PARTS)
        over.answer(right=3, wrong=2)
        over.save(1, over.wrong(1), epoch=99)
        over.pause(reason="A fire bell")
        scene.forward(minutes=2)
        over.resume()
        over.grant(1)
        over.finish()
        over.call()
        under_way.answer(right=2, wrong=1)
        two.finish()
        scene.book()
        return Kept(url, over.keys["sitting_id"], under_way.keys["sitting_id"])


def rows(db: sa.Connection, table: sa.Table, sitting_id: str) -> list[dict[str, Any]]:
    mine = sa.select(table).where(table.c.sitting_id == sitting_id).order_by(*table.primary_key.columns)
    return [dict(row) for row in db.execute(mine).mappings()]


def at(table: sa.Table, row: dict[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key.columns))


def change(db: sa.Connection, table: sa.Table, row: dict[str, Any], **values: Any) -> None:
    db.execute(sa.update(table).where(at(table, row)).values(**values))


def a_changed_value(db: sa.Connection, kept: Kept) -> None:
    row = rows(db, answer_revision, kept.over)[0]
    other = [value for value, _ in json.loads(rows(db, paper_question, kept.over)[0]["options"])]
    change(db, answer_revision, row, value=next(value for value in other if value != row["value"]))


def a_deleted_row(db: sa.Connection, kept: Kept) -> None:
    db.execute(sa.delete(answer_revision).where(at(answer_revision, rows(db, answer_revision, kept.over)[2])))


def a_deleted_last_row(db: sa.Connection, kept: Kept) -> None:
    row = max(rows(db, answer_revision, kept.under_way), key=lambda one: one["link_no"])
    db.execute(sa.delete(answer_revision).where(at(answer_revision, row)))


def an_inserted_row(db: sa.Connection, kept: Kept) -> None:
    row = rows(db, answer_revision, kept.over)[3]
    again = {**row, "revision": 9, "sequence": row["sequence"] + 1, "token": "of nobody"}
    db.execute(sa.insert(answer_revision).inline(), again)


def two_rows_swapped(db: sa.Connection, kept: Kept) -> None:
    first, second = rows(db, answer_revision, kept.over)[1:3]
    for row, other in ((first, second), (second, first)):
        change(db, answer_revision, row, **{name: other[name] for name in ("link_no", "link")})


def a_sitting_deleted(db: sa.Connection, kept: Kept) -> None:
    db.execute(sa.delete(sitting).where(sitting.c.id == kept.over))


def a_changed_state(db: sa.Connection, kept: Kept) -> None:
    db.execute(sa.update(sitting).where(sitting.c.id == kept.over).values(state="in_progress"))


def more_time(db: sa.Connection, kept: Kept) -> None:
    added = sitting.c.granted_ms + 60_000
    db.execute(sa.update(sitting).where(sitting.c.id == kept.under_way).values(granted_ms=added))


def an_answer_that_does_not_count_any_more(db: sa.Connection, kept: Kept) -> None:
    change(db, answer_revision, rows(db, answer_revision, kept.over)[0], counts=0)


def options_in_another_order(db: sa.Connection, kept: Kept) -> None:
    for row in rows(db, paper_question, kept.over):
        values, ids = zip(*json.loads(row["options"]), strict=True)
        change(db, paper_question, row, options=json.dumps(list(zip(values, ids[1:] + ids[:1], strict=True))))


def another_key(db: sa.Connection, kept: Kept) -> None:
    row = rows(db, paper_question, kept.over)[0]
    mine = question_key.c.id == row["question_id"]
    db.execute(sa.update(question_key).where(mine).values(key=json.dumps(["y"])))


def another_persons_name(db: sa.Connection, kept: Kept) -> None:
    first, second = db.execute(sa.select(candidate.c.id, candidate.c.name).limit(2)).all()
    db.execute(sa.update(candidate).where(candidate.c.id == first.id).values(name=second.name))


Edit = Callable[[sa.Connection, Kept], None]
EDITS: dict[Edit, str] = {
    a_changed_value: "answer 1 to question 1 is not what was written",
    a_deleted_row: "is gone: nothing leads to",
    a_deleted_last_row: "its rows end at link",
    an_inserted_row: "is there twice",
    two_rows_swapped: "does not follow the row before it",
    a_sitting_deleted: "rows of sitting_move point at a sitting that is not there",
    a_changed_state: "its state is in_progress, and its moves say finished",
    more_time: "its time granted is",
    an_answer_that_does_not_count_any_more: "and says that it does not count",
    options_in_another_order: "outcome 1 is not what the answers that count deserve",
    another_key: "its key is not the one that was published",
    another_persons_name: "the sealed name does not open",
}


def made_anew(db: sa.Connection, sitting_id: str) -> None:
    """A value changed, and the chain from there made anew: what somebody with the password and this code can do."""
    tables = {table.name: table for table in (sitting_move, answer_revision, outcome)}
    every = [(name, row) for name, table in tables.items() for row in rows(db, table, sitting_id)]
    every.sort(key=lambda one: one[1]["link_no"])
    first = next(n for n, (name, _) in enumerate(every) if name == "answer_revision")
    answer = every[first][1]
    options = json.loads(rows(db, paper_question, sitting_id)[answer["position"] - 1]["options"])
    answer["value"] = next(value for value, _ in options if value != answer["value"])
    number, head = first, every[first - 1][1]["link"]
    for name, row in every[first:]:
        link = next_link(number, head, {n: v for n, v in row.items() if n not in NOT_CONTENT})
        change(db, tables[name], row, **{**row, **vars(link)})
        number, head = link.link_no, link.link
    db.execute(sa.update(sitting).where(sitting.c.id == sitting_id).values(chain_head=head))
