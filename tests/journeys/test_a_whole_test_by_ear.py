"""A whole test by somebody who only hears: from the code to the result, through Orca, each key chosen by the words.

The walk below gets a `Listener` and nothing of the page. What is stored is compared with what was meant at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import Centre, opened
from tests.journeys.sitting import Sitting
from tests.support.listener import Listener
from tests.support.screen_reader import Orca
from tests.support.serving import HandClock

ON = "Save and continue"
PLACE = re.compile(r"Question (\d+) of 10 ")
UNSURE, TIRED_AFTER = 4, 6


@dataclass
class Learner:
    """What a candidate brings along: what they learnt, and what they mean to answer. Filled by hearing alone."""

    ear: Listener
    knows: dict[str, set[str]]
    meant: dict[int, str] = field(default_factory=dict)

    def signs_in(self, code: str) -> None:
        """Types the code in its field and goes on."""
        assert "Start your test" in self.ear.hear_page(end="ask a person for help")
        while "Your test code" not in self.ear.press("Tab"):
            pass
        self.ear.type(code)
        assert "Check your details" in self.ear.follow()

    def says(self, words: str) -> str:
        """Chooses one of two answers about the booking, and goes on."""
        self.ear.find("r", words)
        assert "selected" in self.ear.press("space")
        return self.ear.go("b", "Continue")

    def sets_up(self) -> None:
        """Tells of the screen reader, and leaves all other settings as they are."""
        assert "How would you like to answer?" in self.ear.words
        self.ear.go("b", "Save and go on")
        assert "Do you use a screen reader" in self.ear.words, self.ear.page
        self.ear.find("r", "Yes")
        self.ear.press("space")
        assert "practise first" in self.ear.go("b", "Use these settings")

    def practises(self) -> None:
        """One practice question, and on."""
        self.ear.go("k", "Practise")
        self.ear.go("k", "I know how: go on")
        assert "Choose an answer. Then press Save and continue." in self.ear.words
        self.ear.find("r", "B ")
        assert "selected" in self.ear.press("space")
        self.ear.go("b", ON)
        assert "You chose B. You can change it." in self.ear.words
        assert "Before you start" in self.ear.go("k", "Skip practice")

    def answers(self, *, wrongly: bool = False) -> None:
        """Chooses what was learnt for the question just heard, or something else."""
        number, right, offered = self.at(), self._remembers(), self.ear.answers()
        fitting = [letter for letter, one in offered.items() if (_plain(one.words) in right) != wrongly]
        self.meant[number] = "".join(fitting[: len(right)])
        for letter, one in offered.items():
            wanted = letter in self.meant[number]
            if one.chosen != wanted and (
                wanted or len(right) > 1
            ):  # another radio takes the choice away by itself
                self.ear.find("r" if len(right) == 1 else "x", f"{letter} {one.words}")
                said = self.ear.press("space")
                assert ("not" not in said) == wanted, said

    def at(self) -> int:
        """The number of the question, from the title."""
        found = PLACE.match(self.ear.title)
        assert found is not None, self.ear.page
        return int(found[1])

    def _remembers(self) -> set[str]:
        heard = _plain(self.ear.words)
        known = [right for question, right in self.knows.items() if question in heard]
        assert len(known) == 1, self.ear.page
        assert f"Choose {len(known[0])} answer" in self.ear.words
        return known[0]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _learnt(sitting: Sitting) -> dict[str, set[str]]:
    """Each question of the paper with its right answers, as somebody knows them who has learnt for the test."""
    known = {}
    for number, stem in enumerate(sitting.stems(), start=1):
        options = sitting.options(number)
        known[_plain(stem)] = {_plain(options["ABCDEFGH".index(letter)]) for letter in sitting.right(number)}
    return known


def _takes_the_test(learner: Learner, centre: Centre) -> None:
    ear = learner.ear
    for number in range(1, 11):
        assert learner.at() == number
        centre.clock.forward(seconds=4)
        learner.answers(wrongly=number == UNSURE)
        if number == 1:
            assert ear.listen(2.5) == []  # long enough for the answer to be saved without a word
        if number == UNSURE:
            ear.go("b", "Flag to check later")
            assert "Remove flag" in ear.words
        if number == TIRED_AFTER:
            _takes_a_break(ear, centre)
        ear.go("b", ON)


def _takes_a_break(ear: Listener, centre: Centre) -> None:
    assert "Take a break" in ear.go("b", "Take a break")
    assert "Break" in ear.go("b", "Start my break")
    assert "The clock is stopped" in ear.words
    centre.clock.forward(minutes=3)
    ear.go("b", "Come back")
    assert "Your break has ended" in ear.words


def _checks_and_finishes(learner: Learner) -> None:
    ear = learner.ear
    assert "Check your answers" in ear.title
    assert "Not answered (0)" in ear.words
    assert "Flagged (1)" in ear.words
    ear.go("k", f"Question {UNSURE}. Answered. Flagged.")
    learner.answers()
    # The list opens at the same line again, and Orca says that line instead of the whole page.
    assert "Check your answers" in ear.go("b", ON, end="Page has")
    assert f"Question {UNSURE}. Answered. Flagged." in ear.words
    ear.go("k", "Finish this part")
    ear.go("b", "Finish this part", end="To pass you need")


@pytest.mark.timeout(180)
def test_a_whole_test_is_taken_by_ear_alone(folder: Path, sr: Orca, reader_page: Page) -> None:
    with opened(folder, HandClock()) as centre:
        sitting = centre.showing(lambda one: 2 in one.wanted() and bool(one.pictured()))
        ear = Listener(sr)
        learner = Learner(ear, _learnt(sitting))
        sr.hush()
        reader_page.goto(centre.url)  # as the desk leaves it; nothing below looks at the page again
        learner.signs_in(sitting.code)
        learner.says("Yes, this is me")
        learner.says("No, this is right")
        learner.sets_up()
        learner.practises()
        ear.go("b", "Start the test")
        _takes_the_test(learner, centre)
        _checks_and_finishes(learner)
        assert "You passed the multiple choice part" in ear.words
        reader_page.goto("about:blank")
        assert ear.interruptions == [], "a page spoke although no key had asked it to"
        assert ear.again <= 1, "Return led nowhere more than once"
        assert sitting.saved() == learner.meant
        assert sitting.flagged() == [UNSURE]
        assert all(learner.meant[number] == sitting.right(number) for number in range(1, 11))
