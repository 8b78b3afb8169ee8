"""Looking at a centre: its list and its sittings in every state, each page judged by the rules for pages."""

from __future__ import annotations

import re

import pytest

from app.rules.policy import HOUR
from tests.pages.centre.office import NAMES, WORDS, Office, offers, soup, words

# What may be done in each state by a person at the desk, in the order of the page.
DESK_OFFERS = {
    "booked": ["Check in", "Set extra time and breaks"],
    "late": ["Check in", "Set extra time and breaks", "Mark as not there"],
    "checked_in": [
        "Release to a desk",
        "Add time",
        "Take the check-in back",
        "Stop the test for good",
    ],
    "released": ["Make a new code", "Add time", "Take the check-in back", "Stop the test for good"],
    "seated": ["Move to another desk", "Add time", "Take the check-in back", "Stop the test for good"],
    "started": ["Stop the clock for a while", "Add time", "Stop the test for good"],
    "on_break": [
        "Start the clock again",
        "Move to another desk",
        "Add time",
        "Stop the test for good",
    ],
    "calling": [
        "Start the clock again",
        "Move to another desk",
        "Add time",
        "Stop the test for good",
    ],
    "finished": [],
    "stopped": [],
    "absent": [],
}
CONDITIONS = re.compile(
    r"dyslexi|autis|adhd|epilep|seizure|asthma|diabet|anxi|depress|blind|deaf|disab(?!led people)|health|medical"
)


def test_the_list_names_everybody_with_their_state_in_words_and_a_shape(still_office: Office) -> None:
    reply = still_office.visitor().get("/centre/here/today")
    rows = {
        row.find("th").find(string=True): " ".join(row.get_text(" ").split())
        for row in soup(reply).select("tbody tr")
    }
    assert set(rows) == set(NAMES.values())
    told = {
        "booked": "Booked Time left: Not started",
        "checked_in": "Checked in, no code yet Time left: 10 minutes",
        "released": "Checked in, has a code, not at the desk yet",
        "seated": "At the desk, has not started",
        "started": "In progress Time left: 15 minutes",  # 10, 5 extra, and 10 seconds for loading
        "on_break": "On a break, for less than a minute",
        "calling": "Paused: asked for help, for less than a minute Asked for help less than a minute ago.",
        "medical": "Paused by staff, for",
        "finished": "Finished Time left: Over",
        "absent": "Not there Time left: Over",
    }
    for what, expected in told.items():
        assert expected in rows[NAMES[what]], what
    assert len(soup(reply).select("tbody tr svg[aria-hidden=true]")) == len(NAMES)


def test_the_list_shows_times_of_the_centre_and_its_own_day_only(office: Office) -> None:
    reply = office.visitor().get("/centre/here/today")
    assert "Monday 23 November 2026. This page shows 9:00am." in words(reply)
    assert "Tha There" not in reply.text
    office.site.clock.forward(hours=10)
    visitor = office.visitor()
    assert "Bo Booked" in visitor.get("/centre/here/today").text
    office.site.clock.forward(hours=6)
    tomorrow = office.visitor().get("/centre/here/today").text
    assert "Bo Booked" not in tomorrow
    assert "Sta Started" in tomorrow, "a sitting that was left over does not vanish at midnight"


def test_open_calls_come_first_with_what_they_need_and_how_long_ago(office: Office) -> None:
    visitor = office.visitor()
    office.site.clock.forward(minutes=2)
    reply = visitor.get("/centre/here/today")
    told = words(reply)
    assert told.index("1 call for help") < told.index("Everybody today")
    assert "Call from Cal Calling : Something is broken . Asked for help 2 minutes ago." in told
    assert WORDS not in reply.text
    assert "screen is dark" not in told, "what a candidate wrote is not for the board"


def test_an_officer_sees_the_list_without_the_buttons_of_the_desk(still_office: Office) -> None:
    reply = still_office.visitor("officer").get("/centre/here/today")
    assert "I am coming" not in reply.text
    assert "/centre/here/desks" not in reply.text


