"""The question page under the keyboard: what Enter, arrows, Space, Tab and letters do, and that nothing listens in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import Centre
from tests.journeys.walks import NEXT, at_question, heading, notice, staff
from tests.support.browser import Kind, Tabs
from tests.support.focus import covered_focus, weak_rings
from tests.support.keyboard import choose, focused, press, press_and_wait, stops, tab_to

BROWSERS: list[Kind] = ["chromium", "firefox"]


def _into_the_answers(page: Page) -> None:
    for _ in range(9):
        stop = press(page, "Tab")
        if stop is not None and stop.kind in ("radio", "checkbox"):
            return
    raise AssertionError("Tab met no answers")


@pytest.mark.parametrize("browser", BROWSERS)
def test_k05_enter_on_an_answer_never_moves_on_without_script(
    centre: Centre, desks: Tabs, browser: Kind
) -> None:
    """With script it chooses the answer and the page stays: `test_script`."""
    sitting = centre.released()
    page = at_question(desks, sitting, 2, browser=browser)
    _into_the_answers(page)
    press_and_wait(page, "Enter")
    assert "/sitting/question/2" in page.url
    assert notice(page) == "You have not chosen an answer yet."
    assert sitting.saved() == {}
    choose(page, "B")
    press_and_wait(page, "Enter")
    assert "/sitting/question/2" in page.url
    assert notice(page) == "You chose B. To go on, choose Save and continue."
    assert sitting.saved() == {2: "B"}


def test_k06_arrows_and_space_choose_and_submit_nothing(centre: Centre, desks: Tabs) -> None:
    sitting = centre.showing(lambda one: 2 in one.wanted()[1:])
    page = at_question(desks, sitting)
    asked: list[str] = []
    page.on("request", lambda request: asked.extend([] if "/static/" in request.url else [request.url]))
    two = sitting.wanted()[1:].index(2) + 2
    _into_the_answers(page)
    press(page, "Space")
    for key, expected in (("ArrowDown", "a2"), ("ArrowDown", "a3"), ("ArrowUp", "a2")):
        stop = press(page, key)
        assert stop is not None
        assert (stop.id, stop.checked) == (expected, True)
    assert asked == []
    assert sitting.saved() == {}
    page.goto(f"{centre.url}/sitting/question/{two}")
    asked.clear()
    _into_the_answers(page)
    for ticked in (True, False, True):
        stop = press(page, "Space")
        assert stop is not None
        assert stop.checked is ticked
    assert asked == []


def test_k04_few_stops_lead_to_the_answers_and_one_on(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    reached = [stop.kind for stop in stops(page)]
    assert reached.index("radio") + 1 <= 2
    assert stops(page)[reached.index("radio") + 1].name == NEXT


def test_k07_letters_and_digits_choose_nothing_outside_the_answers(centre: Centre, desks: Tabs) -> None:
    """Outside the answers no letter or digit does anything, though script listens for them inside."""
    page = at_question(desks, centre.released(), script=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.extend([] if "/static/" in request.url else [request.url]))
    for place in ("Skip to the question", NEXT, "See all questions", "Ask a person for help"):
        tab_to(page, place)
        before = focused(page)
        for key in "1234abcdnzflrwth?":
            assert press(page, key) == before
    assert page.locator(":checked").count() == 0
    assert asked == []


# All that the script listens to on a question's page, by default: whoever adds something says here why it is no trap.
LISTENS = {
    *("window: pageshow", "window: pagehide", "window: online"),
    *(
        "document: submit",
        "document: keydown",
    ),  # keydown: the answer keys, which act inside the answers alone
    *("form: keydown", "form: keyup", "form: change", "form: submit", "form: formdata"),
    "a: click",  # the skip link
}


def _listeners(page: Page) -> set[str]:
    """Every listener on the page, its window and its elements, as the browser's own debugger lists them."""
    door = page.context.new_cdp_session(page)
    found = set()
    tags = page.evaluate("[...document.all].map(one => one.localName)")
    things = {f"document.all[{at}]": tag for at, tag in enumerate(tags)}
    for thing, name in {"window": "window", "document": "document", **things}.items():
        held = door.send("Runtime.evaluate", {"expression": thing})["result"]["objectId"]
        told = door.send("DOMDebugger.getEventListeners", {"objectId": held})["listeners"]
        found |= {f"{name}: {one['type']}" for one in told}
    return found


