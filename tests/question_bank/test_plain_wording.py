"""P02: the simpler wording keeps every protected term, every number, and the options as they stand."""

from __future__ import annotations

import pytest

from question_bank.model import Wording
from question_bank.plain_rules import ProtectedTerms, compare

TERMS = ProtectedTerms(["headlight", "hard shoulder", "shoulder", "zebra crossing", "crossing"])
STANDARD = Wording(
    "You stop on the hard shoulder. What do you use?", ("Headlights", "Horn", "5 metres", "Rope")
)
PLAIN = Wording(
    "You stop. You are on the hard shoulder. What do you use?", ("Headlights", "Horn", "5 metres", "Rope")
)


def said(standard: Wording, plain: Wording) -> list[str]:
    return [sentence for _, sentence in compare(standard, plain, TERMS)]


def test_p02_a_simpler_wording_that_keeps_everything_has_no_finding() -> None:
    assert said(STANDARD, PLAIN) == []


@pytest.mark.parametrize(
    ("stem", "options", "sentence"),
    [
        ("You stop at the side. What do you use?", PLAIN.options, "“hard shoulder” is missing from the stem"),
        (PLAIN.stem, ("Lights", "Horn", "5 metres", "Rope"), "“headlights” is missing from option 1"),
        (PLAIN.stem, ("Headlight", "Horn", "5 metres", "Rope"), "“headlights” is missing from option 1"),
        (PLAIN.stem, ("Horn", "Headlights", "5 metres", "Rope"), "“headlights” is missing from option 1"),
        (PLAIN.stem, ("Headlights", "Horn", "6 metres", "Rope"), "option 3 has other numbers: 5, 6"),
        ("You stop 2 times on the hard shoulder. What now?", PLAIN.options, "the stem has other numbers: 2"),
        (PLAIN.stem, PLAIN.options[:3], "3 options; the standard wording has 4"),
        (STANDARD.stem, STANDARD.options, "the simpler wording is the standard one"),
    ],
)
def test_p02_what_the_simpler_wording_loses_is_a_fault(
    stem: str, options: tuple[str, ...], sentence: str
) -> None:
    assert sentence in "\n".join(said(STANDARD, Wording(stem, options)))


def test_p02_a_term_inside_a_longer_term_still_counts_as_kept() -> None:
    standard = Wording("Who waits at the crossing?", ("You", "Me", "Them", "All people"))
    plain = Wording("There is a zebra crossing. Who waits?", standard.options)
    assert said(standard, plain) == []
