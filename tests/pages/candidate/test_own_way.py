"""A question in the manner that somebody chose, without script: its start, each answer a stop, covered answers."""

from __future__ import annotations

import pytest

from accessibility.page_rules.tree import Element
from app.pages.look import LOOK
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


def starting(tab: Tab) -> list[Element]:
    """What takes the focus when the page opens."""
    return [one for one in tab.tree.document.walk() if one.has("autofocus")]


def buttons(tab: Tab, name: str, words: str = "") -> list[Element]:
    return [one for one in tab.tree.all("button") if one.get("name") == name and words in one.text()]


def one_answer(candidate: Candidate, tab: Tab) -> Tab:
    return tab.open(f"/sitting/question/{candidate.number_of('walk-1')}")


def two_answers(candidate: Candidate, tab: Tab) -> Tab:
    return tab.open(f"/sitting/question/{candidate.number_of('walk-2')}")


def pressing(tab: Tab, words: str) -> Tab:
    """Press one of the buttons that are answers or covers."""
    (button,) = [one for one in tab.tree.all("button") if one.text().startswith(words)]
    sent = {button.attributes["name"]: button.attributes["value"]}
    return tab.press(**sent)


# Where each page starts.


@pytest.mark.parametrize("answers", [one_answer, two_answers])
def test_r05_a_question_starts_where_it_was_chosen(candidate: Candidate, tab: Tab, answers: object) -> None:
    assert callable(answers)
    answers(candidate, tab)
    assert starting(tab) == []
    (heading,) = starting(candidate.prefers(tab, start="question"))
    assert (heading.tag, heading.get("tabindex")) == ("h1", "-1")
    (answer,) = starting(candidate.prefers(tab, start="answer"))
    assert (answer.tag, answer.get("id"), answer.has("tabindex")) == ("input", "a1", False)


def test_r05_a_start_at_the_answer_is_refused_with_a_declared_reader(candidate: Candidate, tab: Tab) -> None:
    (heading,) = starting(candidate.prefers(tab, start="answer", reader="yes"))
    assert heading.tag == "h1"


@pytest.mark.parametrize("start", ["question", "answer"])
def test_r05_what_has_just_happened_comes_before_the_question(
    candidate: Candidate, tab: Tab, start: str
) -> None:
    candidate.prefers(one_answer(candidate, tab), start=start).press("flag")
    (notice,) = starting(tab)
    assert (notice.get("class"), notice.text()) == ("notice", "You flagged this question.")
    two_answers(candidate, tab).choose(0, 1, 2)
    (summary,) = starting(tab)
    assert summary.get("class") == "govuk-error-summary"


