"""Judging questions by content: shape, wordings, pictures, and the bank as a whole. No files are read here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from question_bank import content_rules, plain_rules
from question_bank.faults import Fault, Severity
from question_bank.model import FIRST_LANGUAGE, PLAIN, STANDARD, FairWithoutSight, Question
from question_bank.topics import TOPICS

ID = re.compile(r"q[0-9a-z]{5}")
OPTIONS = 4
FEWEST_FOR_SHARES = 20
MOST_LONGEST = 0.4
KEY_PLACE_SHARES = (0.15, 0.35)
Finding = tuple[Severity, str]


def check(questions: Sequence[Question], terms: plain_rules.ProtectedTerms) -> list[Fault]:
    """Every fault and every piece of advice, over each question and over all of them."""
    faults = [
        Fault(_file(question), question.id, sentence, severity)
        for question in questions
        for severity, sentence in (
            *_shape(question),
            *_sources(question),
            *_wordings(question, terms),
            *_picture(question),
        )
    ]
    return (
        faults + _once(questions) + [Fault("content", "all questions", one) for one in _key_habits(questions)]
    )


def _file(question: Question) -> str:
    return f"content/{question.topic}.toml"


def _shape(question: Question) -> Iterator[Finding]:
    if not ID.fullmatch(question.id):
        yield Severity.FAULT, "an id must be “q” and five letters or digits, chosen at random"
    if question.topic not in {topic.code for topic in TOPICS}:
        yield Severity.FAULT, f"“{question.topic}” is not a topic"
    if question.option_ids != ("a", "b", "c", "d"):
        yield Severity.FAULT, f"the options must be {OPTIONS}, with the ids a, b, c, d"
    if not question.key <= set(question.option_ids):
        yield Severity.FAULT, "the key names an option that does not exist"
    if len(question.key) != question.choose:
        yield Severity.FAULT, f"the key has {len(question.key)} options and “choose” is {question.choose}"
    if question.choose >= OPTIONS:
        yield Severity.FAULT, "“choose” leaves nothing to choose from"


def _sources(question: Question) -> Iterator[Finding]:
    if not re.match(r"Highway Code (?:rules? [H\d]|annex \d|[a-z])", question.rule):
        yield Severity.FAULT, "“rule” must name a rule, an annex or a section of the Highway Code"
    if not {"written", "checked against the rule"} <= {review.step for review in question.review}:
        yield Severity.FAULT, "the review must say when it was written and when checked against the rule"


def _wordings(question: Question, terms: plain_rules.ProtectedTerms) -> Iterator[Finding]:
    for (language, wording), said in question.wordings.items():
        limits = content_rules.PLAIN_LIMITS if wording == PLAIN else content_rules.STANDARD_LIMITS
        findings = list(content_rules.judge(said, limits))
        if wording == PLAIN and (language, STANDARD) in question.wordings:
            findings += plain_rules.compare(question.wordings[language, STANDARD], said, terms)
        for severity, sentence in findings:
            yield severity, f"({language}, {wording}) {sentence}"


def _picture(question: Question) -> Iterator[Finding]:
    if question.picture is None:
        if question.fair_without_sight is not FairWithoutSight.YES:
            yield Severity.FAULT, "without a picture a question is fair without sight"
        return
    description = question.picture.description.casefold()
    standard = question.wordings.get((FIRST_LANGUAGE, STANDARD))
    if standard is None:
        return
    for option_id, option in zip(question.option_ids, standard.options, strict=False):
        if option_id in question.key and option.casefold().rstrip(".") in description:
            yield Severity.FAULT, "the description of the picture says the right answer"


def _once(questions: Iterable[Question]) -> list[Fault]:
    """A fault for each id and each picture name that stands twice with another meaning."""
    counts = Counter(question.id for question in questions)
    return [
        Fault(_file(question), question.id, "another question has this id")
        for question in questions
        if counts[question.id] > 1
    ]


def _key_habits(questions: Iterable[Question]) -> Iterator[str]:
    """What a candidate who knows nothing could learn from the bank: the longest answer, the first place."""
    single = [
        (question, question.wordings[FIRST_LANGUAGE, STANDARD].options)
        for question in questions
        if question.choose == 1
        and len(question.option_ids) == OPTIONS
        and question.key <= set(question.option_ids)
        and (FIRST_LANGUAGE, STANDARD) in question.wordings
    ]
    if len(single) < FEWEST_FOR_SHARES:
        return
    places = [question.option_ids.index(next(iter(question.key))) for question, _ in single]
    for word, pick in (("longest", max), ("shortest", min)):
        hits = sum(
            len(options[place]) == pick(map(len, options))
            for (_, options), place in zip(single, places, strict=True)
        )
        if hits > MOST_LONGEST * len(single):
            yield f"the right answer is the {word} in {hits} of {len(single)} questions; aim at one in four"
    for place in range(OPTIONS):
        share = places.count(place) / len(single)
        if not KEY_PLACE_SHARES[0] <= share <= KEY_PLACE_SHARES[1]:
            yield f"the right answer stands in place {place + 1} in {share:.0%} of questions; aim at one in four"
