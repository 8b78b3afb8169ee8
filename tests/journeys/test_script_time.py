"""Time with script: the words in the header, the three tellings, the end; and how little is said in ten minutes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.centre import Centre
from tests.journeys.scripted import choose_look, kept, later, listening, saving, words
from tests.journeys.walks import at_question, clock
from tests.support.browser import Tabs
from tests.support.keyboard import press

TOLD = [
    "10 minutes left. Question 2 of 10.",
    "5 minutes left. Question 2 of 10.",
    "1 minute left. Question 2 of 10.",
]
SOUND = """() => {
  const sound = document.body.appendChild(document.createElement('audio'));
  window.playing = true;
  Object.defineProperty(sound, 'paused', {get: () => !window.playing});
}"""


INSIDE = """place => {
  const main = document.getElementById('main'), words = document.createRange();
  const above = parseFloat(getComputedStyle(main, '::before').height);
  const below = parseFloat(getComputedStyle(main, '::after').top);
  words.selectNodeContents(document.querySelector(place));
  const box = words.getBoundingClientRect(), from = main.getBoundingClientRect().top;
  return box.top - from >= above - 1 && box.bottom - from <= below + 1;
}"""


def test_r09_t01_in_ten_minutes_little_is_said_and_the_clock_changes_by_the_minute(
    centre: Centre, desks: Tabs
) -> None:
    """Somebody changes their mind every few seconds, by arrows and by Enter, for ten minutes."""
    page, heard = listening(desks, by_hand=True)
    at_question(desks, centre.released(), 2, page=page)
    shown: list[tuple[int, str]] = [(0, clock(page))]
    page.locator("#a1").focus()
    for step in range(1, 61):
        if step % 6 == 0:
            page.locator(f"#a{step // 2 % 4 + 1}").focus()  # never the one that is chosen
            press(page, "Enter", "Enter")
        else:
            press(page, "ArrowDown")
        later(centre, page, seconds=1)
        while "outbox" in kept(page):  # the service answers in its own time, not in the browser's
            page.wait_for_timeout(10)
        later(centre, page, seconds=9)
        if clock(page) != shown[-1][1]:
            shown.append((step * 10, clock(page)))
    times = [at for at, _said in heard]
    assert min(after - before for before, after in pairwise(times)) >= 5000
    assert [said for said in words(heard) if not said.startswith("Answer ")] == TOLD[:2]
    assert 10 <= len(heard) <= 14
    assert "aved" not in " ".join(words(heard))
    changed = [at for at, _said in shown]
    assert all(after - before >= 60 for before, after in pairwise(changed))
    assert [said for _at, said in shown] == [f"About {n} minutes left" for n in range(12, 2, -1)]


@pytest.mark.parametrize(("choice", "expected"), [("usual", TOLD), ("none", [])])
def test_t02_the_time_is_told_at_the_chosen_minutes_once_each(
    centre: Centre, desks: Tabs, choice: str, expected: list[str]
) -> None:
    """Which minutes other choices lead to: `pages/candidate/test_told.py`."""
    sitting = centre.released()
    page, heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    if choice != "usual":
        choose_look(page, sitting, told=choice)
    for stretch in (
        135,
        295,
        20,
        220,
        35,
    ):  # of twelve minutes, with a new page just after the five minutes were told
        later(centre, page, seconds=stretch)
        if stretch == 295:
            page.goto(f"{centre.url}/sitting/question/2")
    assert words(heard) == expected


def test_t02_the_telling_waits_while_sound_plays_and_is_dropped_when_late(
    centre: Centre, desks: Tabs
) -> None:
    page, heard = listening(desks, by_hand=True)
    at_question(desks, centre.released(), 2, page=page)
    page.evaluate(SOUND)
    later(centre, page, seconds=140)
    assert heard == [], "ten minutes are left, and something plays"
    page.evaluate("window.playing = false")
    later(centre, page, seconds=2)
    assert words(heard) == TOLD[:1]
    page.evaluate("window.playing = true")
    later(centre, page, seconds=340)
    page.evaluate("window.playing = false")
    later(centre, page, seconds=30)
    assert words(heard) == TOLD[:1], "half a minute late it is wrong"
    later(centre, page, seconds=170)
    assert words(heard) == [TOLD[0], TOLD[2]]


def test_t02_a_page_that_opens_late_says_nothing_of_the_minutes_before(centre: Centre, desks: Tabs) -> None:
    page, heard = listening(desks, by_hand=True)
    at_question(desks, centre.released(), 2, page=page)
    for minutes in (3, 4, 1):  # 9:10, 5:10 and 4:10 are left
        centre.clock.forward(minutes=minutes)
        page.goto(f"{centre.url}/sitting/question/2")
        page.clock.run_for(2000)
    assert words(heard) == []
    assert clock(page) == "About 5 minutes left"


def test_the_region_is_emptied_after_ten_seconds_and_the_same_words_are_said_anew(
    centre: Centre, desks: Tabs
) -> None:
    page, heard = listening(desks, by_hand=True)
    at_question(desks, centre.released(), 2, page=page)
    said = page.locator("#say")
    page.locator("#a1").focus()
    press(page, "Enter")
    assert said.inner_text() == "Answer A chosen"
    page.locator("#a2").focus()
    press(page, "Enter")
    page.locator("#a1").focus()
    press(page, "Enter")
    with saving(page):  # in real time, before the page's own gets on
        page.clock.run_for(900)
    page.clock.run_for(4000)
    assert words(heard) == ["Answer A chosen"], "one in five seconds"
    page.clock.run_for(200)
    assert words(heard) == ["Answer A chosen"] * 2, "the newest won, and differs enough to be heard"
    page.clock.run_for(10_000)
    assert said.inner_text() == ""


def test_t03_the_clock_keeps_the_form_that_was_chosen(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    band = page.locator(".band__clock")
    choose_look(page, sitting, clock="last")
    later(centre, page, seconds=60)
    assert not band.is_visible()
    later(centre, page, seconds=120)
    assert band.inner_text() == "About 10 minutes left"
    choose_look(page, sitting, clock="bar")
    later(centre, page, seconds=60)
    assert "About 9 minutes left" in band.inner_text()
    assert page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [9, 12]


def test_at_zero_what_is_chosen_is_sent_and_the_page_says_that_the_time_has_ended(
    centre: Centre, desks: Tabs
) -> None:
    sitting = centre.released()
    page, _heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    later(centre, page, seconds=729, quick=True)
    page.locator("#a2").focus()
    press(page, "Space")
    assert page.url.endswith("/question/2")
    centre.clock.forward(seconds=2)
    page.clock.run_for(2000)
    expect(page.locator("h1")).to_have_text("Your time for this part has ended", timeout=5000)
    assert sitting.saved() == {2: "B"}


def test_at_zero_a_page_stays_when_the_service_knows_of_more_time(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page, _heard = listening(desks, by_hand=True)
    at_question(desks, sitting, 2, page=page)
    sitting.grant(5)
    with page.expect_response(lambda reply: reply.url == page.url):
        later(centre, page, seconds=13 * 60, quick=True)
    page.wait_for_timeout(100)
    assert page.url.endswith("/question/2")
    assert clock(page) == "About 5 minutes left"


def test_s07_the_skip_link_moves_the_focus_itself(centre: Centre, desks: Tabs) -> None:
    page = desks.open(centre.url, script=True)
    press(page, "Tab", "Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_band_moves_by_buttons_and_follows_the_focus(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 2, script=True)
    choose_look(page, sitting, aid="band")
    assert _uncovered(page, "h1")
    assert not _uncovered(page, "label[for=a4]")
    tops = [_band(page)]
    for _press in range(3):
        page.get_by_role("button", name="Next line").click()
        tops.append(_band(page))
    assert tops == sorted(set(tops))
    page.get_by_role("button", name="Previous line").click()
    assert _band(page) == tops[2]
    page.locator("#a4").focus()
    assert _uncovered(page, "label[for=a4]")
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator(".band-aid")).to_have_count(0)


def _band(page: Page) -> float:
    return float(
        page.evaluate(
            "parseFloat(getComputedStyle(document.getElementById('main')).getPropertyValue('--band-top'))"
        )
    )


def _uncovered(page: Page, place: str) -> bool:
    """Whether the words of an element stand wholly inside the band."""
    return bool(page.evaluate(INSIDE, place))
