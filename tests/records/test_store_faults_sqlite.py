"""What can go wrong in the writer of SQLite, on a real file (store.md, section 4)."""

from __future__ import annotations

import contextlib
import sqlite3
import time

import pytest
import sqlalchemy as sa

from app.records.store import Db, NotSaved, Store, sqlite_writer
from app.records.store.engines import driver, sqlite_path
from tests.support.databases import run_sql
from tests.support.small_store import MAKE_NOTE, keep, kept, put, stored, together, until, with_store

COUNT_FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
FILL_FOR_EVER = COUNT_FOR_EVER.replace("SELECT count(*)", "INSERT INTO note SELECT x + 1000, 'much'")


@pytest.fixture
def url(bare_sqlite: str) -> str:
    run_sql(bare_sqlite, MAKE_NOTE)
    return bare_sqlite


def run_in_action(db: Db, actor: object, now: int, /, *, text: str) -> None:
    driver(db).execute(text).fetchall()


def commits(store: Store) -> list[int]:
    """Counts the commits of the writer from now on."""
    count = [0]

    @sa.event.listens_for(store._writer.engine, "commit")
    def counted(db: Db) -> None:
        count[0] += 1

    return count


def test_what_waits_is_one_transaction(url: str) -> None:
    async def body(store: Store) -> int:
        count = commits(store)
        await together(store, *((keep, {"number": number}) for number in range(100)))
        return count[0]

    assert with_store(url, body) == 2  # one for the job that held the writer, one for the hundred
    assert stored(url) == list(range(100))


def test_a_deferred_key_that_fails_at_commit_costs_only_its_own_job(url: str) -> None:
    run_sql(url, "CREATE TABLE child (note BIGINT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")

    async def body(store: Store) -> list[object]:
        orphan = (run_in_action, {"text": "INSERT INTO child VALUES (77)"})
        results = await together(store, (put, {"number": 1}), orphan, (put, {"number": 2}))
        return [*results, await store.write(put, None, 0, number=3)]

    first, orphan, second, later = with_store(url, body)
    assert (first, second, later) == (1, 2, 3)
    assert isinstance(orphan, NotSaved)
    assert stored(url) == [1, 2, 3]
    assert run_sql(url, "SELECT * FROM child") == []


def test_a_conflict_that_rolls_everything_back_costs_only_its_own_job(url: str) -> None:
    async def body(store: Store) -> list[object]:
        undo = (run_in_action, {"text": "INSERT OR ROLLBACK INTO note VALUES (1, 'double')"})
        return await together(store, (keep, {"number": 1}), undo, (keep, {"number": 2}))

    first, undone, second = with_store(url, body)
    assert (first, second) == (1, 2)
    assert isinstance(undone, NotSaved | sqlite3.IntegrityError)
    assert stored(url) == [1, 2]


def big(db: Db, actor: object, now: int, /, *, number: int) -> None:
    put(db, actor, now, number=number, words="x" * 400_000)


def test_a_full_disk_is_told_and_saving_goes_on_when_there_is_space(url: str) -> None:
    async def body(store: Store) -> list[object]:
        await store.write(run_in_action, None, 0, text="PRAGMA max_page_count=40")
        full = await together(store, (put, {"number": 1}), (big, {"number": 2}), (put, {"number": 3}))
        await store.write(run_in_action, None, 0, text="PRAGMA max_page_count=100000")
        return [full, await store.write(put, None, 0, number=4), await store.read(kept)]

    full, later, seen = with_store(url, body)
    assert isinstance(full, list)
    saved = [result for result in full if isinstance(result, int)]
    assert all(isinstance(result, NotSaved) for result in full if not isinstance(result, int))
    assert isinstance(full[1], NotSaved)
    assert later == 4
    assert seen == [*saved, 4]


def test_a_full_disk_that_the_action_swallows_is_noticed(url: str) -> None:
    def swallow(db: Db, actor: object, now: int, /) -> None:
        with contextlib.suppress(sqlite3.Error):
            big(db, actor, now, number=50)
        keep(db, actor, now, number=51)

    async def body(store: Store) -> list[object]:
        await store.write(run_in_action, None, 0, text="PRAGMA max_page_count=40")
        results = await together(store, (keep, {"number": 1}), (swallow, {}), (keep, {"number": 2}))
        return [*results, await store.write(keep, None, 0, number=3)]

    first, swallowed, second, later = with_store(url, body)
    assert isinstance(swallowed, NotSaved)
    assert (first, second, later) == (1, 2, 3)
    assert {1, 2, 3} <= set(stored(url))


