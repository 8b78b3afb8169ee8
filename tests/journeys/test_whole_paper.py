"""A whole test by keyboard alone, from the code to the result, and the result is right.

What is expected is worked out from the keys in the database, which no page ever gets.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import WHOLE, Centre
from tests.journeys.sitting import Sitting
from tests.journeys.walks import answer, as_usual, clock, heading, pick, sign_in
from tests.support.browser import Tabs
from tests.support.keyboard import activate, tab_to


def _to_the_first_question(desks: Tabs, sitting: Sitting, *, script: bool) -> Page:
    page = sign_in(desks, sitting, script=script)
    assert heading(page) == "Is this you?"
    pick(page, "Yes, this is me")
    activate(page, "Continue")
    assert heading(page) == "What we have set up for you"
    pick(page, "No, this is right")
    activate(page, "Continue")
    as_usual(page)
    assert heading(page) == "Before you start"
    activate(page, "Start the test…")
    return page


def _finish(page: Page) -> None:
    activate(page, "Finish this part")
    activate(page, "Finish this part")


@pytest.mark.timeout(180)
def test_k02_a_whole_paper_by_keyboard_without_script_and_its_result_is_right(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted(), WHOLE)
    page = _to_the_first_question(desks, sitting, script=False)
    wanted = sitting.wanted()
    assert len(wanted) == 50
    assert clock(page) == "About 57 minutes left"
    two = wanted.index(2) + 1
    ones = [number for number, choose_ in enumerate(wanted, start=1) if choose_ == 1]
    unanswered, wrong = set(ones[4:7]), set(ones[10:13])
    changed, cleared, flagged = ones[15], ones[16], ones[17]
    for number in range(1, 51):
        centre.clock.forward(seconds=40)
        assert page.url.endswith(f"/sitting/question/{number}"), page.url
        if number in unanswered:
            activate(page, "Save and continue")
            if number == min(unanswered):
                assert heading(page) == "You have not answered this question"
                activate(page, "Continue without an answer")
            continue
        if number == cleared:
            answer(page, sitting.right(number), then="Flag to check later")
            activate(page, "Clear my answer")
            activate(page, "Remove flag")
            activate(page, "Save and continue")
            continue
        if number == flagged:
            activate(page, "Flag to check later")
        answer(page, sitting.wrong(number) if number in wrong | {changed} else sitting.right(number))
    assert heading(page) == "Check your answers before you finish"
    assert sitting.flagged() == [flagged]
    headings = page.locator("h2").all_inner_texts()
    assert headings[:3] == ["Not answered (4)", "Flagged (1)", "All questions (50)"]
    tab_to(page, f"Question {changed}. Answered…")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=list*")
    answer(page, sitting.right(changed))
    assert page.url.endswith(f"/sitting/questions#q{changed}")
    _finish(page)

    right = 50 - len(unanswered) - len(wrong) - 1
    assert right == 43
    assert heading(page) == "You passed the multiple choice part"
    words = page.locator("main").inner_text()
    assert "You had 43 right answers of 50." in words
    assert "To pass you need 43 right answers." in words
    assert "4 questions had no answer." in words
    missed = {sitting.topics()[number - 1] for number in unanswered | wrong | {cleared}}
    assert page.locator("main ul li").count() == len(missed)
    assert two not in unanswered


@pytest.mark.timeout(120)
@pytest.mark.parametrize("passes", [True, False])
def test_k01_a_short_paper_by_keyboard_with_script_and_its_result_is_right(
    centre: Centre, desks: Tabs, passes: bool
) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted())
    page = _to_the_first_question(desks, sitting, script=True)
    two = sitting.wanted().index(2) + 1
    wrong = {number for number in range(1, 11) if number != two}
    wrong = set(sorted(wrong)[: 2 if passes else 3])
    for number in range(1, 11):
        answer(page, sitting.wrong(number) if number in wrong else sitting.right(number))
    assert heading(page) == "Check your answers before you finish"
    _finish(page)
    assert heading(page) == (
        "You passed the multiple choice part" if passes else "You did not pass this time"
    )
    assert f"You had {10 - len(wrong)} right answers of 10." in page.locator("main").inner_text()
