"""Guessing codes: only a browser with our cookie is heard, many wrong codes make new ones wait, nobody is locked."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa

from app.pages import sessions
from app.pages.candidate.guesses import FREE_A_MINUTE, LONGEST_MS, STEP_MS, Guesses
from app.records.tables import desk
from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.tab import Tab
from tests.support.application import csrf_of


def guesses_of(hall: Hall) -> Guesses:
    found: Guesses = hall.site.app.state.guesses
    return found


def a_flood(hall: Hall, *, waits_ms: int) -> None:
    """So many wrong codes at this moment that a new browser waits so long."""
    for _ in range(FREE_A_MINUTE + waits_ms // STEP_MS):
        guesses_of(hall).was_wrong(hall.site.clock.now_ms())


def seconds(press: Any) -> float:
    began = time.perf_counter()
    press()
    return time.perf_counter() - began


@pytest.mark.parametrize("brought", [None, "x" * 43, "made.up.signature"])
def test_without_our_cookie_no_code_is_looked_at_and_nothing_is_written(
    hall: Hall, candidate: Candidate, brought: str | None
) -> None:
    first = hall.site.visitor()
    token = csrf_of(first.get("/").text)
    form = {sessions.FORM: first.cookies[sessions.FORM]}
    for code in ("AAAAAA", "BBBBBB", candidate.code):
        nobody = hall.site.visitor(form | ({} if brought is None else {sessions.DEVICE: brought}))
        reply = nobody.post("/", data={"csrf": token, "code": code}, follow_redirects=False)
        assert reply.status_code == 403
        assert "Press Continue once more" in reply.text
    assert hall.scene.db.execute(sa.select(desk)).all() == []
    assert candidate.seat.device is None


def test_whoever_lost_the_cookie_types_nothing_again_and_presses_once_more(
    hall: Hall, candidate: Candidate
) -> None:
    tab = Tab(hall.site.visitor()).open("/")
    tab.visitor.cookies.delete(sessions.DEVICE)
    tab.press(code=candidate.code)
    assert tab.errors == ["Press Continue once more. Your code was not looked at yet"]
    assert tab.press().path == "/sitting/details"


def test_wrong_codes_make_new_browsers_wait_longer_and_longer_and_are_forgotten_after_a_minute() -> None:
    guesses, waits = Guesses(), []
    for _ in range(1000):
        waits.append(guesses.wait_ms(1000))
        guesses.was_wrong(1000)
    assert waits[: FREE_A_MINUTE + 1] == [0] * (FREE_A_MINUTE + 1)
    assert waits[FREE_A_MINUTE + 2] == 2 * STEP_MS
    assert waits == sorted(waits)
    assert max(waits) == LONGEST_MS
    assert guesses.wait_ms(1000 + 59_999) == LONGEST_MS
    assert guesses.wait_ms(1000 + 60_000) == 0


def test_wrong_codes_of_new_browsers_are_counted_and_right_ones_are_not(hall: Hall) -> None:
    people = [hall.candidate() for _ in range(3)]
    tabs = [one.sign_in() for one in people]
    assert {tab.path for tab in tabs} == {"/sitting/details"}
    a_flood(hall, waits_ms=0)
    assert guesses_of(hall).wait_ms(hall.site.clock.now_ms()) == 0
    Tab(hall.site.visitor()).open("/").press(code="AAAAAA")
    assert guesses_of(hall).wait_ms(hall.site.clock.now_ms()) == STEP_MS


def test_t25_in_a_flood_a_new_browser_is_let_in_late_and_a_known_one_at_once(hall: Hall) -> None:
    one, other, later = (hall.candidate() for _ in range(3))
    kiosk = one.sign_in()
    new, waits = Tab(hall.site.visitor()).open("/"), 1.0
    a_flood(hall, waits_ms=int(waits * 1000))
    assert seconds(lambda: new.press(code=other.code)) >= waits
    assert new.path == "/sitting/details"
    kiosk.open("/")
    assert seconds(lambda: kiosk.press(code=later.code)) < waits
    assert kiosk.path == "/sitting/details"
