"""The candidate's pages, each brought into each of its states, for the crawl."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from app.actions.answer_help import see_call
from app.actions.check_in import undo_check_in
from app.actions.pause_sitting import come_back, take_break
from app.actions.sign_in import carry_on_here
from app.rules.help import HelpReason, UndoReason
from app.rules.sitting import PauseKind
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.journeys.sitting import Sitting
from tests.support.browser import Tabs

MESSAGE, QUESTION = "candidate/message", "candidate/question"


def press(page: Page, name: str, *, exact: bool = True) -> None:
    """Presses a button by its words, or by some of them, and waits for the page it leads to.

    By keys: measuring has resized and scrolled the page, and a mouse may hit what stood there before.
    """
    page.get_by_role("button", name=name, exact=exact).focus()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def mark(page: Page, label: str) -> None:
    """Chooses a radio button by its words; a sentence that explains them may follow."""
    exact = page.get_by_label(label, exact=True)
    (exact if exact.count() else page.get_by_label(re.compile(rf"^\s*{re.escape(label)}[.\s]"))).focus()
    page.keyboard.press("Space")


def tick(page: Page, number: int) -> None:
    """Chooses the answer with this number; a tick that is there goes away."""
    page.locator(f"#a{number}").focus()
    page.keyboard.press("Space")


def stay(page: Page) -> None:
    """Does what Enter on an answer does by itself: it submits the form by its first button. Script gives Enter more."""
    with page.expect_navigation():
        page.locator("form#answer").evaluate("form => form.requestSubmit(form.querySelector('[value=stay]'))")


def enter(page: Page, centre: Centre, code: str) -> None:
    """Types a code at the start page."""
    page.goto(centre.url)
    page.get_by_label("Your test code").fill(code)
    press(page, "Continue")


def seated(desks: Tabs, sitting: Sitting, *, script: bool = True) -> Page:
    """A tab of a candidate who has typed the code. Script goes on from some states by itself, before they are seen."""
    page = desks.open(script=script)
    enter(page, sitting.centre, sitting.code)
    return page


def go(page: Page, centre: Centre, path: str) -> None:
    page.goto(f"{centre.url}{path}")


def getting_in(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """From the start page to the pages for those who cannot go on by themselves."""
    page = desks.open(centre.url, script=True)
    crawl.stop(page, "candidate/start")
    press(page, "Continue")
    crawl.stop(page, "candidate/start", "no code")
    enter(page, centre, "ABC234")
    crawl.stop(page, "candidate/start", "wrong code")
    for _ in range(4):
        enter(page, centre, "ABC234")
    crawl.stop(page, MESSAGE, "this computer is blocked")
    go(page, centre, "/help")
    crawl.stop(page, MESSAGE, "help without a code")
    go(page, centre, "/accessibility")
    crawl.stop(page, "public/accessibility")
    go(page, centre, "/nothing")
    crawl.stop(page, "errors/error", "no such page")
    go(page, centre, "/sitting/leave")
    crawl.stop(page, "errors/error", "not this way")
    sitting = centre.released()
    seated(desks, sitting)
    other = desks.open(script=True)
    enter(other, centre, sitting.code)
    crawl.stop(other, MESSAGE, "open at another computer")
    other.goto(centre.url)
    other.context.clear_cookies()
    press(other, "Continue")
    crawl.stop(other, "errors/error", "cookies are blocked")


def before_the_start(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Details, arrangements and instructions, with what can be wrong on each."""
    sitting = centre.released(extra_minutes=3, break_minutes=30)
    page = seated(desks, sitting)
    crawl.stop(page, "candidate/details")
    press(page, "Continue")
    crawl.stop(page, "candidate/details", "nothing chosen")
    go(page, centre, "/sitting/time")
    crawl.stop(page, "candidate/time", "before the start")
    go(page, centre, "/sitting/break")
    crawl.stop(page, MESSAGE, "no break needed yet")
    go(page, centre, "/sitting/help")
    crawl.stop(page, "candidate/help", "before the start")
    go(page, centre, "/sitting/details")
    mark(page, "No, something is wrong")
    press(page, "Continue")
    crawl.stop(page, "candidate/details_wrong", "a person is called")
    sitting.desk(see_call, n=1)
    page.reload()
    crawl.stop(page, "candidate/details_wrong", "the call is seen")
    page.get_by_label("Tell us what is wrong").fill("x" * 1001)
    press(page, "Send this to a person")
    crawl.stop(page, "candidate/details_wrong", "too many words")
    go(page, centre, "/sitting/details")
    mark(page, "Yes, this is me")
    press(page, "Continue")
    crawl.stop(page, "candidate/arrangements", "extra time")
    press(page, "Continue")
    crawl.stop(page, "candidate/arrangements", "nothing chosen")
    mark(page, "No, this is right")
    press(page, "Continue")
    go(page, centre, "/sitting/instructions")
    crawl.stop(page, "candidate/instructions")
    sitting.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
    press(page, "Start the test. The clock starts when you press this.")
    crawl.stop(page, "errors/error", "the check-in was taken back")


