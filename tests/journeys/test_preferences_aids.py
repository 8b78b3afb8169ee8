"""Reading aids, movement, paper, the clock as a bar, and forced colours: what is seen, what is covered, what is cut.

Sizes, spaces and layout are in `test_preferences_looks.py`.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.walks import at_question
from tests.support.browser import Tabs
from tests.support.colours import difference, looks
from tests.support.focus import covered_focus
from tests.support.keyboard import press, press_and_wait, tab_to
from tests.support.layout import small_targets
from tests.support.measuring import laid_over
from tests.support.wearing import box, wear

TOLD_APART = 0.004  # the share of pixels of a row or button that must change


def _choose(page: Page, centre: Centre, code: str, value: str) -> None:
    """Makes a choice on its own page, as a person does."""
    page.goto(f"{centre.url}/sitting/look/{code}")
    page.locator(f"main input[value='{value}']").focus()
    press(page, "Space")
    tab_to(page, "Save")
    press_and_wait(page, "Enter")


def test_d05_nothing_moves_unless_a_person_lets_it(centre: Centre, desks: Tabs) -> None:
    page = desks.open(centre.url)
    count = "() => document.getAnimations().length"
    assert page.evaluate(count) == 0
    moving = "@keyframes m { to { opacity: 0.5 } } h1 { animation: m 9s infinite } html { scroll-behavior: smooth }"
    with laid_over(page, moving):
        for calm, said, moves in (
            ("no-preference", "device", 1),
            ("no-preference", "off", 0),
            ("reduce", "device", 0),
            ("reduce", "on", 1),
        ):
            page.emulate_media(reduced_motion=calm)
            wear(page, motion=said)
            assert page.evaluate(count) == moves, (calm, said)


def test_d10_with_the_rest_covered_only_the_question_and_its_buttons_are_seen(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.released())
    wear(page, aid="rest")
    for part in (".band", ".tools"):
        place = box(page.locator(part))
        assert place["width"] <= 1
    assert box(page.locator("h1"))["width"] > 100
    tab_to(page, "Ask a person for help")
    assert box(page.locator(".tools"))["width"] > 300, "what has the focus is seen"
    assert covered_focus(page, 1280, 900) == []


def test_paper_is_black_on_white_whatever_was_chosen(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    colour = "() => getComputedStyle(document.querySelector('h1')).color"
    wear(page, theme="yellow-on-blue", aid="rest")
    assert page.evaluate(colour) == "rgb(255, 241, 118)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(11, 12, 12)"


def test_d04_answers_that_are_stops_or_covered_are_told_apart_in_forced_colours(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.released(), forced_colors="active")
    question = page.url
    _choose(page, centre, "stops", "each")
    page.goto(question)
    rows = page.locator(".answer")
    empty = looks(rows.nth(1))
    rows.nth(1).focus()
    press_and_wait(page, "Space")
    assert rows.nth(1).get_attribute("aria-pressed") == "true"
    press(page, "Tab", "Tab")
    assert difference(empty, looks(rows.nth(1))) > TOLD_APART, "a pressed answer"
    edge, mark = rows.nth(1).evaluate(
        "e => [getComputedStyle(e).borderTopWidth, getComputedStyle(e, '::after').borderTopWidth]"
    )
    assert (edge, mark) == ("5px", "9px")
    assert small_targets(page) == []
    _choose(page, centre, "aid", "answers")
    page.goto(question)
    cover, style = page.locator(".cover").first, "e => getComputedStyle(e).borderTopStyle"
    assert cover.evaluate(style) == "dashed"
    before = looks(cover)
    cover.focus()
    assert difference(before, looks(page.locator(".covered").first)) > TOLD_APART, "focus"
    assert small_targets(page) == []


def test_d01_the_clock_as_a_bar_stands_out_in_forced_colours_too(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    question = page.url
    _choose(page, centre, "clock", "bar")
    page.goto(question)
    for forced in ("none", "active"):
        page.emulate_media(forced_colors=forced)
        bar = page.locator(".band__bar")
        full = looks(bar)
        bar.evaluate("bar => { bar.value = bar.max / 2; }")
        assert difference(full, looks(bar)) > 0.2, forced
        bar.evaluate("bar => { bar.value = bar.max; }")


def test_d10_the_line_band_never_cuts_the_control_that_has_the_focus(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released(), script=True)
    question = page.url
    _choose(page, centre, "aid", "band")
    page.goto(question)
    window = """() => { const main = document.querySelector('main'), top = main.getBoundingClientRect().top + scrollY;
      return [top + parseFloat(getComputedStyle(main, '::before').height),
              top + parseFloat(getComputedStyle(main, '::after').top)]; }"""
    for width, size, ring in ((1280, "100", 8), (320, "200", 16)):
        page.set_viewport_size({"width": width, "height": 640})
        wear(page, aid="band", size=size, ring="thick" if ring == 16 else "normal")
        for control, seen in (
            ("#a2", "label[for=a2]"),
            ("[value=next]", "[value=next]"),
            ("#a4", "label[for=a4]"),
        ):
            page.locator(control).focus()
            top, bottom = page.evaluate(window)
            place = box(page.locator(seen))
            above = place["y"] + page.evaluate("scrollY")
            assert top <= above - ring, (seen, width)
            assert above + place["height"] + ring <= bottom, (seen, width)
