"""The served site, the hand-moved clock and the judging client do what journeys rely on."""

import urllib.request

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from accessibility.page_rules import PageKind
from tests.accessibility.sample_site import FAULTY, GOOD, sample_site
from tests.support.browser import Tabs
from tests.support.judging_client import JudgingClient
from tests.support.page_kinds import kind_of
from tests.support.serving import HandClock, Site, serve


def test_a_site_is_served_and_lets_its_loop_be_used(samples: Site) -> None:
    async def seven() -> int:
        return 7

    with urllib.request.urlopen(f"{samples.url}/sample.css") as reply:  # noqa: S310 (our own server)
        assert reply.status == 200
    assert samples.run(seven()) == 7


def test_a_site_can_stop_and_come_back_at_the_same_place() -> None:
    with serve(sample_site()) as first:
        port = first.port
    with serve(sample_site(), port=port) as again, urllib.request.urlopen(f"{again.url}/fog.svg") as reply:  # noqa: S310 (our own server)
        assert again.port == port
        assert reply.status == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_app_that_does_not_start_is_a_failure() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="did not start"), serve(broken):
        pass


def test_the_clock_moves_by_hand_and_never_back() -> None:
    clock = HandClock(1_000)
    assert clock.forward(minutes=1, seconds=2, ms=3) == clock.now_ms() == 63_003
    clock.anchor(5)
    assert clock.now_ms() == 63_003
    with pytest.raises(ValueError, match="back"):
        clock.forward(seconds=-1)


def test_two_tabs_share_cookies_and_two_contexts_do_not(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12")
    page.context.add_cookies([{"name": "answer", "value": "p8", "url": samples.url}])
    address = f"{samples.url}/sitting/question/12"
    assert tabs.beside(page, address).locator(":checked").count() == 1
    assert tabs.open(address).locator(":checked").count() == 0


def test_secure_cookies_are_kept_on_localhost(tabs: Tabs) -> None:
    async def hello(request: Request) -> Response:
        reply = HTMLResponse(request.cookies.get("__Host-seat", "none"))
        reply.set_cookie("__Host-seat", "kept", secure=True, httponly=True, samesite="lax")
        return reply

    with serve(Starlette(routes=[Route("/", hello)])) as site:
        for page in (tabs.open(site.url), tabs.open(site.url, browser="firefox")):
            page.goto(site.url)
            assert page.locator("body").inner_text() == "kept"
            page.context.close()


def test_the_client_judges_each_page_it_fetches() -> None:
    async def page(request: Request) -> Response:
        return HTMLResponse({"good": GOOD, "bad": FAULTY}[request.path_params["name"]])

    async def to_bad(request: Request) -> Response:
        return RedirectResponse("/sitting/bad", status_code=303)

    app = Starlette(routes=[Route("/sitting/{name}", page), Route("/to-bad", to_bad, methods=["POST"])])
    with JudgingClient(app) as client:
        assert client.get("/sitting/good").status_code == 200
        assert client.judged == ["GET /sitting/good (200)"]
        with pytest.raises(AssertionError, match=r"GET /sitting/bad \(200\) has \d+ faults:\n  S03"):
            client.post("/to-bad")
        client.judging = False
        assert client.post("/to-bad").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "html", "kind"),
    [
        ("https://testserver/sitting/question/12?from=list", 200, "", PageKind.QUESTION),
        ("/sitting/question/12", 422, '<div class="govuk-error-summary">', PageKind.QUESTION),
        ("/sitting/question/12", 409, "", PageKind.PAGE),
        ("/sitting/question/12/picture", 200, "", PageKind.SITTING),
        ("/sitting/result", 200, "", PageKind.PAGE),
        ("/centre/ABC/sittings/9f", 200, "", PageKind.STAFF),
        ("/staff/sign-in", 200, "", PageKind.STAFF),
        ("/accessibility", 200, "", PageKind.PAGE),
    ],
)
def test_the_kind_of_a_page_follows_from_its_address(
    address: str, status: int, html: str, kind: PageKind
) -> None:
    assert kind_of(address, status, html) is kind
