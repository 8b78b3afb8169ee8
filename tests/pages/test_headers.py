"""What every reply carries, whoever asks: headers, no copies kept, one address, and small bodies on both ways."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.pages import deps
from tests.support.application import Site, Visitor, application, started
from tests.support.serving import HandClock

PAGES = ["/health", "/accessibility", "/nothing-here", "/static/nothing.css"]


@pytest.mark.parametrize("path", PAGES)
def test_every_reply_carries_the_security_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'self'" in policy
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(
        policy
    )
    assert not any("unsafe" in rule or "*" in rule for rule in policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")


def test_pages_are_never_kept_by_the_browser_and_static_files_always(visitor: Visitor, site: Site) -> None:
    asset = site.app.state.renderer.environment.globals["asset"]("candidate.css")
    assert visitor.get("/accessibility").headers["cache-control"] == "no-store"
    assert visitor.get("/nothing-here").headers["cache-control"] == "no-store"
    assert "immutable" in visitor.get(asset).headers["cache-control"]


def test_strict_transport_is_asked_for_only_where_the_address_is_https(
    sqlite_url: str, tmp_path: Path, clock: HandClock
) -> None:
    app = application(sqlite_url, tmp_path, clock, public_url="http://localhost:8000")
    with started(app, clock) as site:
        reply = site.visitor(base_url="http://localhost:8000").get("/health")
    assert "strict-transport-security" not in reply.headers


def test_a_page_over_a_kilobyte_travels_compressed(visitor: Visitor) -> None:
    reply = visitor.get("/accessibility")
    plain = visitor.get("/accessibility", headers={"accept-encoding": "identity"})
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert int(reply.headers["content-length"]) < len(plain.content) == int(plain.headers["content-length"])
    assert reply.text == plain.text


def test_a_head_gets_the_headers_of_the_page_and_no_body(visitor: Visitor) -> None:
    page, head = visitor.get("/accessibility"), visitor.head("/accessibility")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == page.headers["content-length"]


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:81", "127.0.0.1", ""]
)
def test_a_forged_host_is_refused(visitor: Visitor, host: str) -> None:
    visitor.judging = False
    reply = visitor.get("/accessibility", headers={"host": host})
    assert reply.status_code == 421
    assert host == "" or host not in reply.text


def test_forwarded_headers_change_nothing(visitor: Visitor) -> None:
    forged = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "http",
        "x-forwarded-for": "203.0.113.9",
    }
    assert visitor.get("/accessibility", headers=forged).text == visitor.get("/accessibility").text
    visitor.judging = False
    assert visitor.get("/accessibility", headers={**forged, "host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "127.0.0.1"])
def test_the_number_of_this_machine_leads_to_its_name(
    sqlite_url: str, tmp_path: Path, clock: HandClock, host: str
) -> None:
    app = application(sqlite_url, tmp_path, clock, public_url="http://localhost:8000")
    with started(app, clock) as site:
        browser = site.visitor(base_url="http://localhost:8000", follow_redirects=False)
        reply = browser.get("/accessibility?x=1", headers={"host": host})
        posted = browser.post("/accessibility", headers={"host": host})
    assert (reply.status_code, reply.headers["location"]) == (307, "http://localhost:8000/accessibility?x=1")
    assert posted.status_code == 421


def test_the_health_page_answers_at_any_address(visitor: Visitor) -> None:
    reply = visitor.get("/health", headers={"host": "10.0.0.7:8000"})
    assert reply.status_code == 200
    assert reply.json() == {"ready": True}


@pytest.mark.parametrize(
    "path", ["/accessibility//", "/sitting//question", "/%2e%2e/secret", "/static/..%2f..%2fmain.py", "/%00"]
)
def test_an_odd_address_gets_a_plain_page_with_a_way_back(visitor: Visitor, path: str) -> None:
    visitor.judging = not path.startswith("/static")
    reply = visitor.get(path)
    assert reply.status_code == 404
    assert path.startswith("/static") or '<a class="govuk-button" href="/' in reply.text


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_method_that_no_page_has_is_refused(visitor: Visitor, method: str) -> None:
    reply = visitor.request(method, "/accessibility")
    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET"


def echo_routes(app_site: Site) -> None:
    """A public form of the test's own, so that the frame is tested apart from any page."""
    router = APIRouter()

    @router.post("/echo")
    async def echo(form: deps.OpenForm) -> Response:
        return PlainTextResponse("|".join(form.one(name) for name in sorted(form.fields)))

    @router.get("/undecided")
    async def undecided() -> Response:
        return PlainTextResponse("secret")

    @router.get("/fails")
    async def fails(request: Request, form: deps.OpenForm) -> Response:
        raise LookupError("the name of a person")

    @router.get("/fails-in-its-guard", dependencies=[Depends(_failing_guard)])
    async def guarded() -> Response:
        return PlainTextResponse("secret")

    app_site.app.router.routes += router.routes


async def _failing_guard() -> None:
    raise ZeroDivisionError("in the permission code")


@pytest.fixture
def frame(site: Site) -> Visitor:
    echo_routes(site)
    return site.visitor()


def test_a_route_that_decided_nothing_shows_nothing(frame: Visitor) -> None:
    reply = frame.get("/undecided")
    assert reply.status_code == 500
    assert "secret" not in reply.text


def test_an_error_in_a_guard_shows_nothing(frame: Visitor) -> None:
    reply = frame.get("/fails-in-its-guard")
    assert reply.status_code == 500
    assert "secret" not in reply.text


def test_what_nobody_caught_becomes_one_plain_page_with_a_reference(
    frame: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = frame.get("/fails")
    assert reply.status_code == 500
    assert "Everything you saved before is safe." in reply.text
    assert not [
        word for word in ("LookupError", "Traceback", "name of a person", ".py") if word in reply.text
    ]
    reference = (
        reply.text.partition('<strong class="reference">')[2].partition("</strong>")[0].replace(" ", "")
    )
    assert len(reference) == 8
    assert reference in capsys.readouterr().out
    assert reply.headers["content-security-policy"]


def test_a_body_over_the_limit_is_refused_before_it_is_read(frame: Visitor) -> None:
    reply = frame.post("/echo", content=b"x" * 10_000_000, headers={"content-type": "text/plain"})
    assert reply.status_code == 413
    assert reply.headers["connection"] == "close"


def test_a_body_that_hides_its_length_is_counted_as_it_comes(frame: Visitor) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        for piece in range(1000):
            sent.append(piece)
            yield b"a" * 10_000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert frame.post("/echo", content=endless(), headers=kind).status_code == 413


def test_a_compressed_page_is_what_gzip_says(frame: Visitor) -> None:
    frame.judging = False
    with frame.stream("GET", "/accessibility", headers={"accept-encoding": "gzip"}) as reply:
        raw = b"".join(reply.iter_raw())
    assert gzip.decompress(raw).startswith(b"<!DOCTYPE html>")


def test_the_service_starts_answers_and_writes_on_both_databases(site_on_both: Site) -> None:
    browser = site_on_both.visitor()
    assert browser.get("/health").json() == {"ready": True}
    reply = browser.press("/", code="ABCDEF")
    assert reply.status_code == 422
    assert "Tries left at this computer: 4" in reply.text
