"""What is written about the service's own doings. Where it cannot be written, the service goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALWAYS_FULL = Path("/dev/full")
TELLS = """
import logging, structlog
from app import logs
logs.configure()
logs.take_over()
structlog.get_logger("here").error("first")
logging.getLogger("there").error("second")
"""


def told(tmp_path: Path, code: str, to: Path) -> int:
    """Run this with standard output going there; its exit code."""
    with to.open("w") as out, (tmp_path / "errors").open("w") as errors:
        return subprocess.run(
            [sys.executable, "-c", code], stdout=out, stderr=errors, cwd=ROOT, timeout=60, check=False
        ).returncode


def test_both_kinds_of_line_are_written(tmp_path: Path) -> None:
    assert told(tmp_path, TELLS, tmp_path / "log") == 0
    lines = (tmp_path / "log").read_text().splitlines()
    assert len(lines) == 2
    assert '"first"' in lines[0]
    assert '"second"' in lines[1]


@pytest.mark.skipif(not ALWAYS_FULL.exists(), reason="this system has no device that is always full")
def test_a_log_on_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    still_here = "import os; os.write(2, b'still here'); os._exit(0)"
    assert told(tmp_path, TELLS + still_here, ALWAYS_FULL) == 0
    assert (tmp_path / "errors").read_text().endswith("still here")
