"""The building inspected: who may import whom, as the contracts in pyproject.toml say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=50)


def test_every_import_contract_is_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_upward_import_breaks_a_contract(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for package in ("app", "accessibility", "question_bank"):
        for source in (ROOT / package).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text())
    timing = tmp_path / "app" / "rules" / "timing.py"
    timing.write_text(timing.read_text() + "\nimport app.records\nimport starlette\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "app.rules.timing -> app.records" in done.stdout
    assert "app.rules.timing -> starlette" in done.stdout
