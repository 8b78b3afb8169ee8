"""Marking, bands and what a result tells: a mark is never more than the paper, and never names a question."""

import random
from dataclasses import asdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.outcome import Ended, Marked, OutcomeStatus, PartResult, PassRule, Score, first_status, mark

TOPICS = ["alertness", "documents", "safety margins", "vehicle handling"]
CAR = PassRule(43, {})
INSTRUCTOR = PassRule(85, {f"band {n}": (frozenset({topic}), 20) for n, topic in enumerate(TOPICS, start=1)})


def question(topic: str, right: bool) -> Marked:
    return Marked(topic, frozenset({"a" if right else "b"}), frozenset({"a"}))


def paper(**right_of: tuple[int, int]) -> list[Marked]:
    """Questions by topic: how many right, of how many."""
    return [
        question(topic.replace("_", " "), number < right)
        for topic, (right, of) in right_of.items()
        for number in range(of)
    ]


def options(*letters: str) -> frozenset[str]:
    return frozenset(letters)


# Chosen, key, and whether the question counts as answered and as right.
CHOICES = [
    (options("a"), options("a"), True, True),
    (options("b"), options("a"), True, False),
    (options(), options("a"), False, False),
    (options("a", "b"), options("a"), False, False),
    (options("a", "c"), options("a", "c"), True, True),
    (options("a", "b"), options("a", "c"), True, False),
    (options("b", "d"), options("a", "c"), True, False),
    (options("a"), options("a", "c"), False, False),
    (options("b"), options("a", "c"), False, False),
    (options(), options("a", "c"), False, False),
    (options("a", "b", "c"), options("a", "c"), False, False),
    (options("a", "b", "c", "d"), options("a", "c"), False, False),
]


@pytest.mark.parametrize(("chosen", "key", "answered", "right"), CHOICES)
def test_a_question_is_right_only_with_exactly_its_key_and_one_of_two_choices_is_unanswered(
    chosen: frozenset[str], key: frozenset[str], answered: bool, right: bool
) -> None:
    result = mark([Marked("alertness", chosen, key)], PassRule(1, {}))
    assert (result.answered, result.score, result.passed) == (int(answered), Score(int(right), 1), right)


@pytest.mark.parametrize(("right", "passed"), [(0, False), (42, False), (43, True), (50, True)])
def test_a_car_test_is_passed_with_43_of_50_and_not_with_42(right: int, passed: bool) -> None:
    result = mark(paper(alertness=(right, 50)), CAR)
    assert (result.passed, result.score, result.pass_mark) == (passed, Score(right, 50), 43)


def test_a_paper_without_one_answer_is_marked_and_failed() -> None:
    result = mark([Marked("alertness", options(), options("a"))] * 50, CAR)
    assert (result.score, result.answered, result.passed) == (Score(0, 50), 0, False)


def test_unanswered_questions_cost_their_own_mark_and_no_more() -> None:
    unanswered = [Marked("alertness", options(), options("a"))] * 7
    result = mark([*paper(documents=(43, 43)), *unanswered], CAR)
    assert (result.score.right, result.answered, result.passed) == (43, 43, True)


def test_94_of_100_is_a_fail_for_an_instructor_with_19_in_one_band() -> None:
    result = mark(
        paper(alertness=(25, 25), documents=(25, 25), safety_margins=(25, 25), vehicle_handling=(19, 25)),
        INSTRUCTOR,
    )
    assert (result.score, result.passed) == (Score(94, 100), False)
    assert result.bands_missed == ("band 4",)
    assert result.bands["band 4"] == Score(19, 25)


@pytest.mark.parametrize(("marks", "passed"), [((20, 20, 20, 25), True), ((20, 20, 20, 24), False)])
def test_twenty_in_every_band_is_enough_only_with_85_in_all(
    marks: tuple[int, int, int, int], passed: bool
) -> None:
    names = ("alertness", "documents", "safety_margins", "vehicle_handling")
    result = mark(paper(**{name: (right, 25) for name, right in zip(names, marks, strict=True)}), INSTRUCTOR)
    assert (result.passed, result.bands_missed) == (passed, ())


def test_a_band_takes_all_of_its_topics_together() -> None:
    rule = PassRule(1, {"signs and control": (frozenset({"alertness", "documents"}), 5)})
    results = [mark(paper(alertness=(2, 9), documents=(right, 9)), rule) for right in (3, 2)]
    assert [(r.passed, r.bands["signs and control"]) for r in results] == [
        (True, Score(5, 18)),
        (False, Score(4, 18)),
    ]


def test_a_band_with_no_question_on_the_paper_is_missed_and_not_forgotten() -> None:
    result = mark(paper(alertness=(9, 9)), PassRule(1, {"law": (frozenset({"documents"}), 1)}))
    assert (result.passed, result.bands_missed, result.bands["law"]) == (False, ("law",), Score(0, 0))


