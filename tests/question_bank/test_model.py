"""What candidates and staff may see of a question, and that the key is in none of it."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

from question_bank.load import load
from question_bank.model import CandidateQuestion, Question, digest
from tests.question_bank.small_bank import write_bank

CANARIES = {"explanation": "canary-explanation", "rule": "canary-rule", "edition": "canary-edition"}


def first_question(folder: Path) -> Question:
    return load(write_bank(folder)).questions[0]


def test_a_document_holds_no_key_explanation_rule_or_difficulty(tmp_path: Path) -> None:
    question = replace(first_question(tmp_path), difficulty=0.123456, **CANARIES)
    text = json.dumps(question.document())
    assert "canary" not in text
    assert "0.123456" not in text
    assert not {"key", "explanation", "difficulty", "rule", "review"} & question.document().keys()


def test_two_questions_that_differ_only_in_their_key_have_one_document(tmp_path: Path) -> None:
    question = first_question(tmp_path)
    other = replace(question, key=frozenset({"c"}))
    assert question.document() == other.document()
    assert question.secret() != other.secret()


def test_the_secret_holds_the_key_and_why(tmp_path: Path) -> None:
    secret = first_question(tmp_path).secret()
    assert secret["key"] == ["b"]
    assert secret["explanation"] == "The canary sings of rule 239."


def test_a_candidates_question_has_no_field_for_a_key() -> None:
    assert not {field.name for field in fields(CandidateQuestion)} & {
        "key",
        "explanation",
        "difficulty",
        "secret",
    }


def test_a_candidates_question_comes_whole_out_of_stored_json(tmp_path: Path) -> None:
    question = first_question(tmp_path)
    seen = CandidateQuestion.from_document(json.loads(json.dumps(question.document())))
    for field in fields(CandidateQuestion):
        assert getattr(seen, field.name) == getattr(question, field.name)


def test_a_wording_that_is_missing_falls_back_to_the_standard_one(tmp_path: Path) -> None:
    plain_too, standard_only = (
        CandidateQuestion.from_document(one.document()) for one in load(write_bank(tmp_path)).questions
    )
    assert plain_too.worded("en-GB", "plain") == plain_too.wordings["en-GB", "plain"]
    assert standard_only.worded("en-GB", "plain") == standard_only.wordings["en-GB", "standard"]
    assert standard_only.worded("cy", "plain") == standard_only.wordings["en-GB", "standard"]


def test_a_digest_ignores_the_order_of_fields_and_sees_every_letter() -> None:
    assert digest({"a": 1, "b": ["é"]}) == digest({"b": ["é"], "a": 1})
    assert digest({"a": "é"}) != digest({"a": "e"})
    assert len(digest({})) == 64
