"""Drawing a paper: quotas exactly, nothing twice, the same for the same seed, rest honoured when it can be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from question_bank.draw import EXPOSURE_CAP, RESTING_SITTINGS, PoolEntry, PoolTooSmall, draw
from question_bank.model import Part, PartKind

OPTION_IDS = ("a", "b", "c", "d")
TOPICS = ("alertness", "attitude", "documents")
PART = Part(
    PartKind.MULTIPLE_CHOICE,
    questions=6,
    minutes=7,
    pass_mark=5,
    quotas={"alertness": 3, "attitude": 2, "documents": 1},
)

pools = some.fixed_dictionaries({topic: some.integers(PART.quotas[topic], 8) for topic in TOPICS}).map(
    lambda sizes: [
        PoolEntry(f"q{topic[:3]}{number}", 1, topic, OPTION_IDS)
        for topic, size in sizes.items()
        for number in range(size)
    ]
)
seeds = some.integers(0, 2**63)
no_deadline = settings(deadline=None)  # a shared machine can stall for longer than a draw takes


def topic_of(pool: list[PoolEntry]) -> dict[str, str]:
    return {entry.id: entry.topic for entry in pool}


@no_deadline
@given(pool=pools, seed=seeds)
def test_every_quota_is_met_exactly_and_nothing_comes_twice(pool: list[PoolEntry], seed: int) -> None:
    paper = draw(PART, pool, seed)
    topics = topic_of(pool)
    assert Counter(topics[one.id] for one in paper.questions) == PART.quotas
    assert len({one.id for one in paper.questions}) == PART.questions
    assert [one.position for one in paper.questions] == list(range(1, PART.questions + 1))
    assert paper.repeats == ()


@no_deadline
@given(pool=pools, seed=seeds)
def test_the_same_seed_draws_the_same_paper_from_the_pool_in_any_order(
    pool: list[PoolEntry], seed: int
) -> None:
    assert draw(PART, pool, seed) == draw(PART, reversed(pool), seed)


@no_deadline
@given(pool=pools, seed=seeds)
def test_option_values_mean_nothing_and_never_repeat(pool: list[PoolEntry], seed: int) -> None:
    paper = draw(PART, pool, seed)
    values = [value for one in paper.questions for value, _ in one.options]
    assert len(set(values)) == len(values)
    assert {len(value) for value in values} == {8}
    assert not set(values) & {text for entry in pool for text in (entry.id, *entry.option_ids)}
    for one in paper.questions:
        assert sorted(option for _, option in one.options) == list(OPTION_IDS)


@no_deadline
@given(pool=pools, seed=seeds, data=some.data())
def test_rest_is_honoured_when_it_can_be_and_broken_rest_is_named(
    pool: list[PoolEntry], seed: int, data: some.DataObject
) -> None:
    seen = data.draw(some.dictionaries(some.sampled_from([one.id for one in pool]), some.integers(1, 5)))
    shares = some.floats(0, 1, allow_nan=False)
    exposure = data.draw(some.dictionaries(some.sampled_from([one.id for one in pool]), shares))
    paper = draw(PART, pool, seed, seen=seen, exposure=exposure)
    resting = {
        one.id
        for one in pool
        if seen.get(one.id, 99) <= RESTING_SITTINGS or exposure.get(one.id, 0) > EXPOSURE_CAP
    }
    drawn = {one.id for one in paper.questions}
    assert set(paper.repeats) == drawn & resting
    for topic, wanted in PART.quotas.items():
        of_topic = {one.id for one in pool if one.topic == topic}
        assert len(drawn & resting & of_topic) == max(0, wanted - len(of_topic - resting))


@no_deadline
@given(seed=seeds)
def test_when_all_must_rest_the_longest_unseen_comes_back(seed: int) -> None:
    part = replace(PART, questions=1, quotas={"alertness": 1})
    pool = [PoolEntry(f"q{ago}", 1, "alertness", OPTION_IDS) for ago in (1, 2)]
    paper = draw(part, pool, seed, seen={"q1": 1, "q2": 2})
    assert paper.repeats == ("q2",)


@no_deadline
@given(seed=seeds)
def test_a_question_this_person_never_had_comes_before_one_they_had(seed: int) -> None:
    part = replace(PART, questions=1, quotas={"alertness": 1})
    pool = [PoolEntry(name, 1, "alertness", OPTION_IDS) for name in ("common", "recent")]
    paper = draw(part, pool, seed, seen={"recent": 1}, exposure={"common": 0.9})
    assert paper.repeats == ("common",)


def test_orders_of_questions_and_options_differ_between_papers() -> None:
    pool = [PoolEntry(f"q{n}{topic}", 1, topic, OPTION_IDS) for topic in TOPICS for n in range(4)]
    papers = [draw(PART, pool, seed) for seed in range(60)]
    assert len({tuple(one.id for one in paper.questions) for paper in papers}) > 50
    first_shown = Counter(one.options[0][1] for paper in papers for one in paper.questions)
    assert set(first_shown) == set(OPTION_IDS)
    assert max(first_shown.values()) < 2 * min(first_shown.values())


def test_every_question_of_a_pool_is_drawn_about_as_often_as_the_others() -> None:
    part = replace(PART, questions=2, quotas={"alertness": 2})
    pool = [PoolEntry(f"q{number}", 1, "alertness", OPTION_IDS) for number in range(8)]
    drawn = Counter(one.id for seed in range(400) for one in draw(part, pool, seed).questions)
    assert min(drawn.values()) > 60
    assert max(drawn.values()) < 140


def test_a_topic_with_too_few_questions_is_refused_by_name() -> None:
    pool = [PoolEntry(f"q{number}", 1, "alertness", OPTION_IDS) for number in range(2)]
    with pytest.raises(PoolTooSmall) as refused:
        draw(PART, pool, 1)
    assert (refused.value.topic, refused.value.wanted, refused.value.had) == ("alertness", 3, 2)


def test_a_pool_that_holds_a_question_twice_is_refused() -> None:
    entry = PoolEntry("q1", 1, "alertness", OPTION_IDS)
    with pytest.raises(ValueError, match="twice"):
        draw(PART, [entry, replace(entry, version=2)], 1)


def test_a_value_that_is_an_id_of_the_bank_is_made_anew() -> None:
    pool = [PoolEntry(f"q{n}{topic}", 1, topic, OPTION_IDS) for topic in TOPICS for n in range(4)]
    first = draw(PART, pool, 7).questions[0].options[0][0]
    unasked = PoolEntry("q9", 1, "motorway-rules", (first, "b", "c", "d"))
    values = [value for one in draw(PART, [*pool, unasked], 7).questions for value, _ in one.options]
    assert first not in values
