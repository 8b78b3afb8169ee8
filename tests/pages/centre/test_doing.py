"""Every act of staff through its page: what it asks, what it says when something is missing, and that it is done."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.records.tables import sitting
from tests.pages.centre.office import Office, again, errors, offers, words
from tests.support.application import Visitor


def done(office: Office, visitor: Visitor, what: str, act: str, /, **fields: Any) -> str:
    """Post an act from its page; the words of the page it leads to."""
    reply = visitor.press(office.path(what, act), **fields)
    assert reply.status_code == 303, words(reply)
    return words(visitor.get(reply.headers["location"]))


def pressed(office: Office, visitor: Visitor, what: str, act: str) -> Any:
    """Press a button of a sitting's page."""
    return visitor.press(office.path(what), office.path(what, act))


def state_of(office: Office, what: str) -> str:
    def look(db: sa.Connection) -> str:
        return str(db.execute(sa.select(sitting.c.state).where(sitting.c.id == office.ids[what])).scalar())

    return office.site.look(look)


GOOD_CHECK_IN = {
    "document": "photocard",
    "matched": "yes",
    "extra_minutes": "15",
    "break_minutes": "10",
}


def test_a_candidate_is_checked_in_and_released_with_a_code(office: Office) -> None:
    visitor = office.visitor()
    told = done(office, visitor, "booked", "check-in", **GOOD_CHECK_IN)
    assert "The candidate is checked in." in told
    assert "25 minutes. 15 minutes of it are extra time." in told
    reply = pressed(office, visitor, "booked", "release")
    assert reply.status_code == 200
    assert "Bo Booked, 9:00am" in words(reply)
    assert "The clock starts when the candidate presses Start." in words(reply)


def test_the_code_shown_opens_the_sitting_and_is_shown_once(office: Office) -> None:
    visitor = office.visitor()
    reply = pressed(office, visitor, "checked_in", "release")
    code = reply.text.split('class="card__code">')[1].split("<")[0]
    assert len(code) == 7
    assert code[3] == " "
    candidate = office.site.visitor()
    seated = candidate.press("/", code=code.lower())
    assert (seated.status_code, seated.headers["location"]) == (303, "/sitting")
    assert code not in visitor.get(office.path("checked_in")).text


@pytest.mark.parametrize(
    ("missing", "field", "sentence"),
    [
        ({"document": ""}, "document", "Choose which document you have seen"),
        ({"document": "library card"}, "document", "Choose which document you have seen"),
        ({"matched": ""}, "matched", "Say whether photo and name match"),
        ({"matched": "no"}, "matched", "You cannot check in a person whose photo or name does not match"),
        ({"extra_minutes": ""}, "extra_minutes", "Enter extra minutes, or 0"),
        ({"extra_minutes": "25.5"}, "extra_minutes", "Enter a whole number from 0 to 240"),
        (
            {"extra_minutes": "300", "extra_reason": "correction"},
            "extra_minutes",
            "Enter a whole number from 0 to 240",
        ),
        (
            {"break_minutes": "-1", "extra_reason": "correction"},
            "break_minutes",
            "Enter a whole number from 0 to 120",
        ),
        ({"extra_minutes": "16"}, "extra_reason", "Choose why you change the minutes"),
    ],
)
def test_f01_check_in_says_what_is_missing_and_keeps_what_was_typed(
    office: Office, missing: dict[str, str], field: str, sentence: str
) -> None:
    visitor = office.visitor()
    reply = again(visitor, visitor.press(office.path("booked", "check-in"), **{**GOOD_CHECK_IN, **missing}))
    assert (field, sentence) in errors(reply)
    kept = {**GOOD_CHECK_IN, **missing}["break_minutes"]
    assert f'value="{kept}"' in reply.text
    assert state_of(office, "booked") == "booked"


def test_outside_the_usual_time_check_in_asks_why(office: Office) -> None:
    visitor = office.visitor()
    fields = {**GOOD_CHECK_IN, "extra_minutes": "0"}
    reply = visitor.press(office.path("late", "check-in"), **fields)
    assert errors(again(visitor, reply)) == [("outside", "Choose why you check in at this time")]
    done(office, visitor, "late", "check-in", **fields, outside="we_are_late")
    assert state_of(office, "late") == "checked_in"


def test_a_check_in_is_taken_back_with_a_reason(office: Office) -> None:
    visitor = office.visitor()
    reply = visitor.press(office.path("checked_in", "undo-check-in"))
    assert errors(again(visitor, reply)) == [("reason", "Choose why you take the check-in back")]
    told = done(office, visitor, "checked_in", "undo-check-in", reason="wrong_person")
    assert "Dana Desk took the check-in back. Reason: Somebody else was checked in by mistake" in told


