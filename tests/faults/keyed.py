"""What a page's script was told of its saves, each known by its key, and the checker that looks into the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.records.tables import answer_revision
from tests.faults.ledger import Ledger, Ruins

Key = tuple[int, int]  # position, sequence


@dataclass
class KeyedLedger(Ledger):
    """One candidate with script: every choice that was sent, those acknowledged, and the newest at each position."""

    sent: dict[Key, set[str]] = field(default_factory=dict)
    heard_of: set[tuple[Key, str]] = field(default_factory=set)
    newest: dict[int, tuple[int, str]] = field(default_factory=dict)

    def send(self, key: Key, value: str) -> None:
        """This choice may reach the service from now on, once or often, soon or late."""
        self.sent.setdefault(key, set()).add(value)

    def mean(self, key: Key, value: str) -> None:
        """The candidate made this choice: the newest of its position, unless a newer one was made."""
        position, sequence = key
        self.newest[position] = max(self.newest.get(position, (sequence, value)), (sequence, value))


def faults(ruins: Ruins, ledger: KeyedLedger) -> list[str]:
    """Every acknowledged choice that is not stored once, every one stored that nobody sent, and the order of all."""
    rows = ruins.rows(answer_revision, ledger.sitting_id)
    stored = Counter(((row["position"], row["sequence"]), row["value"]) for row in rows)
    found = [f"lost: {one}" for one in ledger.heard_of if not stored[one]]
    found += [f"stored {n} times: {one}" for one, n in stored.items() if n > 1]
    found += [f"nobody sent {(key, value)}" for key, value in stored if value not in ledger.sent.get(key, ())]
    counted = ruins.counted(ledger)
    for position, (sequence, value) in ledger.newest.items():
        if counted.get(position) != value:
            found.append(
                f"at {position} counts {counted.get(position)!r}, not the newest {value!r} ({sequence})"
            )
    found += ruins.broken_chain(ledger)
    return [f"{ledger.sitting_id[:6]}: {fault}" for fault in found]
