"""Practice without script: by keyboard alone from the code to the start, by a mouse that misses once, and by touch."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page

from app.actions.confirm_details import confirm_arrangements, confirm_details
from tests.journeys.centre import Centre
from tests.journeys.walks import NEXT, answer, heading, notice, pick, sign_in
from tests.support.browser import Kind, Tabs
from tests.support.keyboard import activate, choose, press, press_and_wait, tab_to

BROWSERS: list[Kind] = ["chromium", "firefox"]
SQUARE = "input[type=image]"


def practising(desks: Tabs, centre: Centre, path: str, **tab: object) -> Page:
    """A candidate who has confirmed everything, at a page of practice."""
    sitting = centre.released()
    page = sign_in(desks, sitting, **tab)
    sitting.candidate(confirm_details)
    sitting.candidate(confirm_arrangements)
    page.goto(f"{centre.url}/sitting/practice{path}")
    return page


def click(page: Page, across: float, down: float) -> None:
    """Moves the mouse to this part of the ground, and presses and lets go."""
    box = page.locator(SQUARE).bounding_box()
    assert box is not None
    with page.expect_navigation():
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_k02_the_whole_practice_by_keyboard_alone_with_script_off(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = sign_in(desks, sitting)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    page.goto(f"{centre.url}/sitting/practice")  # the pages about looks are another test's
    activate(page, "Practise")
    activate(page, "Keyboard: show me how")
    _keyboard(page)
    _lessons(page)
    _questions(page)
    assert heading(page) == "That was practice. Nothing was marked."
    activate(page, "Go on to the instructions")
    activate(page, "Start the test. The clock starts when you press this.")
    assert page.url.endswith("/sitting/question/1")
    assert sitting.saved() == {}


def _keyboard(page: Page) -> None:
    activate(page, "The frame is here")
    tab_to(page, "Second button")
    tab_to(page, "First button", key="Shift+Tab")
    press_and_wait(page, "Enter")
    choose(page, "C")
    activate(page, "I have moved")
    choose(page, "A")
    activate(page, "I have chosen")
    activate(page, "Press me")
    assert notice(page) == "You can use the keyboard."


def _lessons(page: Page) -> None:
    answer(page, "B")
    assert notice(page) == "You chose B. You can change it."
    answer(page, "C")
    assert notice(page) == "You changed your answer to C."
    for button in (NEXT, "Back to question 1", NEXT, "Flag to check later", "See all questions"):
        activate(page, button)
    activate(page, "Question 1. Answered. Flagged. …")
    activate(page, NEXT)
    activate(page, "How much time is left?")
    activate(page, "Go on: try a break")
    for button in ("Take a break", "Start my break", "Come back when you are ready"):
        activate(page, button)
    for button in ("Ask a person for help", "Come to me", "Go on: two practice questions"):
        activate(page, button)


def _questions(page: Page) -> None:
    activate(page, "Show the picture in words")
    assert page.locator("figcaption").inner_text().startswith("A table with four things on it.")
    answer(page, "B")
    answer(page, "ABD")
    assert page.title().startswith("Error: Practice 7 of 7")
    for letter in "AB":
        choose(page, letter)
        press(page, "Space")  # a second Space takes the tick away
    activate(page, NEXT)
    assert heading(page) == "You have chosen 1 of 2 answers"
    activate(page, "Continue without an answer")
    activate(page, "Finish this part")
    activate(page, "Finish this part")


def test_a_mouse_that_misses_gets_a_kind_word_and_goes_on_when_it_hits(centre: Centre, desks: Tabs) -> None:
    page = practising(desks, centre, "/device/mouse/1")
    for _ in range(4):
        with page.expect_navigation():
            page.get_by_role("button", name="Go on", exact=True).click()
    assert heading(page) == "Press the left button once and let go."
    click(page, 0.1, 0.1)
    assert notice(page) == "You pressed. The arrow was not on the square yet. Try again."
    click(page, 0.4, 0.6)
    assert notice(page) == "You pressed the big square."
    click(page, 0.32, 0.5)  # inside the big square, beside the small one
    assert notice(page) == "You pressed. The arrow was not on the square yet. Try again."
    for across in (0.5, 0.15):
        click(page, across, 0.5)
    assert notice(page) == "You can use the mouse."
    assert heading(page) == "Choose an answer. Then press Save and continue."


@pytest.mark.parametrize("browser", BROWSERS)
def test_k01_the_square_can_be_pressed_by_keyboard_too(centre: Centre, desks: Tabs, browser: Kind) -> None:
    page = practising(desks, centre, "/device/mouse/5", browser=browser)
    for _ in range(9):
        if (stop := press(page, "Tab")) is not None and stop.kind == "image":
            break
    press_and_wait(page, "Enter")
    assert notice(page) == "You pressed the big square."


def test_the_square_keeps_its_size_whatever_was_chosen(centre: Centre, desks: Tabs) -> None:
    """Where it was pressed is told in pixels of the picture as it is shown."""
    page = practising(desks, centre, "/device/mouse/5", width=320, height=640)
    for attributes in ({}, {"size": "300"}, {"pictures": "larger"}, {"spacing": "wider", "line": "wider"}):
        for name, value in attributes.items():
            page.evaluate("([name, value]) => document.documentElement.dataset[name] = value", [name, value])
        box = page.locator(SQUARE).bounding_box()
        assert box is not None
        assert (round(box["width"]), round(box["height"])) == (284, 284), "the picture and its edge"


def test_a_finger_touches_the_square_and_sliding_off_a_button_presses_nothing(
    centre: Centre, desks: Tabs
) -> None:
    # Script is on because Playwright taps and drags by script; these pages need none.
    page = practising(desks, centre, "/device/touch/1", has_touch=True, width=400, script=True)
    box = page.locator(SQUARE).bounding_box()
    assert box is not None
    with page.expect_navigation():
        page.touchscreen.tap(box["x"] + 142, box["y"] + 142)
    assert notice(page) == "You touched the square."
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at = page.get_by_role("button", name="Try here").bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 20, at["y"] + 20)
    page.mouse.down()
    page.mouse.move(at["x"] + 20, at["y"] + 400)
    page.mouse.up()
    assert asked == []


@pytest.mark.parametrize("stops", ["group", "each"])
def test_with_script_practice_saves_and_leads_on_as_without(centre: Centre, desks: Tabs, stops: str) -> None:
    page = practising(desks, centre, "", script=True)
    page.goto(f"{centre.url}/sitting/look/stops")
    page.locator(f"input[value={stops}]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=False).first.click()
    page.goto(f"{centre.url}/sitting/practice/lesson/choose")
    kind: Literal["button", "radio"] = "radio" if stops == "group" else "button"
    for letter, to, told in (
        ("B", "change", "You chose B. You can change it."),
        ("C", "onward", "You changed your answer to C."),
    ):
        with page.expect_response(lambda reply: reply.request.method == "POST") as saved:
            page.get_by_role(kind, name=re.compile(f"^{letter} ")).click()
        assert saved.value.json().get("standing") == "counts", saved.value.text()
        page.get_by_role("button", name=NEXT, exact=True).click()
        page.wait_for_url(f"**/lesson/{to}?*")
        assert notice(page) == told
    assert [one["name"] for one in page.context.cookies() if "practice" in one["name"]] == ["__Host-practice"]
