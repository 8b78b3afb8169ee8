"""The real question page read by Orca, with real keys. It is Orca on Linux, and stands for no other screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import opened
from tests.journeys.sitting import Sitting
from tests.support.keyboard import press_and_wait
from tests.support.listener import Listener
from tests.support.screen_reader import Orca
from tests.support.screen_reader_desktop import wait_until
from tests.support.screen_reader_fixtures import Hear
from tests.support.serving import HandClock

TEN_MINUTES, SOON = 600_000, 6_000


@pytest.fixture
def listening(folder: Path, reader_page: Page) -> Iterator[Sitting]:
    """A started sitting at the tab that Orca reads, with a question on its paper that wants two answers."""
    with opened(folder, HandClock()) as centre:
        sitting = centre.showing(lambda one: one.wanted()[0] == 1 and 2 in one.wanted())
        reader_page.goto(centre.url)
        reader_page.get_by_label("Your test code").fill(sitting.code)
        press_and_wait(reader_page, "Enter")
        sitting.start()
        yield sitting
        reader_page.goto("about:blank")


def _at(sitting: Sitting, number: int) -> str:
    return f"{sitting.centre.url}/sitting/question/{number}"


def _said_in_order(lines: list[str], expected: list[str]) -> None:
    heard, at = " / ".join(lines), 0
    for words in expected:
        found = heard.find(words, at)
        assert found >= 0, f"{words!r} was not said, or not in its place: {heard}"
        at = found + len(words)


@pytest.mark.timeout(120)
def test_r01_opening_a_question_says_title_question_count_answers_and_continue(
    listening: Sitting, sr: Orca, reader_page: Page
) -> None:
    sr.hush()
    reader_page.goto(_at(listening, 1))
    lines = sr.wait_for("Save and continue", timeout=30)
    options = listening.options(1)
    _said_in_order(
        lines,
        [
            "Question 1 of 10",
            "Skip to the question",
            "minutes left",
            listening.stems()[0],
            "Choose 1 answer.",
            *(f"{letter} {words}" for letter, words in zip("ABCDEF", options, strict=False)),
            "Save and continue",
        ],
    )
    assert f"1 of {len(options)}" in " ".join(lines)


@pytest.mark.timeout(120)
def test_r02_tab_into_the_answers_says_the_question_and_how_many_to_choose(
    listening: Sitting, hear: Hear, sr: Orca
) -> None:
    hear(_at(listening, 1))
    sr.press("Tab")
    sr.spoken()
    if "Skip to" in " ".join(sr.lines()):
        sr.press("Tab")
    sr.wait_for("1 of")
    said = " ".join(sr.lines())
    assert listening.stems()[0] in said
    assert "Choose 1 answer." in said
    assert f"A {listening.options(1)[0]}" in said


@pytest.mark.timeout(120)
def test_r03_three_arrow_presses_say_three_answers_and_nothing_else(
    listening: Sitting, hear: Hear, sr: Orca, reader_page: Page
) -> None:
    hear(_at(listening, 1))
    reader_page.locator("#a1").focus()
    sr.spoken()
    sr.press("Insert+a")  # focus mode: arrows belong to the answers
    sr.spoken()
    options = listening.options(1)
    for at in (1, 2, 3):
        sr.press("Down")
        letter, words = "ABCD"[at % len(options)], options[at % len(options)]
        sr.wait_for(f"{letter} {words}"[:40].replace("?", "."))
        said = " ".join(sr.spoken(quiet=0.8))
        others = [other for other in options if other != words and other in said]
        assert others == [], said
        assert "Saved" not in said
        assert "minutes left" not in said


@pytest.mark.timeout(120)
def test_r06_an_error_is_said_and_its_field_is_two_keys_away(
    listening: Sitting, hear: Hear, sr: Orca, reader_page: Page
) -> None:
    two = listening.wanted().index(2) + 1
    hear(_at(listening, two))
    for box in (1, 2, 3):
        reader_page.locator(f"#a{box}").focus()
        reader_page.keyboard.press("Space")
    sr.mark()
    with reader_page.expect_navigation():
        reader_page.get_by_role("button", name="Save and continue").focus()
        reader_page.keyboard.press("Enter")
    sr.wait_for("Choose 2 answers. You have chosen 3")
    sr.wait_for("Error: Question")
    sr.spoken(quiet=1.5)
    sr.press("Tab")
    sr.wait_for("You have chosen 3")
    sr.press("Return")
    sr.wait_for(f"A {listening.options(two)[0]}"[:40])
    assert reader_page.evaluate("document.activeElement.id") == "a1" or reader_page.url.endswith("#a1")


@pytest.mark.timeout(120)
def test_r04_enter_on_an_answer_in_browse_mode_saves_that_answer_and_says_so_once(
    listening: Sitting, hear: Hear, sr: Orca
) -> None:
    hear(_at(listening, 1))
    ear, since = Listener(sr), sr.place()
    ear.find("r", "B ")
    assert "selected" in ear.press("space")
    ear.find("r", "C ")
    ear.enter()
    sr.wait_for("Answer C chosen")
    wait_until(lambda: listening.saved() == {1: "C"}, 20, "C stored")
    ear.listen(1.5)
    assert sr.unasked(since) == ["Answer C chosen"]
    assert "Question 1 of 10" not in " ".join(sr.lines()), "the page has not gone on"


@pytest.mark.timeout(120)
def test_r05_a_page_starts_at_the_question_and_with_a_reader_never_at_an_answer(
    listening: Sitting, sr: Orca, reader_page: Page
) -> None:
    landmarks = {
        "Skip to the question": "the top",
        listening.stems()[0]: "the question",
        f"A {listening.options(1)[0]}": "the first answer",
    }

    def read() -> list[str]:
        """Which landmarks are read, in this order; what Orca tells of the loading may come before or among them."""
        sr.hush()
        reader_page.goto(_at(listening, 1))
        try:
            heard = " / ".join(sr.wait_for("Save and continue", timeout=15))
        except AssertionError:  # it went on reading the page before, whose loading had not come to its end
            return []
        return sorted((name for words, name in landmarks.items() if words in heard), key=order(heard))

    def order(heard: str) -> Callable[[str], int]:
        return lambda name: heard.find(next(words for words, known in landmarks.items() if known == name))

    def is_read(*expected: str) -> bool:
        """Orca's own caret now and then lands elsewhere while a page loads; a page that starts wrongly always does."""
        return any(read() == list(expected) for _ in range(3))

    assert is_read("the top", "the question", "the first answer")
    _prefers(reader_page, listening, "start", "At the question")
    assert is_read("the question", "the first answer")
    _prefers(reader_page, listening, "start", "At the first answer")
    assert is_read("the first answer"), "who starts at an answer hears no question"
    _prefers(reader_page, listening, "reader", "Yes")
    assert is_read("the question", "the first answer"), "so a reader never starts there"


def _prefers(page: Page, sitting: Sitting, code: str, words: str) -> None:
    page.goto(f"{sitting.centre.url}/sitting/look/{code}")
    page.get_by_role("radio", name=words).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.timeout(120)
def test_t02_ten_minutes_left_is_said_once_and_not_again_on_the_next_page(
    listening: Sitting, sr: Orca, reader_page: Page
) -> None:
    clock = listening.centre.clock
    clock.forward(ms=listening.left_ms - TEN_MINUTES - SOON)
    sr.hush()
    since = sr.place()
    reader_page.goto(_at(listening, 1))
    sr.wait_for("Save and continue", timeout=30)
    wait_until(lambda: sr.unasked(since), 30, "the time")
    assert sr.unasked(since) == ["10 minutes left. Question 1 of 10."]
    clock.forward(ms=SOON)
    sr.hush()
    reader_page.goto(_at(listening, 2))
    sr.wait_for("Save and continue", timeout=30)
    sr.listen(2.5)
    assert len(sr.unasked(since)) == 1
