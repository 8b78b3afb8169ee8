"""The questions that ship: sound, over every topic, enough for a whole paper, and each read against its rule."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from question_bank.blueprint import load_blueprint, shortages
from question_bank.draw import draw, pool_for
from question_bank.load import Bank, load, read
from question_bank.model import FairWithoutSight
from question_bank.topics import TOPICS


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load()


def test_the_bank_loads_without_a_fault_or_a_piece_of_advice(bank: Bank) -> None:
    assert read().findings == ()
    assert len(bank.questions) >= 66


def test_every_topic_has_at_least_four_questions_and_one_more_than_its_quota(bank: Bank) -> None:
    held = Counter(question.topic for question in bank.questions)
    quotas = load_blueprint().categories["car"].parts[0].quotas
    assert set(held) == {topic.code for topic in TOPICS}
    assert [topic for topic in held if held[topic] < max(4, quotas[topic] + 1)] == []
    assert shortages(load_blueprint(), bank.questions) == []


def test_some_questions_want_two_answers_and_many_have_a_simpler_wording(bank: Bank) -> None:
    assert sum(question.choose == 2 for question in bank.questions) >= 3
    assert sum(("en-GB", "plain") in question.wordings for question in bank.questions) >= 20


def test_every_question_was_read_against_the_june_2024_edition_and_none_claims_approval(bank: Bank) -> None:
    assert {question.edition for question in bank.questions} == {"June 2024"}
    assert {question.approval for question in bank.questions} == {None}
    assert {review.reader for question in bank.questions for review in question.review} == {"editor"}


def test_every_picture_is_used_and_was_compared_with_the_official_one(bank: Bank) -> None:
    pictured = [question for question in bank.questions if question.picture is not None]
    used = {question.picture.file for question in pictured if question.picture is not None}
    assert used == {path.name for path in bank.pictures.iterdir()}
    assert len(used) >= 10
    assert all("picture compared" in {review.step for review in question.review} for question in pictured)


def test_a_stem_that_points_at_a_picture_says_that_sight_needs_an_alternative(bank: Bank) -> None:
    pointing = [q for q in bank.questions if "this sign" in q.wordings["en-GB", "standard"].stem]
    assert pointing
    assert {question.fair_without_sight for question in pointing} == {FairWithoutSight.ALTERNATIVE}


def test_no_document_of_the_bank_tells_its_secret(bank: Bank) -> None:
    for question in bank.questions:
        text = json.dumps(question.document(), ensure_ascii=False)
        assert question.explanation not in text
        assert question.rule not in text


def test_no_two_questions_ask_the_same(bank: Bank) -> None:
    asked = Counter(
        (said.stem, frozenset(said.options), question.picture)
        for question in bank.questions
        for said in question.wordings.values()
    )
    assert [words for words, times in asked.items() if times > 1] == []


def test_a_thousand_car_papers_meet_every_quota(bank: Bank) -> None:
    part = load_blueprint().categories["car"].parts[0]
    pool = pool_for(bank.questions, "car")
    topics = {entry.id: entry.topic for entry in pool}
    drawn: Counter[str] = Counter()
    for seed in range(1000):
        paper = draw(part, pool, seed)
        assert Counter(topics[one.id] for one in paper.questions) == part.quotas
        drawn.update(one.id for one in paper.questions)
    assert set(drawn) == set(topics)


def test_the_short_paper_draws_from_the_same_bank(bank: Bank) -> None:
    part = load_blueprint().categories["car-short"].parts[0]
    assert len(draw(part, pool_for(bank.questions, "car-short"), 1).questions) == 10
