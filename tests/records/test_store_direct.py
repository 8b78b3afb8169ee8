"""Statements that the driver runs: what they accept, and that all of ours are fit."""

from __future__ import annotations

import enum

import pytest
import sqlalchemy as sa

import app.records
from app.records.store import Db, Direct, Store
from tests.support.compile_all import DIALECTS, compile_all
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, NOTE, with_store


class Colour(enum.Enum):
    """A closed set, to see that it is refused."""

    RED = "red"


TABLES = sa.MetaData()
THING = sa.Table(
    "thing",
    TABLES,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("count", sa.Integer),
    sa.Column("words", sa.Text),
    sa.Column("seal", sa.LargeBinary),
    sa.Column("colour", sa.Enum(Colour)),
    sa.Column("yes", sa.Boolean),
    sa.Column("made", sa.Integer, default=lambda: 7),
)
PLAIN_INSERT = sa.insert(NOTE).inline()


def test_every_direct_statement_of_the_records_compiles_for_both_databases() -> None:
    good, faults = compile_all(app.records)
    assert faults == []
    assert len(good) == len(set(good))


UNFIT = {
    "an enum": sa.select(THING.c.colour),
    "a boolean": sa.select(THING.c.yes),
    "a boolean that is asked for": sa.select(THING.c.id).where(THING.c.yes == sa.bindparam("yes")),
    "a list that is expanded": sa.select(THING.c.id).where(
        THING.c.id.in_(sa.bindparam("ids", expanding=True))
    ),
    "a default made in Python": sa.insert(THING).values(id=sa.bindparam("id")).inline(),
    "a row nobody asked for": sa.insert(
        sa.Table("t", sa.MetaData(), sa.Column("n", sa.Integer, primary_key=True), sa.Column("w", sa.Text))
    ).values(w=sa.bindparam("w")),
}


@pytest.mark.parametrize("statement", UNFIT.values(), ids=UNFIT.keys())
def test_a_statement_that_needs_more_than_the_driver_is_refused(statement: sa.ClauseElement) -> None:
    faults = []
    for dialect in DIALECTS:
        try:
            Direct(statement).compile(dialect)
        except TypeError as error:
            faults.append(str(error))
    assert faults
    assert all("use db.execute" in fault for fault in faults)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_was_asked_for_may_be_returned(dialect: sa.engine.Dialect) -> None:
    text, _ = Direct(sa.insert(NOTE).returning(NOTE.c.id)).compile(dialect)
    assert "RETURNING" in text


def test_a_direct_statement_does_what_the_same_through_sqlalchemy_does(bare_url: str) -> None:
    run_sql(bare_url, MAKE_NOTE, "CREATE TABLE seal (id BIGINT PRIMARY KEY, what BYTEA)")
    seal = sa.table("seal", sa.column("id", sa.BigInteger), sa.column("what", sa.LargeBinary))
    statements = {
        "put": PLAIN_INSERT,
        "change": sa.update(NOTE).where(NOTE.c.id == sa.bindparam("which")).values(words=sa.bindparam("to")),
        "seal": sa.insert(seal).inline(),
        "first": sa.select(NOTE.c.id, NOTE.c.words, seal.c.what)
        .select_from(NOTE.outerjoin(seal, seal.c.id == NOTE.c.id))
        .where(NOTE.c.words == sa.bindparam("words"))
        .order_by(NOTE.c.id)
        .limit(1)
        .with_for_update(of=NOTE),
    }
    hot = {name: Direct(statement) for name, statement in statements.items()}

    def directly(db: Db, actor: object, now: int, /) -> tuple[object, ...]:
        hot["put"](db, id=1, words="fünf % of :all")
        hot["change"](db, which=1, to="it's 100 % :sure")
        hot["seal"](db, id=1, what=b"\x00\xff")
        return tuple(hot["first"](db, words="it's 100 % :sure").fetchone())

    def through_sqlalchemy(db: Db, actor: object, now: int, /) -> tuple[object, ...]:
        return tuple(db.execute(statements["first"], {"words": "it's 100 % :sure"}).one())

    async def body(store: Store) -> tuple[object, object]:
        return await store.write(directly, None, 0), await store.write(through_sqlalchemy, None, 0)

    first, second = with_store(bare_url, body)
    assert first == second == (1, "it's 100 % :sure", b"\x00\xff")


def test_an_opened_store_has_compiled_every_statement_before_the_first_save(bare_url: str) -> None:
    run_sql(bare_url, MAKE_NOTE)
    late = Direct(sa.select(NOTE.c.id))
    unfit = Direct(sa.select(THING.c.yes))

    async def body(store: Store) -> tuple[bool, bool]:
        return late.is_ready_for(store.dialect), unfit.is_ready_for(store.dialect)

    assert with_store(bare_url, body) == (True, False)
