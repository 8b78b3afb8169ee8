"""Getting in and leaving: the code, wrong codes, cookies, another computer, and signing out."""

from __future__ import annotations

import pytest

from app.actions.allow_desk import allow_desk
from app.pages import sessions
from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.tab import Tab


@pytest.fixture
def start(hall: Hall) -> Tab:
    return Tab(hall.site.visitor()).open("/")


def test_f05_a_code_may_be_typed_with_spaces_and_in_small_letters(candidate: Candidate, start: Tab) -> None:
    typed = f" {candidate.code[:3].lower()} {candidate.code[3:]} "
    assert start.press(code=typed).path == "/sitting/details"


def test_an_empty_code_is_asked_for_beside_its_field(start: Tab) -> None:
    start.press(code="  ")
    assert (start.status, start.errors) == (422, ["Enter your test code. It has 6 letters and numbers"])


def test_a_wrong_code_is_kept_in_the_field_and_the_tries_are_told(start: Tab) -> None:
    start.press(code="AAAAAA")
    assert start.status == 422
    assert "Tries left at this computer: 4" in start.errors[0]
    assert start.held()["code"] == ["AAAAAA"]


def test_row_44_five_wrong_codes_block_this_computer_alone_until_the_desk_allows_it(
    hall: Hall, candidate: Candidate, start: Tab
) -> None:
    for _ in range(5):
        start.open("/").press(code="AAAAAA")
    assert start.status == 429
    word = start.words.split("this word: ")[1][:4]
    assert start.open("/").press(code=candidate.code).status == 429
    assert Tab(hall.site.visitor()).open("/").press(code=candidate.code).path == "/sitting/details"
    candidate.hand_out_code()
    hall.scene.do(allow_desk, hall.scene.desk, centre_id=hall.scene.centre_id, word=word)
    assert start.open("/").press(code=candidate.code).path == "/sitting/details"


def test_a_second_computer_is_told_to_ask_the_desk(hall: Hall, candidate: Candidate) -> None:
    candidate.sign_in()
    other = Tab(hall.site.visitor()).open("/").press(code=candidate.code)
    assert other.status == 409
    assert other.heading == "This test is open at another computer"


@pytest.mark.parametrize("cookie", [b"x" * 5000, b"not-ours", b"a.b.c", "é".encode()])
def test_row_39_a_cookie_that_is_too_large_tampered_with_or_old_leads_to_the_start_page(
    hall: Hall, cookie: bytes
) -> None:
    visitor = hall.site.visitor()
    brought = {b"cookie": sessions.CANDIDATE.encode() + b"=" + cookie}
    reply = visitor.get("/sitting", headers=brought, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert f"{sessions.CANDIDATE}=; Path=/" in reply.headers["set-cookie"]


@pytest.mark.parametrize("place", ["4.forged", "4", "x" * 500])
def test_row_39_a_tampered_place_is_passed_over(tab: Tab, place: str) -> None:
    cookies = {**tab.visitor.cookies, "__Host-place": place}
    tab.visitor.cookies.clear()
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    reply = tab.visitor.get("/sitting", headers=header, follow_redirects=False)
    assert reply.headers["location"] == "/sitting/question/1"


def test_row_40_blocked_cookies_are_told_before_anything_starts(hall: Hall, candidate: Candidate) -> None:
    visitor = hall.site.visitor()
    reply = visitor.post("/", data={"code": candidate.code, "csrf": "none"})
    assert reply.status_code == 403
    assert "cookies" in reply.text


def test_row_41_without_script_the_pages_say_that_nothing_is_kept_on_this_computer(
    candidate: Candidate,
) -> None:
    tab = candidate.at_instructions()
    told = [one.text() for one in tab.tree.all("noscript")]
    assert len(told) == 1
    assert told[0].endswith("Nothing is kept on this computer.")
    assert [sorted(one.attributes) for one in tab.tree.all("script")] == [["defer", "src"]]


def test_signing_out_leaves_nothing_in_the_browser_and_the_sitting_as_it_is(
    candidate: Candidate, tab: Tab
) -> None:
    candidate.finish()
    tab.open("/sitting/result")
    reply = tab.visitor.post(tab.form().attributes["action"], data=tab.held(), follow_redirects=False)
    assert reply.headers["clear-site-data"] == '"cache", "storage"'
    assert tab.open("/sitting/result").path == "/"


def test_somebody_without_a_code_is_sent_to_a_person(start: Tab) -> None:
    assert "Put up your hand" in start.open("/help").words


def test_s03_every_page_before_sign_in_is_for_everybody(hall: Hall) -> None:
    assert Tab(hall.site.visitor()).open("/sitting/question/1").path == "/"
