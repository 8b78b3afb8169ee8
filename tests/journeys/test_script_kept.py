"""What a page's script may never do: bring an old answer back, drop one that waits, or leave a sentence unsaid."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import Page, Route

from tests.journeys.centre import Centre
from tests.journeys.scripted import (
    forgive,
    kept,
    later,
    listening,
    next_button,
    revisions,
    saving,
    until,
    words,
)
from tests.journeys.sitting import Sitting
from tests.journeys.walks import at_question, sign_in
from tests.support.browser import Tabs
from tests.support.keyboard import press


def refuse_saves(page: Page, number: int) -> None:
    """The service answers, and cannot save."""

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route(f"**/sitting/question/{number}", answer)


def at(
    desks: Tabs, sitting: Sitting, number: int, *, by_hand: bool = False
) -> tuple[Page, list[tuple[int, str]]]:
    page, heard = listening(desks, by_hand=by_hand)
    at_question(desks, sitting, number, page=page)
    return page, heard


def test_a_page_on_which_nothing_was_chosen_changes_nothing_when_its_time_ends(
    centre: Centre, desks: Tabs
) -> None:
    """Its clock may be wrong: more time was given, or the clock was stopped, while another tab had the test."""
    sitting = centre.released()
    page, _heard = at(desks, sitting, 2, by_hand=True)
    with saving(page):
        page.locator("#a2").click()
        page.clock.run_for(900)
    page.reload()
    other = desks.beside(page, page.url)
    with saving(other):
        other.locator("#a4").click()
        other.clock.run_for(900)
    other.close()
    with page.expect_response(lambda reply: reply.url == page.url):
        page.clock.run_for(13 * 60 * 1000)
    until(page, "!document.querySelector('.band__left').textContent.startsWith('No time')")
    assert sitting.saved() == {2: "D"}
    assert revisions(sitting)[-1].endswith("D"), revisions(sitting)
    assert page.url.endswith("/question/2")


def test_what_is_chosen_while_a_press_is_on_its_way_is_sent_too(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = at(desks, sitting, 2)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/sitting/question/2", hold)
    page.locator("#a2").click()
    next_button(page).click()
    page.wait_for_timeout(200)
    page.locator("#a3").click()
    held[0].continue_()
    with saving(page):
        page.wait_for_url("**/question/3")
    until(page, "!sessionStorage.outbox")
    assert sitting.saved() == {2: "C"}


def test_nobody_finishes_while_an_answer_waits_here(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = at(desks, sitting, 3)
    refuse_saves(page, 3)
    page.locator("#a2").click()
    until(page, "sessionStorage.outbox")
    box = page.evaluate("sessionStorage.outbox")
    page.evaluate("sessionStorage.clear()")  # so that leaving the page does not send it past the route
    page.goto(f"{centre.url}/sitting/finish")
    page.evaluate("box => sessionStorage.setItem('outbox', box)", box)
    page.get_by_role("button", name="Finish this part").click()
    page.wait_for_selector(".cover-page")
    assert page.locator(".cover-page h1").inner_text() == "Your answer is not saved yet"
    assert sitting.saved() == {}
    assert "question/3" in kept(page)
    page.unroute_all()
    page.wait_for_url("**/sitting/result")
    assert sitting.saved() == {3: "B"}
    forgive(desks, page)


def test_a_waiting_choice_of_another_test_is_not_put_on_this_page(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    two = sitting.wanted().index(2) + 1
    page, _heard = at(desks, sitting, two)
    page.locator("#a1").click()
    with saving(page):
        page.locator("#a2").click()
    assert sitting.saved() == {two: "AB"}
    box = "{values: ['aaaaaaaa', 'bbbbbbbb'], seq: Date.now() + 5, made: 700000, rev: 'x'}"
    page.evaluate(f"n => sessionStorage.outbox = JSON.stringify({{['/sitting/question/' + n]: {box}}})", two)
    page.reload()
    until(page, "!sessionStorage.outbox")
    assert page.locator("input[name=answer]:checked").count() == 2
    assert sitting.saved() == {two: "AB"}


def test_t02_the_time_and_a_failure_are_said_although_answers_are_chosen_meanwhile(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, heard = at(desks, sitting, 2, by_hand=True)
    left = page.evaluate("Number(document.querySelector('.band__clock').dataset.left)")
    later(centre, page, seconds=(left - 601_000) / 1000)
    refuse_saves(page, 2)
    for answer in ("#a1", "#a2"):
        page.locator(answer).focus()
        press(page, "Enter")
        later(centre, page, seconds=3)
        page.wait_for_timeout(200)
    later(centre, page, seconds=20)
    assert words(heard).count("10 minutes left. Question 2 of 10.") == 1
    assert words(heard).count("We could not save that yet. We are trying again. Keep going.") == 1
    assert words(heard)[-1] == "Answer B chosen"
    times = [when for when, _said in heard]
    assert all(after - before >= 5000 for before, after in pairwise(times) if before != after)
    forgive(desks, page)


def test_practice_says_saved_as_the_test_does(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks)
    sign_in(desks, sitting, page=page)
    for _step in ("details", "arrangements"):
        page.locator("input[name=right][value=yes]").check()
        page.get_by_role("button", name="Continue").click()
    page.goto(f"{centre.url}/sitting/practice/question/1")
    page.locator("#a2").click()
    page.wait_for_selector("p.saved")
    assert page.locator("p.saved").inner_text().startswith("Saved at ")
