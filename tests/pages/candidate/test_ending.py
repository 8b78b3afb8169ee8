"""The end: time running out, handing in, and the result, which never says which question was wrong."""

from __future__ import annotations

import pytest

from app.records.tables import outcome, sitting_move
from app.rules.help import StopReason
from app.rules.permissions import SYSTEM
from app.rules.sitting import State
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab
from tests.support.sweeping import sweep

MINUTES_GIVEN, SECONDS_GIVEN = 10, 10


def to_the_end(candidate: Candidate, *, seconds: int = 0) -> None:
    """Move the clock to zero, and so many seconds on."""
    candidate.forward(minutes=MINUTES_GIVEN, seconds=SECONDS_GIVEN + seconds)


def answer_all(candidate: Candidate, tab: Tab, *, right: int) -> None:
    """Answer every question through its page, the first so many right."""
    for number in range(1, 6):
        tab.open(f"/sitting/question/{number}")
        tab.press("next", answer=candidate.values(number, right=number <= right))


def finished(candidate: Candidate, tab: Tab, *, right: int) -> Tab:
    answer_all(candidate, tab, right=right)
    return tab.open("/sitting/finish").press()


def test_t06_and_row_12_an_answer_in_flight_at_zero_is_kept_and_named(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/question/3")
    to_the_end(candidate, seconds=9)
    tab.choose(*range(candidate.asked(3).choose))
    assert (tab.path, tab.heading) == ("/sitting/time-ended", "Your time for this part has ended")
    assert "All the answers you chose are saved, including question 3." in tab.words
    assert candidate.stored(3)[0]["standing"] == "in_flight"


def test_row_12_eleven_seconds_late_is_refused_kept_and_shown_back(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{number}")
    to_the_end(candidate, seconds=11)
    tab.choose(2)
    assert (tab.status, tab.heading) == (409, "Your time has ended")
    assert "You chose C" in tab.words
    assert "a person will look at it" in tab.words
    assert (candidate.stored(number)[0]["standing"], candidate.counting(number)) == ("late", "")


def test_row_36_before_the_grace_is_over_continue_says_honestly_that_it_waits(
    candidate: Candidate, tab: Tab
) -> None:
    to_the_end(candidate, seconds=1)
    tab.open("/sitting/question/1")
    assert "We wait 10 seconds for answers that are still on their way." in tab.words
    tab.press()
    assert (tab.status, tab.heading) == (409, "Your time for this part has ended")
    assert candidate.seat.state is State.IN_PROGRESS
    candidate.forward(seconds=10)
    assert tab.press().path == "/sitting/result"
    ended = candidate.rows(sitting_move)[-1]
    assert (ended["move"], ended["at"]) == ("run_out", ended["recorded_at"] - 11_000)


def test_the_time_ended_page_names_a_question_without_an_answer_as_such(
    candidate: Candidate, tab: Tab
) -> None:
    to_the_end(candidate, seconds=1)
    assert "Question 1 has no answer." in tab.open("/sitting").words


def test_the_tools_still_say_something_when_the_time_has_ended(candidate: Candidate, tab: Tab) -> None:
    to_the_end(candidate, seconds=1)
    assert tab.open("/sitting/time").heading == "No time left"
    assert "Your time for this part has ended." in tab.open("/sitting/break").words


def test_row_34_the_finish_lists_what_is_not_answered_by_number_and_link(
    candidate: Candidate, tab: Tab
) -> None:
    tab.choose(*range(candidate.asked(1).choose), action="flag")
    tab.open("/sitting/finish")
    assert tab.heading == "Do you want to finish the multiple choice part?"
    assert "You have answered 1 question. 4 are not answered. 1 is flagged." in tab.words
    assert "When you finish, you cannot come back to these questions." in tab.words
    links = [one.attributes["href"] for one in tab.tree.all("ul")[0].all("a")]
    assert links == [f"/sitting/question/{number}?from=list" for number in range(2, 6)]


def test_f03_nothing_is_finished_by_looking_and_the_way_back_is_open(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/finish")
    assert "/sitting/questions" in [one.get("href") for one in tab.tree.all("a")]
    assert tab.open("/sitting/question/1").path == "/sitting/question/1"
    assert candidate.seat.state is State.IN_PROGRESS


def test_row_35_handing_in_twice_is_one_finish_and_both_see_the_result(
    candidate: Candidate, tab: Tab
) -> None:
    tab.open("/sitting/finish")
    other = tab.again()
    assert tab.press().path == "/sitting/result"
    assert other.press().path == "/sitting/result"
    assert [row["move"] for row in candidate.rows(sitting_move)].count("finish") == 1
    assert len(candidate.rows(outcome)) == 1


def test_row_35_handing_in_after_the_time_ran_out_is_the_end_of_the_time(
    candidate: Candidate, tab: Tab
) -> None:
    tab.open("/sitting/finish")
    to_the_end(candidate, seconds=20)
    candidate.scene.do(sweep, SYSTEM)
    assert tab.press().path == "/sitting/result"
    assert "Your time ended." in tab.words
    assert len(candidate.rows(outcome)) == 1


def test_a_tab_without_the_pen_does_not_hand_in(candidate: Candidate, tab: Tab) -> None:
    other = tab.again().open("/sitting/finish")
    tab.open("/sitting/elsewhere").press()
    assert other.press().status == 409
    assert candidate.seat.state is State.IN_PROGRESS


def test_row_32_going_back_after_the_finish_shows_that_it_ended(candidate: Candidate, tab: Tab) -> None:
    finished(candidate, tab, right=5)
    for page in ("question/1", "questions", "finish", "time", "break", "paused", "instructions"):
        tab.open(f"/sitting/{page}")
        assert (page, tab.path, "You finished your test." in tab.words) == (page, "/sitting/result", True)


def test_a_pass_is_a_pass_of_the_part_and_says_the_numbers(candidate: Candidate, tab: Tab) -> None:
    finished(candidate, tab, right=4)
    assert tab.heading == "You passed the multiple choice part"
    assert tab.text("title") == "Your result – Multiple choice – Driving theory test"
    assert "You had 4 right answers of 5. To pass you need 4 right answers." in tab.words
    row = tab.tree.all("tbody")[0].all("tr")[0]
    assert [one.text() for one in row.all("th", "td")] == ["Multiple choice", "4 of 5", "4"]
    assert [one.text() for one in tab.tree.all("ul")[0].all("li")] == ["Alertness"]


def test_a_fail_is_said_kindly_with_what_to_study_and_never_which_question_was_wrong(
    candidate: Candidate, tab: Tab
) -> None:
    finished(candidate, tab, right=3)
    assert tab.heading == "You did not pass this time"
    assert "What do you do" not in tab.html
    assert "question/" not in tab.html


def test_unanswered_questions_are_counted_in_the_result(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/finish").press()
    assert "5 questions had no answer." in tab.words


def test_a_late_answer_sends_the_result_to_a_person(candidate: Candidate, tab: Tab) -> None:
    to_the_end(candidate, seconds=5)
    tab.choose(*range(candidate.asked(1).choose))
    candidate.forward(seconds=10)
    tab.open("/sitting").press()
    assert tab.heading == "Your result is not ready"
    assert "A person will tell you." in tab.words
    assert "right answers of" not in tab.words


@pytest.mark.parametrize("reason", [StopReason.CANDIDATE, StopReason.MEDICAL])
def test_a_test_that_was_stopped_says_so_and_a_person_tells_the_rest(
    candidate: Candidate, tab: Tab, reason: StopReason
) -> None:
    candidate.stop(reason, words="The candidate asked for it")
    tab.open("/sitting/question/1")
    assert tab.heading == "Your result is not ready"
    assert "Your test was stopped." in tab.words


@pytest.mark.parametrize("end", ["passed", "stopped"])
def test_t30_the_page_says_when_it_closes_and_then_the_start_page_shows(
    candidate: Candidate, tab: Tab, end: str
) -> None:
    if end == "passed":
        finished(candidate, tab, right=5)
    else:
        candidate.stop(words="The candidate asked for it")
        tab.open("/sitting")
    assert "This page closes by itself 30 minutes after the end of your test." in tab.words
    candidate.forward(minutes=29)
    assert tab.open("/sitting/result").path == "/sitting/result"
    candidate.forward(minutes=1)
    for page in ("/sitting/result", "/sitting", "/sitting/question/1"):
        assert tab.open(page).path == "/"
        assert tab.heading == "Start your test"


def test_the_result_can_be_printed_and_the_way_out_signs_out(candidate: Candidate, tab: Tab) -> None:
    finished(candidate, tab, right=5)
    assert "The person at the desk can print this page for you." in tab.words
    assert tab.buttons == ["Sign out of this computer"]
    assert tab.press().path == "/"


def test_two_parts_have_a_pause_between_them_and_each_its_own_questions(candidate: Candidate) -> None:
    from tests.support.small_edition import TWO_PARTS

    hall_sat = candidate.scene.checked_in(TWO_PARTS)
    two = Candidate(candidate.scene, hall_sat.keys["centre_id"], hall_sat.keys["sitting_id"])
    two.site = candidate.site
    two.hand_out_code()
    tab = two.sitting_down()
    assert tab.text("header").startswith("Question 1 of 4")
    tab.open("/sitting/finish").press()
    assert "You have finished one part. The next part has its own time." in tab.words
    tab.press()
    assert tab.text("header") == "Question 1 of 3 About 5 minutes left"
    tab.choose(*range(two.asked(5).choose), action="stay")
    assert two.asked(5).chosen
    assert tab.open("/sitting/question/4").status == 422
