"""Drawing one paper from a pool by quota and seed: the same paper for the same seed. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from question_bank.model import Part, Question

RESTING_SITTINGS = 2
EXPOSURE_CAP = 0.2
VALUE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
VALUE_LENGTH = 8
NEVER = 1_000_000
NONE_YET: Mapping[str, int] = {}
NO_EXPOSURE: Mapping[str, float] = {}

T = TypeVar("T")


@dataclass(frozen=True)
class PoolEntry:
    """What drawing needs to know about one question that can be asked."""

    id: str
    version: int
    topic: str
    option_ids: tuple[str, ...]


@dataclass(frozen=True)
class DrawnQuestion:
    """One place on the paper, from 1. Options are (random value, option id) in the order shown."""

    position: int
    id: str
    version: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Draw:
    """A paper. `repeats` names the questions taken although they were asked too lately or too often."""

    questions: tuple[DrawnQuestion, ...]
    repeats: tuple[str, ...]


class PoolTooSmall(ValueError):
    """A topic holds fewer questions than its quota."""

    def __init__(self, topic: str, wanted: int, had: int) -> None:
        self.topic = topic
        self.wanted = wanted
        self.had = had
        super().__init__(f"Topic {topic} wants {wanted} questions and the pool has {had}.")


def pool_for(questions: Iterable[Question], category: str) -> tuple[PoolEntry, ...]:
    """The entries of one category."""
    return tuple(
        PoolEntry(question.id, question.version, question.topic, question.option_ids)
        for question in questions
        if category in question.categories
    )


def draw(
    part: Part,
    pool: Iterable[PoolEntry],
    seed: int,
    *,
    seen: Mapping[str, int] = NONE_YET,
    exposure: Mapping[str, float] = NO_EXPOSURE,
    apart_sittings: int = RESTING_SITTINGS,
    most_exposure: float = EXPOSURE_CAP,
) -> Draw:
    """Draw a paper that meets every quota exactly.

    `seen`: question id to how many sittings ago this candidate last had it (1 is the last sitting).
    `exposure`: share of recent papers, 0 to 1, that held the question. Questions of the last `apart_sittings` and
    those on more than `most_exposure` of papers rest when they can; else the longest unseen comes back and is named.
    Raises PoolTooSmall, and ValueError if the pool holds a question twice.
    """
    entries = sorted(pool, key=lambda entry: entry.id)
    if len({entry.id for entry in entries}) < len(entries):
        raise ValueError("The pool holds a question twice.")
    rng = Random(seed)  # noqa: S311 - a paper must be repeatable from its seed; secrets are made elsewhere
    chosen: list[PoolEntry] = []
    repeats: list[str] = []
    for topic, wanted in sorted(part.quotas.items()):
        of_topic = _shuffled([one for one in entries if one.topic == topic], rng)
        lately = {one.id for one in of_topic if seen.get(one.id, NEVER) <= apart_sittings}
        rests = lately | {one.id for one in of_topic if exposure.get(one.id, 0.0) > most_exposure}
        fresh = [one for one in of_topic if one.id not in rests]
        resting = _longest_unseen_first([one for one in of_topic if one.id in rests], seen, exposure)
        if len(fresh) + len(resting) < wanted:
            raise PoolTooSmall(topic, wanted, len(fresh) + len(resting))
        again = resting[: max(0, wanted - len(fresh))]
        chosen += fresh[:wanted] + again
        repeats += [one.id for one in again]
    values = _Values(rng, taken={option for entry in entries for option in (entry.id, *entry.option_ids)})
    drawn = tuple(
        DrawnQuestion(
            position,
            entry.id,
            entry.version,
            tuple((values.another(), option) for option in _shuffled(entry.option_ids, rng)),
        )
        for position, entry in enumerate(_shuffled(chosen, rng), start=1)
    )
    return Draw(questions=drawn, repeats=tuple(sorted(repeats)))


def _longest_unseen_first(
    resting: Iterable[PoolEntry], seen: Mapping[str, int], exposure: Mapping[str, float]
) -> list[PoolEntry]:
    """The longest unseen first, then the least shown, in tenths, so that papers of the same moment still differ."""
    return sorted(resting, key=lambda one: (-seen.get(one.id, NEVER), int(exposure.get(one.id, 0.0) * 10)))


def _shuffled(items: Sequence[T], rng: Random) -> list[T]:
    """Fisher and Yates by `random()`, the one method whose sequence Python promises never to change."""
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


class _Values:
    """Option values that mean nothing: no two alike on a paper, and none an id of the bank (settled 19)."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        self._rng = rng
        self._taken = taken

    def another(self) -> str:
        while True:
            value = "".join(
                VALUE_LETTERS[int(self._rng.random() * len(VALUE_LETTERS))] for _ in range(VALUE_LENGTH)
            )
            if value not in self._taken:
                self._taken.add(value)
                return value