def questions(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The question page in each of its states, and what its buttons lead to."""
    sitting = centre.showing(lambda one: 2 in one.wanted()[1:9] and bool(set(one.pictured()) - {1, 10}))
    two = sitting.wanted()[1:9].index(2) + 2
    drawn = next(n for n in sitting.pictured() if n not in (1, two))
    page = seated(desks, sitting)
    sitting.start()
    go(page, centre, "/sitting/question/1")
    crawl.stop(page, QUESTION, "plain")
    press(page, "Save and continue")
    crawl.stop(page, MESSAGE, "not answered, told once")
    go(page, centre, "/sitting/question/1")
    stay(page)
    crawl.stop(page, QUESTION, "Enter on nothing chosen")
    tick(page, 2)
    stay(page)
    crawl.stop(page, QUESTION, "Enter on a chosen answer")
    press(page, "Flag to check later")
    crawl.stop(page, QUESTION, "flagged")
    press(page, "Clear my answer")
    crawl.stop(page, QUESTION, "cleared")
    page.locator("#a1").evaluate("box => { box.value = 'nonsense'; box.checked = true; }")
    press(page, "Save and continue")
    crawl.stop(page, QUESTION, "no such answer")
    go(page, centre, f"/sitting/question/{drawn}")
    crawl.stop(page, QUESTION, "a picture")
    press(page, "Show the picture in words")
    crawl.stop(page, QUESTION, "a picture in words")
    press(page, "Show a larger picture")
    crawl.stop(page, "candidate/picture")
    _two_answers(crawl, centre, page, two)
    go(page, centre, "/sitting/questions")
    crawl.stop(page, "candidate/review", "some not answered")
    go(page, centre, "/sitting/finish")
    crawl.stop(page, "candidate/finish", "some not answered")
    for path, template in (("time", "candidate/time"), ("break", MESSAGE), ("help", "candidate/help")):
        go(page, centre, f"/sitting/{path}")
        crawl.stop(page, template, f"{path}, in the test")
    press(page, "Send this to a person")
    crawl.stop(page, "candidate/help", "nothing chosen")
    go(page, centre, "/sitting/question/99")
    crawl.stop(page, "errors/error", "no such question")
    _without_the_pen(crawl, sitting, page)


def _two_answers(crawl: Crawl, centre: Centre, page: Page, two: int) -> None:
    go(page, centre, f"/sitting/question/{two}")
    crawl.stop(page, QUESTION, "two answers")
    for box in (1, 2, 3):
        tick(page, box)
    press(page, "Save and continue")
    crawl.stop(page, QUESTION, "too many answers")
    tick(page, 3)
    tick(page, 2)
    press(page, "Save and continue")
    crawl.stop(page, MESSAGE, "too few answers")


def _without_the_pen(crawl: Crawl, sitting: Sitting, page: Page) -> None:
    centre = sitting.centre
    go(page, centre, "/sitting/elsewhere")
    crawl.stop(page, MESSAGE, "carry on here")
    go(page, centre, "/sitting/question/1")
    sitting.candidate(carry_on_here)  # as another tab does
    tick(page, 1)
    press(page, "Save and continue")
    crawl.stop(page, MESSAGE, "an answer from a tab without the pen")
    go(page, centre, "/sitting/question/1")
    page.locator("[name=rev]").evaluate("field => { field.value = 'old'; }")
    press(page, "Save and continue")
    crawl.stop(page, QUESTION, "the page was out of date")
    page.locator("[name=csrf]").evaluate("field => { field.value = 'old'; }")
    press(page, "Save and continue")
    crawl.stop(page, "errors/error", "press once more")


def pauses(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """The clock stopped by the candidate, by the desk and by a call; and the notices on coming back."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.start()
    go(page, centre, "/sitting/question/1")
    sitting.candidate(take_break, epoch=sitting.seat.epoch)
    go(page, centre, "/sitting")
    crawl.stop(page, MESSAGE, "on a break")
    centre.clock.forward(minutes=11)
    page.reload()
    crawl.stop(page, MESSAGE, "on a break that is used up")
    go(page, centre, "/sitting/help")
    crawl.stop(page, "candidate/help", "on a break")
    go(page, centre, "/sitting/time")
    crawl.stop(page, "candidate/time", "on a break")
    sitting.candidate(come_back, epoch=sitting.seat.epoch)
    go(page, centre, "/sitting")
    crawl.stop(page, QUESTION, "after a break")
    go(page, centre, "/sitting/break")
    crawl.stop(page, MESSAGE, "no break left")
    go(page, centre, "/sitting/question/2")
    sitting.pause(PauseKind.EVACUATION)
    centre.clock.forward(seconds=6)
    tick(page, 1)
    press(page, "Save and continue")
    crawl.stop(page, MESSAGE, "an answer in a pause")
    go(page, centre, "/sitting")
    crawl.stop(page, MESSAGE, "paused by staff")
    sitting.resume()
    centre.clock.forward(seconds=1)
    sitting.grant(5)
    go(page, centre, "/sitting")
    crawl.stop(page, QUESTION, "time was added")
    sitting.call(HelpReason.UNWELL)
    go(page, centre, "/sitting")
    crawl.stop(page, MESSAGE, "help is called")
    sitting.desk(see_call, n=1)
    page.reload()
    crawl.stop(page, MESSAGE, "help is seen")
    centre.clock.forward(minutes=3)
    page.reload()
    crawl.stop(page, MESSAGE, "only staff start again")
    go(page, centre, "/sitting/help")
    sitting.release()
    press(page, "Come to me")
    crawl.stop(page, "errors/error", "moved while it was open")
    go(page, centre, "/sitting")
    crawl.stop(page, "errors/error", "moved to another desk")
    moved = seated(desks, sitting)
    crawl.stop(moved, MESSAGE, "at the other desk")


CHAPTERS = (getting_in, before_the_start, questions, pauses)