@pytest.mark.parametrize("who", ["desk", "lead", "officer"])
def test_extra_time_and_breaks_are_set_before_check_in(office: Office, who: str) -> None:
    visitor = office.visitor(who)
    fields = {"extra_minutes": "20", "break_minutes": "30"}
    reply = visitor.press(office.path("booked", "extra-time"), **fields)
    assert errors(again(visitor, reply)) == [("extra_reason", "Choose why you change the minutes")]
    told = done(office, visitor, "booked", "extra-time", **fields, extra_reason="proof_seen")
    assert "Extra time 20 minutes" in told
    assert "30 minutes in all" in told


def test_the_clock_is_stopped_with_a_kind_and_a_reason_and_started_again(office: Office) -> None:
    visitor = office.visitor()
    reply = visitor.press(office.path("started", "pause"))
    assert [field for field, _words in errors(again(visitor, reply))] == ["kind", "reason"]
    told = done(office, visitor, "started", "pause", kind="technical", reason="The mouse is dead")
    assert "The clock is stopped." in told
    assert "Paused: something is broken" in told
    office.site.clock.forward(minutes=5)
    assert "15 minutes left" in words(visitor.get(office.path("started")))
    reply = pressed(office, visitor, "started", "resume")
    assert reply.status_code == 303
    assert "In progress 15 minutes left" in words(visitor.get(office.path("started")))


def test_staff_cannot_make_a_pause_that_is_not_theirs_to_make(office: Office) -> None:
    page = office.visitor().get(office.path("started", "pause")).text
    for kind in ("help", "outage", "section"):
        assert f'value="{kind}"' not in page
    reply = office.visitor().press(office.path("started", "pause"), kind="outage", reason="x")
    assert reply.status_code == 404
    assert state_of(office, "started") == "in_progress"


def test_t05_staff_add_minutes_and_a_second_press_adds_none(office: Office) -> None:
    visitor = office.visitor()
    told = done(office, visitor, "started", "grant", minutes="5", reason="A bell", seen="0")
    assert "The time was added." in told
    assert "Added by staff 5 minutes" in told
    assert "20 minutes left" in told
    told = done(office, visitor, "started", "grant", minutes="5", reason="A bell", seen="0")
    assert "Added by staff 5 minutes" in told
    reply = visitor.press(office.path("started", "grant"), minutes="1", reason="Again", seen="1")
    told = errors(again(visitor, reply))
    assert told == [("minutes", "Your role can add no more to this test. Ask a centre manager")]


@pytest.mark.parametrize("minutes", ["0", "-5", "10000", "5m", ""])
def test_minutes_that_cannot_be_added_are_refused_with_the_limit(office: Office, minutes: str) -> None:
    visitor = office.visitor()
    fields = {"minutes": minutes, "reason": "A bell", "seen": "0"}
    reply = again(visitor, visitor.press(office.path("started", "grant"), **fields))
    sentence = "Enter a whole number from 1 to 5" if minutes else "Enter how many minutes to add"
    assert errors(reply) == [("minutes", sentence)]
    assert ">A bell</textarea>" in reply.text


def test_more_than_the_role_may_add_is_refused_with_what_it_may(office: Office) -> None:
    fields = {"minutes": "6", "reason": "A bell", "seen": "0"}
    visitor = office.visitor()
    reply = again(visitor, visitor.press(office.path("started", "grant"), **fields))
    assert errors(reply) == [("minutes", "Your role can add 5 minutes more to this test")]
    done(office, office.visitor("lead"), "started", "grant", **fields)


@pytest.mark.parametrize("reason", ["candidate", "medical"])
def test_one_person_stops_a_test_with_words(office: Office, reason: str) -> None:
    visitor = office.visitor()
    reply = visitor.press(office.path("started", "stop"), reason=reason, words="   ")
    assert errors(again(visitor, reply)) == [("words", "Say what happened")]
    done(office, visitor, "started", "stop", reason=reason, words="They want to go home")
    assert state_of(office, "started") == "stopped"


def test_a_stop_for_broken_rules_needs_twenty_characters_and_a_second_person(office: Office) -> None:
    first, second = office.visitor(), office.visitor("second")
    reply = first.press(office.path("started", "stop"), reason="malpractice", words="A telephone")
    assert errors(again(first, reply)) == [("words", "Say what happened in at least 20 characters")]
    fields = {"reason": "malpractice", "words": "A telephone under the desk"}
    told = done(office, first, "started", "stop", **fields)
    assert "A second person has to confirm the stop" in told
    assert state_of(office, "started") == "paused"
    reply = first.press(office.path("started", "stop"), **fields)
    assert (reply.status_code, state_of(office, "started")) == (409, "paused")
    assert offers(second.get(office.path("started")))[0] == "Confirm that the test stops for good"
    done(office, second, "started", "stop", **fields)
    assert state_of(office, "started") == "stopped"


