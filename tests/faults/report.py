"""Writes `docs/reliability.md` from what the fault runs on this machine kept: `python -m tests.faults.report`."""

from __future__ import annotations

import ast
import os
import platform
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.faults.measured import FOLDER, Measured, kept
from tests.faults.promises import ELSEWHERE, FAULTS, INTRODUCTION, PROMISES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"


def existing_tests() -> dict[str, bool]:
    """Every fault test by its node id without parameters, and whether it is for `make deep`."""
    found = {}
    for file in (ROOT / "tests" / "faults").glob("test_*.py"):
        tree = ast.parse(file.read_text())
        whole = any(
            isinstance(node, ast.Assign)
            and "pytestmark" in ast.unparse(node.targets[0])
            and _is_deep(node.value)
            for node in tree.body
        )
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                name = f"{file.relative_to(ROOT)}::{node.name}"
                found[name] = whole or any(_is_deep(mark) for mark in node.decorator_list)
    return found


def _is_deep(mark: ast.expr) -> bool:
    return "mark.deep" in ast.unparse(mark)


def without_parameters(test: str) -> str:
    return test.partition("[")[0]


def in_order(names: Iterable[str]) -> list[str]:
    """F2 before F10, P1 before P1b before P2."""
    return sorted(names, key=lambda name: (int(re.findall(r"\d+", name)[0]), name))


def _promises(row: Measured) -> list[str]:
    return re.findall(r"P\d+[bc]?", row.promise)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _tables(rows: list[Measured], is_deep: dict[str, bool]) -> Iterator[str]:
    """The table of what was measured, and the one of the broken variants."""
    for broken, heading in ((False, ""), (True, "What the bench was seen to catch:")):
        these = [row for row in rows if row.is_broken_variant is broken]
        if not these:
            continue
        if heading:
            yield f"\n{heading}\n"
        expected = "must be seen" if broken else "promised"
        yield _row("promise", "what was counted", expected, "measured", "command", "seed")
        yield "|---|---|---|---|---|---|"
        for row in _alike_together(these):
            option = "-m deep " if is_deep[without_parameters(row.test)] else ""
            command = f"`pytest {option}{row.test}`"
            yield _row(row.promise, row.what, row.figure, row.measured, command, row.seed)


def _alike_together(rows: list[Measured]) -> Iterator[Measured]:
    """Rows of one test that counted the same thing, with other parameters, as one row."""
    alike: dict[tuple[str, ...], list[Measured]] = {}
    for row in rows:
        alike.setdefault((row.promise, row.what, row.figure, without_parameters(row.test)), []).append(row)
    for (*_, test), these in alike.items():
        measured, seeds = (
            "; ".join(row) for row in zip(*((row.measured, row.seed) for row in these), strict=True)
        )
        yield these[0] if len(these) == 1 else replace(these[0], measured=measured, seed=seeds, test=test)


def written(rows: list[Measured], when: str) -> str:
    """The whole page. Figures of tests that are no longer there are left out."""
    is_deep = existing_tests()
    rows = [row for row in rows if without_parameters(row.test) in is_deep]
    lines = [INTRODUCTION, "## The run\n", *_the_run(when)]
    for fault in in_order({row.fault for row in rows}):
        mine = [row for row in rows if row.fault == fault]
        promises = in_order({name for row in mine for name in _promises(row)})
        lines += [f"\n## {fault}. {FAULTS[fault]}\n"]
        lines += [f"- {name}: {PROMISES[name]}" for name in promises]
        lines += ["", *_tables(mine, is_deep)]
    proven = {name for row in rows if not row.is_broken_variant for name in _promises(row)}
    lines += ["\n## Promised and not measured here yet\n"]
    lines += [f"- {name}: {_and_where(name)}" for name in PROMISES if name not in proven] or ["None."]
    return "\n".join(lines) + "\n"


def _and_where(promise: str) -> str:
    """The promise in words, and what else looks at it."""
    elsewhere = ELSEWHERE.get(promise)
    return PROMISES[promise] + (f" (not by this bench, but: {elsewhere})" if elsewhere else "")


def _the_run(when: str) -> list[str]:
    changed = " with uncommitted changes" if _git("status", "--porcelain") else ""
    programs = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return [
        f"- Commit: {_git('rev-parse', 'HEAD')}{changed}",
        f"- Figures kept: {when}",
        f"- Machine: {os.cpu_count()} cores, {platform.system()} {platform.release()}, {programs}",
    ]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def _when() -> str:
    """From the first to the last figure, UTC."""
    times = sorted(file.stat().st_mtime for file in FOLDER.glob("*.json"))
    first, last = (time.strftime("%d %B %Y %H:%M UTC", time.gmtime(at)) for at in (times[0], times[-1]))
    return first if first == last else f"{first} to {last}"


if __name__ == "__main__":
    found = kept()
    if not found:
        raise SystemExit("Nothing was measured on this machine yet: run `make reliability`.")
    PAGE.write_text(written(found, _when()))
    print(f"Written: {PAGE.relative_to(ROOT)}, {len(found)} figures")