def test_topics_to_study_are_those_with_marks_lost_the_most_lost_first_then_by_name() -> None:
    result = mark(
        paper(vehicle_handling=(8, 10), documents=(9, 11), alertness=(5, 5), safety_margins=(0, 4)), CAR
    )
    assert result.to_study == ("safety margins", "documents", "vehicle handling")


def test_a_perfect_paper_has_nothing_to_study() -> None:
    assert mark(paper(alertness=(25, 25), documents=(25, 25)), CAR).to_study == ()


LETTERS = st.frozensets(st.sampled_from("abcde"), max_size=3)
KEYS = st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=2)
PAPERS = st.lists(st.builds(Marked, st.sampled_from(TOPICS), LETTERS, KEYS), max_size=60)
BANDS = st.dictionaries(
    st.sampled_from(["one", "two", "three"]),
    st.tuples(st.frozensets(st.sampled_from(TOPICS), min_size=1), st.integers(0, 20)),
)
RULES = st.builds(PassRule, st.integers(1, 60), BANDS)


@given(PAPERS, RULES)
def test_a_mark_is_never_below_nothing_nor_above_what_was_answered_nor_above_the_paper(
    questions: list[Marked], rule: PassRule
) -> None:
    result = mark(questions, rule)
    assert 0 <= result.score.right <= result.answered <= result.score.of == len(questions)
    assert sum(score.right for score in result.topics.values()) == result.score.right
    assert sum(score.of for score in result.topics.values()) == result.score.of
    assert all(0 <= score.right <= score.of for score in [*result.topics.values(), *result.bands.values()])


@given(PAPERS, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_changes_nothing(
    questions: list[Marked], rule: PassRule, chance: random.Random
) -> None:
    again = list(questions)
    chance.shuffle(again)
    assert mark(again, rule) == mark(questions, rule)
    assert mark(again, rule).to_study == mark(questions, rule).to_study


@given(PAPERS.filter(bool), RULES, st.data())
def test_putting_one_answer_right_never_loses_a_mark_nor_a_pass(
    questions: list[Marked], rule: PassRule, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(questions) - 1))
    one = questions[place]
    better = [*questions[:place], Marked(one.topic, one.key, one.key), *questions[place + 1 :]]
    before, after = mark(questions, rule), mark(better, rule)
    assert after.score.right - before.score.right == (one.chosen != one.key)
    assert after.passed >= before.passed


@given(PAPERS, RULES)
def test_a_pass_is_the_pass_mark_in_all_and_the_least_in_each_band(
    questions: list[Marked], rule: PassRule
) -> None:
    right = [q.topic for q in questions if q.chosen == q.key]
    enough = {name: sum(t in topics for t in right) >= least for name, (topics, least) in rule.bands.items()}
    result = mark(questions, rule)
    assert set(result.bands_missed) == {name for name, ok in enough.items() if not ok}
    assert result.passed == (len(right) >= rule.pass_mark and all(enough.values()))


def words_of(value: object) -> set[str]:
    """Every string anywhere in a plain value."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {word for pair in value.items() for part in pair for word in words_of(part)}
    return {word for part in value for word in words_of(part)} if isinstance(value, tuple | list) else set()


@given(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=50), st.booleans())
def test_a_result_and_its_topics_to_study_never_name_a_question_or_an_option(
    topics: list[str], right: bool
) -> None:
    marks = [
        Marked(topic, options(f"chosen-{n}"), options(f"chosen-{n}" if right else f"key-{n}"))
        for n, topic in enumerate(topics)
    ]
    result = mark(marks, INSTRUCTOR)
    own_words = {*PartResult.__annotations__, *Score.__annotations__}
    assert words_of(asdict(result)) <= {*TOPICS, *INSTRUCTOR.bands, *own_words}
    assert set(result.to_study) == (set() if right else set(topics))


@pytest.mark.parametrize(
    ("unsettled", "calls", "ended", "is_as_written"), list(product([0, 1, 9], [0, 1], Ended, [True, False]))
)
def test_a_result_is_shown_at_once_only_if_nothing_is_open_or_changed_and_the_sitting_came_to_its_own_end(
    unsettled: int, calls: int, ended: Ended, is_as_written: bool
) -> None:
    clear = unsettled == 0 and calls == 0 and ended != "stopped" and is_as_written
    wanted = OutcomeStatus.PROVISIONAL if clear else OutcomeStatus.IN_REVIEW
    found = first_status(
        unsettled_answers=unsettled, open_help=calls, ended=ended, is_as_written=is_as_written
    )
    assert found is wanted
