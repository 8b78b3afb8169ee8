"""Saving from a question's page, by form and as a script does: the catalogue's rows, and what was kept each time."""

from __future__ import annotations

import pytest

from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.tab import Tab

JSON = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def one(candidate: Candidate, tab: Tab) -> int:
    """The number of a question that wants one answer; the tab shows it."""
    number = candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{number}")
    return number


@pytest.fixture
def two(candidate: Candidate, tab: Tab) -> int:
    """The number of the question that wants two answers; the tab shows it."""
    number = candidate.number_of("walk-2")
    tab.open(f"/sitting/question/{number}")
    return number


def test_continue_saves_and_goes_to_the_next_question(candidate: Candidate, tab: Tab) -> None:
    tab.choose(*range(candidate.asked(1).choose))
    assert tab.path == "/sitting/question/2"
    assert len(candidate.asked(1).chosen) == candidate.asked(1).choose


def test_every_button_also_saves_the_answer(candidate: Candidate, tab: Tab, one: int) -> None:
    for action in ("flag", "back", "list", "time", "break", "help", "stay", "unknown", ""):
        tab.open(f"/sitting/question/{one}").press("clear")
        tab.open(f"/sitting/question/{one}").choose(3, action=action)
        assert (action, candidate.asked(one).chosen) == (action, (candidate.asked(one).options[3][0],))


@pytest.mark.parametrize("number", ["0", "6", "99999999999999999999"])
def test_row_01_a_position_that_is_not_on_the_paper(candidate: Candidate, tab: Tab, number: str) -> None:
    reply = tab.visitor.post(f"/sitting/question/{number}", data=tab.held(), headers=JSON)
    assert (reply.status_code, reply.json()["code"]) == (422, "no_such_question")
    assert tab.open(f"/sitting/question/{number}").status == 422


@pytest.mark.parametrize("value", ["nothing-of-ours", "a b", "<script>", "x" * 3000])
def test_row_02_a_choice_that_is_not_an_option_keeps_the_previous_one(
    candidate: Candidate, tab: Tab, one: int, value: str
) -> None:
    tab.choose(1, action="stay")
    kept = candidate.counting(one)
    tab.press("next", answer=[value])
    assert (tab.status, tab.chosen(), candidate.counting(one)) == (422, [kept], kept)
    assert tab.text("title").startswith("Error: Question")
    assert tab.errors == ["That is not one of the answers. Your earlier choice is kept. Choose again."]


def test_row_03_three_where_two_are_asked_for_is_said_in_numbers_and_nothing_is_unticked(
    candidate: Candidate, tab: Tab, two: int
) -> None:
    tab.choose(0, 1, action="stay")
    kept = candidate.counting(two)
    tab.choose(0, 1, 3)
    assert (tab.status, tab.errors) == (422, ["Choose 2 answers. You have chosen 3."])
    assert tab.chosen() == [tab.options()[place] for place in (0, 1, 3)]
    assert candidate.counting(two) == kept


def test_row_03_two_where_one_is_asked_for(tab: Tab, one: int) -> None:
    assert tab.choose(0, 1).errors == ["Choose 1 answer. You have chosen 2."]


def test_row_04_clearing_is_stored_and_the_history_stays(candidate: Candidate, tab: Tab, one: int) -> None:
    tab.choose(1, action="stay").press("clear")
    assert candidate.counting(one) == ""
    assert [bool(row["value"]) for row in candidate.stored(one)] == [True, False]


