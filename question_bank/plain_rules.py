"""The simpler wording held against the standard one: same options, same protected terms, same numbers (P02)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from question_bank.faults import Fault, Severity
from question_bank.model import Wording
from question_bank.tables import read_toml

NUMBER = re.compile(r"\d+(?:\.\d+)?")


class ProtectedTerms:
    """Words that keep their form in every wording of a language, because the question turns on them."""

    def __init__(self, terms: Iterable[str]) -> None:
        longest_first = sorted({term.casefold() for term in terms}, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")(?:s|es)?\b")

    def within(self, text: str) -> set[str]:
        """The protected terms of a text, in the form in which they stand, in small letters."""
        return set(self._pattern.findall(text.casefold()))


def read_terms(path: Path, notes: list[Fault]) -> ProtectedTerms:
    """The protected terms of one file, whatever group they stand in."""
    whole = read_toml(path, path.name, notes)
    groups = whole.table("en-GB")
    return ProtectedTerms([term for group in groups.values for term in groups.texts(group)] or ["\0"])


def compare(standard: Wording, plain: Wording, terms: ProtectedTerms) -> Iterator[tuple[Severity, str]]:
    """Every finding on the simpler wording that only shows beside the standard one."""
    if len(plain.options) != len(standard.options):
        yield (
            Severity.FAULT,
            f"{len(plain.options)} options; the standard wording has {len(standard.options)}",
        )
    pairs = [("the stem", standard.stem, plain.stem)]
    pairs += [
        (f"option {number}", *both)
        for number, both in enumerate(zip(standard.options, plain.options, strict=False), start=1)
    ]
    for name, first, second in pairs:
        for lost in sorted(term for term in terms.within(first) if not _stands_in(term, second)):
            yield Severity.FAULT, f"the protected term “{lost}” is missing from {name}"
        if lost_numbers := set(NUMBER.findall(first)) ^ set(NUMBER.findall(second)):
            yield Severity.FAULT, f"{name} has other numbers: {', '.join(sorted(lost_numbers))}"
    if (standard.stem, standard.options) == (plain.stem, plain.options):
        yield Severity.FAULT, "the simpler wording is the standard one"


def _stands_in(term: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(term)}\b", text.casefold()) is not None
