"""What is said about one success criterion of WCAG 2.2: its level, how the candidate's pages stand, and why."""

from dataclasses import dataclass
from enum import Enum

from accessibility.words import N_


class Level(Enum):
    """The level of conformance that a criterion belongs to."""

    A = "A"
    AA = "AA"
    AAA = "AAA"
    NONE = ""  # 4.1.1, which WCAG 2.2 took away


class Standing(Enum):
    """How pages stand. Nothing is called met where a part of it is for people to judge and nobody has judged it."""

    MET = N_("Met")
    NO_FAULT = N_("No fault found by machine")
    NOT_MET = N_("Not met")
    NONE_HERE = N_("Does not apply")
    NOT_CHECKED = N_("Not checked")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion, how the pages stand, why (`because`), and what of it no machine can judge (`people`)."""

    number: str
    name: str
    level: Level
    standing: Standing
    because: str
    people: str = ""
