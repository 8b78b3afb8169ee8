"""From the code to the first question: details, arrangements, instructions, and a start that happens once."""

from __future__ import annotations

from app.records.tables import help_call, sitting_move
from app.rules.help import UndoReason
from app.rules.policy import SECOND
from app.rules.sitting import State
from tests.pages.candidate.hall import MINUTES, PASS_MARK, Candidate, Hall


def test_the_details_are_in_words_and_show_four_characters_of_the_licence(candidate: Candidate) -> None:
    tab = candidate.sign_in()
    assert tab.heading == "Is this you?"
    assert {"Ada Example", "29 February 2004"} <= {one.text() for one in tab.tree.all("dd")}
    tail = next(one.text() for one in tab.tree.all("dd") if len(one.text()) == 7)
    assert tail.count(" ") == 3


def test_f01_details_without_an_answer_are_asked_again_beside_the_field(candidate: Candidate) -> None:
    tab = candidate.sign_in().press()
    assert (tab.status, tab.errors) == (422, ["Select yes if the details are right"])
    assert candidate.seat.details_at is None


def test_wrong_details_call_a_person_at_once_and_take_words_after(candidate: Candidate) -> None:
    tab = candidate.sign_in().press(right="no")
    assert (tab.path, tab.heading) == ("/sitting/details/wrong", "A person is coming to you")
    tab.press(words="My name is spelled <b>wrong</b>")
    assert tab.status == 200
    assert [row["reason"] for row in candidate.rows(help_call)] == ["details", "details"]
    assert candidate.rows(help_call)[1]["words"] is not None


def test_the_page_about_wrong_details_promises_nobody_before_somebody_was_called(
    candidate: Candidate,
) -> None:
    tab = candidate.sign_in().open("/sitting/details/wrong")
    assert tab.heading == "Tell us what is wrong"
    tab.press(words="x" * 1001)
    assert (tab.status, tab.errors) == (422, ["Use 1000 characters or fewer"])
    assert tab.held()["words"] == ["x" * 1001]


def test_each_arrangement_says_ready_and_counts_the_extra_time(hall: Hall) -> None:
    tab = hall.candidate(extra_minutes=5, break_minutes=40).sign_in().press(right="yes")
    assert tab.heading == "What we have set up for you"
    assert f"{MINUTES + 5} minutes for 5 questions" in tab.words
    assert "This counts your extra time of 5 minutes." in tab.words
    assert "You have 40 minutes for breaks." in tab.words
    assert [one.text() for one in tab.tree.all("strong")] == ["Ready"] * 3


def test_arrangements_need_an_answer_and_keep_what_was_typed(candidate: Candidate) -> None:
    tab = candidate.sign_in().press(right="yes").press(words="A bigger screen")
    assert tab.errors == ["Select whether this is right"]
    assert tab.held()["words"] == ["A bigger screen"]
    tab.press(right="no")
    assert tab.path == "/sitting/help"
    assert "The desk has your call. Nobody has seen it yet. A person comes to you." in tab.words
    assert candidate.seat.arrangements_at is None


def test_t07_the_instructions_say_the_numbers_and_that_nobody_is_signed_out(candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    listed = next(one for one in tab.tree.all("ul") if one.get("class") == "points")
    points = [one.text() for one in listed.all("li")]
    assert [one.get("alt") for one in listed.all("img")] == [""] * len(points)
    assert len(points) <= 7
    assert points[0] == f"There are 5 questions. You have {MINUTES} minutes."
    assert "You can stop and come back. You will not be signed out." in points
    assert any(f"You need {PASS_MARK} right answers" in one for one in points)


def test_nobody_reaches_a_question_or_a_clock_before_the_start(candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    assert tab.open("/sitting/question/1").path == "/sitting/instructions"
    assert tab.open("/sitting/time").heading == f"You will have {MINUTES} minutes"
    assert "The clock has not started." in tab.open("/sitting/break").words
    candidate.forward(minutes=30)
    assert candidate.sitting_start(tab) == MINUTES * 60 * SECOND + 10 * SECOND


def test_row_29_a_double_press_on_start_is_one_start(candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    twice = tab.again()
    assert tab.press().path == "/sitting/question/1"
    assert twice.press().path == "/sitting/question/1"
    assert [row["move"] for row in candidate.rows(sitting_move)].count("start") == 1


def test_row_30_of_two_tabs_one_starts_and_the_other_is_asked_whether_to_go_on_there(
    candidate: Candidate,
) -> None:
    first = candidate.at_instructions()
    second = first.again().open("/sitting/instructions")
    first.press()
    second.press()
    assert (second.status, second.heading) == (409, "You have this test open somewhere else")
    assert candidate.seat.state is State.IN_PROGRESS
    assert second.press().path == "/sitting/question/1"
    first.choose(0)
    assert first.status == 409


def test_a_check_in_that_was_undone_says_so_and_nothing_is_lost(candidate: Candidate) -> None:
    from app.actions.check_in import undo_check_in

    tab = candidate.sign_in()
    candidate.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
    for _look in range(2):  # Refresh says the same again
        tab.open("/sitting/details")
        assert (tab.status, tab.heading) == (401, "Your test is not ready")
        assert "Nothing has started, so nothing is lost." in tab.words
    assert tab.open("/").heading == "Start your test"
