"""Saving by script: silent when it works, once when the hand rests, and the newest choice counts."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.centre import Centre
from tests.journeys.scripted import (
    choose_look,
    forgive,
    kept,
    listening,
    next_button,
    revisions,
    saving,
    words,
)
from tests.journeys.walks import at_question, heading, notice
from tests.support.browser import Tabs
from tests.support.keyboard import press


def test_a_choice_is_saved_once_when_the_hand_rests_and_the_newest_counts(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    page.locator("#a1").focus()
    for key in ("Space", "ArrowDown", "ArrowDown"):
        press(page, key)
        page.clock.run_for(500)
    assert revisions(sitting) == [], "the hand has not rested"
    with saving(page):
        page.clock.run_for(400)
    assert revisions(sitting) == ["2C"]
    with saving(page):
        press(page, "ArrowDown")
        page.clock.run_for(800)
    assert page.locator("p.saved").inner_text().startswith("Saved at ")
    assert revisions(sitting) == ["2C", "2D"]
    assert sitting.saved() == {2: "D"}
    next_button(page).click()
    page.wait_for_url("**/question/3")
    assert revisions(sitting) == ["2C", "2D"], "the press was the same save once more"
    assert heard == []
    assert kept(page) == "{}"


def test_a_press_carries_the_choice_before_the_hand_rests(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks)
    at_question(desks, sitting, 1, page=page)
    page.locator("#a2").click()
    next_button(page).dblclick()
    page.wait_for_url("**/question/2")
    assert revisions(sitting) == ["1B"], "pressed twice, saved once, and one question further"
    page.get_by_role("button", name="Flag to check later").click()
    page.wait_for_url("**/question/2?said=flag")
    page.locator("#a1").click()
    page.goto(f"{centre.url}/sitting/question/3")  # left by the address, within the 800 ms
    page.wait_for_timeout(200)
    assert sitting.saved() == {1: "B", 2: "A"}
    assert kept(page) == "{}"
    assert sitting.flagged() == [2]


def test_of_two_tabs_the_newer_choice_counts(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 1, script=True)
    other = desks.beside(page, page.url)
    for tab, letter in ((page, 1), (other, 2), (page, 3), (other, 4)):
        with saving(tab):
            tab.locator(f"#a{letter}").click()
    assert sitting.saved() == {1: "D"}
    assert revisions(sitting) == ["1A", "1B", "1C", "1D"]


def test_each_answer_a_stop_chooses_in_place_and_saves(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    choose_look(page, sitting, stops="each")
    page.locator("#a3").focus()
    with saving(page):
        press(page, "Space")
    assert page.locator("[aria-pressed=true]").get_attribute("id") == "a3"
    assert page.evaluate("document.activeElement.id") == "a3"
    assert heard == [], "a pressed button speaks for itself"
    with saving(page):
        page.locator("#a2").click()
    assert words(heard) == ["Answer B chosen"]
    assert sitting.saved() == {2: "B"}
    page.locator("#a1").click()
    next_button(page).click()
    page.wait_for_url("**/question/3")
    assert sitting.saved() == {2: "A"}


def test_too_many_answers_wait_for_the_press_and_nobody_is_led_away(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    two = sitting.wanted().index(2) + 1
    page, heard = listening(desks)
    at_question(desks, sitting, two, page=page)
    page.locator("#a1").focus()
    press(page, "Space", "Tab", "Space", "Tab")
    with saving(page):
        press(page, "Space")
    page.wait_for_timeout(100)
    assert page.url.endswith(f"/question/{two}")
    assert notice(page) == ""
    next_button(page).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose 2 answers. You have chosen 3")
    assert heard == []
    forgive(desks, page, "422 for", "409 for")


def test_a_pause_by_the_desk_meets_the_next_save_as_it_would_a_press(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    sitting.pause()
    centre.clock.forward(seconds=20)
    page.locator("#a2").click()
    expect(page.locator("main")).to_contain_text("You chose B")
    assert "paused" in heading(page).lower()
    assert sitting.saved() == {}
    assert kept(page) == "{}"
    forgive(desks, page, "409 for")


def test_a_page_out_of_the_browsers_memory_is_asked_for_again(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 1, script=True)
    page.locator("#a2").click()
    next_button(page).click()
    page.wait_for_url("**/question/2")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.go_back()
    assert page.locator("#a2").is_checked()
