"""The building inspected: what people are told to type exists, and what is installed is pinned without addresses."""

import json
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Words in prose look like commands only when they follow `make` inside code marks or a code block.
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
VERB = re.compile(r"python -m app ([a-z][a-z-]*)")


def guides() -> list[Path]:
    return [p for p in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))] if p.is_file()]


def typed(text: str) -> str:
    """Only the parts of a guide that are set as code."""
    blocks = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join(blocks + inline)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


def verbs() -> set[str]:
    """The verbs that `python -m app` offers, from its own help."""
    command = [sys.executable, "-m", "app", "--help"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, env={"TERM": "dumb", "COLUMNS": "200"}
    )
    return set(re.findall(r"^[^\w\n]*([a-z][a-z-]*) {2,}", done.stdout, re.MULTILINE))


def test_every_make_command_in_the_guides_exists() -> None:
    unknown = {p.name: set(MAKE.findall(typed(p.read_text()))) - targets() for p in guides()}
    assert {name: words for name, words in unknown.items() if words} == {}


def test_every_verb_in_the_guides_exists() -> None:
    named = {p.name: set(VERB.findall(typed(p.read_text()))) for p in guides()}
    if any(named.values()):
        known = verbs()
        assert {name: words - known for name, words in named.items() if words - known} == {}


def test_make_alone_lists_every_command() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE))
    assert listed == targets()
    assert {"run", "test", "deep", "bench", "help", "lock", "setup", "format", "check", "clean"} <= listed


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert "://" not in text
    assert len(entries) > 20
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []


def test_both_python_locks_agree_on_every_version() -> None:
    runtime, development = (pinned(lock) for lock in LOCKS)
    assert {
        name: (version, development.get(name))
        for name, version in runtime.items()
        if development.get(name) != version
    } == {}
    assert "uv" in development


def test_the_locks_hold_every_version_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for lock, asked in (
        (LOCKS[0], project["project"]["dependencies"]),
        (LOCKS[1], project["dependency-groups"]["dev"]),
    ):
        for line in asked:
            name, version = re.fullmatch(r"([A-Za-z0-9_-]+)(?:\[.*\])?(?:==(.+)|>=.+)", line).groups()
            assert name in pinned(lock), f"{name} is not in {lock}: run make lock"
            assert version in (None, pinned(lock)[name]), f"{lock} is behind pyproject.toml: run make lock"


def test_the_node_lock_has_hashes_and_no_registry_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    wanted = json.loads((ROOT / "package.json").read_text())
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["exec make test"]
    assert script.stat().st_mode & stat.S_IXUSR


def test_the_guides_are_searched_where_commands_are_written() -> None:
    text = "Please make sure.\n\nType `make fly`.\n\n```\nmake swim\npython -m app sail\n```\n"
    assert set(MAKE.findall(typed(text))) == {"fly", "swim"}
    assert VERB.findall(typed(text)) == ["sail"]
