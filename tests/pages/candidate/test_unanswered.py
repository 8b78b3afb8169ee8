"""Going on without an answer, the list of all questions, and coming back to where one was."""

from __future__ import annotations

from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


def test_f02_the_first_question_without_an_answer_is_explained_once(tab: Tab) -> None:
    tab.press("next")
    assert tab.path == "/sitting/question/1/unanswered"
    assert tab.heading == "You have not answered this question"
    assert tab.press().path == "/sitting/question/2"
    assert tab.press("next").path == "/sitting/question/3"


def test_looking_at_the_explanation_does_not_count_as_having_been_told(
    candidate: Candidate, tab: Tab
) -> None:
    tab.press("next").open("/sitting/question/1").press("next")
    assert tab.path == "/sitting/question/1/unanswered"
    assert not candidate.seat.told_unanswered


def test_too_few_answers_are_told_in_numbers_each_time_and_count_as_not_answered(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-2")
    for _ in range(2):
        tab.open(f"/sitting/question/{number}").choose(0)
        assert tab.heading == "You have chosen 1 of 2 answers"
        tab.press()
    assert f"Question {number}. Not answered." in tab.open("/sitting/questions").words


def test_s10_the_list_says_how_each_question_stands_and_how_it_begins(candidate: Candidate, tab: Tab) -> None:
    long, asked = candidate.number_of("walk-5"), candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{asked}").choose(0, action="flag")
    tab.open("/sitting/questions")
    assert [one.text() for one in tab.tree.all("h2")] == [
        "Not answered (4)",
        "Flagged (1)",
        "All questions (5)",
    ]
    links = [one.text() for one in tab.tree.all("a")]
    assert f"Question {asked}. Answered. Flagged. What do you do first?" in links
    assert f"Question {long}. Not answered. What do you do in the end, when…" in links


def test_the_list_says_in_words_that_nothing_is_open(candidate: Candidate, tab: Tab) -> None:
    for number in range(1, 6):
        tab.open(f"/sitting/question/{number}").choose(*range(candidate.asked(number).choose))
    assert tab.path == "/sitting/questions"
    assert "No questions are unanswered. " in tab.words + " "
    assert "No questions are flagged." in tab.words


def test_from_the_list_continue_leads_back_to_the_same_link(candidate: Candidate, tab: Tab) -> None:
    address = tab.open("/sitting/questions").tree.all("li")[3].all("a")[0].attributes["href"]
    tab.open(address).press("stay")
    reply = tab.visitor.post(
        tab.form().attributes["action"],
        data={
            **tab.held(),
            "answer": tab.options()[: candidate.asked(4).choose],
            "action": "next",
        },
        follow_redirects=False,
    )
    assert reply.headers["location"] == "/sitting/questions#q4"
    assert 'id="q4"' in tab.open("/sitting/questions").html


def test_t07_after_twenty_hours_the_same_question_with_the_same_answer(
    candidate: Candidate, tab: Tab
) -> None:
    tab.open("/sitting/question/3").choose(*range(candidate.asked(3).choose), action="stay")
    chosen = tab.chosen()
    candidate.pause()
    candidate.forward(hours=20)
    candidate.resume()
    assert tab.open("/sitting").path == "/sitting/question/3"
    assert tab.chosen() == chosen


def test_at_another_desk_the_first_question_without_an_answer_is_shown(
    candidate: Candidate, tab: Tab
) -> None:
    tab.choose(*range(candidate.asked(1).choose))
    candidate.pause()
    candidate.hand_out_code()
    other = candidate.sign_in()
    assert other.path == "/sitting/paused"
    candidate.resume()
    assert other.open("/sitting").path == "/sitting/question/2"


def test_a_button_back_leads_to_the_question_before(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/question/3")
    assert tab.press("back").path == "/sitting/question/2"
