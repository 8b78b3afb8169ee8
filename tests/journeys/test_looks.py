"""What is told apart by more than colour, how answers break into lines, and the README's pictures."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.walks import activate, answer, at_question, staff, type_into
from tests.support.browser import Tabs
from tests.support.colours import difference, looks
from tests.support.keyboard import choose, press, tab_to
from tests.support.snapshots import take_picture

TOLD_APART = 0.004  # the share of pixels of a row or button that must change


def test_d04_forced_colours_keep_choices_focus_buttons_and_errors_apart(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    page = at_question(desks, sitting, forced_colors="active")
    for number in (1, sitting.wanted().index(2) + 1):
        page.goto(f"{centre.url}/sitting/question/{number}")
        row, button = page.locator("label[for=a2]"), page.get_by_role("button", name="Save and continue")
        empty = looks(row)
        choose(page, "B")
        tab_to(page, "Save and continue")
        assert difference(empty, looks(row)) > TOLD_APART, "a chosen answer"
        focused = looks(page)
        press(page, "Tab")
        assert difference(focused, looks(page)) > 0.0005, "focus"
        assert button.evaluate("e => getComputedStyle(e).borderTopStyle") != "none"
    page.reload()
    answer(page, "ACD")
    around = page.locator(".govuk-error-summary")
    assert around.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 2
    assert page.locator("#a1-error").inner_text().startswith("Error:")


LINES = """label => {
  const words = label.lastChild, range = document.createRange();
  words.data = ' ' + 'many words '.repeat(9);
  range.selectNodeContents(words);
  range.setStart(words, 1);
  return [...range.getClientRects()].map(line => line.left);
}"""


def test_every_line_of_an_answer_begins_below_its_words_and_not_its_letter(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.showing(lambda one: 1 not in one.pictured()))
    page.set_viewport_size({"width": 320, "height": 640})
    row = page.locator("label[for=a1]")
    lefts = row.evaluate(LINES)
    assert len(lefts) >= 3
    assert max(lefts) - min(lefts) <= 2, lefts
    assert min(lefts) > row.locator(".letter").evaluate("e => e.getBoundingClientRect().right")


def _small(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 720})


def test_the_readme_shows_pages_as_they_are(centre: Centre, desks: Tabs) -> None:
    """The pictures are taken when CLEARWAY_PICTURES=1; every run walks to where they are taken."""
    sitting = centre.showing(lambda one: any(number > 1 for number in one.pictured()))
    number = next(at for at in sitting.pictured() if at > 1)
    page = at_question(desks, sitting, number)
    _small(page)
    choose(page, "B")
    assert page.locator("figure img").evaluate("image => image.naturalWidth") > 0
    take_picture(page, "question", whole=True)
    page.set_viewport_size({"width": 320, "height": 640})
    take_picture(page, "question-320", whole=True)
    _small(page)
    booked = centre.book(name="Chidi Example")
    centre.released(name="Dilys Example")
    desk = staff(desks, centre)
    _small(desk)
    activate(desk, "Today at Example Test Centre")
    assert "Chidi Example" in desk.locator("main").inner_text()
    take_picture(desk, "today", whole=True)
    desk.goto(f"{booked.address}/check-in")
    desk.set_viewport_size({"width": 1024, "height": 1200})
    take_picture(desk, "check-in")
    type_into(desk, "Extra minutes", "15")
    for at in range(1, 11):
        page.goto(f"{centre.url}/sitting/question/{at}")
        answer(page, sitting.right(at) if at != 3 else sitting.wrong(at))
    activate(page, "Finish this part")
    activate(page, "Finish this part")
    assert page.locator("h1").inner_text() == "You passed the multiple choice part"
    take_picture(page, "result", whole=True)
