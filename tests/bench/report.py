"""Writes docs/performance.md from the figures of one run. Nothing in it is written by hand but how to read it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.figures import Figures, Spread, cost_ratios, percentile
from tests.bench.running import Ran

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "performance.md"
NAMES = {"thread": "floor A", "writer": "floor B", "ours": "ours"}
STEPS = {
    "page": "question page",
    "save": "save: POST, 303, next page",
    "start": "from the code to the first question",
    "check-in": "check-in by staff: form, POST, 303, page",
    "today": "list of today, 65 sittings",
}
HEAD = """# Performance: what was measured, beside two bare floors

Written by `make bench`: do not edit it by hand. Every figure is of the run named here, but for those of other systems.

{run}

**How to read it.** Both floors are FastAPI with one Jinja2 page and one durable SQLite insert a POST, and nothing else
of a service: floor A with a connection per thread, floor B with one writer thread and group commit; one uvicorn process
each. They and our server (`python -m app serve`, SQLite, a site with the whole question bank) were started and stopped
in turn. The load driver runs on the same machine, so rates and latencies are low estimates. Processor time is that of
the server's processes for one step, and the figure to trust. Spreads are the median of the rounds with the least and
the most. Our pages are compressed, as browsers ask for; the floors send theirs plain.
"""
PEERS = """## Other systems, measured elsewhere, on another day

These figures come from the study that was made before the design, on two shared cores, with the same kind of steps at
16 at once. They are **not** comparable with the tables above to more than the order of magnitude.

| System | page, processor ms | save, processor ms | pages/s | saves/s | save p99 at 64 | memory, PSS | cold page |
|---|--:|--:|--:|--:|--:|--:|--:|
| django_quiz | 8.7–9.3 | 16.5–19 | 141 | 81 | 2.1 s | 147 MiB | 2.6 KB and a file from elsewhere |
| oTree | 11.6–16 | 24–27 | 83 | 31 | 2.6 s | 134 MiB | 344 KB in 12 |
| TCExam | 59–61 | 60–63 | 18 | 25 | 3.4 s | 390 MiB | 13 KB in 5 |
| Moodle | 61–62 | 70–92 | 29 | 17 | 3.3 s | 475 MiB | 1 954 KB in 21 |
| the study's floor | 0.37–0.41 | 0.68–1.1 | 3 563 | 1 122 | 0.18 s | 41 MiB | 4.7 KB |
"""
OTHERS = """## The other steps, ours alone

The way in and check-in are bursts of 8, 64 and 64 to 96 people, each of whom does it once.
"""
GROWTH = """## Growth with what is stored

Three sites served side by side and loaded in turn in short slices. A stored sitting is finished and has its moves, its
draw, its web session and its outcome; 10,000 of them keep their papers and answers.
"""
POSTGRES = """## PostgreSQL, two processes behind one address

