"""Practice with a mouse, a keyboard, a touch screen, a voice, a switch or a person: each page, each kind of try."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.pages.candidate.practice.device_pages import AS_ANSWER, LARGE, PAGES, SMALL, Device, Ground
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.practising import HOME, done, links, pass_page
from tests.pages.candidate.tab import Tab

PICTURES = Path("app/static/pictures")


@pytest.fixture
def tab(candidate: Candidate) -> Tab:
    """The candidate's browser, before the start."""
    return candidate.at_instructions()


@pytest.mark.parametrize("device", list(Device))
def test_the_pages_of_a_device_lead_one_to_the_next_and_then_to_the_first_lesson(
    tab: Tab, device: Device
) -> None:
    tab.open(f"{HOME}/device/{device}/1")
    for page in PAGES[device]:
        assert tab.heading == page.heading
        assert [one.get("class") for one in tab.tree.all("h1")] == ["govuk-heading-l"]
        pass_page(tab, page)
        assert done(tab) == page.done
    assert tab.path.startswith(f"{HOME}/lesson/choose")


def test_a_press_beside_the_square_counts_as_trying_and_nothing_is_called_wrong(tab: Tab) -> None:
    tab.open(f"{HOME}/device/mouse/5").press(**{"ground.x": "20", "ground.y": "20"})
    assert tab.notices == ["You pressed. The arrow was not on the square yet. Try again."]
    assert (tab.status, tab.errors) == (200, [])
    tab.press(**{"ground.x": "140", "ground.y": "150"})
    assert tab.path == f"{HOME}/device/mouse/6?said=done"
    assert done(tab) == "You pressed the big square."


@pytest.mark.parametrize(
    "sent", [{}, {"ground.x": "x", "ground.y": "9"}, {"ground.x": "9" * 30, "ground.y": "1"}]
)
def test_a_press_that_says_nothing_sensible_stays_on_the_page(tab: Tab, sent: dict[str, str]) -> None:
    tab.open(f"{HOME}/device/mouse/5").press(**sent)
    assert tab.path == f"{HOME}/device/mouse/5?said=again"


@pytest.mark.parametrize("ground", [LARGE, SMALL, AS_ANSWER], ids=lambda one: one.file)
def test_the_square_that_is_drawn_is_the_square_that_counts(ground: Ground) -> None:
    drawn = re.findall(
        r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="6"', (PICTURES / ground.file).read_text()
    )
    left, top, wide, high = (int(one) for one in drawn[0])
    assert (wide, high) == (ground.square_width, ground.square_height)
    corners = [(left, top), (left + wide, top), (left, top + high), (left + wide, top + high)]
    assert all(ground.is_hit(x, y) for x, y in corners)
    outside = [(left - 1, top), (left, top - 1), (left + wide + 1, top), (left, top + high + 1)]
    assert not any(ground.is_hit(x, y) for x, y in outside)
    assert ground.is_hit(0, 0), "a press by keyboard or voice has no place"


def test_squares_get_smaller_until_they_are_as_large_as_an_answer() -> None:
    squares = [page.ground for page in PAGES[Device.MOUSE] if page.ground]
    assert [(one.square_width, one.square_height) for one in squares] == [(120, 120), (80, 80), (240, 56)]


def test_the_second_button_and_a_missing_answer_get_a_kind_word(tab: Tab) -> None:
    tab.open(f"{HOME}/device/keyboard/2").press("second")
    assert tab.notices == ["That was the second button. Go back to the first one. Try again."]
    tab.open(f"{HOME}/device/keyboard/4").press("go")
    assert tab.notices == ["No answer was chosen yet. Try again."]
    tab.press("stay", answer="a")
    assert tab.path == f"{HOME}/device/keyboard/4?said=again", "Enter on an answer never moves on"


def test_w07_the_words_to_say_are_the_words_on_the_controls(tab: Tab) -> None:
    tab.open(f"{HOME}/device/voice/1")
    assert tab.heading == f"Say: click {tab.buttons[0]}."
    pass_page(tab, PAGES[Device.VOICE][0])
    assert [one.text()[0] for one in tab.tree.all("label")] == ["A", "B", "C", "D"]
    tab.press("go", answer="a")
    assert tab.notices[0].startswith("B was not chosen yet.")


def test_a_switch_is_set_up_by_a_person_and_the_page_says_so(tab: Tab) -> None:
    tab.open(f"{HOME}/device/switch/1")
    assert tab.heading == "A person sets up your switch with you."
    assert "This page does not do it." in tab.words
    assert links(tab)["Ask a person for help"] == "/sitting/help"
