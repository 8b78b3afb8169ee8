"""The frame of a question as somebody chose it: the clock's form, the tools behind one link; and the flag in words."""

from __future__ import annotations

from accessibility.page_rules.tree import Element
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


def clock(tab: Tab) -> Element:
    (found,) = [one for one in tab.tree.all("p") if one.get("class") == "band__clock"]
    return found


def test_t03_the_clock_is_words_or_a_bar_or_the_last_minutes_or_nothing(
    candidate: Candidate, tab: Tab
) -> None:
    assert clock(tab).text() == "About 10 minutes left"
    (bar,) = clock(candidate.prefers(tab, clock="bar")).all("progress")
    assert clock(tab).text() == "About 10 minutes left"
    assert (bar.get("max"), bar.get("value"), bar.get("aria-hidden")) == ("10", "10", "true")
    candidate.forward(minutes=3, seconds=30)
    (bar,) = clock(tab.open(tab.path)).all("progress")
    assert (bar.get("max"), bar.get("value")) == ("10", "7")
    assert (clock(candidate.prefers(tab, clock="hide")).has("hidden"), clock(tab).text()) == (True, "")
    assert "minute" not in tab.text("title") + tab.text("header")
    assert tab.open("/sitting/time").heading == "About 7 minutes left"
    assert "minute" not in tab.text("title") + tab.text("header")


def test_t03_the_last_ten_minutes_are_shown_and_those_before_are_not(candidate: Candidate, tab: Tab) -> None:
    candidate.grant(2)
    candidate.prefers(tab, clock="last")
    assert (clock(tab).has("hidden"), clock(tab).text()) == (True, "")
    candidate.forward(minutes=2, seconds=10)  # and the time for loading, which is silent
    tab.open(tab.path)
    assert (clock(tab).has("hidden"), clock(tab).text()) == (False, "About 10 minutes left")


def test_t03_a_stopped_clock_is_told_in_every_form(candidate: Candidate, tab: Tab) -> None:
    candidate.take_break()
    told = {
        form: clock(candidate.prefers(tab.open("/sitting"), clock=form)).text()
        for form in ("minutes", "bar", "last", "hide")
    }
    assert told == {
        "minutes": "The clock is stopped. About 10 minutes left",
        "bar": "The clock is stopped. About 10 minutes left",
        "last": "The clock is stopped. About 10 minutes left",
        "hide": "The clock is stopped.",
    }


def test_t03_minutes_that_staff_add_are_told_although_the_clock_is_hidden(
    candidate: Candidate, tab: Tab
) -> None:
    candidate.prefers(tab, clock="hide")
    candidate.forward(seconds=5)
    candidate.grant(5)
    candidate.forward(seconds=5)
    tab.open(tab.path)
    assert tab.notices == ["5 minutes have been added. You have about 15 minutes left."]
    assert clock(tab).has("hidden")


def test_s09_only_the_question_keeps_every_tool_behind_one_link(candidate: Candidate, tab: Tab) -> None:
    every = [one.text() for one in tab.tree.all("aside")[0].all("button")]
    candidate.prefers(tab, show="question")
    for page in ("questions", "finish", "time", "help", "break", "tools", "question/1"):
        tab.open(f"/sitting/{page}")
        assert [one.text() for one in tab.tree.all("aside")[0].all("a", "button")] == ["Tools and help"]
    number = candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{candidate.number_of('walk-1')}").choose(0, action="tools")
    assert tab.path == "/sitting/tools"
    assert len(candidate.asked(number).chosen) == 1
    links = tab.tree.all("main")[0].all("a")
    assert [one.text() for one in links] == [*every, f"Go back to question {number}"]
    assert tab.open("/sitting").path == f"/sitting/question/{number}"


def test_a_flagged_question_says_so_in_words_beside_its_count(candidate: Candidate, tab: Tab) -> None:
    tab.open(f"/sitting/question/{candidate.number_of('walk-1')}").press("flag")
    assert tab.text("legend").endswith("Choose 1 answer. Flagged to check later.")
    tab.press("unflag")
    assert tab.text("legend").endswith("Choose 1 answer.")