Figures only. The processes, the database, the load driver and the balancer share the machine.
"""
Row = Sequence[str]


def table(heads: Row, rows: Iterable[Row], left: int = 1) -> str:
    """A table of Markdown whose first columns are words and the others figures."""
    line = ["---"] * left + ["--:"] * (len(heads) - left)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, line, *rows)) + "\n"


def git(*words: str) -> str:
    """What git answers."""
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def run_of(length: str) -> str:
    """Which run this is: command, commit, moment, machine."""
    changed = git("status", "--porcelain", "--", "app", "accessibility", "question_bank", "tests/bench")
    model = next(
        (
            line.split(": ")[1]
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    command = f"CLEARWAY_BENCH={length} make bench" if length else "make bench"
    return "\n".join(
        (
            f"- Command: `{command}`",
            f"- Commit: {git('rev-parse', 'HEAD')}{' with uncommitted changes' if changed else ''}",
            f"- Finished: {time.strftime('%d %B %Y %H:%M UTC', time.gmtime())}",
            f"- Machine: {os.cpu_count()} cores of {model}, {memory:.0f} GiB, Linux {platform.release()}",
            f"- Python {sys.version.split()[0]}; load average of five minutes at the end: {os.getloadavg()[1]:.1f}",
        )
    )


def _latencies(all_: Sequence[Ran]) -> list[str]:
    return [Spread.of(percentile(r.took_ms, n) for r in all_).told(1) for n in (50, 95, 99)]


def _steps(found: Figures, names: Sequence[str], steps: Sequence[str]) -> str:
    rows = []
    for step in steps:
        for (name, of_step, together), all_ in found.rounds.items():
            if name not in names or of_step != step:
                continue
            cost, rate = Spread.of(r.cpu_ms for r in all_), Spread.of(r.rate for r in all_)
            failed = sum(len(r.failed) for r in all_)
            rows.append(
                [
                    STEPS[step],
                    NAMES[name],
                    str(together),
                    cost.told(2),
                    rate.told(0),
                    *_latencies(all_),
                    str(failed),
                ]
            )
    heads = [
        "Step",
        "Server",
        "at once",
        "processor ms a step",
        "steps/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "failed",
    ]
    return table(heads, rows, left=2)


def _ratios(found: Figures) -> str:
    rows = []
    for step in ("page", "save"):
        for together in (1, 16, 64):
            mine = found.rounds["ours", step, together]
            over = [
                cost_ratios(found.rounds[kind, step, together], mine).told(2) for kind in ("thread", "writer")
            ]
            rows.append([STEPS[step], str(together), *over])
    return table(["Step", "at once", "floor A / ours", "floor B / ours"], rows)


def _paced(found: Figures) -> str:
    ran = found.paced
    assert ran is not None
    saves, all_ = ran.acked_ms, ran.took_ms
    told = [[f"{percentile(one, n):.1f}" for n in (50, 95, 99)] for one in (saves, all_)]
    rows = [
        ["acknowledged saves", f"{len(saves)}", *told[0]],
        ["all requests", f"{len(all_)}", *told[1]],
    ]
    busy = 100 * ran.cpu_s / ran.seconds
    return (
        f"{found.sittings:,} sittings for {found.paced_s:.0f} s, each at moments of its own whatever the server does:"
        f" every 30 s a page saves a choice, sends the press that goes on, gets the next page, and is looked at again."
        f" {len(all_) / ran.seconds:.0f} requests/s; {len(ran.failed)} failed. Every request comes on a new connection."
        " Latency counts from the moment planned.\n\n"
        + table(["Requests", "count", "p50 ms", "p95 ms", "p99 ms"], rows)
        + f"\nThe server used {busy:.0f} % of one core. Memory after it, one process: {found.pss_mib:.0f} MiB (PSS).\n"
    )


def _growth(found: Figures) -> str:
    rows = []
    for (past, step), all_ in sorted(found.growth.items(), key=lambda one: (one[0][1], one[0][0])):
        over = Spread.of(
            r.cpu_ms / none.cpu_ms - 1 for r, none in zip(all_, found.growth[0, step], strict=True)
        )
        more = f"{over.median:+.1%} ({over.least:+.1%} to {over.most:+.1%})" if past else "–"
        rows.append([STEPS[step], f"{past:,}", Spread.of(r.cpu_ms for r in all_).told(2), more])
    return table(["Step, 16 at once", "stored sittings", "processor ms a step", "against none"], rows)


def _weight(found: Figures) -> str:
    rows = [[name, str(len(found.weight[name])), f"{sum(found.weight[name]):,}"] for name in ("cold", "warm")]
    heads = ["Question page without a picture", "requests", "bytes on the wire, heads included"]
    return (
        table(heads, rows) + f"\n{found.weight['nodes'][0]} nodes in its tree; counted by Chromium itself.\n"
    )


def _postgres(found: Figures) -> str:
    rows = []
    for (step, together), both in found.postgres.items():
        all_ = [ran for ran, _ in both]
        cost, base = Spread.of(r.cpu_ms for r in all_), Spread.of(ms for _, ms in both)
        rate, failed = Spread.of(r.rate for r in all_), sum(len(r.failed) for r in all_)
        told = [cost.told(2), base.told(2), rate.told(0), *_latencies(all_), str(failed)]
        rows.append([STEPS[step], str(together), *told])
    heads = [
        "Step",
        "at once",
        "ours, processor ms",
        "PostgreSQL's",
        "steps/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "failed",
    ]
    return table(heads, rows)


def write(found: Figures, length: str) -> None:
    """Write the document of a whole run."""
    gates = [[g.what, g.promised, g.measured, "yes" if g.is_held else "**no**"] for g in found.gates]
    parts = [
        HEAD.format(run=run_of(length)),
        "## Gates\n\nThe measurement fails when one of these is missed.\n",
        table(["What", "promised", "measured", "held"], gates, left=4),
        "## Our processor time beside the floors'\n\n1 is as cheap as the floor, 0.5 twice as dear. Round by round.\n",
        _ratios(found),
        "## Page and save\n",
        _steps(found, ("thread", "writer", "ours"), ("page", "save")),
        OTHERS,
        _steps(found, ("ours",), ("start", "check-in", "today")),
        "## A thousand sittings at their own pace (promise P13)\n",
        _paced(found),
        GROWTH,
        _growth(found),
        "## Weight of a page\n",
        _weight(found),
        POSTGRES,
        _postgres(found),
        PEERS,
    ]
    DOCUMENT.write_text("\n".join(parts))
