"""P01: the rules for writers, judged by machine on every wording (candidate-ui 5.2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.check import check
from question_bank.content_rules import PLAIN_LIMITS, STANDARD_LIMITS, judge
from question_bank.faults import Severity
from question_bank.load import load
from question_bank.model import Question, Wording
from question_bank.plain_rules import ProtectedTerms
from tests.question_bank.small_bank import write_bank

SOUND = Wording("You park on a hill. What do you do first?", ("Open it", "Pull it", "Leave it", "Sound it"))
LONG = "You drive " + "and drive " * 10 + "home. What do you do?"
STEMS = [
    ("You must", "the stem is no question"),
    ("It rains. It is dark. What do you do?", "the stem has 3 sentences"),
    ("What is it? What do you do?", "the stem asks two questions"),
    (LONG, "a sentence of 23 words"),
    ("What do you never do without a licence?", "a double negative"),
    ("What may you do here?", "“may” is hard to read"),
    ("What would you do here?", "“would” is hard to read"),
    ("What do you do in the event of rain?", "“in the event of” is hard to read"),
    ("Which of these is true of A and C?", "“A and C” speaks of other options"),
]
OPTIONS = [
    (("Stop", "Go", "Wait", "All of the above"), "speaks of other options"),
    (("Stop", "Go", "Wait", "None of these"), "speaks of other options"),
    (("Stop", "Go", "Wait", "Answer B"), "speaks of other options"),
    (("Stop", "Go", "Wait", "stop."), "two options say the same"),
    (("Stop.", "Go", "Wait", "Turn"), "some options end with a full stop"),
    (("2 metres", "Go", "Wait", "Turn"), "some options begin with a number"),
    (("Stop", "go", "Wait", "Turn"), "begins with a small letter"),
    (("To stop", "To go", "To wait", "To turn"), "all options begin with the same word"),
    (("Stop", "Go", "Wait", "Turn round in the widest part of the road"), "differ too much in length"),
]


def faults(said: Wording) -> str:
    return "\n".join(
        sentence for severity, sentence in judge(said, STANDARD_LIMITS) if severity is Severity.FAULT
    )


def test_p01_a_sound_wording_has_no_finding() -> None:
    assert list(judge(SOUND, STANDARD_LIMITS)) == []


@pytest.mark.parametrize(("stem", "sentence"), STEMS)
def test_p01_a_stem_that_breaks_a_rule_is_a_fault(stem: str, sentence: str) -> None:
    assert sentence in faults(replace(SOUND, stem=stem))


@pytest.mark.parametrize(("options", "sentence"), OPTIONS)
def test_p01_options_that_break_a_rule_are_a_fault(options: tuple[str, ...], sentence: str) -> None:
    assert sentence in faults(replace(SOUND, options=options))


def test_p01_a_negative_question_with_a_negative_option_is_a_fault() -> None:
    said = Wording("What do you not do?", ("Stop", "Go", "Do not wait", "Turn"))
    assert "both negative" in faults(said)


def test_p01_not_in_the_question_is_flagged_and_allowed() -> None:
    said = replace(SOUND, stem="Which light is not a signal?")
    assert [severity for severity, _ in judge(said, STANDARD_LIMITS)] == [Severity.ADVICE]


def test_p01_a_sentence_between_wanted_and_most_is_advice() -> None:
    said = replace(SOUND, stem="What do you do " + "now " * 12 + "?")
    assert [severity for severity, _ in judge(said, STANDARD_LIMITS)] == [Severity.ADVICE]


def test_p01_the_simpler_wording_allows_more_sentences_and_shorter_ones() -> None:
    short = replace(SOUND, stem="It rains. It is dark. You drive. What do you do?")
    assert list(judge(short, PLAIN_LIMITS)) == []
    long = replace(SOUND, stem="You drive home on a wet road with very little light. What do you do?")
    assert [severity for severity, _ in judge(long, PLAIN_LIMITS)] == [Severity.ADVICE]


def many(question: Question, key: str, right: str, places: str = "") -> list[Question]:
    """20 questions; the key in one place or in turn over `places`; the right option reads `right`."""
    questions = []
    for number in range(20):
        place = places[number % len(places)] if places else key
        options = tuple(right if one == place else f"Wrong {one}" for one in question.option_ids)
        questions.append(
            replace(
                question,
                id=f"q{number:05d}",
                key=frozenset(place),
                wordings={("en-GB", "standard"): Wording("What do you do?", options)},
            )
        )
    return questions


@pytest.mark.parametrize(
    ("right", "places", "sentence"),
    [
        ("Right and long", "abcd", "the right answer is the longest in 20 of 20"),
        ("Yes", "abcd", "the right answer is the shortest in 20 of 20"),
        ("Right a", "a", "the right answer stands in place 1 in 100%"),
        ("Right a", "bcd", "the right answer stands in place 1 in 0%"),
    ],
)
def test_p01_a_bank_whose_keys_can_be_guessed_is_a_fault(
    tmp_path: Path, right: str, places: str, sentence: str
) -> None:
    question = load(write_bank(tmp_path)).questions[0]
    found = check(many(question, "a", right, places), ProtectedTerms(["kerb"]))
    assert any(sentence in fault.sentence for fault in found)
