"""Whose pages these are: another centre's sitting and another role's act are not there, and a press needs its token."""

from __future__ import annotations

import pytest

from tests.pages.centre.office import Office

ACTS = ("check-in", "extra-time", "pause", "grant", "stop", "absent", "undo-check-in")
BUTTONS = ("release", "resume", "help/1/seen", "help/1/answered")
MAY = {
    "officer": {"extra-time"},
    "administrator": {"grant"},
    "elsewhere": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_a_role_opens_the_pages_of_its_own_acts_only(still_office: Office, who: str) -> None:
    visitor = still_office.visitor(who)
    opened = {act for act in ACTS if visitor.get(still_office.path("booked", act)).status_code == 200}
    assert opened == MAY[who]


def test_another_centres_list_and_sittings_are_not_there(still_office: Office) -> None:
    visitor = still_office.visitor()
    unknown = "0" * 32
    for page in (
        "/centre/there/today",
        "/centre/nowhere/today",
        still_office.path("there", centre="there"),
        still_office.path("there"),
        f"/centre/here/sittings/{unknown}",
        "/centre/there/desks",
    ):
        assert visitor.get(page).status_code == 404, page


@pytest.mark.parametrize("act", [*ACTS, *BUTTONS])
def test_a_foreign_sitting_is_not_there_for_any_act(still_office: Office, act: str) -> None:
    visitor = still_office.visitor()
    reply = visitor.press("/centre/here/today", still_office.path("there", act))
    assert reply.status_code == 404
    assert "Tha There" not in reply.text


@pytest.mark.parametrize("act", [*ACTS, *BUTTONS])
def test_a_press_without_the_token_of_the_page_changes_nothing(still_office: Office, act: str) -> None:
    reply = still_office.visitor().post(
        still_office.path("started", act), data={"reason": "candidate", "words": "x", "minutes": "5"}
    )
    assert reply.status_code == 403


@pytest.mark.parametrize("number", ["0", "-1", str(2**31), str(2**70), "9" * 400, "one", "1.0"])
@pytest.mark.parametrize("act", ["seen", "answered"])
def test_a_number_that_no_call_for_help_can_have_is_no_page(
    still_office: Office, number: str, act: str
) -> None:
    reply = still_office.visitor().press(
        "/centre/here/today", still_office.path("started", f"help/{number}/{act}")
    )
    assert reply.status_code == 404


@pytest.mark.parametrize("page", ["/centre/here/today", "/centre/here/desks", "/staff"])
def test_nobody_signed_in_is_sent_to_sign_in(still_office: Office, page: str) -> None:
    reply = still_office.site.visitor().get(page, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff/sign-in")


def test_after_fifteen_idle_minutes_staff_sign_in_again(office: Office) -> None:
    visitor = office.visitor()
    office.site.clock.forward(minutes=14)
    assert visitor.get("/centre/here/today", follow_redirects=False).status_code == 200
    office.site.clock.forward(minutes=15)
    assert visitor.get("/centre/here/today", follow_redirects=False).status_code == 303
