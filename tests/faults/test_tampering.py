"""Whoever may write to the database edits it behind the service's back, and `verify` names what they did (fault F14).

Source: reliability and security design, promise 18, as far as a chain without signatures kept elsewhere can go.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.records.store.engines import sqlite_path
from app.records.verifying import Tally, faults
from tests.faults.conftest import Measure
from tests.records.tampering import EDITS, Edit, Kept, a_sitting_deleted, changing, filled, made_anew
from tests.support.factories import KEYRING
from tests.support.links import behind_the_back


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("filled") / "clearway.db")
    return filled(f"sqlite:///{path}")


@pytest.fixture
def kept(template: Kept, tmp_path: Path) -> Kept:
    """A SQLite database of the test's own."""
    return replace(template, url=f"sqlite:///{shutil.copy(sqlite_path(template.url), tmp_path)}")


def found(kept: Kept) -> list[str]:
    return list(faults(kept.url, Tally(), KEYRING))


def edited(template: Kept, folder: Path, edit: Edit) -> Kept:
    """A copy in which one thing was edited."""
    path = shutil.copy(sqlite_path(template.url), folder / f"{edit.__name__}.db")
    kept = replace(template, url=f"sqlite:///{path}")
    with changing(kept.url) as db, behind_the_back(db):
        edit(db, kept)
    return kept


def test_every_edit_is_named_where_the_engines_own_check_sees_none(
    template: Kept, tmp_path: Path, measure: Measure
) -> None:
    """The engine's check alone is the broken variant: it is what a site without `verify` would have."""
    unseen, seen_by_the_engine = [], 0
    for edit, words in EDITS.items():
        kept = edited(template, tmp_path, edit)
        told = found(kept)
        if not any(words in fault for fault in told):
            unseen.append((edit.__name__, told))
        with closing(sqlite3.connect(sqlite_path(kept.url))) as db:
            seen_by_the_engine += db.execute("PRAGMA integrity_check").fetchone() != ("ok",)
    assert unseen == []
    assert seen_by_the_engine == 0
    measure("F14", "P18", "kinds of edits that `verify` names by row", "all", f"{len(EDITS)} of {len(EDITS)}")
    measure(
        "F14", "P18", "kinds of edits that SQLite's own check sees", "all", f"0 of {len(EDITS)}", broken=True
    )


def test_every_edit_is_named_on_postgresql_too(postgres_url: str, measure: Measure) -> None:
    kept = filled(postgres_url)
    done = [edit for edit in EDITS if edit is not a_sitting_deleted]
    with changing(kept.url) as db, behind_the_back(db):
        for edit in done:
            edit(db, kept)
    told = found(kept)
    assert [edit.__name__ for edit in done if not any(EDITS[edit] in fault for fault in told)] == []
    measure("F14", "P18", "the same on PostgreSQL, all in one database", "all", f"{len(done)} of {len(done)}")


def test_a_chain_made_anew_is_not_seen_in_a_sitting_under_way(kept: Kept, measure: Measure) -> None:
    """The limit of a chain without signatures kept elsewhere, told by the verb and by the guide."""
    with changing(kept.url) as db, behind_the_back(db):
        made_anew(db, kept.under_way)
    assert found(kept) == []
    measure(
        "F14", "P18", "a chain made anew from some row to its end, while the sitting goes on",
        "found within 10 minutes", "not found: signed roots are not built",
    )  # fmt: skip


def test_a_chain_made_anew_does_not_hide_a_result_that_the_answers_do_not_deserve(kept: Kept) -> None:
    with changing(kept.url) as db, behind_the_back(db):
        made_anew(db, kept.over)
    assert [fault.partition(": ")[2] for fault in found(kept)] == [
        "outcome 1 is not what the answers that count deserve.",
        "outcome 2 is not what the answers that count deserve.",
    ]