def test_k08_k09_k12_k15_nothing_listens_to_pointers_or_movement_and_keys_only_in_the_answers(
    centre: Centre, desks: Tabs
) -> None:
    page = at_question(desks, centre.released(), script=True)
    assert "form: change" in _listeners(page), "the audit must see the script's own listeners"
    assert _listeners(page) - LISTENS == set()
    page.evaluate("document.body.addEventListener('devicemotion', () => 1)")
    assert _listeners(page) - LISTENS == {"body: devicemotion"}
    assert page.locator("[accesskey]").count() == 0


def test_s07_the_skip_link_comes_first_is_seen_and_leads_into_main(centre: Centre, desks: Tabs) -> None:
    page = desks.open(centre.url)
    for address in ("/", "/staff/sign-in", "/help"):
        page.goto(f"{centre.url}{address}")
        _skips(page)
    _skips(at_question(desks, centre.released()))
    _skips(staff(desks, centre))


def _skips(page: Page) -> None:
    link = page.locator("a[href='#main']")
    assert link.bounding_box() is None or link.bounding_box()["width"] <= 1
    stop = press(page, "Tab")
    assert stop is not None
    assert stop.name.startswith("Skip to")
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert box["x"] >= 0
    assert box["y"] >= 0
    press(page, "Enter")
    press(page, "Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), page.url


@pytest.mark.parametrize("where", ["start", "question", "two", "help", "staff"])
def test_k10_every_kind_of_control_has_a_thick_ring_in_two_tones(
    centre: Centre, desks: Tabs, where: str
) -> None:
    if where == "start":
        page = desks.open(f"{centre.url}/")
    elif where == "staff":
        sitting = centre.book()
        page = staff(desks, centre)
        page.goto(f"{sitting.address}/extra-time")
    else:
        sitting = centre.showing(lambda one: 2 in one.wanted())
        page = at_question(desks, sitting, sitting.wanted().index(2) + 1 if where == "two" else 1)
        if where == "help":
            page.goto(f"{centre.url}/sitting/help")
    assert weak_rings(page) == []


def test_k11_focus_is_seen_at_400_percent(centre: Centre, desks: Tabs) -> None:
    page = at_question(desks, centre.released())
    assert covered_focus(page, 320, 256) == []


def test_w07_words_on_controls_work_by_voice(centre: Centre, desks: Tabs) -> None:
    """What voice control does: it finds a control by the words that are seen on it, and presses it once."""
    sitting = centre.released()
    page = at_question(desks, sitting)
    seen = page.locator("label[for=a2]").inner_text()
    assert seen.startswith("B")
    page.get_by_role("radio", name=seen, exact=True).click()
    page.get_by_role("button", name=NEXT, exact=True).click()
    assert sitting.saved() == {1: "B"}


def test_k12_an_answer_is_chosen_when_the_button_goes_up(centre: Centre, desks: Tabs) -> None:
    # Script is on because Playwright drags by script; the page has none of its own.
    page = at_question(desks, centre.released(), script=True)
    box = page.locator("label[for=a3]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    page.mouse.down()
    assert page.locator(":checked").count() == 0
    page.mouse.move(5, 5)
    page.mouse.up()
    assert page.locator(":checked").count() == 0, "leaving the answer before letting go takes it back"
    page.mouse.click(box["x"] + 30, box["y"] + 20)
    assert page.locator("#a3").is_checked()


def test_f05_the_code_may_be_pasted_with_spaces_and_small_letters(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = desks.open(centre.url, script=True)
    field = page.get_by_label("Your test code")
    assert field.get_attribute("autocomplete") == "one-time-code"
    assert page.locator("input:not([type=hidden])").count() == 1
    assert field.get_attribute("maxlength") is None
    typed = f" {sitting.code[:3].lower()} {sitting.code[3:].lower()} "
    field.focus()
    page.keyboard.insert_text(typed)  # as a paste does: no keys, all at once
    press_and_wait(page, "Enter")
    assert heading(page) == "Is this you?"
