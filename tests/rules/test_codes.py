"""Letters that people copy and read out: none that can be mixed up, and a browser's word always the same."""

from __future__ import annotations

import random
import re

from app.rules import codes


def test_no_letter_of_a_code_can_be_taken_for_another() -> None:
    assert not set("0O1IL") & set(codes.LETTERS)
    assert len(set(codes.LETTERS)) == len(codes.LETTERS) == 31


def test_a_code_is_made_of_what_the_chooser_takes() -> None:
    assert codes.made(lambda letters: letters[-1], 6) == "999999"
    spelled = codes.made(random.Random(7).choice, 1000)
    assert set(spelled) == set(codes.LETTERS)


def test_a_browser_has_one_word_without_vowels_and_another_browser_another() -> None:
    one, other = codes.word_of("ab" * 32), codes.word_of("ac" * 32)
    assert one == codes.word_of("ab" * 32)
    assert re.fullmatch(r"[BCDFGHJKLMNPRSTVWXZ]{12}", one)
    assert one[: codes.SHORTEST_WORD] != other[: codes.SHORTEST_WORD]
