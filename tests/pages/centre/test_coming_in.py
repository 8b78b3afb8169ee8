"""Staff come in: password checked, a new cookie each time, guessing slowed and never locked; joining by invitation."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.actions.invite_staff import accept_invitation, invite
from app.pages import sessions
from app.pages.staff import passwords
from app.pages.staff.sign_in import tries
from app.pages.staff.tries import FORGOTTEN_MS, FREE_TRIES, LONGEST_MS, Tries
from app.records.staff import Credentials
from app.rules.permissions import NOBODY, SYSTEM, Role
from app.rules.policy import HOUR
from tests.pages.centre.office import Office, errors, soup, words
from tests.support.application import Visitor, csrf_of

PASSWORD = "purple tandem gravel"
EMAIL = "nia@example.test"
SIGN_IN = "/staff/sign-in"


@pytest.fixture
def known(office: Office) -> Office:
    """The office with one person whose password is known."""
    tries.was_right(EMAIL, "")
    hashed = asyncio.run(passwords.hashed(PASSWORD))
    invited(office)
    digest = office.site.keyring.digest("invitation", "link")
    office.site.do(accept_invitation, NOBODY, digest=digest, name="", password_hash=hashed)
    return office


def invited(office: Office, role: Role = Role.CENTRE_STAFF) -> str:
    """An invitation for Nia; the address of its page."""
    centre = office.site.look(_centre_here)
    office.site.do(
        invite,
        SYSTEM,
        name="Nia New",
        email=EMAIL,
        role=role,
        centre_id=centre,
        digest=office.site.keyring.digest("invitation", "link"),
        until=office.site.clock.now_ms() + HOUR,
    )
    return "/staff/invitation/link"


def _centre_here(db: object) -> str:
    from app.records.centres import by_code

    centre = by_code(db, code="here")
    assert centre is not None
    return centre.id


def signed_in(visitor: Visitor) -> bool:
    return bool(visitor.get("/staff", follow_redirects=False).status_code == 200)


@pytest.mark.parametrize("email", [EMAIL, " NIA@Example.test "])
def test_f05_the_right_password_opens_the_list_of_centres(known: Office, email: str) -> None:
    visitor = known.site.visitor()
    reply = visitor.press(SIGN_IN, email=email, password=PASSWORD)
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff")
    home = visitor.get("/staff")
    assert "Today at Here Centre" in words(home)
    assert "You are here as: Centre staff." in words(home)


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong wrong wrong"), ("nobody@example.test", PASSWORD)],
)
def test_a_wrong_pair_gets_one_sentence_whoever_it_names(known: Office, email: str, password: str) -> None:
    visitor = known.site.visitor()
    reply = visitor.press(SIGN_IN, email=email, password=password)
    assert reply.status_code == 422
    assert errors(reply) == [("email", "We do not know this e-mail address with this password. Check both")]
    assert password not in reply.text
    assert not signed_in(visitor)


def test_f01_empty_fields_are_named(still_office: Office) -> None:
    reply = still_office.site.visitor().press(SIGN_IN)
    assert errors(reply) == [("email", "Enter your e-mail address"), ("password", "Enter your password")]


def test_a_password_can_be_pasted_and_filled_in_by_a_password_manager(still_office: Office) -> None:
    form = soup(still_office.site.visitor().get(SIGN_IN)).find("main").find("form")
    assert form.find(id="email")["autocomplete"] == "username"
    assert form.find(id="password")["autocomplete"] == "current-password"
    assert not form.has_attr("autocomplete")


def test_guessing_is_slowed_down_for_that_browser_and_the_right_password_still_works(known: Office) -> None:
    guesser, other = known.site.visitor(), known.site.visitor()
    for _try in range(FREE_TRIES):
        assert guesser.press(SIGN_IN, email=EMAIL, password="wrong wrong wrong").status_code == 422
    reply = guesser.press(SIGN_IN, email=EMAIL, password=PASSWORD)
    assert reply.status_code == 429
    assert errors(reply) == [("password", "Too many tries. Wait 2 seconds, then try again")]
    assert other.press(SIGN_IN, email=EMAIL, password=PASSWORD).status_code == 303
    known.site.clock.forward(seconds=2)
    assert guesser.press(SIGN_IN, email=EMAIL, password=PASSWORD).status_code == 303


def test_the_wait_grows_to_a_limit_and_is_forgotten_after_a_while() -> None:
    waits, counted = [], Tries()
    for now in range(12):
        waits.append(counted.wait_ms("a", "b", now))
        counted.was_wrong("a", "b", now)
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits == sorted(waits)
    assert counted.wait_ms("a", "b", 11) == LONGEST_MS
    assert counted.wait_ms("a", "b", 11 + FORGOTTEN_MS + 1) == 0
    counted.was_right("a", "b")
    assert counted.wait_ms("a", "b", 11) == 0


def test_an_unknown_address_costs_as_much_time_as_a_wrong_password() -> None:
    async def seconds(credentials: Credentials | None) -> float:
        async def one() -> float:
            began = time.perf_counter()
            assert not await passwords.is_right("wrong wrong wrong", credentials)
            return time.perf_counter() - began

        return min([await one() for _try in range(3)])

    async def both() -> tuple[float, float]:
        real = Credentials("somebody", await passwords.hashed(PASSWORD))
        return await seconds(real), await seconds(None)

    wrong, unknown = asyncio.run(both())
    assert 0.3 < unknown / wrong < 3


def test_signing_in_again_gives_a_new_cookie_and_signing_out_ends_it(known: Office) -> None:
    visitor = known.site.visitor()
    visitor.press(SIGN_IN, email=EMAIL, password=PASSWORD)
    first = visitor.cookies[sessions.STAFF]
    out = visitor.press("/staff", "/staff/sign-out")
    assert out.headers["location"] == "/staff/sign-in?done=out"
    assert "You are signed out." in words(visitor.get(out.headers["location"]))
    assert not signed_in(visitor)
    visitor.press(SIGN_IN, email=EMAIL, password=PASSWORD)
    assert visitor.cookies[sessions.STAFF] != first
    thief = known.site.visitor({sessions.STAFF: first})
    assert not signed_in(thief), "a cookie from before the sign-out opens nothing"


def test_an_invitation_says_who_is_invited_to_what_and_takes_a_password(office: Office) -> None:
    visitor, page = office.site.visitor(), invited(office)
    told = words(visitor.get(page))
    for fact in ("Nia New", EMAIL, "Centre staff", "Here Centre"):
        assert fact in told
    reply = visitor.press(page, password=PASSWORD)
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff/sign-in?done=joined")
    assert visitor.press(SIGN_IN, email=EMAIL, password=PASSWORD).status_code == 303
    assert visitor.get(page).status_code == 410


def invited_once_more(office: Office) -> str:
    """A second invitation for Nia, as centre manager; the address of its page."""
    office.site.do(
        invite,
        SYSTEM,
        name="Nia New",
        email=EMAIL,
        role=Role.CENTRE_MANAGER,
        centre_id=office.site.look(_centre_here),
        digest=office.site.keyring.digest("invitation", "more"),
        until=office.site.clock.now_ms() + HOUR,
    )
    return "/staff/invitation/more"


def test_somebody_on_the_staff_signs_in_to_accept_and_comes_back_to_the_invitation(known: Office) -> None:
    visitor, page = known.site.visitor(), invited_once_more(known)
    shown = visitor.get(page)
    assert soup(shown).select("main form") == []
    assert "Sign in with this e-mail address to accept. Your password stays the same." in words(shown)
    sign_in = soup(shown).find("a", string="Sign in to accept")["href"]
    assert sign_in == f"{SIGN_IN}?then={page}"
    failed = visitor.press(sign_in, email=EMAIL, password="wrong wrong wrong")
    action = soup(failed).select_one("main form")["action"]
    reply = visitor.press(sign_in, action, email=EMAIL, password=PASSWORD)
    assert (reply.status_code, reply.headers["location"]) == (303, page)
    assert soup(visitor.get(page)).find("button", class_="govuk-button").get_text().strip() == "Accept"
    reply = visitor.press(page)
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff")
    assert "Centre manager" in words(visitor.get("/staff"))
    assert known.site.visitor().press(SIGN_IN, email=EMAIL, password=PASSWORD).status_code == 303


@pytest.mark.parametrize("who", [None, "administrator"])
def test_the_link_alone_opens_nobodys_account(known: Office, who: str | None) -> None:
    page = invited_once_more(known)
    holder = known.site.visitor() if who is None else known.visitor(who)
    assert "Sign in to accept" in words(holder.get(page))
    token = csrf_of(holder.get(SIGN_IN).text)
    reply = holder.post(page, data={"csrf": token, "password": "the holder of the link"})
    assert reply.status_code == 403
    assert "This invitation is for somebody who is on the staff already." in words(reply)
    assert (
        known.site.visitor().press(SIGN_IN, email=EMAIL, password="the holder of the link").status_code == 422
    )


@pytest.mark.parametrize(
    "then",
    ["https://elsewhere.example", "//elsewhere.example", "/staff/invitation/../../x", "/staff/invitation/"],
)
def test_sign_in_goes_back_to_nothing_but_an_invitation(known: Office, then: str) -> None:
    reply = known.site.visitor().press(
        f"{SIGN_IN}?then={then}", f"{SIGN_IN}?then={then}", email=EMAIL, password=PASSWORD
    )
    assert reply.headers["location"] == "/staff"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("short", "Use at least 12 characters"),
        (
            "passwordpassword",
            "This password is too easy to guess. Use three words that do not belong together",
        ),
        ("nianew2026nia", "This password is too easy to guess. Use three words that do not belong together"),
    ],
)
def test_a_weak_password_is_refused_and_the_invitation_stays(
    office: Office, password: str, sentence: str
) -> None:
    visitor, page = office.site.visitor(), invited(office)
    reply = visitor.press(page, password=password)
    assert (reply.status_code, errors(reply)) == (422, [("password", sentence)])
    assert visitor.get(page).status_code == 200


@pytest.mark.parametrize("link", ["", "another", "'; DROP TABLE invitation; --"])
def test_a_link_that_was_never_made_is_refused(still_office: Office, link: str) -> None:
    reply = still_office.site.visitor().get(f"/staff/invitation/{link}")
    assert reply.status_code in (404, 410)


def test_an_invitation_is_too_old_after_its_time(office: Office) -> None:
    page = invited(office)
    office.site.clock.forward(hours=1)
    reply = office.site.visitor().get(page)
    assert reply.status_code == 410


def test_an_administrator_sees_every_centre_and_an_officer_their_own(still_office: Office) -> None:
    everything = words(still_office.visitor("administrator").get("/staff"))
    assert "Today at Here Centre" in everything
    assert "Today at There Centre" in everything
    own = words(still_office.visitor("officer").get("/staff"))
    assert "Adjustments officer" in own
    assert "There Centre" not in own
