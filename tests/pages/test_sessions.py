"""Signed-in browsers: random cookies, digests in the database, idle staff signed out, broken cookies cleared."""

import pytest
import sqlalchemy as sa

from app.pages import sessions
from app.records import tables, web_sessions
from app.records.store import Db
from app.rules.permissions import NOBODY
from app.rules.policy import HOUR, MINUTE, POLICY
from tests.support.application import Visitor
from tests.support.people import Town

DEAD = ["", "x", "A" * 42, "A" * 44, "A" * 43, "A" * 4000, "ÿ" * 43, "../../etc/passwd", "1.2.3", "'; DROP"]


def cleared(reply: object, name: str) -> bool:
    """Whether a reply tells the browser to forget a cookie."""
    sent = reply.headers.get_list("set-cookie")
    return any(cookie.startswith(f"{name}=;") and "Max-Age=0" in cookie for cookie in sent)


def raw(town: Town, name: str, value: str, path: str) -> object:
    """A GET with a cookie exactly as given, past every nicety of the client."""
    cookie = f"{name}={value}".encode("latin-1", "replace")
    return town.site.visitor().get(path, headers={b"cookie": cookie}, follow_redirects=False)


@pytest.mark.parametrize("value", DEAD)
def test_a_candidate_cookie_that_opens_nothing_is_cleared_and_leads_to_the_start(
    town: Town, value: str
) -> None:
    reply = raw(town, sessions.CANDIDATE, value, "/sitting")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert cleared(reply, sessions.CANDIDATE)


@pytest.mark.parametrize("value", DEAD)
def test_a_staff_cookie_that_opens_nothing_is_cleared_and_leads_to_sign_in(town: Town, value: str) -> None:
    reply = raw(town, sessions.STAFF, value, "/staff")
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff/sign-in")
    assert cleared(reply, sessions.STAFF)


def signed_in(browser: Visitor, path: str) -> bool:
    return browser.get(path, follow_redirects=False).headers.get("location") not in ("/", "/staff/sign-in")


def test_a_staff_cookie_lasts_while_it_is_used_and_no_longer_than_the_idle_time(town: Town) -> None:
    browser = town.staff_visitor("desk")
    for _ in range(3):
        town.site.clock.forward(ms=POLICY.staff_idle_ms - 1)
        assert signed_in(browser, "/staff")
    town.site.clock.forward(ms=POLICY.staff_idle_ms)
    assert not signed_in(browser, "/staff")


def test_a_cookie_from_a_clock_a_little_ahead_signs_nobody_out(town: Town) -> None:
    """A second process, or an anchor to the database's clock: the moment in the cookie may lie in the future."""
    browser = town.staff_visitor("desk", sent_at=town.site.clock.now_ms() + 5)
    assert signed_in(browser, "/staff")
    assert sessions.STAFF in browser.cookies


def test_staff_are_signed_out_after_twelve_hours_however_busy_they_are(town: Town) -> None:
    browser = town.staff_visitor("lead")
    for _ in range(POLICY.staff_session_ms // (10 * MINUTE) - 1):
        town.site.clock.forward(minutes=10)
        assert signed_in(browser, "/staff/nowhere")
    town.site.clock.forward(minutes=10)
    assert not signed_in(browser, "/staff")


def test_a_staff_cookie_says_its_moment_and_cannot_be_given_a_later_one(town: Town) -> None:
    old = town.site.clock.now_ms() - POLICY.staff_idle_ms
    browser = town.staff_visitor("desk", sent_at=old)
    signed = browser.cookies[sessions.STAFF]
    forged = signed.replace(str(old), str(town.site.clock.now_ms()))
    assert forged != signed
    assert not signed_in(browser, "/staff")
    assert not signed_in(town.site.visitor({sessions.STAFF: forged}), "/staff")


def test_a_session_ended_at_the_desk_is_dead_at_the_next_click(town: Town) -> None:
    browser = town.candidate_visitor()
    assert signed_in(browser, "/sitting")

    def end(db: Db, actor: object, now: int) -> None:
        web_sessions.end_all_of_sitting(db, now, sitting_id=town.here.sitting_id)

    town.site.do(end, NOBODY)
    assert not signed_in(browser, "/sitting")
    assert sessions.CANDIDATE not in browser.cookies


def test_a_candidate_is_not_signed_out_by_hours_of_silence(town: Town) -> None:
    browser = town.candidate_visitor()
    town.site.clock.forward(ms=20 * HOUR)
    assert signed_in(browser, "/sitting")


def test_a_post_of_somebody_signed_out_says_that_it_was_not_saved(town: Town) -> None:
    reply = town.site.visitor().post("/sitting/question/1", data={"answer": "x"})
    assert reply.status_code == 401
    assert "not saved" in reply.text
    told = town.site.visitor().post("/sitting/question/1", data={}, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (401, "signed_out")


def test_sign_in_never_keeps_a_cookie_that_came_from_elsewhere(town: Town) -> None:
    """T11: a planted staff cookie is not what signs in."""
    planted = sessions.new_secret()
    browser = town.site.visitor({sessions.STAFF: planted, sessions.CANDIDATE: planted})
    assert not signed_in(browser, "/staff")
    assert not signed_in(browser, "/sitting")
    assert sessions.STAFF not in browser.cookies
    assert sessions.CANDIDATE not in browser.cookies


def test_the_device_cookie_outlives_the_browser_and_stays_the_same(town: Town) -> None:
    browser = town.site.visitor()
    first = browser.get("/")
    device = browser.cookies[sessions.DEVICE]
    sent = [cookie for cookie in first.headers.get_list("set-cookie") if cookie.startswith(sessions.DEVICE)]
    assert len(device.partition(".")[0]) == 43
    assert "Max-Age=34560000" in sent[0]
    browser.get("/")
    assert browser.cookies[sessions.DEVICE] == device


def test_the_database_holds_digests_and_never_a_cookie(town: Town) -> None:
    browser = town.staff_visitor("desk")
    secret = browser.cookies[sessions.STAFF].partition(".")[0]

    def whole(db: Db) -> str:
        found = [
            db.execute(sa.select(table)).all() for table in (tables.web_session, tables.desk, tables.audit)
        ]
        return str([[tuple(row) for row in rows] for rows in found])

    stored = town.site.look(whole)
    assert browser.anchor is not None
    assert browser.anchor in stored
    assert secret not in stored
