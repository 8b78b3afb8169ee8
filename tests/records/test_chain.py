"""The hash chain of a sitting holds from booking to outcome, and any edit behind the service's back breaks it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.records.tables import (
    APPEND_ONLY,
    answer_revision,
    help_call,
    outcome,
    paper_draw,
    picture,
    sitting_move,
)
from tests.support.factories import Scene
from tests.support.links import CHAINED, behind_the_back, broken_links
from tests.support.sat import Sat

KEYS = ("centre_id", "sitting_id")


def sat_through(scene: Scene) -> Sat:
    """A sitting with moves, words, answers of several standings, and two revisions of its outcome."""
    sat = scene.started()
    sat.answer(right=3, wrong=2)
    sat.save(1, sat.wrong(1), epoch=99)
    sat.pause(reason="A fire bell")
    sat.resume()
    sat.grant(1)
    sat.finish()
    sat.call()
    return sat


def mine(table: sa.Table, sat: Sat) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.centre_id == sat.keys["centre_id"], table.c.sitting_id == sat.keys["sitting_id"])


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bytes):
        return value + b"\x00"
    if isinstance(value, str):
        return f"{value}x"
    return 1 if value is None else value + 1


def test_the_chain_of_a_whole_sitting_holds(scene: Scene) -> None:
    sat = sat_through(scene)
    assert broken_links(scene.db, **sat.keys) == []
    assert sat.seat.chain_no == sum(len(sat.rows(table)) for table in CHAINED) > 12


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column.name) for table in CHAINED for column in table.c if column.name not in KEYS],
    ids=lambda value: str(getattr(value, "name", value)),
)
def test_an_edit_of_any_column_breaks_the_chain(sqlite_scene: Scene, table: sa.Table, column: str) -> None:
    sat = sat_through(sqlite_scene)
    row = sat.rows(table)[0]
    one = sa.and_(*(table.c[key.name] == row[key.name] for key in table.primary_key.columns))
    with behind_the_back(sqlite_scene.db):
        changed = other(row[column])
        if isinstance(table.c[column].type, sa.Text) and row[column] is None:
            changed = "x"
        if isinstance(table.c[column].type, sa.LargeBinary) and row[column] is None:
            changed = b"x"
        if column in ("n", "revision", "position"):
            changed = 999
        sqlite_scene.db.execute(sa.update(table).where(one).values({column: changed}))
    assert broken_links(sqlite_scene.db, **sat.keys) != []


@pytest.mark.parametrize("table", CHAINED, ids=lambda table: table.name)
@pytest.mark.parametrize("which", [0, -1])
def test_a_row_taken_away_breaks_the_chain(scene: Scene, table: sa.Table, which: int) -> None:
    sat = sat_through(scene)
    row = sat.rows(table)[which]
    with behind_the_back(scene.db):
        scene.db.execute(sa.delete(table).where(mine(table, sat), table.c.link_no == row["link_no"]))
    assert broken_links(scene.db, **sat.keys) != []


def test_a_row_put_in_or_two_changed_about_break_the_chain(scene: Scene) -> None:
    for twist in ("more", "swapped"):
        sat = sat_through(scene)
        first, second = sat.rows(answer_revision)[:2]
        with behind_the_back(scene.db):
            if twist == "more":
                scene.db.execute(
                    sa.insert(answer_revision).inline(), {**second, "position": 6, "revision": 7}
                )
            else:
                for row, link in ((first, -1), (second, first["link_no"]), (first, second["link_no"])):
                    one = (mine(answer_revision, sat), answer_revision.c.position == row["position"])
                    scene.db.execute(sa.update(answer_revision).where(*one).values(link_no=link))
        assert broken_links(scene.db, **sat.keys) != []


def test_rows_carried_to_another_sitting_break_its_chain(scene: Scene) -> None:
    sat, target = sat_through(scene), scene.started()
    last = sat.rows(outcome)[-1]
    with behind_the_back(scene.db):
        scene.db.execute(sa.insert(outcome).inline(), {**last, "sitting_id": target.keys["sitting_id"]})
    assert broken_links(scene.db, **target.keys) != []
    assert broken_links(scene.db, **sat.keys) == []


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_only_added_to(
    scene: Scene, table: sa.Table, verb: str
) -> None:
    sat_through(scene)
    scene.db.execute(sa.insert(picture).inline(), {"digest": "d", "body": b"<svg/>"})
    count = sa.select(sa.func.count()).select_from(table)
    before = scene.db.execute(count).scalar_one()
    assert before > 0
    column = next(iter(table.c))
    statement = sa.update(table).values({column.name: column}) if verb == "update" else sa.delete(table)
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), scene.db.begin_nested():
        scene.db.execute(statement)
    assert scene.db.execute(count).scalar_one() == before


def test_postgresql_refuses_to_empty_a_whole_table(request: pytest.FixtureRequest) -> None:
    scene: Scene = request.getfixturevalue("_furnished_postgres")
    with scene.db.begin() as transaction:
        for table in (sitting_move, paper_draw, answer_revision):
            with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), scene.db.begin_nested():
                scene.db.exec_driver_sql(f"TRUNCATE {table.name}")
        transaction.rollback()


def test_what_may_change_can_change(scene: Scene) -> None:
    sat = scene.started()
    sat.call()
    scene.db.execute(sa.update(help_call).values(seen_at=scene.now))
    assert sat.rows(help_call)[0]["seen_at"] == scene.now