def test_somebody_who_did_not_come_is_marked_as_not_there(office: Office) -> None:
    visitor = office.visitor()
    reply = visitor.press(office.path("late", "absent"))
    assert errors(again(visitor, reply)) == [("reason", "Choose why there was no test")]
    told = done(office, visitor, "late", "absent", reason="not_there")
    assert "marked the candidate as not there. Reason: They did not come" in told
    reply = visitor.press(office.path("booked", "absent"), reason="not_there")
    assert reply.status_code == 409
    assert "Nothing was changed. They still have time to come." in words(reply)


def test_a_call_for_help_is_seen_and_answered(office: Office) -> None:
    visitor = office.visitor()
    page = office.path("calling")
    seen = visitor.press("/centre/here/today", f"{page}/help/1/seen")
    assert "The candidate is told that you have seen the call." in words(
        visitor.get(seen.headers["location"])
    )
    assert "Dana Desk has seen it." in words(visitor.get("/centre/here/today"))
    answered = visitor.press(page, f"{page}/help/1/answered")
    assert "It was answered at 9:00am." in words(visitor.get(answered.headers["location"]))
    assert "Nobody is waiting for help." in words(visitor.get("/centre/here/today"))
    assert visitor.press(page, f"{page}/help/2/seen").status_code == 404


def test_moving_to_another_desk_keeps_the_clock_stopped_and_says_so(office: Office) -> None:
    reply = pressed(office, office.visitor(), "paused", "release")
    assert "The clock is stopped. Start it again when the candidate sits at the new desk." in words(reply)
    assert state_of(office, "paused") == "paused"


@pytest.mark.parametrize(
    ("what", "act", "fields", "sentence"),
    [
        ("paused", "pause", {"kind": "technical", "reason": "x"}, "already paused"),
        ("started", "resume", {}, "is not paused"),
        ("started", "release", {}, "is not paused"),
        ("finished", "pause", {"kind": "technical", "reason": "x"}, "has ended"),
        ("checked_in", "check-in", {**GOOD_CHECK_IN, "extra_minutes": "0"}, "already been checked in"),
        (
            "checked_in",
            "extra-time",
            {"extra_minutes": "0", "break_minutes": "10"},
            "already been checked in",
        ),
        ("started", "undo-check-in", {"reason": "wrong_person"}, "already under way"),
        ("booked", "stop", {"reason": "candidate", "words": "x"}, "not been checked in"),
    ],
)
def test_what_came_too_late_is_told_with_the_state_and_who_did_the_last_thing(
    office: Office, what: str, act: str, fields: dict[str, str], sentence: str
) -> None:
    before = state_of(office, what)
    reply = office.visitor().press(office.path(what), office.path(what, act), **fields)
    assert reply.status_code == 409
    assert "Nothing was changed." in words(reply)
    assert sentence in words(reply)
    assert ("The last thing that happened, at 9:00am" in words(reply)) == (what != "booked")
    assert state_of(office, what) == before


def test_a_blocked_computer_is_let_go_by_its_word(office: Office) -> None:
    browser = office.site.visitor()
    for _try in range(5):
        shown = browser.press("/", code="ZZZZZZ")
    assert shown.status_code == 429
    assert browser.press("/", code="ZZZZZZ").status_code == 429
    word = next(one for one in words(shown).split() if len(one.strip(".")) == 4 and one.strip(".").isupper())
    visitor = office.visitor()
    empty = again(visitor, visitor.press("/centre/here/desks"))
    assert errors(empty) == [("word", "Enter the word on the screen")]
    wrong = again(visitor, visitor.press("/centre/here/desks", word="QQQQ"))
    assert errors(wrong) == [("word", "No computer shows this word. Check the word on its screen")]
    allowed = visitor.press("/centre/here/desks", word=word.strip(".").lower())
    assert "The computer can try again." in words(visitor.get(allowed.headers["location"]))
    assert browser.press("/", code="ZZZZZZ").status_code == 422


def test_a_stop_proposed_in_a_pause_reads_as_no_time_run(office: Office) -> None:
    visitor = office.visitor()
    fields = {"reason": "malpractice", "words": "A telephone under the desk"}
    told = done(office, visitor, "paused", "stop", **fields)
    assert "Dana Desk changed the kind of pause. No time ran." in told
    assert "15 minutes left" not in told
    assert "10 minutes left" in told
