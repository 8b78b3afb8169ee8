"""Breaks, pauses and calls for help: the question is gone, the clock stands still, and the way back is honest."""

from __future__ import annotations

import pytest

from app.actions.answer_help import see_call
from app.records.tables import help_call
from app.rules.help import HelpReason
from app.rules.sitting import PauseKind, State
from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.tab import Tab

LEFT = 10 * 60_000 + 10_000


def test_t04_a_break_hides_the_question_and_takes_no_time(candidate: Candidate, tab: Tab) -> None:
    stem = tab.heading
    tab.choose(0, action="break")
    assert (tab.heading, tab.buttons[0]) == ("Take a break?", "Start my break")
    assert "You have 10 minutes for breaks." in tab.words
    tab.press()
    assert tab.heading == "You are on a break. The clock is stopped."
    assert tab.text("title").startswith("Break – the clock is stopped")
    assert stem not in tab.html
    assert "question/" not in tab.html
    candidate.forward(minutes=4)
    assert "You have 6 minutes of break time left." in tab.open("/sitting/question/1").words
    tab.press()
    assert tab.notices == ["Your break has ended. You have about 10 minutes left, the same as before."]
    assert candidate.seat.clock.left(candidate.site.clock.now_ms()) == LEFT


def test_the_time_after_a_break_is_called_the_same_only_while_it_is(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/break").press().open("/sitting").press()
    candidate.forward(minutes=2)
    tab.open("/sitting/question/1")
    assert tab.notices == ["Your break has ended. You have about 9 minutes left."]
    candidate.forward(minutes=7)
    tab.open("/sitting/question/1")
    assert tab.notices == ["Your break has ended. You have less than 2 minutes left."]


def test_the_notice_stays_until_the_next_answer_and_no_longer(candidate: Candidate, tab: Tab) -> None:
    candidate.take_break()
    candidate.forward(minutes=1)
    tab.open("/sitting").press()
    candidate.forward(seconds=1)
    assert tab.open("/sitting/question/2").notices
    tab.press("stay")
    assert tab.notices == ["You have not chosen an answer yet."]


def test_pressing_twice_for_a_break_or_for_the_way_back_is_one_press(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/break")
    twice = tab.again()
    tab.press()
    assert twice.press().path == "/sitting/break"
    twice = tab.again()
    tab.press()
    assert twice.press().path == "/sitting/question/1"
    assert candidate.seat.state is State.IN_PROGRESS


def test_without_break_time_the_page_offers_a_person_instead(candidate: Candidate, tab: Tab) -> None:
    asking = tab.again().open("/sitting/break")
    candidate.take_break()
    candidate.forward(minutes=11)
    assert "Your break time is used." in tab.open("/sitting").words
    tab.press()
    tab.open("/sitting/break")
    assert "Start my break" not in tab.buttons
    assert "ask a person for help" in tab.words
    asking.press()
    assert (asking.status, asking.heading) == (409, "No break time left")


@pytest.mark.parametrize("kind", [kind for kind in PauseKind if kind.value in (
    "medical", "conversation", "identity", "disturbance", "technical", "evacuation",
)])  # fmt: skip
def test_a_pause_by_staff_says_why_and_only_staff_end_it(
    candidate: Candidate, tab: Tab, kind: PauseKind
) -> None:
    on_break = tab.again().open("/sitting/break")
    candidate.pause(kind)
    tab.open("/sitting/question/1")
    assert tab.heading == "Your test is paused. The clock is stopped."
    assert "A person starts your test again with you." in tab.words
    assert tab.buttons == []
    reply = tab.visitor.post("/sitting/continue", data=on_break.held())
    assert reply.status_code == 409
    assert "A person has to start the clock again" in reply.text
    candidate.resume()
    assert "Your clock was stopped for" in tab.open("/sitting").notices[0]


def test_a_call_for_help_stops_the_clock_and_says_who_has_seen_it(
    hall: Hall, candidate: Candidate, tab: Tab
) -> None:
    tab.choose(0, action="help")
    assert "When you call a person, the clock stops and the question is hidden." in tab.words
    tab.press("come")
    assert tab.path == "/sitting/paused"
    assert "The desk has your call. Nobody has seen it yet." in tab.words
    candidate.desk(see_call, n=1)
    assert "Dana Desk has seen your call." in tab.open("/sitting/paused").words
    assert tab.press().path == "/sitting/question/1"
    assert candidate.rows(help_call)[0]["reason"] == HelpReason.COME.value


def test_who_is_all_right_goes_on_and_nobody_has_to_come(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/help").press("come")
    assert tab.buttons == ["Continue the test", "I am all right now. Continue the test."]
    assert "A person still comes, unless you say that you are all right." in tab.words
    tab.press("all-right")
    assert tab.path == "/sitting/question/1"
    row = candidate.rows(help_call)[0]
    assert (row["answered_by"], row["seen_by"]) == (candidate.seat.candidate_id, None)


def test_who_only_goes_on_keeps_the_call_and_can_take_it_back_later(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/help").press("come").press()
    tab.open("/sitting/help")
    assert "The desk has your call. Nobody has seen it yet." in tab.words
    assert "I am all right now. Nobody has to come." in tab.buttons
    tab.press("all-right")
    assert tab.notices[-1] == "Your call is taken back. Nobody has to come now."
    assert "I am all right now. Nobody has to come." not in tab.buttons
    assert candidate.rows(help_call)[0]["answered_at"] is not None
    assert candidate.seat.state is State.IN_PROGRESS


def test_whoever_waits_for_staff_cannot_send_them_away_and_be_left_alone(
    candidate: Candidate, tab: Tab
) -> None:
    tab.open("/sitting/help").press("come")
    early = tab.again()
    candidate.forward(minutes=2, seconds=1)
    assert tab.open("/sitting/help").buttons == ["Come to me", "Send this to a person"]
    assert early.press("all-right").status == 409
    assert candidate.rows(help_call)[0]["answered_at"] is None


def test_help_says_what_calling_does_at_each_moment(candidate: Candidate) -> None:
    tab = candidate.sign_in().open("/sitting/help")
    assert "Your test has not started, so no time is lost." in tab.words
    tab.press("come")
    assert "The desk has your call. Nobody has seen it yet. A person comes to you." in tab.words
    candidate.confirm()
    candidate.sitting_start(tab)
    assert "When you call a person, the clock stops" in tab.open("/sitting/help").words
    candidate.take_break()
    assert "The clock is stopped. It stays stopped while you ask." in tab.open("/sitting/help").words
    candidate.come_back()
    tab.open("/sitting/finish").press()
    assert "Your result is not ready" in tab.words, "a call is still open"
    tab.open("/sitting/help")
    assert "Your test has ended. Ask here for a check of how it was run." in tab.words
    assert "I need more time" not in tab.words
    assert "Go back to your result" in tab.words


def test_two_minutes_after_a_call_only_staff_start_the_clock_again(candidate: Candidate, tab: Tab) -> None:
    tab.choose(0, action="help")
    tab.press("come")
    early = tab.again()
    candidate.forward(minutes=2, seconds=1)
    assert tab.open("/sitting/paused").buttons == []
    assert early.press().status == 409


@pytest.mark.parametrize("reason", ["unwell", "broken", "time", "message"])
def test_every_reason_reaches_the_desk_with_its_words(candidate: Candidate, tab: Tab, reason: str) -> None:
    tab.open("/sitting/help").press("send", reason=reason, words="The screen is \u202edark\u202c 🙂")
    assert tab.path == "/sitting/paused"
    assert "question/" not in tab.html
    row = candidate.rows(help_call)[0]
    assert (row["reason"], row["words"] is not None) == (reason, True)


def test_f01_sending_without_a_reason_asks_for_one_and_keeps_the_words(tab: Tab) -> None:
    tab.open("/sitting/help").press("send", words="It flickers")
    assert (tab.status, tab.errors) == (422, ["Choose what you need, or press Come to me"])
    assert tab.held()["words"] == ["It flickers"]


def test_more_time_is_asked_for_by_one_press(candidate: Candidate, tab: Tab) -> None:
    tab.choose(0, action="time")
    assert tab.heading == "About 10 minutes left"
    assert tab.press().path == "/sitting/paused"
    assert candidate.rows(help_call)[0]["reason"] == "time"


def test_t05_five_minutes_from_the_desk_are_announced_and_the_end_moves(
    candidate: Candidate, tab: Tab
) -> None:
    candidate.forward(seconds=30)
    candidate.grant(5)
    assert tab.open("/sitting/question/1").notices == [
        "5 minutes have been added. You have about 15 minutes left."
    ]
    candidate.forward(minutes=14)
    assert tab.open("/sitting/question/1").path == "/sitting/question/1"


def test_t01_the_clock_is_in_whole_minutes_and_under_two_in_words(candidate: Candidate, tab: Tab) -> None:
    candidate.forward(minutes=8, seconds=20)
    assert tab.open("/sitting/question/1").text("header").endswith("Less than 2 minutes left")
    assert tab.tree.all("main")[0].text().count("minutes") == 0


def test_moving_to_another_desk_keeps_the_time_and_goes_on_there(candidate: Candidate, tab: Tab) -> None:
    candidate.pause(PauseKind.DEVICE)
    before = tab.again()
    candidate.hand_out_code()
    candidate.forward(minutes=3)
    assert (tab.open("/sitting").status, tab.heading) == (401, "Your test has moved to another computer")
    assert before.press("next").heading == "Your test has moved to another computer"
    assert "What you sent just now was not saved. Do it again there." in before.words
    assert "Nothing is lost. Everything you saved is there." in tab.words
    told = before.visitor.get("/sitting", headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (401, "moved_away")
    other = candidate.sign_in()
    assert tab.open("/sitting").heading == "Your test has moved to another computer"
    assert "Your test has moved to this computer." in other.words
    other.press()
    assert other.path == "/sitting/question/1"
    assert candidate.seat.clock.left(candidate.site.clock.now_ms()) == LEFT
