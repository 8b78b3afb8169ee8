"""Practice before the start: each step by its forms, its ways out, and that nothing of it is written or kept."""

from __future__ import annotations

import re

import pytest

from app.pages.candidate.practice.device_pages import PAGES, Device
from app.pages.candidate.practised import COOKIE
from app.rules.sitting import State
from tests.pages.candidate.hall import MINUTES, Candidate, Hall
from tests.pages.candidate.looking import save
from tests.pages.candidate.practising import (
    HOME,
    addresses,
    done,
    follow,
    links,
    pass_page,
    stored,
    through_the_lessons,
)
from tests.pages.candidate.tab import Tab


@pytest.fixture
def tab(candidate: Candidate) -> Tab:
    """The candidate's browser at the offer to practise."""
    return candidate.at_instructions().open(HOME)


# the offer


def test_practice_is_offered_beside_going_on_and_neither_is_the_usual_way(tab: Tab) -> None:
    assert tab.heading == "Would you like to practise first?"
    ways = [one for one in tab.tree.all("a") if "govuk-button" in (one.get("class") or "")]
    assert [one.text() for one in ways] == ["Practise", "Go on to the instructions"]
    assert len({one.get("class") for one in ways}) == 1
    assert "Practice is not marked. Take as long as you like." in tab.words
    assert follow(tab, "Go on to the instructions").path == "/sitting/instructions"
    assert follow(tab, "Practise first").heading == "What would you like to practise?"


@pytest.mark.parametrize("device", list(Device))
def test_practice_begins_with_the_device_that_was_chosen(tab: Tab, device: Device) -> None:
    save(tab, "answering", device.value)
    follow(tab.open(HOME), "Practise")
    assert tab.path == f"{HOME}/device/{device}/1"
    assert tab.heading == PAGES[device][0].heading


def test_somebody_who_is_not_sure_is_asked_what_is_in_front_of_them(tab: Tab) -> None:
    follow(tab, "Practise")
    assert tab.heading == "What is in front of you?"
    shown = [words for words in links(tab) if words.endswith("show me how")]
    assert shown == ["Mouse: show me how", "Keyboard: show me how", "Touch screen: show me how"]
    assert follow(tab, shown[1]).path == f"{HOME}/device/keyboard/1"


def test_every_step_can_be_practised_by_itself_and_again(tab: Tab) -> None:
    tab.open(f"{HOME}/parts")
    steps = [words for words in links(tab) if re.match(r"\d: ", words)]
    assert [words[0] for words in steps] == list("1234567")
    for words in steps:
        assert follow(tab.open(f"{HOME}/parts"), words).path != "/sitting/instructions"
        if words[0] != "1":  # what is in front of somebody is a question of its own
            assert f"Practice {words[0]} of 7: " in tab.text("title")


# the lessons


def test_choosing_is_said_and_changing_wants_another_answer(tab: Tab) -> None:
    tab.open(f"{HOME}/lesson/choose").press("next")
    assert tab.notices == ["You have not chosen an answer yet."]
    tab.choose(1, action="stay")
    said = "You chose B. Nothing has moved. You can change it. To go on, choose Save and continue."
    assert tab.notices == [said]
    tab.press("next")
    assert (tab.path, done(tab)) == (f"{HOME}/lesson/change?done=choose", "You chose B. You can change it.")
    tab.press("next")
    assert tab.notices == ["Your answer is still B. Choose another answer."]
    tab.choose(3)
    assert (tab.path, done(tab)) == (f"{HOME}/lesson/onward?done=change", "You changed your answer to D.")
    assert tab.chosen() == ["d"]


def test_the_title_and_the_words_above_the_question_say_how_far_practice_is(tab: Tab) -> None:
    tab.open(f"{HOME}/lesson/change")
    assert tab.text("title") == "Practice 3 of 7: change an answer – Driving theory test"
    assert "Practice 3 of 7: change an answer" in tab.words
    assert tab.tree.all("h1")[0].closest("legend") is not None, "the page is that of a question"


def test_another_button_than_the_one_asked_for_gets_a_kind_word(tab: Tab) -> None:
    for lesson, action in (("onward", "list"), ("back", "next"), ("see-list", "next"), ("found", "list")):
        tab.open(f"{HOME}/lesson/{lesson}").press(action)
        assert tab.notices == ["You pressed another button. Try again."], lesson
        assert tab.path == f"{HOME}/lesson/{lesson}?said=again"


def test_a_flag_leads_back_to_its_question_from_the_list(tab: Tab) -> None:
    tab.open(f"{HOME}/lesson/flag").press("flag")
    assert done(tab) == "You flagged this question."
    tab.press("list")
    assert tab.heading == "Check your answers before you finish"
    follow(tab, next(words for words in links(tab) if words.startswith("Question 2.")))
    assert tab.notices == ["That is question 2. Choose question 1: you flagged it."]
    follow(tab, "Finish this part")
    assert tab.notices[0].startswith("In the test, this button leads to the end of a part.")
    follow(tab, next(words for words in links(tab) if "Flagged." in words))
    assert tab.heading.startswith("You are back at the flagged question.")
    assert "Remove flag" in tab.buttons


def test_a_lesson_that_was_done_can_be_done_again(tab: Tab) -> None:
    through_the_lessons(tab)
    tab.open(f"{HOME}/lesson/choose")
    assert tab.chosen() == []
    assert "Flag to check later" in tab.open(f"{HOME}/lesson/flag").buttons
    assert through_the_lessons(tab).path.startswith(f"{HOME}/question/1")