def test_a_database_that_is_busy_is_told_and_tried_again_with_the_next_batch(url: str) -> None:
    async def body(store: Store) -> list[object]:
        await store.write(run_in_action, None, 0, text="PRAGMA busy_timeout=20")
        other = sqlite3.connect(sqlite_path(url), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved):
            await store.write(put, None, 0, number=1)
        other.execute("ROLLBACK")
        other.close()
        return [await store.write(put, None, 0, number=2)]

    assert with_store(url, body) == [2]
    assert stored(url) == [2]


@pytest.mark.parametrize("endless", [COUNT_FOR_EVER, FILL_FOR_EVER])
def test_an_endless_action_is_interrupted_and_its_neighbours_are_saved(
    url: str, endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "BUDGET_S", 0.1)

    async def body(store: Store) -> list[object]:
        runaway = (run_in_action, {"text": endless})
        return await together(store, (keep, {"number": 1}), runaway, (keep, {"number": 2}))

    started = time.perf_counter()
    first, runaway, second = with_store(url, body)
    assert (first, second) == (1, 2)
    assert isinstance(runaway, NotSaved)
    assert stored(url) == [1, 2]
    assert time.perf_counter() - started < 3


def leave(db: Db, actor: object, now: int, /) -> None:
    keep(db, actor, now, number=50)
    raise SystemExit("an action asked the process to end")


def test_a_writer_that_is_thrown_out_of_a_batch_goes_on_with_a_new_connection(url: str) -> None:
    async def body(store: Store) -> list[object]:
        results = await together(store, (keep, {"number": 1}), (leave, {}), (keep, {"number": 2}))
        return [*results, await store.write(keep, None, 0, number=3)]

    *batch, later = with_store(url, body)
    assert all(isinstance(result, NotSaved) for result in batch)
    assert later == 3
    assert stored(url) == [3]


def test_a_writer_that_is_thrown_out_three_times_in_a_row_is_broken(url: str) -> None:
    reasons: list[str] = []

    async def body(store: Store) -> tuple[list[object], bool, object]:
        causes: list[object] = []
        for _ in range(4):
            with pytest.raises(NotSaved) as refused:
                await store.write(leave, None, 0)
            await until(lambda: store.health()["waiting"] == 0)
            causes.append(refused.value.cause)
            if len(causes) == sqlite_writer.STRIKES:
                await until(lambda: bool(reasons))
        return causes, store.ready, store.health()["broken"]

    causes, ready, broken = with_store(url, body, on_broken=reasons.append)
    assert [isinstance(cause, SystemExit) for cause in causes] == [True, True, True, False]
    assert causes[3] == "broken"
    assert not ready
    assert reasons == [broken]


def test_a_damaged_file_breaks_the_store_instead_of_being_written_on(url: str) -> None:
    run_sql(
        url,
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n LIMIT 3000)"
        " INSERT INTO note SELECT x, hex(zeroblob(100)) FROM n",
    )
    reasons: list[str] = []

    async def body(store: Store) -> bool:
        path = sqlite_path(url)
        with path.open("r+b") as file:
            for page in range(2, path.stat().st_size // 4096):
                file.seek(page * 4096)
                file.write(b"\xff" * 64)
        with pytest.raises(NotSaved):
            await store.write(run_in_action, None, 0, text="SELECT sum(length(words)) FROM note")
        await until(lambda: bool(reasons))
        return store.ready

    assert with_store(url, body, on_broken=reasons.append) is False


def test_the_log_is_brought_back_when_it_is_quiet(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_writer, "QUIET_S", 0.02)
    monkeypatch.setattr(sqlite_writer, "TIDY_FROM_BYTES", 100_000)

    async def body(store: Store) -> None:
        await store.write(big, None, 0, number=1)
        assert store.health()["wal_bytes"] > 100_000
        await until(lambda: store.health()["wal_bytes"] == 0)

    with_store(url, body)


def test_closing_leaves_one_file_without_a_log(url: str) -> None:
    async def body(store: Store) -> None:
        await store.write(put, None, 0, number=1)

    with_store(url, body)
    path = sqlite_path(url)
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]
