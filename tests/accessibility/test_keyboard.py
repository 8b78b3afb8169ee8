"""The keyboard helpers walk the sample question as a person would, script on or off, in both browsers."""

import asyncio

import pytest

from tests.support.browser import Kind, Tabs
from tests.support.keyboard import activate, choose, focused, press, press_and_wait, stops, tab_to
from tests.support.serving import Site

BROWSERS: list[Kind] = ["chromium", "firefox"]


@pytest.mark.parametrize("browser", BROWSERS)
def test_an_answer_is_chosen_and_saved_by_keyboard_without_script(
    samples: Site, tabs: Tabs, browser: Kind
) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12", browser=browser)
    assert choose(page, "C").name == "C Full beam headlights"
    activate(page, "Save and continue")
    assert page.url == f"{samples.url}/sitting/next"
    page.goto(f"{samples.url}/sitting/question/12")
    assert page.locator(":checked").get_attribute("value") == "x1"


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("letter", ["A", "D"])
def test_the_first_and_the_last_answer_can_be_chosen(
    samples: Site, tabs: Tabs, browser: Kind, letter: str
) -> None:
    chosen = choose(tabs.open(f"{samples.url}/sitting/question/12", browser=browser), letter)
    assert chosen.checked
    assert chosen.name.startswith(letter)


@pytest.mark.parametrize("browser", BROWSERS)
def test_enter_on_an_answer_stays_on_the_page_with_a_notice(samples: Site, tabs: Tabs, browser: Kind) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12", browser=browser)
    choose(page, "B")
    press_and_wait(page, "Enter")
    assert page.locator(".notice").inner_text() == "You chose B. To go on, choose Save and continue."


def test_an_answer_that_is_not_there_is_a_failure(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12")
    with pytest.raises(AssertionError, match="there is no answer F"):
        choose(page, "F")


def test_a_name_that_is_not_there_is_a_failure(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12")
    with pytest.raises(AssertionError, match="Tab never came to 'Leave'"):
        tab_to(page, "Leave")


def test_tab_passes_everything_once_and_leaves(samples: Site, tabs: Tabs) -> None:
    names = [stop.name for stop in stops(tabs.open(f"{samples.url}/sitting/question/12"))]
    assert names[0] == "Skip to the question"
    assert names[1].startswith("A ")
    assert names[2] == "Save and continue"
    assert names[-1] == "Ask a person for help"
    assert len(names) == len(set(names)) == 11


def test_a_page_that_holds_the_focus_is_seen(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12", script=True)
    page.evaluate(
        "document.addEventListener('keydown', e => { if (e.key === 'Tab' && "
        "document.activeElement.textContent.startsWith('Flag')) e.preventDefault(); })"
    )
    with pytest.raises(AssertionError, match="Tab does not leave 'Flag to check later'"):
        stops(page)


def test_the_skip_link_leads_into_the_page(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12")
    assert tab_to(page, "Skip to…") == 1
    press(page, "Enter")
    stop = press(page, "Tab")
    assert stop is not None
    assert stop.kind == "radio"


def test_a_page_may_start_at_the_question(samples: Site, tabs: Tabs) -> None:
    stop = focused(tabs.open(f"{samples.url}/sitting/question/12?start"))
    assert stop is not None
    assert stop.kind == "h1"


def test_an_open_browser_does_not_stop_other_tests_from_running_a_loop() -> None:
    async def five() -> int:
        return 5

    assert asyncio.run(five()) == 5