def test_a_practice_call_calls_nobody_and_a_real_one_is_one_press_away(
    candidate: Candidate, tab: Tab
) -> None:
    before = stored(candidate)
    tab.open(f"{HOME}/lesson/help").press("help")
    assert "This is practice: nobody is called." in tab.words
    tab.press("send")
    assert tab.errors == ["Choose what you need, or press Come to me"]
    tab.press("send", reason="unwell", words="I feel strange")
    assert tab.heading == "In the test, a person comes to you now"
    assert stored(candidate) == before
    assert links(tab)["Ask a person for help"] == "/sitting/help"
    tab.open("/sitting/help").press("come")
    assert stored(candidate)["help_call"] == before["help_call"] + 1


def test_all_tools_behind_one_link_lead_to_their_trial_too(tab: Tab) -> None:
    save(tab, "show", "question")
    tab.open(f"{HOME}/lesson/time")
    assert [one.text() for one in tab.tree.all("aside")[0].all("button")] == ["Tools and help"]
    tab.press("tools")
    assert follow(tab, "How much time is left?").path == f"{HOME}/time"
    assert tab.heading == f"You will have {MINUTES} minutes"


def test_a_tool_that_is_no_part_of_the_lesson_is_the_real_one_and_leads_back_to_it(tab: Tab) -> None:
    tab.open(f"{HOME}/lesson/onward").press("time")
    assert (tab.path, "The clock has not started." in tab.words) == ("/sitting/time", True)
    assert tab.open("/sitting").path == f"{HOME}/lesson/onward"
    assert follow(tab, "Skip practice").path == "/sitting/instructions"
    assert tab.open("/sitting").path == "/sitting/instructions"


# the end


def test_the_end_says_that_nothing_was_marked_and_offers_both_ways_alike(tab: Tab) -> None:
    through_the_lessons(tab).choose(1).choose(1, 3)
    assert tab.path.startswith(f"{HOME}/questions")
    follow(tab, "Finish this part")
    assert "You have answered 2 questions." in tab.words
    tab.press()
    assert tab.heading == "That was practice. Nothing was marked."
    assert "Do you want to practise more, or go on?" in tab.words
    ways = [one for one in tab.tree.all("a") if "govuk-button" in (one.get("class") or "")]
    assert [one.text() for one in ways] == ["Practise more", "Go on to the instructions"]
    assert len({one.get("class") for one in ways}) == 1


# what practice leaves alone


def test_practice_writes_nothing_shows_no_clock_and_always_has_a_way_out(
    candidate: Candidate, tab: Tab
) -> None:
    before = stored(candidate)
    plain = {HOME, f"{HOME}/parts", f"{HOME}/end"}
    for path in addresses():
        tab.open(path)
        assert (tab.status, tab.path) == (200, path)
        assert "band__clock" not in tab.html, path
        out = "Go on to the instructions" if path in plain else "Skip practice"
        assert links(tab)[out] == "/sitting/instructions", path
        assert path in plain or "Back to the page before" in links(tab), path
        assert len(tab.tree.all("aside")) == 1
    through_the_lessons(tab).choose(0, action="flag").press("next").choose(0).press().open(
        f"{HOME}/finish"
    ).press()
    for device, pages in PAGES.items():
        for number, page in enumerate(pages, start=1):
            pass_page(tab.open(f"{HOME}/device/{device}/{number}").press("stay"), page)
    assert stored(candidate) == before
    assert candidate.seat.clock.left(candidate.site.clock.now_ms()) == MINUTES * 60_000


def test_after_the_start_practice_leads_to_the_test_and_is_forgotten(candidate: Candidate, tab: Tab) -> None:
    through_the_lessons(tab).choose(1)
    assert tab.visitor.cookies.get(COOKIE)
    tab.open("/sitting/instructions").press()
    assert candidate.seat.state is State.IN_PROGRESS
    assert not tab.visitor.cookies.get(COOKIE)
    for path in addresses():
        assert tab.open(path).path == "/sitting/question/1", path


def test_before_details_are_confirmed_practice_is_not_open(candidate: Candidate) -> None:
    tab = candidate.sign_in()
    for path in (HOME, f"{HOME}/lesson/choose", f"{HOME}/question/1"):
        assert tab.open(path).path == "/sitting/details"


def test_what_was_tried_in_one_sitting_is_not_read_in_another(hall: Hall, tab: Tab) -> None:
    tab.open(f"{HOME}/question/1").choose(1, action="flag")
    assert tab.open(f"{HOME}/question/1").chosen() == ["b"]
    other = hall.candidate().at_instructions()
    other.visitor.cookies.set(COOKIE, tab.visitor.cookies[COOKIE], domain="testserver.local")
    assert other.open(f"{HOME}/question/1").chosen() == []
    tab.visitor.cookies.set(COOKIE, "table.b.f.9.forged", domain="testserver.local")
    assert tab.open(f"{HOME}/question/1").chosen() == []


def test_leaving_the_desk_forgets_practice(tab: Tab) -> None:
    tab.open(f"{HOME}/question/1").choose(1, action="stay")
    tab.visitor.press("/sitting/instructions", "/sitting/leave")
    assert not tab.visitor.cookies.get(COOKIE)


def test_unknown_addresses_of_practice_are_not_there(tab: Tab) -> None:
    for path in ("lesson/none", "device/none/1", "device/mouse/0", "device/mouse/8", "question/2/picture"):
        assert tab.open(f"{HOME}/{path}").status == 404, path
