"""What is sound is said to be sound, and whatever somebody edited behind the service's back is named, row by row."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.records.chain import next_link
from app.records.keyring import Keyring
from app.records.store import Unfit
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
from app.records.verifying import Tally, faults
from app.records.verifying.chains import NOT_CONTENT
from app.records.verifying.stories import BATCH
from tests.support.databases import run_sql
from tests.support.factories import KEYRING, furnish
from tests.support.inline_store import InlineStore
from tests.support.links import behind_the_back
from tests.support.small_edition import TWO_PARTS

KEYS = ("centre_id", "sitting_id")
Edit = Callable[[sa.Connection, "Kept"], None]


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


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("filled") / "clearway.db")
    return filled(f"sqlite:///{path}")


@pytest.fixture
def kept(template: Kept, tmp_path: Path) -> Kept:
    """A SQLite database of the test's own."""
    path = shutil.copy(sqlite_path(template.url), tmp_path / "clearway.db")
    return replace(template, url=f"sqlite:///{path}")


def found(kept: Kept, keyring: Keyring | None = KEYRING) -> list[str]:
    return list(faults(kept.url, Tally(), keyring))


def rows(db: sa.Connection, table: sa.Table, sitting_id: str) -> list[dict[str, Any]]:
    mine = sa.select(table).where(table.c.sitting_id == sitting_id).order_by(*table.primary_key.columns)
    return [dict(row) for row in db.execute(mine).mappings()]


def at(table: sa.Table, row: dict[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key.columns))


def change(db: sa.Connection, table: sa.Table, row: dict[str, Any], **values: Any) -> None:
    db.execute(sa.update(table).where(at(table, row)).values(**values))


def test_a_sound_database_has_no_fault_and_everything_in_it_was_looked_at(database_url: str) -> None:
    kept = filled(database_url)
    tally = Tally()
    assert list(faults(kept.url, tally, KEYRING)) == []
    with changing(kept.url) as db:
        counts = [
            db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (candidate, sitting, sitting_move, answer_revision, outcome)
        ]
    assert [tally.people, tally.sittings, tally.moves, tally.answers, tally.outcomes] == counts
    assert min(counts) > 0


def test_sittings_beyond_the_first_batch_are_looked_at_too(sqlite_url: str) -> None:
    with changing(sqlite_url) as db:
        scene = furnish(InlineStore(db))
        sat = [scene.book() for _ in range(BATCH + 3)]
        last = max(one.keys["sitting_id"] for one in sat)
        db.execute(sa.update(sitting).where(sitting.c.id == last).values(chain_head="0"))
    tally = Tally()
    (fault,) = faults(sqlite_url, tally, KEYRING)
    assert last in fault
    assert tally.sittings == BATCH + 3


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


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_behind_the_services_back_is_named(kept: Kept, edit: Edit) -> None:
    with changing(kept.url) as db, behind_the_back(db):
        edit(db, kept)
    told = found(kept)
    assert any(EDITS[edit] in fault for fault in told), told


def test_every_edit_is_named_on_postgresql_too(postgres_url: str) -> None:
    kept = filled(postgres_url)
    done = [edit for edit in EDITS if edit is not a_sitting_deleted]
    with changing(kept.url) as db, behind_the_back(db):
        for edit in done:
            edit(db, kept)
    told = found(kept)
    assert [edit.__name__ for edit in done if not any(EDITS[edit] in fault for fault in told)] == []


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


def test_a_chain_made_anew_is_not_seen_in_a_sitting_under_way(kept: Kept) -> None:
    """The limit of a chain without signatures kept elsewhere, told by the verb and by the guide."""
    with changing(kept.url) as db, behind_the_back(db):
        made_anew(db, kept.under_way)
    assert found(kept) == []


def test_a_chain_made_anew_does_not_hide_a_result_that_the_answers_do_not_deserve(kept: Kept) -> None:
    with changing(kept.url) as db, behind_the_back(db):
        made_anew(db, kept.over)
    told = found(kept)
    assert [fault.partition(": ")[2] for fault in told] == [
        "outcome 1 is not what the answers that count deserve.",
        "outcome 2 is not what the answers that count deserve.",
    ]


def test_another_sites_secret_opens_nobody(kept: Kept) -> None:
    (fault,) = found(kept, Keyring(bytes(range(1, 33))))
    assert "nobody's name can be opened" in fault
    assert found(kept, None) == []


def test_a_lost_trigger_and_a_lost_index_are_named(sqlite_url: str) -> None:
    run_sql(sqlite_url, "DROP TRIGGER answer_revision_no_update", "DROP INDEX ix_sitting_running")
    told = list(faults(sqlite_url, Tally()))
    assert [
        any(name in one for one in told) for name in ("answer_revision_no_update", "ix_sitting_running")
    ] == [
        True,
        True,
    ]


def test_a_row_that_no_rule_can_read_is_told_and_stops_nothing(kept: Kept) -> None:
    with changing(kept.url) as db:
        db.execute(sa.update(sitting).where(sitting.c.id == kept.over).values(state="asleep"))
    tally = Tally()
    (fault,) = faults(kept.url, tally, KEYRING)
    assert f"{kept.over}" in fault
    assert "no rule can read" in fault
    assert tally.sittings == 4


def test_damaged_pages_are_told_in_words_and_the_rest_is_read(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    told = list(faults(sqlite_url, Tally()))
    assert any("SQLite says of its file" in fault or "damaged" in fault for fault in told), told


@pytest.mark.parametrize("what", ["missing", "of another version", "of nobody"])
def test_what_cannot_be_verified_is_refused_in_one_sentence(sqlite_url: str, what: str) -> None:
    if what == "missing":
        sqlite_path(sqlite_url).unlink()
    elif what == "of nobody":
        run_sql(sqlite_url, "DROP TABLE alembic_version")
    else:
        run_sql(sqlite_url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Unfit) as refused:
        list(faults(sqlite_url, Tally()))
    assert str(refused.value).endswith(".")


def test_verifying_changes_no_byte(sqlite_url: str) -> None:
    before = sqlite_path(sqlite_url).read_bytes()
    assert list(faults(sqlite_url, Tally())) == []
    assert sqlite_path(sqlite_url).read_bytes() == before
