"""WCAG 2.2, criterion by criterion: how the candidate's pages stand, in the order of the recommendation.

Criteria are named by number in `acceptance.toml`, so that a check and what it bears on are joined by `evidence`.
"""

from datetime import date

from accessibility.wcag.criterion import Criterion, Level, Standing
from accessibility.wcag.operable import OPERABLE
from accessibility.wcag.perceivable import PERCEIVABLE
from accessibility.wcag.understandable import ROBUST, UNDERSTANDABLE
from accessibility.words import N_

__all__ = ["CHANGED", "CRITERIA", "PRINCIPLES", "Criterion", "Level", "Standing"]

CHANGED = date(2026, 11, 22)  # when somebody last went through what is said here
PRINCIPLES: tuple[tuple[str, tuple[Criterion, ...]], ...] = (
    (N_("Perceivable"), PERCEIVABLE),
    (N_("Operable"), OPERABLE),
    (N_("Understandable"), UNDERSTANDABLE),
    (N_("Robust"), ROBUST),
)
CRITERIA: tuple[Criterion, ...] = tuple(one for _name, criteria in PRINCIPLES for one in criteria)
