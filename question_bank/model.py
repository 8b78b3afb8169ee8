"""What a question, a category and a part are, as values. Reading, checking and drawing live elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

STANDARD = "standard"
PLAIN = "plain"
FIRST_LANGUAGE = "en-GB"


class FairWithoutSight(StrEnum):
    """Whether a person who cannot see the picture has the same chance (settled 31)."""

    YES = "yes"
    ALTERNATIVE = "alternative"
    NO = "no"


class PartKind(StrEnum):
    """How a part is answered."""

    MULTIPLE_CHOICE = "multiple_choice"
    HAZARD_PERCEPTION = "hazard_perception"


@dataclass(frozen=True)
class Picture:
    """A picture of our own. The description says what is seen, never what it means; sizes in CSS pixels."""

    file: str
    description: str
    width: int
    height: int


@dataclass(frozen=True)
class Wording:
    """One way to say a question; options stand in bank order."""

    stem: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """One reading of a question: by which role, on which day, what was done and what was found."""

    reader: str
    on: date
    step: str
    found: str


@dataclass(frozen=True)
class Topic:
    """One of the subjects that a paper is drawn over."""

    code: str
    name: str


@dataclass(frozen=True)
class Question:
    """One version of one question, with its secret. Wordings are keyed by (language, wording)."""

    id: str
    version: int
    topic: str
    categories: tuple[str, ...]
    choose: int
    option_ids: tuple[str, ...]
    key: frozenset[str]
    wordings: Mapping[tuple[str, str], Wording]
    explanation: str
    rule: str
    edition: str
    difficulty: float
    picture: Picture | None
    fair_without_sight: FairWithoutSight
    review: tuple[Review, ...] = ()
    approval: str | None = None

    def document(self) -> dict[str, object]:
        """What candidates and staff may see, ready for JSON. Nothing in it tells the key."""
        worded: dict[str, dict[str, object]] = {}
        for (language, wording), said in sorted(self.wordings.items()):
            worded.setdefault(language, {})[wording] = {"stem": said.stem, "options": list(said.options)}
        return {
            "id": self.id,
            "version": self.version,
            "topic": self.topic,
            "categories": list(self.categories),
            "choose": self.choose,
            "option_ids": list(self.option_ids),
            "wordings": worded,
            "picture": None if self.picture is None else dict(vars(self.picture)),
            "fair_without_sight": self.fair_without_sight.value,
        }

    def secret(self) -> dict[str, object]:
        """What only marking and content editors may see, ready for JSON: the key and why it is right."""
        return {
            "key": sorted(self.key),
            "explanation": self.explanation,
            "rule": self.rule,
            "edition": self.edition,
        }


@dataclass(frozen=True)
class CandidateQuestion:
    """A question as a candidate's page sees it. It has no key field, so that no page can show one."""

    id: str
    version: int
    topic: str
    choose: int
    option_ids: tuple[str, ...]
    wordings: Mapping[tuple[str, str], Wording]
    picture: Picture | None
    fair_without_sight: FairWithoutSight

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> CandidateQuestion:
        """Build from `Question.document()`, fresh or read back from JSON. Raises KeyError if a field is missing."""
        picture = document["picture"]
        return cls(
            id=document["id"],
            version=document["version"],
            topic=document["topic"],
            choose=document["choose"],
            option_ids=tuple(document["option_ids"]),
            wordings={
                (language, wording): Wording(said["stem"], tuple(said["options"]))
                for language, worded in document["wordings"].items()
                for wording, said in worded.items()
            },
            picture=None if picture is None else Picture(**picture),
            fair_without_sight=FairWithoutSight(document["fair_without_sight"]),
        )

    def worded(self, language: str, wording: str) -> Wording:
        """The asked wording, else the standard one in that language, else that of the first language."""
        for wanted in ((language, wording), (language, STANDARD)):
            if wanted in self.wordings:
                return self.wordings[wanted]
        return self.wordings[FIRST_LANGUAGE, STANDARD]


@dataclass(frozen=True)
class Band:
    """Topics that must be passed together: at least `minimum` right answers among them."""

    topics: tuple[str, ...]
    minimum: int


@dataclass(frozen=True)
class Part:
    """One part of a test: how many questions, minutes and right answers, and how many of each topic."""

    kind: PartKind
    questions: int
    minutes: int
    pass_mark: int
    quotas: Mapping[str, int]
    bands: Mapping[str, Band] = field(default_factory=dict)


@dataclass(frozen=True)
class Category:
    """What a person can be tested for."""

    code: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Blueprint:
    """Every category, under one version."""

    version: int
    categories: Mapping[str, Category]


def digest(document: Mapping[str, object]) -> str:
    """SHA-256, in hex, of the one canonical JSON text of a document."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
