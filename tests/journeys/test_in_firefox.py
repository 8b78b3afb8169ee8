"""The core of a test in another browser, stock Firefox ESR: from the code to the result by keyboard, with script on.

What differs between browsers is keys, focus and forms; looks are measured in Chromium.
"""

from __future__ import annotations

import pytest

from tests.journeys.centre import Centre
from tests.journeys.walks import activate, answer, as_usual, at_question, heading, notice, pick, sign_in
from tests.support.browser import Tabs
from tests.support.keyboard import press


@pytest.mark.timeout(120)
def test_k01_a_test_by_keyboard_in_firefox_with_script_and_its_result_is_right(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    page = sign_in(desks, sitting, browser="firefox", script=True)
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    activate(page, "Start the test…")
    assert "Question 1 of 10" in page.title()
    answer(page, sitting.wrong(1), then="Flag to check later")
    activate(page, "Take a break")
    activate(page, "Start my break")
    left = sitting.left_ms
    centre.clock.forward(minutes=2)
    activate(page, "Come back when you are ready")
    assert "Question 1 of 10" in page.title()
    assert notice(page).startswith("Your break has ended.")
    assert sitting.left_ms == left
    activate(page, "Save and continue")
    for number in range(2, 11):
        answer(page, sitting.right(number))
    assert heading(page) == "Check your answers before you finish"
    assert sitting.flagged() == [1]
    page.go_back()
    assert "Question 10 of 10" in page.title()
    assert page.locator(":checked").count() == sitting.wanted()[9], "Back shows what was saved"
    page.go_forward()
    activate(page, "Finish this part")
    activate(page, "Finish this part")
    assert heading(page) == "You passed the multiple choice part"
    assert "You had 9 right answers of 10." in page.locator("main").inner_text()


def test_k06_arrows_and_space_choose_in_firefox_and_send_no_form(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 2, browser="firefox", script=True)
    asked: list[str] = []
    page.on("framenavigated", lambda frame: asked.append(frame.url))
    stop = press(page, "Tab")
    while stop is None or stop.kind != "radio":
        stop = press(page, "Tab")
    for key, chosen in (("Space", "a1"), ("ArrowDown", "a2"), ("ArrowDown", "a3"), ("ArrowUp", "a2")):
        stop = press(page, key)
        assert stop is not None
        assert (stop.id, stop.checked) == (chosen, True)
    assert asked == []
