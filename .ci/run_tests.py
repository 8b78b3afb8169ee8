"""Run the test suites, show every skip with its reason, and say at the end what ran and what did not.

`run_tests.py quick | deep | bench`. A folder of tests that no suite names still runs, so none can be forgotten.
The quick run has two lanes, one for each core; whichever is free takes the next suite, the longest first.
"""

import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
REPORTS = ROOT / ".build" / "reports"
DEEP_RECORD = ROOT / "docs" / "deep-run.md"
# The longest first, so that two lanes end at about the same time.
SUITES: dict[str, list[str]] = {
    "browser": ["journeys"],
    "faults": ["faults"],
    "integration": ["records", "actions", "pages"],
    "states": ["journeys/test_every_state.py"],
    "unit": ["rules", "accessibility", "question_bank"],
    "house": ["house"],
}
LANES = 2
NOT_SUITES = {"support", "bench"}
SPEAKING = threading.Lock()
NOTHING_COLLECTED = 5


@dataclass
class Result:
    """What one suite did."""

    suite: str
    code: int
    seconds: float
    tests: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """True when pytest was content, or when there was nothing to run."""
        return self.code in (0, NOTHING_COLLECTED)


def has_tests(folder: Path) -> bool:
    """True when a test file is somewhere under the folder."""
    return any(folder.rglob("test_*.py"))


def suites() -> dict[str, list[Path]]:
    """Suite to the folders it runs. Folders and files that no suite names make up `other`."""
    named = {folder for folders in SUITES.values() for folder in folders} | NOT_SUITES
    found = {suite: [TESTS / folder for folder in folders] for suite, folders in SUITES.items()}
    found["other"] = [p for p in sorted(TESTS.iterdir()) if p.is_dir() and p.name not in named]
    found["other"] += sorted(TESTS.glob("test_*.py"))
    kept = {suite: [p for p in paths if p.is_file() or has_tests(p)] for suite, paths in found.items()}
    return {suite: paths for suite, paths in kept.items() if paths}


def files_of_their_own() -> list[Path]:
    """The files that a suite names one by one: the suite of their folder leaves them to it."""
    return [TESTS / name for names in SUITES.values() for name in names if name.endswith(".py")]


def run(suite: str, paths: list[Path], *options: str) -> Result:
    """Run one suite with its own report; its output is printed in one piece when it has ended."""
    report = REPORTS / f"{suite}.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-rsxX", f"--junitxml={report}", *options]
    command += [f"--ignore={file}" for file in files_of_their_own() if file not in paths]
    done = subprocess.run(
        [*command, *map(str, paths)],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with SPEAKING:
        print(f"\n== Tests: {suite}\n{done.stdout}", flush=True)
    result = Result(suite, done.returncode, time.monotonic() - began)
    if report.is_file():
        read_report(report, result)
    return result


def run_in_lanes(found: dict[str, list[Path]]) -> list[Result]:
    """Every suite; each lane takes the next one when it is free."""
    print(f"\n== Tests: {', '.join(found)}. Each suite is shown when it has ended.", flush=True)
    with ThreadPoolExecutor(LANES) as pool:
        return list(pool.map(run, found, found.values()))


def read_report(report: Path, result: Result) -> None:
    """Add the counts, the failures and the skips with their reasons from a JUnit report that pytest just wrote."""
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - the file is our own
        name = f"{case.get('classname')}::{case.get('name')}"
        result.tests += 1
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed.append(name)
        skip = case.find("skipped")
        if skip is not None:
            result.skipped.append(f"{name}: {skip.get('message') or 'no reason given'}")


def summary(results: list[Result]) -> str:
    """The table that ends a run, then every failure and every skip with its reason."""
    lines = [f"{'suite':14}{'tests':>7}{'failed':>8}{'skipped':>9}{'seconds':>9}"]
    lines += [
        f"{r.suite:14}{r.tests:7}{len(r.failed):8}{len(r.skipped):9}{r.seconds:9.1f}"
        + ("" if r.is_good or r.failed else f"   pytest stopped with code {r.code}")
        for r in results
    ]
    lines.append(f"{'all':14}{sum(r.tests for r in results):7}{'':17}{sum(r.seconds for r in results):9.1f}")
    for title, names in (
        ("Failed", [n for r in results for n in r.failed]),
        ("Skipped, with the reason", [n for r in results for n in r.skipped]),
    ):
        lines += ["", f"{title}: {len(names) or 'none'}", *(f"  {name}" for name in names)]
    return "\n".join(lines)


def git(*words: str) -> str:
    """What git answers, or `unknown` outside a repository."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def record_deep(results: list[Result]) -> None:
    """Write down what the long run did, for people who were not there."""
    changed = " with uncommitted changes" if git("status", "--porcelain") else ""
    when = time.strftime("%d %B %Y %H:%M UTC", time.gmtime())
    DEEP_RECORD.parent.mkdir(exist_ok=True)
    DEEP_RECORD.write_text(
        "# The last deep run\n\nWritten by `make deep`. It shows what ran, what did not, and why.\n\n"
        f"- Commit: {git('rev-parse', 'HEAD')}{changed}\n- Finished: {when}\n\n```\n{summary(results)}\n```\n"
    )
    print(f"\nWritten: {DEEP_RECORD.relative_to(ROOT)}")


def main(kind: str) -> int:
    """Run the suites of one kind; 0 when all were good."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    if kind == "bench":
        if not has_tests(TESTS / "bench"):
            print("There is nothing to measure: tests/bench holds no measurement.")
            return 0
        results = [run("bench", [TESTS / "bench"], "-m", "bench", "-s", "--timeout=900")]
    elif kind == "deep":
        results = [
            run(f"deep-{suite}", paths, "-m", "deep", "--timeout=3600") for suite, paths in suites().items()
        ]
        if has_tests(TESTS / "bench"):
            results.append(run("bench", [TESTS / "bench"], "-m", "bench", "-s", "--timeout=900"))
        record_deep(results)
        subprocess.run([sys.executable, "-m", "tests.faults.report"], cwd=ROOT, check=True)
    else:
        results = run_in_lanes(suites())
    print(f"\n{summary(results)}")
    return 0 if all(r.is_good for r in results) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("quick", "deep", "bench"):
        sys.exit("Usage: run_tests.py quick | deep | bench")
    sys.exit(main(sys.argv[1]))
