"""The questions after a test and what may be answered to each. Their words are the pages' affair.

Two sets that are never linked to each other: about the service, and, apart, about the person (equality).
"""

from collections.abc import Mapping
from enum import StrEnum

MOST_WORDS = 500  # people are asked not to write names; few characters hold few of them


class SurveyQuestion(StrEnum):
    """One question; its code is what is stored."""

    EASE = "ease"
    SUPPORT = "support"
    BARRIER = "barrier"
    INPUT = "input"
    AGE = "age"
    HEALTH = "health"
    LANGUAGE = "language"


ABOUT_THE_TEST = (SurveyQuestion.EASE, SurveyQuestion.SUPPORT, SurveyQuestion.BARRIER, SurveyQuestion.INPUT)
ABOUT_YOU = (SurveyQuestion.AGE, SurveyQuestion.HEALTH, SurveyQuestion.LANGUAGE)

VALUES: Mapping[SurveyQuestion, tuple[str, ...]] = {
    SurveyQuestion.EASE: ("very-easy", "easy", "neither", "hard", "very-hard"),
    SurveyQuestion.SUPPORT: ("all", "some", "none", "not-needed"),
    SurveyQuestion.INPUT: ("mouse", "keyboard", "touch", "switch", "voice", "person", "several"),
    SurveyQuestion.AGE: ("16-24", "25-34", "35-44", "45-54", "55-64", "65", "unsaid"),
    SurveyQuestion.HEALTH: ("a-lot", "a-little", "no", "unsaid"),
    SurveyQuestion.LANGUAGE: ("yes", "no", "unsaid"),
}
"""The choices of each question, in the order shown. BARRIER is answered in words."""


FEWEST = 10
"""Fewer people than this who answer a question about themselves in one way are never counted out loud."""


def takes(question: SurveyQuestion, answer: str) -> bool:
    """Whether this may be stored as an answer: one of the choices, or words that are neither none nor too many."""
    if question in VALUES:
        return answer in VALUES[question]
    return 0 < len(answer.strip()) <= MOST_WORDS