def test_row_05_the_same_save_twice_is_one_revision_and_the_same_reply(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    replies = [tab.json(1, seq="7", made="400000").json() for _ in range(2)]
    assert {key: value for key, value in replies[0].items() if key != "repeat"} == {
        key: value for key, value in replies[1].items() if key != "repeat"
    }
    assert [reply["repeat"] for reply in replies] == ["new", "duplicate"]
    assert len(candidate.stored(one)) == 1


def test_row_05_a_form_sent_twice_is_one_revision(candidate: Candidate, tab: Tab, one: int) -> None:
    other = tab.again()
    assert tab.choose(1).path == other.choose(1).path
    assert len(candidate.stored(one)) == 1


def test_the_reply_to_a_script_tells_what_was_stored(tab: Tab, one: int) -> None:
    assert tab.json(1, seq="7", made="400000").json() == {
        "to": f"/sitting/question/{one}?said=stay",
        "sequence": 7,
        "left_ms": 610_000,
        "state": "in_progress",
        "standing": "counts",
        "repeat": "new",
    }


def test_row_06_a_sequence_used_for_another_value_keeps_both_and_the_first_counts(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    tab.json(1, seq="7")
    reply = tab.json(2, seq="7")
    assert (reply.status_code, reply.json()["code"]) == (409, "sequence_reused")
    assert candidate.counting(one) == tab.options()[1]
    assert len(candidate.stored(one)) == 2


def test_row_07_an_older_save_after_a_newer_one_changes_nothing(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    tab.json(1, seq="7")
    reply = tab.json(2, seq="3")
    assert (reply.status_code, reply.json()["repeat"]) == (200, "superseded")
    assert candidate.counting(one) == tab.options()[1]


def test_a_form_pressed_after_a_choice_by_script_that_waited_stays_the_newer(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    chosen = candidate.scene.now
    tab.json(0, seq=str(chosen))
    candidate.forward(seconds=20)
    tab.again().choose(3, action="stay")
    late = tab.json(1, seq=str(chosen + 5000))
    assert (late.status_code, late.json()["repeat"]) == (200, "superseded")
    assert candidate.counting(one) == tab.options()[3]


def test_row_08_a_sequence_may_jump(candidate: Candidate, tab: Tab, one: int) -> None:
    tab.json(1, seq="1")
    assert tab.json(2, seq="1000001").status_code == 200
    assert candidate.counting(one) == tab.options()[2]


@pytest.mark.parametrize("seq", ["-1", "1.5", "seven", "", str(2**53), str(2**63), "1" * 400, "٣", " 7"])
def test_row_09_a_sequence_that_is_no_whole_number_stores_nothing(
    candidate: Candidate, tab: Tab, one: int, seq: str
) -> None:
    reply = tab.json(1, seq=seq)
    assert (reply.status_code, reply.json()["details"]) == (422, {"field": "seq"})
    assert candidate.stored(one) == []


@pytest.mark.parametrize("made", ["soon", "1e9", str(2**63), ""])
def test_row_09_a_claimed_time_that_is_no_whole_number_stores_nothing(
    candidate: Candidate, tab: Tab, one: int, made: str
) -> None:
    assert tab.json(1, seq="1", made=made).status_code == 422
    assert candidate.stored(one) == []


def test_row_10_a_tab_without_the_pen_is_told_what_it_chose_and_may_carry_on_there(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    other = tab.again().open("/sitting/elsewhere").press()
    assert other.path == f"/sitting/question/{one}"
    word = tab.tree.all("label")[1].text()[2:]
    tab.choose(1)
    assert (tab.status, tab.heading) == (409, "You have this test open somewhere else")
    assert f"You chose B: {word}" in tab.words
    assert "This answer was stored but does not count." in tab.words
    assert (candidate.counting(one), len(candidate.stored(one))) == ("", 1)
    assert tab.press().path == f"/sitting/question/{one}"
    assert tab.choose(1).status == 200
    assert candidate.counting(one)


def test_row_10_a_script_is_told_the_same_by_its_code(tab: Tab, one: int) -> None:
    tab.again().open("/sitting/elsewhere").press()
    reply = tab.json(1, seq="1")
    assert (reply.status_code, reply.json()["code"]) == (409, "open_elsewhere")


def test_row_11_an_answer_during_a_pause_shows_the_choice_and_says_that_it_does_not_count(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    candidate.pause()
    candidate.forward(seconds=6)
    tab.choose(2)
    assert (tab.status, tab.heading) == (409, "Your test is paused")
    assert "You chose C" in tab.words
    assert "does not count" in tab.words
    assert candidate.counting(one) == ""


def test_row_11_an_answer_chosen_just_before_a_pause_counts(candidate: Candidate, tab: Tab, one: int) -> None:
    candidate.pause()
    candidate.forward(seconds=4)
    assert tab.choose(2).path == "/sitting/paused"
    assert candidate.counting(one)


def test_row_13_a_save_after_the_finish_is_kept_and_does_not_count(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    candidate.finish()
    tab.choose(1)
    assert (tab.status, tab.heading) == (409, "You have finished this part")
    assert (candidate.counting(one), len(candidate.stored(one))) == ("", 1)


def test_row_14_a_page_of_another_sitting_saves_nothing_in_either(
    hall: Hall, candidate: Candidate, tab: Tab, one: int
) -> None:
    other = hall.candidate()
    stranger = other.sitting_down()
    token = tab.held()["rev"]
    stranger.press("next", rev=token, answer=tab.options()[:1])
    assert stranger.status == 409
    assert "nothing was saved" in stranger.notices[0]
    assert [candidate.stored(n) + other.stored(n) for n in range(1, 6)] == [[]] * 5


def test_row_15_a_save_before_the_start_stores_nothing(candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    reply = tab.visitor.post("/sitting/question/1", data=tab.held(), headers=JSON)
    assert reply.status_code in (403, 409)
    assert candidate.stored(1) == []


def test_row_31_going_back_and_sending_again_is_a_new_revision(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    earlier = tab.again()
    tab.choose(1)
    earlier.choose(2)
    assert candidate.counting(one) == candidate.asked(one).options[2][0]
    assert len(candidate.stored(one)) == 2


def test_row_33_a_reload_after_a_save_shows_the_same_page(candidate: Candidate, tab: Tab, one: int) -> None:
    tab.choose(1, action="stay")
    assert tab.open(tab.path).chosen() == [candidate.counting(one)]
    assert len(candidate.stored(one)) == 1


def test_row_37_a_form_with_an_old_token_offers_the_same_choice_again(
    candidate: Candidate, tab: Tab, one: int
) -> None:
    chosen = tab.options()[2]
    tab.choose(2, csrf="old")
    assert (tab.status, candidate.stored(one)) == (403, [])
    tab.press()
    assert candidate.counting(one) == chosen


@pytest.mark.parametrize("rev", ["", "forged", "1.1.1.x.y", "1" * 500])
def test_a_page_that_says_nothing_we_wrote_is_offered_again_with_its_choice(
    candidate: Candidate, tab: Tab, one: int, rev: str
) -> None:
    chosen = tab.options()[2]
    tab.choose(2, rev=rev)
    assert (tab.status, tab.chosen()) == (409, [chosen])
    assert candidate.stored(one) == []
    tab.press("next")
    assert candidate.counting(one) == chosen


@pytest.mark.parametrize("made", [str(10**14), "-5", "610001"])
def test_row_43_more_time_than_there_is_may_be_claimed_and_changes_nothing(
    candidate: Candidate, tab: Tab, one: int, made: str
) -> None:
    assert tab.json(1, seq="1", made=made).json()["left_ms"] == 610_000


def test_row_42_the_browsers_own_clock_is_never_asked(candidate: Candidate, tab: Tab) -> None:
    candidate.forward(minutes=3)
    assert "About 8 minutes left" in tab.open("/sitting/question/1").text("header")
