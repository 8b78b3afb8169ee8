"""The screen reader's harness is proved on the sample question: what Orca says, with real keys, on a real page."""

import pytest
from playwright.sync_api import Page

from tests.support.screen_reader import Orca
from tests.support.screen_reader_fixtures import Hear
from tests.support.serving import Site

# The real pages are read in every run, by tests/journeys/test_by_ear.py; the harness itself in the long one.
pytestmark = pytest.mark.deep
ANSWERS = ["A Parking lights", "B Dipped headlights", "C Full beam headlights", "D Hazard warning lights"]


@pytest.fixture
def question(samples: Site, hear: Hear) -> list[str]:
    """What is said when the sample question opens."""
    return hear(f"{samples.url}/sitting/question/12")


def test_opening_a_question_says_it_in_order(question: list[str]) -> None:
    heard = " / ".join(question)
    expected = [
        "Question 12 of 50",
        "Skip to the question",
        "About 42 minutes left",
        "You are driving in fog",
        "Choose 1 answer. There is a picture.",
        *ANSWERS,
        "Save and continue",
    ]
    places = [heard.find(words) for words in expected]
    assert -1 not in places, heard
    assert places == sorted(places), heard


def test_tab_into_the_answers_says_question_and_count(question: list[str], sr: Orca) -> None:
    sr.press("Tab")
    sr.wait_for("1 of 4")
    said = " ".join(sr.lines())
    assert "You are driving in fog" in said
    assert "Choose 1 answer" in said
    assert "A Parking lights" in said


def test_a_key_that_chooses_is_heard_and_seen(question: list[str], sr: Orca, reader_page: Page) -> None:
    sr.press("r")
    sr.wait_for("A Parking lights")
    sr.press("r")
    sr.wait_for("B Dipped headlights")
    sr.press("space")
    sr.wait_for("^selected")
    assert reader_page.locator(":checked").get_attribute("value") == "p8"


def test_words_that_are_never_said_are_a_failure(question: list[str], sr: Orca) -> None:
    with pytest.raises(AssertionError, match="never said 'The answer is B'"):
        sr.wait_for("The answer is B", timeout=0.3)
