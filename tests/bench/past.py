"""Years of stored sittings in a SQLite site, copied in bulk by SQL from one that was finished through the actions.

Every sitting has its moves, outcome, draw and web session; some also keep their paper and answers (settled design, 43).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests.bench.site import CENTRES, MOMENTS, Rows, Site

DAY_MS = 24 * 60 * 60 * 1000
DAYS = 3650
SITTINGS_OF_ONE = 4  # a candidate comes again
WHOLE = ("sitting", "sitting_move", "paper_draw", "outcome")
KEPT_FOR_SOME = ("paper_question", "answer_revision")
VERSION = 1  # of what is filled in: a kept file of another one is made anew
_DIGEST = "lower(hex(randomblob(32)))"
_ID = "printf('%032x', n.i)"
_PERSON = f"printf('%032x', n.i / {SITTINGS_OF_ONE})"


def fill(database: Path, site: Site, sittings: int, with_answers: int) -> None:
    """Add so many finished sittings; the first ones keep their answers. Nothing else may have the file open."""
    mould = site.moulds["finished"][0]
    with sqlite3.connect(database, isolation_level=None) as db:
        # No journal: a fill that breaks off is begun anew.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        db.execute("CREATE TEMP TABLE place (at INTEGER PRIMARY KEY, id TEXT)")
        db.executemany("INSERT INTO place VALUES (?, ?)", [(n, one[0]) for n, one in enumerate(site.centres)])
        _people(db, sittings)
        for name in WHOLE:
            _copies(db, name, mould, sittings, sittings)
        for name in KEPT_FOR_SOME:
            _copies(db, name, mould, min(sittings, with_answers), sittings)
        db.execute("PRAGMA journal_mode=WAL").fetchall()


def retire(database: Path) -> None:
    """Let the sittings of an earlier measurement be over, so that none of them runs beside the next."""
    with sqlite3.connect(database, isolation_level=None) as db:
        db.execute(
            "UPDATE sitting SET state = 'finished', running_since = NULL, deadline_at = NULL, code = NULL"
            " WHERE state <> 'finished'"
        )


def _numbers(count: int) -> str:
    return f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"  # noqa: S608 - our own tables and numbers


def _people(db: sqlite3.Connection, sittings: int) -> None:
    people = _numbers(max(1, sittings // SITTINGS_OF_ONE))
    sealed = "randomblob(60)"
    db.execute(f"INSERT INTO person_key {people} SELECT printf('%032x', i), {sealed}, 0 FROM n")  # noqa: S608 - our own tables and numbers
    columns = "id, name, born, licence, licence_digest, created_at"
    made = f"printf('%032x', i), {sealed}, {sealed}, {sealed}, {_DIGEST}, 0"
    db.execute(f"INSERT INTO candidate ({columns}) {people} SELECT {made} FROM n")  # noqa: S608 - our own tables and numbers
    columns = "digest, kind, person_id, centre_id, sitting_id, opened_at, until, ended_at"
    made = f"{_DIGEST}, 'candidate', {_PERSON}, place.id, {_ID}, 0, 0, 0"
    where = f"n CROSS JOIN place ON place.at = n.i * {CENTRES} / {sittings}"
    db.execute(f"INSERT INTO web_session ({columns}) {_numbers(sittings)} SELECT {made} FROM {where}")  # noqa: S608 - our own tables and numbers


def _copies(db: sqlite3.Connection, name: str, mould: Rows, count: int, sittings: int) -> None:
    """The rows of the mould for so many sittings, in the order of the key so that the pages fill up."""
    rows = mould[name]
    columns = list(rows[0])
    db.execute(f"CREATE TEMP TABLE mould_{name} ({', '.join(columns)})")
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO mould_{name} VALUES ({marks})", [tuple(row.values()) for row in rows])  # noqa: S608 - our own tables and numbers
    made = ", ".join(_made(column, name, rows[0]) for column in columns)
    db.execute(
        f"INSERT INTO {name} ({', '.join(columns)}) {_numbers(count)} SELECT {made} FROM n"  # noqa: S608 - our own tables and numbers
        f" CROSS JOIN place ON place.at = n.i * {CENTRES} / {sittings} CROSS JOIN mould_{name} AS m"
    )


def _made(column: str, table: str, example: dict[str, Any]) -> str:
    """The expression for one column of a copy: ids of its own, moments on one of the days before today."""
    if column == "centre_id":
        return "place.id"
    if column == "sitting_id" or (table, column) == ("sitting", "id"):
        return _ID
    if column == "candidate_id":
        return _PERSON
    if column in MOMENTS and example[column]:
        return f"m.{column} - (1 + n.i % {DAYS}) * {DAY_MS}"
    return f"m.{column}"
