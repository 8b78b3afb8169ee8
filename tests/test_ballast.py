"""Room kept back for the day that the disk is full (promise P2)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from app.__main__ import verbs
from app.ballast import NAME, SIZE_MB
from tests.faults.room import ROOT, environment


def typed(folder: Path, *words: str, database: str = "") -> Any:
    """What an operator types, in this process."""
    return CliRunner().invoke(
        verbs, ["ballast", *words], env={"DATA_DIR": str(folder), "DATABASE_URL": database}
    )


def test_ballast_takes_up_room_and_gives_it_back_at_one_command(tmp_path: Path) -> None:
    file = tmp_path / NAME
    assert typed(tmp_path).exit_code == 0
    assert file.stat().st_blocks * 512 >= SIZE_MB * 1024 * 1024  # really taken, not only said
    assert typed(tmp_path).exit_code == 0
    assert typed(tmp_path, "--release").exit_code == 0
    assert not file.exists()
    again = typed(tmp_path, "--release")
    assert (again.exit_code, len(again.stderr.strip().splitlines())) == (78, 1)


def test_where_there_is_no_room_for_ballast_none_is_left_half_made(tmp_path: Path) -> None:
    refused = subprocess.run(
        ["prlimit", "--fsize=1000000", sys.executable, "-m", "app", "ballast"],
        env=environment(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (refused.returncode, list(tmp_path.iterdir())) == (78, [])
    assert "cannot be taken up" in refused.stderr


def test_a_postgresql_server_is_told_that_it_gains_nothing(tmp_path: Path) -> None:
    refused = typed(tmp_path, database="postgresql://somewhere/clearway")
    assert refused.exit_code == 78
    assert "PostgreSQL" in refused.stderr
