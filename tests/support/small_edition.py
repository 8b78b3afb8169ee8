"""A question bank made in the test: two topics of twelve questions, and categories of one and of two parts."""

from __future__ import annotations

from app.actions.publish_bank import Edition
from question_bank.model import (
    Band,
    Blueprint,
    Category,
    FairWithoutSight,
    Part,
    PartKind,
    Question,
    Wording,
)

TOPICS = ("alertness", "attitude")
PER_TOPIC = 12
SMALL, BANDED, TWO_PARTS, WITH_CLIPS = "small", "banded", "two-parts", "with-clips"
OPTIONS = ("w", "x", "y", "z")
ONE_RIGHT, TWO_RIGHT = frozenset({"x"}), frozenset({"w", "z"})


def question(number: int, topic: str, *, version: int = 1, stem: str = "What do you do") -> Question:
    """Question `number` of a topic; those about attitude want two answers."""
    choose = 2 if topic == "attitude" else 1
    return Question(
        id=f"{topic}-{number:02}",
        version=version,
        topic=topic,
        categories=(SMALL, BANDED, TWO_PARTS, WITH_CLIPS),
        choose=choose,
        option_ids=OPTIONS,
        key=TWO_RIGHT if choose == 2 else ONE_RIGHT,
        wordings={
            ("en-GB", "standard"): Wording(f"{stem} in case {number}?", ("Stop", "Go", "Wait", "Look"))
        },
        explanation="The rule says so.",
        rule="Highway Code rule 1",
        edition="June 2024",
        difficulty=0.5,
        picture=None,
        fair_without_sight=FairWithoutSight.YES,
    )


QUESTIONS = tuple(question(number, topic) for topic in TOPICS for number in range(PER_TOPIC))
KEYS = {one.id: one.key for one in QUESTIONS}


def part(
    questions: dict[str, int], minutes: int, pass_mark: int, bands: dict[str, Band] | None = None
) -> Part:
    """A part of multiple choice with so many questions of each topic."""
    total = sum(questions.values())
    return Part(PartKind.MULTIPLE_CHOICE, total, minutes, pass_mark, questions, bands or {})


CLIPS = Part(PartKind.HAZARD_PERCEPTION, 14, 20, 44, {})
BANDS = {"awake": Band(("alertness",), 2), "kind": Band(("attitude",), 1)}
CATEGORIES = (
    Category(SMALL, "Small", (part({"alertness": 3, "attitude": 3}, 10, 4),)),
    Category(BANDED, "Banded", (part({"alertness": 3, "attitude": 3}, 10, 3, BANDS),)),
    Category(TWO_PARTS, "Two parts", (part({"alertness": 4}, 10, 2), part({"attitude": 3}, 5, 3))),
    Category(WITH_CLIPS, "With clips", (part({"alertness": 4}, 10, 2), CLIPS)),
)
BLUEPRINT = Blueprint(1, {one.code: one for one in CATEGORIES})


def edition(questions: tuple[Question, ...] = QUESTIONS, digest: str = "first edition") -> Edition:
    """The bank as `publish_bank` takes it."""
    return Edition(questions, BLUEPRINT, digest, {})
