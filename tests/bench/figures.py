"""Numbers out of what ran: medians with their spread, percentiles, and the gates that a measurement must pass."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.bench.running import Ran

LEAST_OF_THE_FLOOR = 0.6
MOST_OF_ITS_TAIL = 2.0
MOST_GROWTH = 0.10
SAVE_P50_MS, SAVE_P99_MS = 50.0, 300.0


@dataclass(frozen=True)
class Spread:
    """The median of a few rounds, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Of one value at least."""
        held = list(values)
        return cls(statistics.median(held), min(held), max(held))

    def told(self, digits: int) -> str:
        """Such as 0.61 (0.58–0.66)."""
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.most:.{digits}f})"


def percentile(values: Sequence[float], of_hundred: float) -> float:
    """The value that so many of a hundred do not exceed; 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of_hundred / 100))] if ordered else 0.0


@dataclass(frozen=True)
class Gate:
    """One condition: what is promised, what was measured, and whether that is good enough."""

    what: str
    promised: str
    measured: str
    is_held: bool


@dataclass
class Figures:
    """Everything measured in one run, by section of the document, and the gates."""

    rounds: dict[tuple[str, str, int], list[Ran]] = field(default_factory=dict)
    paced: Ran | None = None
    paced_s: float = 0.0
    sittings: int = 0
    pss_mib: float = 0.0
    growth: dict[tuple[int, str], list[Ran]] = field(default_factory=dict)
    weight: dict[str, list[int]] = field(default_factory=dict)
    postgres: dict[tuple[str, int], list[tuple[Ran, float]]] = field(default_factory=dict)
    gates: list[Gate] = field(default_factory=list)

    def hold(self, what: str, promised: str, measured: str, is_held: bool) -> None:
        """Keep the verdict for the document, then fail if it is not good enough."""
        self.gates = [gate for gate in self.gates if gate.what != what]
        self.gates.append(Gate(what, promised, measured, is_held))
        assert is_held, f"{what}: {measured}, promised is {promised}"

    def hold_all(self, gates: Iterable[Gate]) -> None:
        """Keep every verdict, then fail with all that are not good enough."""
        held = list(gates)
        names = {gate.what for gate in held}
        self.gates = [gate for gate in self.gates if gate.what not in names] + held
        missed = [
            f"{one.what}: {one.measured}, promised is {one.promised}" for one in held if not one.is_held
        ]
        assert not missed, "\n".join(missed)

    @property
    def is_whole(self) -> bool:
        """Whether every section was measured."""
        return bool(self.rounds and self.paced and self.growth and self.weight and self.postgres)


def cost_ratios(floor: Sequence[Ran], ours: Sequence[Ran]) -> Spread:
    """How much of our processor time the floor's is, round by round: 1 would be as cheap as the floor."""
    return Spread.of(f.cpu_ms / o.cpu_ms for f, o in zip(floor, ours, strict=True))


def gates_of_rounds(rounds: dict[tuple[str, str, int], list[Ran]]) -> list[Gate]:
    """Page and save against the floor with one writer, at 16 and 64 at once, the tail at 64, and nothing failed."""
    gates = []
    for step in ("page", "save"):
        for together in (16, 64):
            ratio = cost_ratios(rounds["writer", step, together], rounds["ours", step, together])
            what = f"{step}, {together} at once: processor time of the floor over ours"
            gates.append(
                Gate(
                    what, f"at least {LEAST_OF_THE_FLOOR}", ratio.told(2), ratio.median >= LEAST_OF_THE_FLOOR
                )
            )
    pairs = zip(rounds["writer", "save", 64], rounds["ours", "save", 64], strict=True)
    tail = Spread.of(percentile(o.took_ms, 99) / percentile(f.took_ms, 99) for f, o in pairs)
    gates.append(
        Gate(
            "save, 64 at once: our p99 over the floor's",
            f"at most {MOST_OF_ITS_TAIL:g}",
            tail.told(2),
            tail.median <= MOST_OF_ITS_TAIL,
        )
    )
    failed = [
        words for (name, _s, _n), all_ in rounds.items() if name == "ours" for r in all_ for words in r.failed
    ]
    steps = sum(len(r.took_ms) for (name, _s, _n), all_ in rounds.items() if name == "ours" for r in all_)
    said = f"{len(failed)} of {steps}" + (f", such as {failed[0]}" if failed else "")
    gates.append(Gate("failed steps of ours, all rounds", "0", said, not failed))
    return gates


def gates_of_growth(growth: dict[tuple[int, str], list[Ran]]) -> list[Gate]:
    """The processor time of a step with a long past over that with none."""
    gates = []
    for (past, step), ran in growth.items():
        if past:
            ratio = cost_ratios(ran, growth[0, step])
            words = f"{ratio.median - 1:+.1%} ({ratio.least - 1:+.1%} to {ratio.most - 1:+.1%})"
            what = f"{step} with {past:,} stored sittings, against none"
            gates.append(Gate(what, f"at most +{MOST_GROWTH:.0%}", words, ratio.median - 1 <= MOST_GROWTH))
    return gates
