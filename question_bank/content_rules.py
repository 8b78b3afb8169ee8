"""The rules for writers that a machine can judge, for one wording (candidate-ui 5.2, P01). No files are read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.faults import Severity
from question_bank.model import Wording

SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
WORD = re.compile(r"[a-z0-9’'-]+")
NEGATIVES = frozenset(
    {"not", "never", "no", "none", "nothing", "neither", "nor", "cannot", "without", "unless"}
)
LIST_TRICKS = re.compile(
    r"\b(?:all|none|both|any|neither|either) of (?:the above|these|them|the options|the answers)\b"
    r"|\b[A-F] (?:and|or) [A-F]\b|\b(?:answers?|options?) [A-F]\b",
    re.IGNORECASE,
)
HARD_WORDS = re.compile(
    r"\b(?:may|might|would|whilst|upon|prior to|in the event of|commence|terminate|vicinity|e\.g|i\.e|etc)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Limits:
    """What one wording allows: sentences in the stem, and words a sentence (wanted, most)."""

    sentences: int
    words_wanted: int
    words_most: int


STANDARD_LIMITS = Limits(sentences=2, words_wanted=15, words_most=20)
PLAIN_LIMITS = Limits(sentences=4, words_wanted=10, words_most=15)
Finding = tuple[Severity, str]


def judge(said: Wording, limits: Limits) -> Iterator[Finding]:
    """Every finding on one wording, each a sentence for its writer."""
    yield from _judge_stem(said.stem, limits)
    for text in (said.stem, *said.options):
        yield from _judge_words(text, limits)
    yield from _judge_options(said.options)
    question = sentences(said.stem)[-1] if said.stem else ""
    if negatives(question) and any(negatives(option) for option in said.options):
        yield Severity.FAULT, "the question and an option are both negative"


def sentences(text: str) -> list[str]:
    """The sentences of a text, by their closing marks."""
    return SENTENCE_END.split(text.strip())


def negatives(text: str) -> int:
    """How many words of a text turn it round, such as “not” and “never”."""
    found = WORD.findall(text.lower())
    return sum(word in NEGATIVES or word.endswith(("n’t", "n't")) for word in found)


def _judge_stem(stem: str, limits: Limits) -> Iterator[Finding]:
    count = len(sentences(stem))
    if not stem.endswith("?"):
        yield Severity.FAULT, "the stem is no question: it must end with “?”"
    if count > limits.sentences:
        yield Severity.FAULT, f"the stem has {count} sentences; {limits.sentences} are allowed"
    if any("?" in sentence for sentence in sentences(stem)[:-1]):
        yield Severity.FAULT, "the stem asks two questions"
    if negatives(sentences(stem)[-1]):
        yield Severity.ADVICE, "the question is negative; ask what to do instead"


def _judge_words(text: str, limits: Limits) -> Iterator[Finding]:
    for sentence in sentences(text):
        words = len(sentence.split())
        if words > limits.words_most:
            yield (
                Severity.FAULT,
                f"a sentence of {words} words; {limits.words_most} are allowed: “{sentence}”",
            )
        elif words > limits.words_wanted:
            yield (
                Severity.ADVICE,
                f"a sentence of {words} words; {limits.words_wanted} are wanted: “{sentence}”",
            )
        if negatives(sentence) > 1:
            yield Severity.FAULT, f"a double negative: “{sentence}”"
    if trick := LIST_TRICKS.search(text):
        yield Severity.FAULT, f"“{trick[0]}” speaks of other options, and their order changes"
    if hard := HARD_WORDS.search(text):
        yield Severity.FAULT, f"“{hard[0]}” is hard to read; say it directly"


def _judge_options(options: tuple[str, ...]) -> Iterator[Finding]:
    if len({option.casefold().rstrip(".") for option in options}) < len(options):
        yield Severity.FAULT, "two options say the same"
    if len({option[-1:] == "." for option in options}) > 1:
        yield Severity.FAULT, "some options end with a full stop and some do not"
    if len({option[:1].isdigit() for option in options}) > 1:
        yield Severity.FAULT, "some options begin with a number and some do not"
    if any(option[:1].islower() for option in options):
        yield Severity.FAULT, "an option begins with a small letter"
    if options and options[0] and len({option.split()[0].lower() for option in options if option}) == 1:
        yield Severity.FAULT, "all options begin with the same word; move it to the stem"
    lengths = [len(option) for option in options] or [0]
    if max(lengths) > 2 * min(lengths) and max(lengths) - min(lengths) > 20:
        yield (
            Severity.FAULT,
            f"the options differ too much in length: {min(lengths)} to {max(lengths)} letters",
        )
