"""Who gets in where, generated from the route table: route x role x own or other centre x own or other sitting.

What is asked is what each guard decided, and that a refusal shows nothing; what a page does is tested with the page.
"""

import functools
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi.routing import APIRoute

from app import logs
from app.pages import security
from app.pages.deps import Door
from app.rules.permissions import MAY, Role
from tests.house.test_doors import doors
from tests.support.application import Visitor, application
from tests.support.people import Town

STAFF_ROLES = {
    "desk": Role.CENTRE_STAFF,
    "lead": Role.CENTRE_MANAGER,
    "officer": Role.ADJUSTMENTS_OFFICER,
    "administrator": Role.ADMINISTRATOR,
}
WHO = ("nobody", "candidate", *STAFF_ROLES)
# Values for what else stands in an address, so that it leads to something.
OTHERS = {
    "number": "1",
    "n": "1",
    "token": "no-such-token",
    "code": "size",
    "device": "mouse",
    "lesson": "choose",
}


@dataclass(frozen=True)
class Route:
    """One row of the route table."""

    method: str
    path: str
    door: Door

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@functools.cache
def table() -> tuple[Route, ...]:
    """The routes of the service with their guards, read from the application itself."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        app = application(f"sqlite:///{folder}/none.db", Path(folder))
    return tuple(
        Route(method, route.path, next(doors(route.dependant)))
        for route in app.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    )


STAFF_ROUTES = [route for route in table() if route.door.audience == "staff"]
CANDIDATE_ROUTES = [route for route in table() if route.door.audience == "candidate"]
PUBLIC_ROUTES = [route for route in table() if route.door.audience == "public"]


@pytest.fixture
def decisions() -> Iterator[list[dict[str, Any]]]:
    """What the gate logs of each request, the decision among it."""
    logs.configure("debug")
    with structlog.testing.capture_logs() as events:
        yield events
    logs.configure()


def visitor_as(town: Town, who: str) -> Visitor:
    """A browser of its own for each case: leaving in one must not sign another out."""
    if who == "nobody":
        browser = town.site.visitor()
    elif who == "candidate":
        browser = town.candidate_visitor()
    else:
        browser = town.staff_visitor(who)
    browser.judging = False  # pages are judged where they are tested
    return browser


def ask(town: Town, browser: Visitor, route: Route, address: str) -> Any:
    """A request as a page of ours would send it: with a good token, and an empty form."""
    if route.method == "GET":
        return browser.get(address, follow_redirects=False)
    token = security.form_token(town.site.keyring, browser.anchor or "nobody")
    return browser.post(address, data={"csrf": token}, follow_redirects=False)


def fill(path: str, **values: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: {**OTHERS, **values}[name[1]], path)


def places(town: Town, route: Route) -> Iterator[tuple[str, bool, bool]]:
    """Every address of a route: with, whether the centre is the staff's own, and whether the sitting is there."""
    if "{centre}" not in route.path:
        yield route.path, True, True
        return
    here, there = town.here.sitting_id, town.there.sitting_id
    if "{sitting}" not in route.path:
        yield fill(route.path, centre="here"), True, True
        yield fill(route.path, centre="there"), False, True
        yield fill(route.path, centre="nowhere"), False, False
        return
    for centre, sitting, own, real in (
        ("here", here, True, True),
        ("here", there, True, False),
        ("here", secrets.token_hex(16), True, False),
        ("there", there, False, True),
        ("there", here, False, False),
        ("nowhere", here, False, False),
    ):
        yield fill(route.path, centre=centre, sitting=sitting), own, real


def decided(events: list[dict[str, Any]]) -> str:
    """What the guard of the last request said."""
    return str([event for event in events if event["event"] == "request"][-1]["decision"])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", STAFF_ROUTES, ids=str)
def test_a_staff_route_lets_in_whom_the_table_says(
    town: Town, decisions: list[dict[str, Any]], route: Route, who: str
) -> None:
    for address, own, real in places(town, route):
        reply = ask(town, visitor_as(town, who), route, address)
        role = STAFF_ROLES.get(who)
        if role is None:
            assert_sent_to_sign_in(reply, route, "/staff/sign-in")
        elif route.door.act is None:
            assert decided(decisions) == "any staff: None"
        elif real and role in MAY[route.door.act] and (own or role is Role.ADMINISTRATOR):
            assert decided(decisions) == f"{route.door.act}: {role}", address
            assert reply.status_code < 500
            assert reply.status_code not in (401, 403, 405)
        else:
            assert_not_there(reply, decisions, address)


def assert_sent_to_sign_in(reply: Any, route: Route, where: str) -> None:
    if route.method == "GET":
        assert (reply.status_code, reply.headers["location"]) == (303, where)
    else:
        assert reply.status_code == 401
        assert f'href="{where}"' in reply.text


def assert_not_there(reply: Any, decisions: list[dict[str, Any]], address: str) -> None:
    assert reply.status_code == 404, address
    assert decided(decisions) == "denied: no_such_page"
    assert "Example" not in reply.text


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", CANDIDATE_ROUTES, ids=str)
def test_a_candidate_route_is_for_the_candidate_of_the_sitting_alone(
    town: Town, decisions: list[dict[str, Any]], route: Route, who: str
) -> None:
    reply = ask(town, visitor_as(town, who), route, fill(route.path))
    if who == "candidate":
        assert decided(decisions) == "sit: candidate"
        assert reply.status_code < 500
        assert reply.status_code != 401
    else:
        assert_sent_to_sign_in(reply, route, "/")


@pytest.mark.parametrize("route", PUBLIC_ROUTES, ids=str)
def test_an_open_route_is_open_to_everybody(town: Town, route: Route) -> None:
    for who in WHO:
        browser = visitor_as(town, who)
        address = fill(route.path)
        reply = browser.get(address) if route.method == "GET" else browser.press("/", address)
        assert reply.status_code in (200, 303, 410, 422), who


def test_a_sitting_of_another_centre_is_as_absent_as_one_that_never_was(town: Town) -> None:
    """T8: the two replies are the same but for what is random in each."""
    browser = town.staff_visitor("desk")
    foreign = browser.get(f"/centre/there/sittings/{town.there.sitting_id}")
    invented = browser.get(f"/centre/there/sittings/{secrets.token_hex(16)}")
    assert foreign.status_code == invented.status_code == 404
    assert foreign.text == invented.text


def test_the_matrix_has_every_kind_of_case() -> None:
    assert len(STAFF_ROUTES) > 15
    assert len(CANDIDATE_ROUTES) > 15
    assert {route.method for route in STAFF_ROUTES} == {"GET", "POST"}
    acts = {route.door.act for route in STAFF_ROUTES if route.door.act is not None}
    assert all(
        len({role in MAY[act] for role in STAFF_ROLES.values()}) == 2 or act.startswith("see_")
        for act in acts
    )
