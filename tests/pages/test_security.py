"""Form tokens, page tokens, and who may post: only our own pages, each press once meant."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pages import security, sessions
from app.pages.security import PageToken
from app.records.keyring import Keyring
from tests.support.application import Site, Visitor, csrf_of
from tests.support.people import Town

RING, OTHER = Keyring(bytes(range(32))), Keyring(bytes(range(1, 33)))


def test_a_form_token_is_good_for_its_own_anchor_and_site_alone() -> None:
    token = security.form_token(RING, "one")
    assert security.form_token_is_good(RING, "one", token)
    assert not security.form_token_is_good(RING, "two", token)
    assert not security.form_token_is_good(OTHER, "one", token)


def test_no_two_pages_carry_the_same_bytes_for_the_same_secret() -> None:
    tokens = {security.form_token(RING, "one") for _ in range(50)}
    assert len(tokens) == 50
    halves = {base64.urlsafe_b64decode(token + "==")[security.TOKEN_BYTES :] for token in tokens}
    assert len(halves) == 50


@given(st.text(max_size=250))
@settings(max_examples=100, deadline=None)
def test_any_other_text_is_no_form_token(text: str) -> None:
    assert not security.form_token_is_good(RING, "one", text)


@given(st.integers(0, 85), st.characters(categories=["L", "N"]))
@settings(max_examples=60, deadline=None)
def test_a_form_token_with_one_letter_changed_is_refused(place: int, letter: str) -> None:
    token = security.form_token(RING, "one")
    place %= len(token) - 1  # the last letter holds bits that mean nothing
    changed = token[:place] + letter + token[place + 1 :]
    assert security.form_token_is_good(RING, "one", changed) == (changed == token)


def test_a_page_token_says_what_was_shown_and_not_whose() -> None:
    signed = security.page_token(RING, sitting="f00d", position=12, epoch=3, rendered_at=1_795_424_400_000)
    read = security.read_page_token(RING, signed, sitting="f00d")
    assert isinstance(read, PageToken)
    assert (read.position, read.epoch, read.rendered_at) == (12, 3, 1_795_424_400_000)
    assert "f00d" not in signed


def test_every_showing_of_a_page_has_a_token_of_its_own() -> None:
    values = {"sitting": "f00d", "position": 1, "epoch": 1, "rendered_at": 1}
    assert len({security.page_token(RING, **values) for _ in range(50)}) == 50


@pytest.mark.parametrize("change", ["12.3.", "13.3.", "x", "", "." * 9, "9" * 300])
def test_a_page_token_of_another_sitting_or_with_a_change_is_no_token(change: str) -> None:
    signed = security.page_token(RING, sitting="f00d", position=12, epoch=3, rendered_at=5)
    assert security.read_page_token(RING, signed, sitting="beef") is None
    assert security.read_page_token(OTHER, signed, sitting="f00d") is None
    forged = change + signed.partition(".3.")[2]
    assert forged == signed or security.read_page_token(RING, forged, sitting="f00d") is None


FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "http://testserver"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "https://testserver"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_from_another_site_is_refused_even_with_a_good_token(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    token = csrf_of(visitor.get("/").text)
    reply = visitor.post("/", data={"csrf": token, "code": "ABCDEF"}, headers=headers)
    assert reply.status_code == 403
    assert 'data-refusal="other_site"' in reply.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://testserver"},
        {"origin": "null"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
    ids=str,
)
def test_a_form_of_ours_is_taken_whatever_the_browser_says_of_where_it_comes_from(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    token = csrf_of(visitor.get("/").text)
    assert visitor.post("/", data={"csrf": token, "code": ""}, headers=headers).status_code == 422


def test_a_browser_that_blocks_cookies_is_told_so_before_the_start(site: Site) -> None:
    browser = site.visitor()
    token = csrf_of(browser.get("/").text)
    browser.cookies.clear()
    reply = browser.post("/", data={"csrf": token, "code": "ABCDEF"})
    assert reply.status_code == 403
    assert "This browser blocks cookies" in reply.text
    assert "nothing is lost" in reply.text
    assert "settings of the browser" in reply.text
    assert "another computer" in reply.text


def test_the_token_of_one_browser_is_no_use_in_another(site: Site) -> None:
    one, other = site.visitor(), site.visitor()
    other.get("/")
    reply = other.post("/", data={"csrf": csrf_of(one.get("/").text), "code": "ABCDEF"})
    assert 'data-refusal="old_form"' in reply.text


def test_the_token_of_the_page_before_sign_in_is_dead_after_it(town: Town) -> None:
    browser = town.staff_visitor("desk")
    before = csrf_of(browser.get("/").text)
    reply = browser.post("/staff/sign-out", data={"csrf": before})
    assert 'data-refusal="old_form"' in reply.text
    assert browser.get("/staff", follow_redirects=False).status_code != 401


def test_cookies_cannot_be_read_by_script_nor_sent_elsewhere(visitor: Visitor) -> None:
    sent = visitor.get("/").headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in sent} <= set(sessions.ALL)
    assert sent
    for cookie in sent:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
        assert not any(part.startswith("domain") for part in parts)
