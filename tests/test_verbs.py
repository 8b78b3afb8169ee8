"""What an operator types about people: a new password for somebody who forgot theirs."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from app.__main__ import verbs
from app.pages.staff import passwords
from app.records import survey
from app.records.staff import credentials
from app.records.store.engines import sqlite_engine
from app.rules.survey import SurveyQuestion
from app.terminal import UNFIT
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore


@pytest.fixture
def folder(sqlite_template: Path, tmp_path: Path) -> Path:
    """A site's folder with its staff in the database."""
    engine = sqlite_engine(Path(shutil.copy(sqlite_template, tmp_path / "clearway.db")), writes=True)
    with engine.connect() as db, db.begin():
        furnish(InlineStore(db))
    engine.dispose()
    return tmp_path


def test_a_new_password_is_printed_once_and_signs_its_person_in(folder: Path) -> None:
    done = CliRunner().invoke(
        verbs, ["new-password", "Desk@example.test"], env={"DATA_DIR": str(folder), "DATABASE_URL": ""}
    )
    assert done.exit_code == 0, done.output
    password = done.output.splitlines()[0]
    with sqlite_engine(folder / "clearway.db", writes=True).connect() as db:
        known = InlineStore(db).look(credentials, email="desk@example.test")
        other = InlineStore(db).look(credentials, email="second@example.test")
    assert asyncio.run(passwords.is_right(password, known))
    assert other is not None
    assert other.password_hash == "not a hash"


def test_nobody_unknown_gets_a_password(folder: Path) -> None:
    done = CliRunner().invoke(
        verbs, ["new-password", "nobody@example.test"], env={"DATA_DIR": str(folder), "DATABASE_URL": ""}
    )
    assert (done.exit_code, done.output) == (
        UNFIT,
        "Nobody on the staff signs in with nobody@example.test.\n",
    )


def test_what_people_answered_after_their_tests_is_told_without_small_groups(folder: Path) -> None:
    with sqlite_engine(folder / "clearway.db", writes=True).connect() as db, db.begin():
        centre = str(db.execute(sa.text("SELECT id FROM centre WHERE code = 'here'")).scalar())
        for question, answer in (("ease", "easy"), ("health", "a-lot"), ("barrier", "A drill\nnext door")):
            survey.put(
                db, set_id=question, question=SurveyQuestion(question), centre_id=centre, category=None,
                period="2026-11-23", answer=answer,
            )  # fmt: skip
    done = CliRunner().invoke(verbs, ["survey"], env={"DATA_DIR": str(folder), "DATABASE_URL": ""})
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "ease easy: 1",
        "2026-11-23: A drill next door",
        "Answers about the person that fewer than 10 people gave are left out.",
    ]