@pytest.mark.parametrize("what", NAMES)
def test_a_sitting_in_each_state_has_a_page_without_faults(still_office: Office, what: str) -> None:
    reply = still_office.visitor().get(still_office.path(what))
    assert reply.status_code == 200
    assert soup(reply).h1.get_text() == NAMES[what]
    assert NAMES[what] not in soup(reply).title.get_text(), "a name stays out of the browser's history"


@pytest.mark.parametrize("what", DESK_OFFERS)
def test_a_page_offers_what_the_desk_may_do_now_and_nothing_else(still_office: Office, what: str) -> None:
    assert offers(still_office.visitor().get(still_office.path(what))) == DESK_OFFERS[what]


@pytest.mark.parametrize(
    ("who", "what", "expected"),
    [
        ("officer", "booked", ["Set extra time and breaks"]),
        ("officer", "started", []),
        ("administrator", "booked", []),
        ("administrator", "started", ["Add time"]),
    ],
)
def test_other_roles_are_offered_their_own_acts_only(
    still_office: Office, who: str, what: str, expected: list[str]
) -> None:
    assert offers(still_office.visitor(who).get(still_office.path(what))) == expected


def test_every_offer_leads_to_a_page_or_is_a_button(still_office: Office) -> None:
    visitor = still_office.visitor()
    followed = 0
    for what in NAMES:
        for link in soup(visitor.get(still_office.path(what))).select(".choices__item a"):
            reply = visitor.get(str(link["href"]))
            assert reply.status_code == 200, f"{what}: {link['href']}"
            followed += 1
    assert followed > 25


def test_the_time_is_told_in_sentences(office: Office) -> None:
    visitor = office.visitor()
    office.site.clock.forward(minutes=4)
    told = words(visitor.get(office.path("started")))
    for sentence in (
        "Time allowed 15 minutes. 5 minutes of it are extra time.",
        "Added by staff Nothing",
        "Time used 4 minutes",
        "Rest breaks 10 minutes in all, with the clock stopped. None used yet.",
        "The clock It is running.",
        "12 minutes left",
    ):
        assert sentence in told
    assert "4 minutes used." in words(visitor.get(office.path("on_break")))


def test_the_history_tells_who_did_what_and_why(still_office: Office) -> None:
    told = words(still_office.visitor().get(still_office.path("paused")))
    for sentence in (
        "9:00am Dana Desk checked the candidate in. Document: Photocard driving licence of Great Britain",
        "9:00am The candidate started. The clock started.",
        "9:00am The service added 10 seconds.",
        "9:00am Dana Desk stopped the clock. Reason: Noise, or something else disturbs the test: A fire bell",
    ):
        assert sentence in told


def test_what_a_candidate_wrote_is_shown_as_text(still_office: Office) -> None:
    reply = still_office.visitor().get(still_office.path("calling"))
    assert f"They wrote: “{WORDS}”" in words(reply)
    assert "<b>now</b>" not in reply.text


def test_birth_date_and_licence_are_shown_at_check_in_only(still_office: Office) -> None:
    visitor = still_office.visitor()
    assert "29 February 2004" in visitor.get(still_office.path("booked", "check-in")).text
    for what in NAMES:
        shown = visitor.get(still_office.path(what)).text
        assert "2004" not in shown, "T21: neither birth date nor age"
        assert "Licence number" not in shown
    assert "2004" not in visitor.get("/centre/here/today").text


def test_g03_no_page_of_the_board_names_a_condition(still_office: Office) -> None:
    visitor = still_office.visitor()
    pages = ["/centre/here/today", *(still_office.path(what) for what in NAMES if what != "medical")]
    for page in pages:
        assert CONDITIONS.findall(words(visitor.get(page)).lower()) == [], page


def test_the_clocks_change_and_the_day_stays_whole(still_office: Office) -> None:
    from app.pages.centre.today import day_span

    before_the_change = 1_792_888_200_000  # 2026-10-25 00:30 in London, an hour before the clocks go back
    since, until = day_span(before_the_change, "Europe/London")
    assert until - since == 25 * HOUR
    assert since <= before_the_change < until
