"""Marking a paper, the pass rule with its bands, and what a candidate may be shown of it.

Which question was wrong is never part of a result; topics to study are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class OutcomeStatus(StrEnum):
    """Where an outcome stands; a later piece adds the reviews that move it on."""

    PROVISIONAL = "provisional"
    IN_REVIEW = "in_review"


class Ended(StrEnum):
    """How the sitting came to its end."""

    FINISHED = "finished"
    TIME = "time"
    STOPPED = "stopped"
    NOT_ATTENDED = "not_attended"


@dataclass(frozen=True)
class Marked:
    """One question of the paper beside its key: `chosen` and `key` are the bank's option ids."""

    topic: str
    chosen: frozenset[str]
    key: frozenset[str]

    @property
    def answered(self) -> bool:
        """Fewer choices than asked for is an unanswered question."""
        return len(self.chosen) == len(self.key)

    @property
    def right(self) -> bool:
        return self.chosen == self.key


@dataclass(frozen=True)
class PassRule:
    """At least `pass_mark` right in all, and in each band (name: topics, minimum) at least its minimum."""

    pass_mark: int
    bands: Mapping[str, tuple[frozenset[str], int]]


@dataclass(frozen=True)
class Score:
    """Right answers out of how many."""

    right: int
    of: int


@dataclass(frozen=True)
class PartResult:
    """The result of one part: counts only, by topic and by band."""

    score: Score
    answered: int
    pass_mark: int
    passed: bool
    topics: Mapping[str, Score]
    bands: Mapping[str, Score]
    bands_missed: tuple[str, ...]

    @property
    def to_study(self) -> tuple[str, ...]:
        """Topics in which a mark was lost, most lost first, then by name."""
        lost = {topic: score.of - score.right for topic, score in self.topics.items()}
        return tuple(sorted((t for t in lost if lost[t]), key=lambda t: (-lost[t], t)))


def mark(questions: Iterable[Marked], rule: PassRule) -> PartResult:
    """Mark one part. One mark a question, none taken away; a question of two choices needs both."""
    paper = list(questions)
    topics: dict[str, Score] = {}
    for question in paper:
        score = topics.get(question.topic, Score(0, 0))
        topics[question.topic] = Score(score.right + question.right, score.of + 1)
    bands = {
        name: Score(
            sum(topics[t].right for t in members if t in topics),
            sum(topics[t].of for t in members if t in topics),
        )
        for name, (members, _) in rule.bands.items()
    }
    missed = tuple(name for name, (_, least) in rule.bands.items() if bands[name].right < least)
    right = sum(question.right for question in paper)
    return PartResult(
        score=Score(right, len(paper)),
        answered=sum(question.answered for question in paper),
        pass_mark=rule.pass_mark,
        passed=right >= rule.pass_mark and not missed,
        topics=topics,
        bands=bands,
        bands_missed=missed,
    )


def first_status(
    *, unsettled_answers: int, open_help: int, ended: Ended, is_as_written: bool
) -> OutcomeStatus:
    """The status that an outcome begins with.

    Shown at once only if nothing is late, in flight or open, and the sitting came to its own end
    (settled design, point 7); and only if what was marked is what was written (reliability design, P15).
    """
    if unsettled_answers or open_help or ended is Ended.STOPPED or not is_as_written:
        return OutcomeStatus.IN_REVIEW
    return OutcomeStatus.PROVISIONAL
