"""The practice questions: written by the bank's own rules, and with nothing to mark them by."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from question_bank import practice
from question_bank.content_rules import PLAIN_LIMITS, STANDARD_LIMITS, judge
from question_bank.model import FIRST_LANGUAGE, STANDARD, CandidateQuestion
from question_bank.pictures import NAME, inspect

PICTURES = Path("app/static/pictures")


@pytest.mark.parametrize("question", practice.EVERY, ids=lambda one: one.id)
def test_p01_practice_questions_keep_the_rules_for_both_wordings(question: CandidateQuestion) -> None:
    said = question.worded(FIRST_LANGUAGE, STANDARD)
    assert list(judge(said, STANDARD_LIMITS)) == []
    assert list(judge(said, PLAIN_LIMITS)) == []
    assert len(said.options) == len(question.option_ids) == 4
    assert 1 <= question.choose < len(said.options)


def test_r12_no_practice_question_holds_a_key() -> None:
    held = {field.name for question in practice.EVERY for field in fields(question)}
    assert not held & {"key", "explanation", "rule"}
    assert "key" not in vars(practice)


def test_the_two_last_questions_are_one_with_a_picture_and_one_that_wants_two_answers() -> None:
    with_picture, two = practice.LIKE_REAL
    assert (with_picture.choose, with_picture.picture is not None) == (1, True)
    assert (two.choose, two.picture) == (2, None)


def test_s12_the_picture_is_a_clean_drawing_of_the_size_told_and_is_described() -> None:
    drawn = inspect(PICTURES / practice.TABLE.file)
    # Its name needs no chance letters: there is no answer that a name could tell.
    assert [fault for fault in drawn.faults if "name must be" not in fault] == []
    assert (drawn.width, drawn.height) == (practice.TABLE.width, practice.TABLE.height)
    assert not NAME.fullmatch(practice.TABLE.file)
    assert len(practice.TABLE.description.split()) > 10
