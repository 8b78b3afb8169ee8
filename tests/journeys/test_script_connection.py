"""A save that fails, and no connection at all: told once, nothing lost, no dead end, and the time given back."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from app.records.tables import help_call
from app.rules.help import HelpReason
from app.rules.sitting import State
from tests.journeys.centre import Centre
from tests.journeys.scripted import forgive, kept, later, listening, next_button, saving, until, words
from tests.journeys.walks import at_question, clock, notice
from tests.support.browser import Tabs
from tests.support.checkers import axe
from tests.support.colours import weak_text
from tests.support.keyboard import press
from tests.support.layout import sideways_scroll, small_targets

UNSAVED = "We could not save that yet. We are trying again. Keep going."
STOPPED = "The connection has stopped. Keep going. Your answers are kept on this computer."
BACK = "Connected again. Everything is saved."
COVERED = "The connection has stopped"
# What is sent while a page closes cannot be cut from outside.
NOT_WHEN_LEFT = """const really = fetch;
window.fetch = (to, how) => how.keepalive ? Promise.reject(new TypeError()) : really(to, how)"""


def test_a_save_that_fails_is_told_once_and_tried_until_it_is_done(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    tries: list[str] = []

    def full(route: Any) -> None:
        tries.append(route.request.post_data)
        route.fulfill(status=503, json={"code": "not_saved_yet"})

    page.route("**/sitting/question/2", full)
    press_and_fail(page, "#a2", tries)
    assert notice(page) == UNSAVED
    for tried in range(2, 7):
        while len(tries) < tried:
            later(centre, page, seconds=0.5)
            page.wait_for_timeout(20)
    assert len(set(tries)) == 1, "the same save each time"
    assert page.locator("#a2").is_enabled()
    assert words(heard) == [UNSAVED]
    page.unroute("**/sitting/question/2")
    with saving(page):
        later(centre, page, seconds=12)
    expect(page.locator(".notice")).to_have_count(0)
    page.clock.run_for(6000)
    assert words(heard) == [UNSAVED, BACK]
    assert sitting.saved() == {2: "B"}
    forgive(desks, page)


def press_and_fail(page: Page, place: str, tries: list[str]) -> None:
    """Choose an answer, let the hand rest, and wait for the first try."""
    page.locator(place).focus()
    press(page, "Space")
    page.clock.run_for(800)
    while not tries:
        page.wait_for_timeout(20)
    page.wait_for_timeout(50)


def test_without_a_connection_one_can_go_on_then_the_page_covers_and_its_time_comes_back(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    with saving(page):
        page.locator("#a2").focus()
        press(page, "Space")
    page.context.set_offline(True)
    press(page, "ArrowDown")
    expect(page.locator(".notice")).to_have_text(STOPPED)
    assert words(heard) == [STOPPED]
    press(page, "ArrowDown")
    assert page.locator("#a4").is_checked(), "nothing is taken out of anybody's hands"
    held = json.loads(json.loads(kept(page))["outbox"])
    assert list(held) == ["/sitting/question/2"]
    assert set(held["/sitting/question/2"]) == {"values", "seq", "made", "rev"}
    next_button(page).click()
    expect(page.locator("h1:visible")).to_have_text(COVERED)
    assert page.title() == f"{COVERED} – Driving theory test"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert clock(page).startswith("The clock is stopped.")
    assert page.get_by_role("button").count() == page.get_by_role("radio").count() == 0
    before = sitting.left_ms
    centre.clock.forward(minutes=2)
    page.wait_for_timeout(1200)
    page.context.set_offline(False)
    page.wait_for_url("**/question/3")
    assert sitting.saved() == {2: "D"}
    assert before - 2 * 60_000 < sitting.left_ms < before, (
        "as long as the browser was covered, not as the test's clock"
    )
    assert "Your clock was stopped for" in notice(page)
    assert kept(page) == "{}"
    forgive(desks, page)


def test_what_could_not_be_sent_outlives_a_reload_and_goes_with_the_next_page(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, _heard = listening(desks)
    at_question(desks, sitting, 2, page=page)
    page.add_init_script(NOT_WHEN_LEFT)
    page.reload()
    page.route("**/sitting/question/*", _cut)
    page.locator("#a2").click()
    expect(page.locator(".notice")).to_have_text(STOPPED)
    page.reload()
    assert page.locator("#a2").is_checked(), "what was chosen is seen again"
    page.goto(f"{centre.url}/sitting/questions")
    assert sitting.saved() == {}
    page.unroute("**/sitting/question/*")
    page.goto(f"{centre.url}/sitting/question/3")
    until(page, "!sessionStorage.outbox")  # the list of questions tries too, and may have been quicker
    assert sitting.saved() == {2: "B"}
    assert kept(page) == "{}"
    forgive(desks, page)


def _cut(route: Any) -> None:
    route.abort() if route.request.method == "POST" else route.continue_()


def test_another_form_of_the_test_is_covered_too_and_goes_on_by_itself(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks)
    at_question(desks, sitting, 1, page=page)
    page.goto(f"{centre.url}/sitting/break")
    page.context.set_offline(True)
    page.get_by_role("button", name="Start my break").click()
    expect(page.locator("h1:visible")).to_have_text(COVERED)
    page.context.set_offline(False)
    expect(page.locator("h1:visible")).to_have_text(
        "You are on a break. The clock is stopped.", timeout=15_000
    )
    assert sitting.seat.state is State.PAUSED
    forgive(desks, page)


def test_beyond_five_minutes_the_desk_is_called_and_the_test_goes_on(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    page.context.set_offline(True)
    next_button(page).click()
    expect(page.locator("h1:visible")).to_have_text(COVERED)
    before = sitting.left_ms
    for _minute in range(7):
        later(centre, page, seconds=60)
        page.wait_for_timeout(30)
    page.context.set_offline(False)
    while "unanswered" not in page.url:
        page.clock.run_for(3000)
        page.wait_for_timeout(50)
    assert sitting.left_ms == before - 2 * 60_000
    rows = centre.rows(sa.select(help_call.c.reason).where(help_call.c.sitting_id == sitting.sitting_id))
    assert [row[0] for row in rows] == [HelpReason.CONNECTION]
    assert sitting.seat.state is State.IN_PROGRESS
    forgive(desks, page)


def test_what_the_script_shows_keeps_the_rules_of_every_page(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 2, script=True)
    page.context.set_offline(True)
    page.locator("#a2").click()
    expect(page.locator(".notice")).to_have_text(STOPPED)
    for shown in ("not saved", "covered"):
        if shown == "covered":
            next_button(page).click()
            expect(page.locator("h1:visible")).to_have_text(COVERED)
        assert axe(page) == [], shown
        assert sideways_scroll(page, 320, 200) == [], shown
        assert small_targets(page) == [], shown
        assert weak_text(page) == [], shown
    forgive(desks, page)
