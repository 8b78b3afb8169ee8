"""Keys and choices with script: Enter, answer keys, page-wide keys, and one calm voice that says what needs saying."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.centre import Centre
from tests.journeys.scripted import choose_look, listening, saving, words
from tests.journeys.walks import at_question, notice
from tests.support.browser import Kind, Tabs
from tests.support.keyboard import press


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_k05_r04_enter_on_an_answer_chooses_it_stays_and_is_told_once(
    centre: Centre, desks: Tabs, browser: Kind
) -> None:
    sitting = centre.released()
    page, heard = listening(desks, browser=browser)
    at_question(desks, sitting, 2, page=page)
    page.locator("#a3").focus()
    with saving(page):
        press(page, "Enter")
        assert page.locator("#a3").is_checked()
    press(page, "Enter")  # chosen already: nothing more to say or do
    assert words(heard) == ["Answer C chosen"]
    assert page.url.endswith("/sitting/question/2")
    assert sitting.saved() == {2: "C"}
    assert page.evaluate("document.activeElement.id") == "a3"


def test_k05_a_choice_by_arrows_or_space_is_silent_and_one_by_a_click_is_told(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted()[1:])
    two = sitting.wanted()[1:].index(2) + 2
    page, heard = listening(desks)
    at_question(desks, sitting, 1, page=page)
    page.locator("#a1").focus()
    press(page, "Space", "ArrowDown", "ArrowDown", "3")
    assert page.locator("#a3").is_checked()
    assert heard == []
    page.wait_for_timeout(150)
    page.evaluate("document.getElementById('a2').click()")  # as assistive technology does
    assert words(heard) == ["Answer B chosen"]
    page.goto(f"{centre.url}/sitting/question/{two}")
    page.locator("#a1").focus()
    press(page, "Enter")
    expect(page.locator("#say")).to_have_text("Answer A chosen")
    press(page, "Enter")
    expect(page.locator("#say")).to_have_text("Answer A not chosen", timeout=8000)
    assert not page.locator("#a1").is_checked()


def test_k07_answer_keys_choose_and_move_inside_the_answers_alone_and_not_with_voice(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    press(page, "2", "b")
    assert page.locator(":checked").count() == 0, "outside the answers nothing acts"
    page.locator("#a1").focus()
    for key, place in (("2", "a2"), ("d", "a4"), ("a", "a1"), ("3", "a3")):
        press(page, key)
        assert page.evaluate("document.activeElement.id") == place, key
        assert page.locator(f"#{place}").is_checked()
    for held in ("Shift+B", "Control+1", "Alt+1", "Numpad1"):  # this pad's NumLock is off: the key is End
        press(page, held)
        assert page.locator("#a3").is_checked(), held
    assert heard == []
    choose_look(page, sitting, answering="voice")
    page.locator("#a1").focus()
    before = page.locator(":checked").get_attribute("id")
    press(page, "2", "d")
    assert page.locator(":checked").get_attribute("id") == before, "voice has no answer keys"


def test_k08_page_wide_keys_work_when_they_are_turned_on_as_they_were_changed(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    choose_look(page, sitting, page_keys="on")
    press(page, "c")
    assert page.locator("#a3").is_checked(), "answers are chosen from anywhere"
    press(page, "t")
    told = "About 12 minutes left. Question 2 of 10. Your last answer is not saved yet."
    assert words(heard) == [told]
    assert notice(page) == told
    for key, address in (("f", "/question/2?said=flag"), ("z", "/question/1"), ("n", "/question/2")):
        with page.expect_navigation(url=re.compile(re.escape(address))):
            page.keyboard.press(key)
        if key == "z":
            page.locator("#a1").check()
    assert sitting.saved() == {1: "A", 2: "C"}
    page.goto(f"{centre.url}/sitting/keys/change")
    press(page, "n")
    assert page.url.endswith("/change"), "a page without that button does nothing"
    page.get_by_label("Save and continue", exact=True).fill("n")
    page.get_by_label("Save and continue", exact=True).press("f")
    assert page.get_by_label("Save and continue", exact=True).input_value() == "nf", "typing is never taken"
    page.get_by_label("Save and continue", exact=True).fill("m")
    page.get_by_label("Ask a person for help", exact=True).fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Save these keys").click()
    page.goto(f"{centre.url}/sitting/question/3")
    press(page, "n", "h")
    assert page.url.endswith("/question/3")
    page.keyboard.press("d")
    with page.expect_navigation(url="**/question/4"):
        page.keyboard.press("m")
    with page.expect_navigation(url="**/sitting/keys"):
        page.keyboard.press("?")
    choose_look(page, sitting, page_keys="off")
    press(page, "m", "c")
    assert page.url.endswith("/question/2")


POINTING = re.compile("mouse|pointer|touch|drag|dbl|context|wheel|device|keypress")
AUDIT = """(() => {
  const add = EventTarget.prototype.addEventListener;
  window.listens = [];
  window.taken = [];
  EventTarget.prototype.addEventListener = function (type, handler, ...more) {
    listens.push(type);
    return add.call(this, type, function (event) {
      handler.call(this, event);
      if (event.key && event.defaultPrevented) taken.push(event.key);
    }, ...more);
  };
})()"""
HOLD = """all => all.forEach(([held, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {
  key, bubbles: true, cancelable: true, ctrlKey: held === 'Control', altKey: held === 'Alt',
  metaKey: held === 'Meta', modifierAltGraph: held === 'AltGraph'})))"""
HELD = [
    [held, key] for held in ("Control", "Alt", "Meta", "AltGraph") for key in ("1", "b", "n", "f", "Enter")
]
ALONE = ["CapsLock", "Insert", "ScrollLock", "NumLock", "F1", "Escape", "Home", "PageDown", "End", "Tab"]


def test_k09_no_listener_acts_on_a_held_key_or_takes_one_away(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, heard = listening(desks)
    page.add_init_script(AUDIT)
    at_question(desks, sitting, 2, page=page)
    for keys in ("off", "on"):
        choose_look(page, sitting, page_keys=keys)
        listens = page.evaluate("listens")
        assert "keydown" in listens
        assert [kind for kind in listens if POINTING.match(kind)] == [], (
            "K12: nothing reacts to a press or a move"
        )
        for place in ("#a1", "button[value=next]"):
            page.locator(place).focus()
            page.evaluate(HOLD, [*HELD, *(["", key] for key in ALONE)])
            assert page.evaluate("taken") == []
            assert page.locator(":checked").count() == 0
    assert heard == []
    assert page.url.endswith("/sitting/question/2")
    page.locator("#a1").focus()
    press(page, "2")
    assert "2" in page.evaluate("taken"), "the audit sees a key that is taken"
