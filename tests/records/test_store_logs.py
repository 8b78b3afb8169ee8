"""What the store writes down when a write fails: kinds, codes and places, never the values that it was given."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from app.records.store import NotSaved
from app.records.store.engines import postgres_engine, sqlite_engine
from tests.records.planted import EMAIL, NAME
from tests.support.databases import run_sql

ROOT = Path(__file__).resolve().parents[2]
INSERT = sa.text("INSERT INTO person VALUES (:name, :email)")
PERSON = {"name": NAME, "email": EMAIL}


@pytest.mark.parametrize("how", ["take-over", "bare"])
def test_a_failing_write_leaves_no_name_and_no_address_in_the_output(
    sqlite_template: Path, tmp_path: Path, how: str
) -> None:
    shutil.copy(sqlite_template, tmp_path / "clearway.db")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.records.planted", str(tmp_path), how],
        cwd=ROOT, capture_output=True, text=True, timeout=50, check=True,
    )  # fmt: skip
    said = ran.stdout + ran.stderr
    assert "Canary" not in said
    assert "canary" not in said
    assert said.count("told: not saved") == 3
    assert "not saved: on_a_full_disk" in said
    assert "SQLITE_FULL" in said
    assert "records/staff.py" in said, "the log still says where it failed"


def test_an_error_of_either_database_shows_no_parameters(bare_url: str) -> None:
    run_sql(bare_url, "CREATE TABLE person (name TEXT, email TEXT CHECK (length(email) < 3))")
    sqlite = bare_url.startswith("sqlite")
    path = Path(bare_url.removeprefix("sqlite:///"))
    engine = sqlite_engine(path, writes=True) if sqlite else postgres_engine(bare_url)
    with engine.connect() as db, pytest.raises(sa.exc.IntegrityError) as refused:
        db.execute(INSERT, PERSON)
    engine.dispose()
    assert "parameters hidden" in str(refused.value)
    assert not sqlite or EMAIL not in str(refused.value)


def test_what_a_caller_is_told_of_a_driver_s_error_is_its_kind_and_code(bare_postgres: str) -> None:
    run_sql(bare_postgres, "CREATE TABLE person (name TEXT, email TEXT UNIQUE)")
    engine = postgres_engine(bare_postgres)
    with engine.connect() as db, pytest.raises(sa.exc.IntegrityError) as refused:
        db.execute(INSERT, [PERSON, PERSON])
    engine.dispose()
    assert EMAIL in str(refused.value), "PostgreSQL names the value itself"
    told = str(NotSaved(refused.value))
    assert EMAIL not in told
    assert psycopg.errors.UniqueViolation.__name__ in told
    assert "23505" in told