def test_r05_other_pages_start_at_their_heading(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(tab, start="question")
    for page in ("questions", "finish", "time", "help", "break", "tools", "question/1/unanswered"):
        assert [one.tag for one in starting(tab.open(f"/sitting/{page}"))] == ["h1"], page
    candidate.prefers(tab, start="answer")
    assert starting(tab.open("/sitting/time")) == []


@pytest.mark.parametrize("chosen", [{"stops": "each"}, {"aid": "answers"}])
def test_r05_the_first_answer_takes_the_focus_as_a_button_too(
    candidate: Candidate, tab: Tab, chosen: dict[str, str]
) -> None:
    candidate.prefers(one_answer(candidate, tab), start="answer", **chosen)
    (button,) = starting(tab)
    assert (button.tag, button.get("id")) == ("button", "a1")


# Each answer a stop of its own.


def test_each_answer_is_a_button_in_the_group_of_its_question(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(one_answer(candidate, tab), stops="each")
    answers = buttons(tab, "choose")
    assert [one.text()[:2] for one in answers] == ["A ", "B ", "C ", "D "]
    assert {one.get("aria-pressed") for one in answers} == {"false"}
    assert {one.closest("fieldset") is not None for one in answers} == {True}
    assert tab.text("legend").endswith("Choose 1 answer.")
    assert tab.options() == []


def test_a_press_saves_and_comes_back_to_the_button_that_was_pressed(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-1")
    values = [value for value, _id in candidate.asked(number).options]
    candidate.prefers(one_answer(candidate, tab), stops="each")
    pressing(tab, "B ")
    assert (tab.path, tab.reply.url.fragment) == (f"/sitting/question/{number}?said=stay", "a2")
    assert tab.notices == ["You chose B. To go on, choose Save and continue."]
    assert candidate.asked(number).chosen == (values[1],)
    assert [one.get("aria-pressed") for one in buttons(tab, "choose")] == ["false", "true", "false", "false"]
    pressing(tab, "B ")
    assert tab.notices == ["You chose B. To go on, choose Save and continue."]
    assert candidate.asked(number).chosen == (values[1],)
    pressing(tab, "D ")
    assert candidate.asked(number).chosen == (values[3],)


def test_save_and_continue_keeps_what_a_button_chose_and_clear_takes_it_away(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-1")
    candidate.prefers(one_answer(candidate, tab), stops="each")
    pressing(tab, "C ")
    chosen = candidate.asked(number).chosen
    assert "answer" not in tab.held()
    tab.press("next")
    assert tab.path != f"/sitting/question/{number}"
    assert candidate.asked(number).chosen == chosen
    one_answer(candidate, tab).press("clear")
    assert candidate.asked(number).chosen == ()
    assert {one.get("aria-pressed") for one in buttons(tab, "choose")} == {"false"}
    assert tab.press("next").heading == "You have not answered this question"


def test_what_a_button_chose_on_a_page_out_of_date_is_saved_by_the_next_press(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-1")
    candidate.prefers(one_answer(candidate, tab), stops="each")
    (button,) = [one for one in tab.tree.all("button") if one.text().startswith("B ")]
    tab.press(choose=button.attributes["value"], rev="old")
    assert candidate.asked(number).chosen == ()
    assert [one.get("aria-pressed") for one in buttons(tab, "choose")] == ["false", "true", "false", "false"]
    tab.press("next")
    assert candidate.asked(number).chosen == (button.attributes["value"],)


def test_a_value_that_no_button_has_is_refused_at_the_first_answer(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(one_answer(candidate, tab), stops="each").press(choose="nonsense")
    assert tab.status == 422
    assert tab.errors == ["That is not one of the answers. Your earlier choice is kept. Choose again."]


def test_two_answers_stay_boxes_which_are_stops_already(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(two_answers(candidate, tab), stops="each")
    assert len(tab.options()) == 4
    assert buttons(tab, "choose") == []


# Covered answers.


@pytest.mark.parametrize("answers", [one_answer, two_answers])
def test_covered_answers_are_opened_one_by_one_and_all_at_once(
    candidate: Candidate, tab: Tab, answers: object
) -> None:
    assert callable(answers)
    candidate.prefers(answers(candidate, tab), aid="answers")
    covers = [one.text() for one in buttons(tab, "action", "Show answer")]
    assert covers == ["Show answer A", "Show answer B", "Show answer C", "Show answer D"]
    assert "Look round" not in tab.words
    pressing(tab, "Show answer B")
    assert tab.reply.url.fragment == "a2"
    assert [one.get("id") for one in tab.tree.all("input") if one.get("name") == "answer"] == ["a2"]
    pressing(tab, "Show answer D")
    assert tab.path.endswith("?open=b.d")
    assert len(tab.options()) == 2
    pressing(tab, "Show all answers")
    assert tab.reply.url.fragment == "a1"
    assert len(tab.options()) == 4
    assert buttons(tab, "action", "Show answer") == buttons(tab, "action", "Show all") == []


def test_opening_an_answer_saves_what_is_chosen_and_what_is_chosen_stays_open(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-1")
    candidate.prefers(one_answer(candidate, tab), aid="answers")
    pressing(tab, "Show answer C")
    (value,) = tab.options()
    pressing_with = tab.press("show-1", answer=value)
    assert candidate.asked(number).chosen == (value,)
    assert pressing_with.chosen() == [value]
    one_answer(candidate, tab)
    assert tab.chosen() == [value]
    assert len(buttons(tab, "action", "Show answer")) == 3


def test_what_was_opened_stays_open_on_the_same_question_and_nothing_is_lost_while_closed(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-1")
    tab = one_answer(candidate, tab).choose(2, action="stay")
    chosen = candidate.asked(number).chosen
    candidate.prefers(tab, aid="answers")
    pressing(tab, "Show answer A").press("flag")
    assert tab.path == f"/sitting/question/{number}?open=a&said=flag"
    assert len(tab.options()) == 2
    tab.press("next")
    assert candidate.asked(number).chosen == chosen


def test_covers_and_stops_of_their_own_go_together(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(one_answer(candidate, tab), aid="answers", stops="each")
    pressing(tab, "Show answer B")
    assert [one.text()[0] for one in buttons(tab, "choose")] == ["B"]
    pressing(tab, "B ")
    assert tab.reply.url.fragment == "a2"
    assert [one.get("aria-pressed") for one in buttons(tab, "choose")] == ["true"]


@pytest.mark.parametrize("aid", ["rest", "answers", "band"])
def test_d09_one_press_turns_a_reading_aid_off_and_saves_first(
    candidate: Candidate, tab: Tab, aid: str
) -> None:
    number = candidate.number_of("walk-1")
    tab = one_answer(candidate, tab).choose(1, action="stay")
    candidate.prefers(tab, aid=aid, size="150")
    assert len(buttons(tab, "action", "Show everything")) == 1
    tab.press("aid-off")
    assert tab.path == f"/sitting/question/{number}?said=aid-off"
    assert tab.notices == ["The reading aid is off. Everything is shown."]
    root = tab.tree.all("html")[0]
    assert (root.get("data-aid"), root.get("data-size")) == (None, "150")
    assert len(candidate.asked(number).chosen) == 1
    assert tab.visitor.cookies[LOOK].endswith(".size=150")


def test_d10_without_script_the_line_band_covers_nothing(candidate: Candidate, tab: Tab) -> None:
    candidate.prefers(one_answer(candidate, tab), aid="band")
    (band,) = [one for one in tab.tree.all("div") if one.get("class") == "band-aid"]
    assert band.has("hidden")
    assert len(tab.options()) == 4
