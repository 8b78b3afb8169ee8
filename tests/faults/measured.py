"""What a fault run found, kept as a file each, from which `docs/reliability.md` is written."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".build" / "measured"


@dataclass(frozen=True)
class Measured:
    """One figure: the fault and the promise by their numbers in the design, what was counted, and how it came out.

    `figure` is what is promised, `measured` what this run counted, `seed` what repeats it ("" when nothing is drawn).
    A figure of a deliberately broken variant says so: it must be bad, or the bench cannot see.
    """

    fault: str
    promise: str
    what: str
    figure: str
    measured: str
    seed: str
    is_broken_variant: bool
    test: str
    seconds: float

    def keep(self) -> None:
        """Write it down; the same figure of a later run takes its place."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", f"{self.test} {self.what}").strip("-")[-180:]
        (FOLDER / f"{name}.json").write_text(json.dumps(asdict(self), indent=1))


def kept() -> list[Measured]:
    """Every figure on this machine, by fault, promise and words."""
    found = [Measured(**json.loads(file.read_text())) for file in FOLDER.glob("*.json")]
    return sorted(found, key=lambda one: (one.fault, one.is_broken_variant, one.promise, one.what))
