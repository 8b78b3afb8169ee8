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

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"

FAULTS = {
    "F1": "The process dies",
    "F2": "The power is cut",
    "F3": "The process freezes",
    "F4": "The disk is full, read-only or failing",
    "F5": "The network drops, delays, repeats",
    "F6": "PostgreSQL dies",
    "F7": "The browser is offline",
    "F8": "The clock is wrong",
    "F9": "Two things happen at once",
    "F10": "Too many people at once",
    "F11": "The stored files are damaged",
    "F12": "Everything is restored from a back-up",
    "F13": "The database is migrated",
    "F14": "Somebody changes history",
}
PROMISES = {
    "P1": "Saved means saved: no acknowledged answer is lost",
    "P1b": "the settings that give it cannot drift: otherwise the start is refused",
    "P1c": "known faults of the database engine are fenced: one process, one writer",
    "P2": "a full disk is an event, not a loss",
    "P3": "the same save sent twice is stored once",
    "P4": "the newest intention wins over an older one that arrives late",
    "P5": "one sitting has one pen",
    "P6": "an outage of ours takes no time from anybody",
    "P7": "paused time never counts",
    "P8": "an answer made before zero and a little late counts; later ones are kept for a person",
    "P9": "a candidate can go on without a connection for a while",
    "P10": "a candidate can move to another device",
    "P11": "the service is back quickly",
    "P12": "how much can be lost with a disk or a site",
    "P13": "1,000 sittings on two cores",
    "P14": "overload sheds the right things",
    "P15": "damage is found, never served",
    "P16": "migrations are boring",
    "P17": "back-ups restore",
    "P18": "history cannot be changed quietly",
    "P19": "a pass can be checked and not forged",
    "P20": "the wall clock cheats nobody",
    "P21": "no refusal is silent",
    "P22": "a new release may be deployed during a session",
    "P23": "the evidence of an incident in one click",
    "P24": "what we report about ourselves",
}
ELSEWHERE = {
    "P1b": "every setting in `tests/records/test_store_fitness.py`",
    "P4": "every order of saves in `tests/rules/test_order_of_saves.py`",
    "P7": "every sequence of moves in `tests/rules/test_timing.py`",
    "P8": "every row of the table of deadlines in `tests/rules/test_deadline_table.py`",
    "P13": "`make bench`",
    "P16": "`tests/records/test_store_migrations.py`, on small databases",
    "P18": "every edit, deletion and swap in `tests/records/test_verifying.py`",
}

INTRODUCTION = """# What the service promises about loss and time, and what was measured

Written by `python -m tests.faults.report` from the figures that the fault tests kept. `make reliability`
runs those tests and writes this page again; `make deep` does it at its end. Nothing here is typed by hand.

**What is promised.** An answer is called saved only after it is safely on disk, and what was called saved
is never lost or changed. Time that we take from a candidate, because a program or a machine failed, is
given back. The promises have numbers; they stand under each fault below, and those that nothing here
measures stand at the end.

**What the bench is.** The real server, started as an operator starts it, on a database of its own.
Candidates without script sign in, answer and hand in over HTTP and write down what they were told. Then
something is broken on purpose, and a checker that asks the service nothing compares what they were told
with what is stored: answers, moves, the hash chain, time left, marks. A few tests call a part of the
service directly, where the fault cannot be made from outside; the name of the test says which.

**How we know that it can see.** For each fault a variant of the service is kept that is broken on purpose.
The same checker must catch it, or the test fails. These are the second table under each fault.

**What it is not.** One machine, with one disk that keeps its word about syncing. No test here can show that
there is no fault, only that these were looked for and not found so many times. Times in seconds are of this
machine, while it was doing other things too; counts of loss are not affected by that. Speed is measured
elsewhere, by `make bench`.
"""


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
