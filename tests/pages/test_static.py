"""The built static files: names that change with content, for-ever caching, the smallest encoding, nothing else."""

import gzip
import importlib.util
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from app.pages.static import BuiltFiles, StaticFilesMissingError, accepted_encodings

CSS = b"body{color:#000}" * 40
TYPEFACES = ("atkinson-hyperlegible-next", "opendyslexic")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "icons").mkdir()
    (tmp_path / "page.0123.css").write_bytes(CSS)
    (tmp_path / "page.0123.css.gz").write_bytes(gzip.compress(CSS, mtime=0))
    (tmp_path / "page.0123.css.br").write_bytes(b"brotli stands here")
    (tmp_path / "icons" / "tab.4567.svg").write_bytes(b"<svg/>")
    (tmp_path / "secret.txt").write_bytes(b"not in the manifest")
    names = {"page.css": "page.0123.css", "icons/tab.svg": "icons/tab.4567.svg"}
    (tmp_path / "manifest.json").write_text(json.dumps(names))
    return tmp_path


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(Starlette(routes=[Mount("/static", BuiltFiles(folder))]), base_url="https://testserver")


def test_a_built_file_is_cacheable_for_ever_and_named_by_its_content(
    folder: Path, client: TestClient
) -> None:
    address = BuiltFiles(folder).asset("page.css")
    reply = client.get(address, headers={"accept-encoding": "identity"})
    assert address == "/static/page.0123.css"
    assert reply.content == CSS
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-type"] == "text/css; charset=utf-8"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in reply.headers


def test_a_file_in_a_folder_is_found_under_its_own_name(folder: Path, client: TestClient) -> None:
    reply = client.get(BuiltFiles(folder).asset("icons/tab.svg"))
    assert (reply.content, reply.headers["content-type"]) == (b"<svg/>", "image/svg+xml")


def test_a_browser_that_takes_gzip_gets_the_gzip_copy(client: TestClient) -> None:
    reply = client.get("/static/page.0123.css", headers={"accept-encoding": "gzip, deflate"})
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.content == CSS
    assert int(reply.headers["content-length"]) < len(CSS)


def test_brotli_is_preferred_when_both_are_taken(client: TestClient) -> None:
    with client.stream("GET", "/static/page.0123.css", headers={"accept-encoding": "gzip, br"}) as reply:
        assert reply.headers["content-encoding"] == "br"
        assert b"".join(reply.iter_raw()) == b"brotli stands here"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", set()),
        ("identity", set()),
        ("gzip", {"gzip"}),
        ("GZIP, Br;q=0.5", {"gzip", "br"}),
        ("gzip;q=0, br; q=1", {"br"}),
        ("gzip; q=0.000, *", {"br"}),
        ("*;q=0", set()),
        ("zstd, deflate", set()),
    ],
)
def test_accept_encoding_is_read_as_the_standard_says(header: str, expected: set[str]) -> None:
    assert accepted_encodings(header) == expected


@pytest.mark.parametrize(
    "path",
    ["", "/", "manifest.json", "secret.txt", "page.css", "icons/", "../secret.txt", "%2e%2e/secret.txt"],
)
def test_nothing_outside_the_manifest_is_served(client: TestClient, path: str) -> None:
    reply = client.get(f"/static/{path}")
    assert reply.status_code == 404
    assert "cache-control" not in reply.headers


def test_a_head_request_has_the_length_and_no_body(client: TestClient) -> None:
    reply = client.head("/static/page.0123.css", headers={"accept-encoding": "identity"})
    assert (reply.content, reply.headers["content-length"]) == (b"", str(len(CSS)))


def test_a_static_file_cannot_be_posted_to(client: TestClient) -> None:
    reply = client.post("/static/page.0123.css")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")


def test_a_missing_build_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(StaticFilesMissingError, match="make assets"):
        BuiltFiles(tmp_path)


def test_the_real_bundles_are_built_small_and_hold_nothing_of_govuk_that_is_not_ours() -> None:
    built = BuiltFiles()
    with TestClient(Starlette(routes=[Mount("/static", built)])) as client:
        sizes = {}
        for name in ("candidate.css", "staff.css"):
            reply = client.get(built.asset(name), headers={"accept-encoding": "gzip"})
            sizes[name] = int(reply.headers["content-length"])
            assert not [word for word in ("gds transport", "crown", "crest") if word in reply.text.lower()]
            asked = re.findall(r"url\(\"?([^\")]+)", reply.text)
            assert len(asked) == 4, "two typefaces that may be chosen, in two weights"
            for address in asked:
                font = client.get(f"/static/{address}")
                assert (font.status_code, font.headers["content-type"]) == (200, "font/woff2")
                assert "immutable" in font.headers["cache-control"]
            licences = [client.get(built.asset(f"fonts/{one}.txt")).text for one in TYPEFACES]
            assert all("SIL OPEN FONT LICENSE" in text.upper() for text in licences)
    assert sizes["candidate.css"] < 14_000


@pytest.mark.parametrize(
    "face",
    [
        '@font-face{font-family:"GDS Transport";src:url("/assets/fonts/light-94a07e06a1-v2.woff2")}',
        "@FONT-FACE { font-family: x; src: local(x) }",
        "@font-face{src:url(fonts/opendyslexic-400.woff2),url(https://elsewhere.example/x.woff2)}",
    ],
)
def test_a_font_that_is_not_ours_stops_the_build(face: str) -> None:
    found = importlib.util.spec_from_file_location("font_files", Path(".ci/font_files.py"))
    assert found is not None
    assert found.loader is not None
    font_files = importlib.util.module_from_spec(found)
    found.loader.exec_module(font_files)
    assert font_files.foreign_faces(f"p{{color:red}}{face}") == [face]
    assert font_files.foreign_faces("@font-face{src:url('fonts/opendyslexic-700.woff2')}") == []
