"""What each choice about looks does to pages: sizes, spaces, letters, lengths of lines, layout, pictures.

Reading aids, movement, paper and forced colours are in `test_preferences_aids.py`; colours are counted in
`tests/accessibility/test_themes.py`.
"""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page

from accessibility.preference_table import BY_CODE, THEMES
from tests.journeys.centre import Centre
from tests.journeys.walks import at_question
from tests.support.browser import Tabs
from tests.support.colours import difference, looks
from tests.support.focus import covered_focus
from tests.support.layout import line_faults, order_faults, sideways_scroll, small_targets, spacing_faults
from tests.support.measuring import resized
from tests.support.wearing import box, wear

TOLD_APART = 0.004  # the share of pixels of a row or button that must change
SIZES = [value.code for value in BY_CODE["size"].values]
WIDEST = {"font": "heavy", "spacing": "wider", "line": "wider", "ring": "thick"}


def _at_a_picture(centre: Centre, desks: Tabs) -> Page:
    sitting = centre.showing(lambda one: any(number > 1 for number in one.pictured()))
    return at_question(desks, sitting, next(at for at in sitting.pictured() if at > 1))


def test_d02_no_page_scrolls_sideways_in_any_size_of_text(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    question = page.url
    faults = []
    for address in (
        question,
        f"{centre.url}/sitting/questions",
        f"{centre.url}/sitting/look/size",
        centre.url,
    ):
        page.goto(address)
        assert page.locator("[data-refusal]").count() == 0, address
        plain = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        for size in SIZES:
            wear(page, size=size)
            large = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            assert large == pytest.approx(plain * int(size) / 100)
            # 320 px is 1280 px at 400 % zoom.
            faults += [f"{address}, {size} %: {one}" for one in sideways_scroll(page, 320)]
        wear(page, size="300")
        faults += [f"{address}, 640 px: {one}" for one in sideways_scroll(page, 640)]
        wear(page, size="200", **WIDEST)
        faults += [f"{address}, widest: {one}" for one in sideways_scroll(page, 320)]
    assert faults == []


def test_d02_buttons_are_as_wide_as_the_column_in_large_text(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    for width, size in ((320, "300"), (480, "200")):
        wear(page, size=size)
        with resized(page, width, 640):
            widths = {round(box(one)["width"]) for one in page.locator("main .govuk-button").all()}
            assert widths == {width - 2 * 16}


def test_k13_targets_stay_large_and_apart_in_every_look(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    faults = []
    for width, size, ring in product((320, 1280), ("100", "300"), ("normal", "thick")):
        wear(page, size=size, ring=ring, layout="two")
        with resized(page, width, 640):
            faults += [f"{width} px, {size} %, {ring}: {one}" for one in small_targets(page)]
    assert faults == []


def test_d03_chosen_spaces_cut_and_cover_nothing(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    wear(page, **WIDEST)
    label = page.locator("label[for=a1]")
    spaces = label.evaluate(
        "e => [getComputedStyle(e).letterSpacing, getComputedStyle(e).wordSpacing, getComputedStyle(e).lineHeight]"
    )
    assert [float(one.removesuffix("px")) for one in spaces] == pytest.approx(
        [20 * 0.18, 20 * 0.35, 20 * 2.2]
    )
    assert spacing_faults(page) == []
    with resized(page, 320, 640):
        assert spacing_faults(page) == []


def test_d07_no_letters_or_lengths_make_a_line_of_more_than_80_characters(
    centre: Centre, desks: Tabs
) -> None:
    page = desks.open(f"{centre.url}/accessibility")
    widths = []
    for font, width in product(("plain", "clear", "serif", "heavy"), ("long", "medium", "short")):
        wear(page, font=font, width=width)
        assert line_faults(page) == [], (font, width)
        widths.append(box(page.locator("main p").first)["width"])
    assert widths[0] > widths[1] > widths[2]


def test_fonts_are_asked_for_only_when_they_are_chosen(centre: Centre, desks: Tabs) -> None:
    page = desks.open(script=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "font" else None)
    page.goto(centre.url)
    page.wait_for_load_state("networkidle")
    assert asked == []
    for font, name in (("serif", ""), ("clear", "atkinson"), ("heavy", "opendyslexic")):
        asked.clear()
        before = looks(page.locator("h1"))
        wear(page, font=font)
        page.evaluate("() => document.fonts.ready.then(() => 1)")
        assert difference(before, looks(page.locator("h1"))) > TOLD_APART
        assert len(asked) == (2 if name else 0)
        assert all(f"/static/fonts/{name}" in url for url in asked)


def test_d08_a_picture_stands_beside_its_answers_only_where_there_is_room(
    centre: Centre, desks: Tabs
) -> None:
    page = _at_a_picture(centre, desks)
    picture, answers = page.locator("figure img"), page.locator("label[for=a1]")

    def is_beside() -> bool:
        return box(answers)["y"] < box(picture)["y"] + 20

    assert not is_beside(), "nobody asked"
    wear(page, layout="two")
    assert is_beside()
    assert order_faults(page, 1280) == []
    wear(page, layout="two", size="150")
    assert not is_beside(), "larger text leaves less room"
    wear(page, layout="two")
    for width, height in ((900, 1280), (640, 320)):
        with resized(page, width, height):
            assert not is_beside()
        assert covered_focus(page, width, height) == []


def test_d01_pictures_keep_their_colours_and_grow_or_turn_grey_only_when_asked(
    centre: Centre, desks: Tabs
) -> None:
    page = _at_a_picture(centre, desks)
    picture = page.locator("figure img")
    usual, column = box(picture)["width"], box(page.locator("label[for=a1]"))["width"]
    signs = set()
    for theme in THEMES:
        wear(page, theme=theme)
        seen = looks(picture)
        sign = [seen.getpixel((round(seen.width * x), seen.height // 2)) for x in (0.1, 0.3, 0.5, 0.7)]
        signs.add(tuple(sign))
    assert len(signs) == 1, "a theme changes the plate, never the sign"
    wear(page, pictures="larger")
    assert box(picture)["width"] == pytest.approx(column, abs=1)
    assert column > usual
    wear(page, pictures="grey")
    grey = looks(picture).getcolors(1 << 20)
    assert grey is not None
    assert all(
        max(tone[:3]) - min(tone[:3]) <= 2 for count, tone in grey if isinstance(tone, tuple) and count > 9
    )
