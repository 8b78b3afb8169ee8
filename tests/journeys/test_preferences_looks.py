"""What each choice about looks does to pages: sizes, spaces, letters, layout, rings, aids, movement, paper.

Choices are worn as the server writes them, by attributes of the root element; that it writes them is tested with the
pages where they are made. Colours are counted in `tests/accessibility/test_themes.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from playwright.sync_api import Locator, Page

from accessibility.preference_table import BY_CODE, THEMES
from tests.journeys.centre import Centre
from tests.journeys.walks import at_question
from tests.support.browser import Tabs
from tests.support.colours import difference, looks
from tests.support.focus import covered_focus
from tests.support.keyboard import press, press_and_wait, tab_to
from tests.support.layout import line_faults, order_faults, sideways_scroll, small_targets, spacing_faults
from tests.support.measuring import laid_over

TOLD_APART = 0.004
SIZES = [value.code for value in BY_CODE["size"].values]
WIDEST = {"font": "heavy", "spacing": "wider", "line": "wider", "ring": "thick"}


def _wear(page: Page, **chosen: str) -> None:
    """The page in this look and no other, without asking the server."""
    page.evaluate(
        """chosen => { const worn = document.documentElement.dataset;
        for (const name of Object.keys(worn)) delete worn[name];
        Object.assign(worn, {theme: 'standard'}, chosen); }""",
        chosen,
    )


@contextmanager
def _sized(page: Page, width: int, height: int) -> Iterator[None]:
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": width, "height": height})
    yield
    page.set_viewport_size(before)


def _at_a_picture(centre: Centre, desks: Tabs) -> Page:
    sitting = centre.showing(lambda one: any(number > 1 for number in one.pictured()))
    return at_question(desks, sitting, next(at for at in sitting.pictured() if at > 1))


def _choose(page: Page, centre: Centre, code: str, value: str) -> None:
    """Makes a choice on its own page, as a person does."""
    page.goto(f"{centre.url}/sitting/look/{code}")
    page.locator(f"main input[value='{value}']").focus()
    press(page, "Space")
    tab_to(page, "Save")
    press_and_wait(page, "Enter")


def _box(thing: Locator) -> dict[str, float]:
    box = thing.bounding_box()
    assert box is not None
    return dict(box)


def test_d02_no_page_scrolls_sideways_in_any_size_of_text(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    question = page.url
    faults = []
    for address in (question, f"{centre.url}/sitting/review", f"{centre.url}/sitting/look/size", centre.url):
        page.goto(address)
        plain = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        for size in SIZES:
            _wear(page, size=size)
            large = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            assert large == pytest.approx(plain * int(size) / 100)
            # 320 px is 1280 px at 400 % zoom.
            faults += [f"{address}, {size} %: {one}" for one in sideways_scroll(page, 320)]
        _wear(page, size="300")
        faults += [f"{address}, 640 px: {one}" for one in sideways_scroll(page, 640)]
        _wear(page, size="200", **WIDEST)
        faults += [f"{address}, widest: {one}" for one in sideways_scroll(page, 320)]
    assert faults == []


def test_d02_buttons_are_as_wide_as_the_column_in_large_text(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    for width, size in ((320, "300"), (480, "200")):
        _wear(page, size=size)
        with _sized(page, width, 640):
            widths = {round(_box(one)["width"]) for one in page.locator("main .govuk-button").all()}
            assert widths == {width - 2 * 16}


def test_k13_targets_stay_large_and_apart_in_every_look(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    faults = []
    for width, size, ring in product((320, 1280), ("100", "300"), ("normal", "thick")):
        _wear(page, size=size, ring=ring, layout="two")
        with _sized(page, width, 640):
            faults += [f"{width} px, {size} %, {ring}: {one}" for one in small_targets(page)]
    assert faults == []


def test_d03_chosen_spaces_cut_and_cover_nothing(centre: Centre, desks: Tabs) -> None:
    page = _at_a_picture(centre, desks)
    _wear(page, **WIDEST)
    label = page.locator("label[for=a1]")
    spaces = label.evaluate(
        "e => [getComputedStyle(e).letterSpacing, getComputedStyle(e).wordSpacing, getComputedStyle(e).lineHeight]"
    )
    assert [float(one.removesuffix("px")) for one in spaces] == pytest.approx(
        [20 * 0.18, 20 * 0.35, 20 * 2.2]
    )
    assert spacing_faults(page) == []
    with _sized(page, 320, 640):
        assert spacing_faults(page) == []


def test_d07_no_letters_or_lengths_make_a_line_of_more_than_80_characters(
    centre: Centre, desks: Tabs
) -> None:
    page = desks.open(f"{centre.url}/accessibility")
    widths = []
    for font, width in product(("plain", "clear", "serif", "heavy"), ("long", "medium", "short")):
        _wear(page, font=font, width=width)
        assert line_faults(page) == [], (font, width)
        widths.append(_box(page.locator("main p").first)["width"])
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
        _wear(page, font=font)
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
        return _box(answers)["y"] < _box(picture)["y"] + 20

    assert not is_beside(), "nobody asked"
    _wear(page, layout="two")
    assert is_beside()
    assert order_faults(page, 1280) == []
    _wear(page, layout="two", size="150")
    assert not is_beside(), "larger text leaves less room"
    _wear(page, layout="two")
    for width, height in ((900, 1280), (640, 320)):
        with _sized(page, width, height):
            assert not is_beside()
        assert covered_focus(page, width, height) == []


def test_d01_pictures_keep_their_colours_and_grow_or_turn_grey_only_when_asked(
    centre: Centre, desks: Tabs
) -> None:
    page = _at_a_picture(centre, desks)
    picture = page.locator("figure img")
    usual, column = _box(picture)["width"], _box(page.locator("label[for=a1]"))["width"]
    signs = set()
    for theme in THEMES:
        _wear(page, theme=theme)
        seen = looks(picture)
        sign = [seen.getpixel((round(seen.width * x), seen.height // 2)) for x in (0.1, 0.3, 0.5, 0.7)]
        signs.add(tuple(sign))
    assert len(signs) == 1, "a theme changes the plate, never the sign"
    _wear(page, pictures="larger")
    assert _box(picture)["width"] == pytest.approx(column, abs=1)
    assert column > usual
    _wear(page, pictures="grey")
    grey = looks(picture).getcolors(1 << 20)
    assert grey is not None
    assert all(
        max(tone[:3]) - min(tone[:3]) <= 2 for count, tone in grey if isinstance(tone, tuple) and count > 9
    )


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
            page.emulate_media(reduced_motion=calm)  # type: ignore[arg-type]
            _wear(page, motion=said)
            assert page.evaluate(count) == moves, (calm, said)


def test_d10_with_the_rest_covered_only_the_question_and_its_buttons_are_seen(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.released())
    _wear(page, aid="rest")
    for part in (".band", ".tools"):
        box = _box(page.locator(part))
        assert box["width"] <= 1
    assert _box(page.locator("h1"))["width"] > 100
    tab_to(page, "Ask a person for help")
    assert _box(page.locator(".tools"))["width"] > 300, "what has the focus is seen"
    assert covered_focus(page, 1280, 900) == []


def test_paper_is_black_on_white_whatever_was_chosen(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    colour = "() => getComputedStyle(document.querySelector('h1')).color"
    _wear(page, theme="yellow-on-blue", aid="rest")
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
        page.emulate_media(forced_colors=forced)  # type: ignore[arg-type]
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
        _wear(page, aid="band", size=size, ring="thick" if ring == 16 else "normal")
        for control, seen in (
            ("#a2", "label[for=a2]"),
            ("[value=next]", "[value=next]"),
            ("#a4", "label[for=a4]"),
        ):
            page.locator(control).focus()
            top, bottom = page.evaluate(window)
            box = _box(page.locator(seen))
            above = box["y"] + page.evaluate("scrollY")
            assert top <= above - ring, (seen, width)
            assert above + box["height"] + ring <= bottom, (seen, width)
