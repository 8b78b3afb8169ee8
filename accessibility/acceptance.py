"""The acceptance checks of the interface design, read from `acceptance.toml`: what each says and how it is held.

Which tests hold a check is found by `evidence.py`; WCAG 2.2 itself is in `wcag`.
"""

import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

SOURCE = Path(__file__).parent / "acceptance.toml"


class Layer(Enum):
    """By what a check is held. The one screen reader that tests drive is named, as it stands for no other."""

    MACHINE = "machine"
    ORCA = "orca"
    HAND = "hand"
    PEOPLE = "people"

    @property
    def words(self) -> str:
        """As tables show it."""
        shown = {"machine": "by machine", "orca": "by Orca", "hand": "by hand", "people": "with people"}
        return shown[self.value]


@dataclass(frozen=True, slots=True)
class Check:
    """One acceptance check. `wcag` are numbers of criteria; `waits` says why it is not held yet.

    Where `waits` is empty a test must hold the check now, also one that was not asked of the first release.
    """

    code: str
    group: str
    says: str
    layers: tuple[Layer, ...]
    wcag: tuple[str, ...]
    is_first_gate: bool
    waits: str

    @property
    def is_owed(self) -> bool:
        """Whether a test must hold it now."""
        return not self.waits


def read(source: Path = SOURCE) -> tuple[Check, ...]:
    """All checks in the order of the design. Raises KeyError or ValueError when a row is not as it must be."""
    groups = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(
        Check(
            code,
            group.replace("_", " "),
            row["says"],
            tuple(Layer(one) for one in row["layers"]),
            tuple(row.get("wcag", ())),
            _is_first_gate(code, row.get("gate", "first")),
            row.get("waits", ""),
        )
        for group, rows in groups.items()
        for code, row in rows.items()
    )


def _is_first_gate(code: str, gate: str) -> bool:
    if gate not in ("first", "later"):
        raise ValueError(f"{code}: there is no gate {gate!r}")
    return gate == "first"
