"""Results of long runs, kept one a line as they come: a run that was broken off goes on where it stood (settled 43)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.faults.measured import FOLDER
from tests.faults.room import ROOT

RUNS = FOLDER.with_name("runs")
Result = dict[str, Any]


def resumed(name: str, seeds: Iterable[int], once: Callable[[int], Result]) -> list[Result]:
    """What `once` gave for each seed, now or in an earlier run of the same service.

    A seed whose run fails raises here and is not kept. Remove the file to begin anew.
    """
    file, code = RUNS / f"{name}.jsonl", _code()
    kept = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    known = {row["seed"]: row for row in kept if row["code"] == code}
    RUNS.mkdir(parents=True, exist_ok=True)
    results = []
    for seed in seeds:
        if seed not in known:
            known[seed] = {"seed": seed, "code": code} | once(seed)
            with file.open("a") as end:
                end.write(json.dumps(known[seed]) + "\n")
        results.append(known[seed])
    return results


def _code() -> str:
    """What names the service as it stands: a digest of its Python."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "app").rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
