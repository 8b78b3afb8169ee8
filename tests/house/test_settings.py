"""The building inspected: what the environment may say, which addresses may be served, and what guards the secret."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.clock import SystemClock
from app.main import create_app
from app.records.store import Unfit
from app.settings import Settings, make_secret, read_secret

NAMES = (
    "DATABASE_URL",
    "DATA_DIR",
    "SECRET_FILE",
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "LOG_LEVEL",
    "LEAST_FREE_MB",
)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_an_environment_the_service_is_for_this_machine(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert settings.origin == "http://localhost:8000"
    assert settings.database == f"sqlite:///{tmp_path}/clearway.db"
    assert settings.secret_path == tmp_path / "secret"
    settings.must_be_servable()


def test_the_environment_is_read_by_these_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DATABASE_URL": "postgresql:///x", "DATA_DIR": "/var/x", "SECRET_FILE": "/run/s", "HOST": "::1", "PORT": "81",
        "PUBLIC_URL": "https://t.example/", "LOG_LEVEL": "debug", "LEAST_FREE_MB": "7",
    }  # fmt: skip
    assert set(values) == set(NAMES) == {name.upper() for name in Settings.model_fields}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.database, settings.port, settings.origin) == ("postgresql:///x", 81, "https://t.example")
    assert (settings.secret_path, settings.least_free_mb) == (Path("/run/s"), 7)


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://t.example", "https://t.example"),
        ("https://t.example:443/", "https://t.example"),
        ("https://t.example:8443", "https://t.example:8443"),
        ("http://localhost:80", "http://localhost"),
        ("https://T.Example", "https://t.example"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(public_url: str, origin: str) -> None:
    assert Settings(public_url=public_url).origin == origin


@pytest.mark.parametrize("address", ["t.example", "ftp://t.example", "https://", "https://t.example/path"])
def test_a_public_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        Settings(public_url=address)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.5", "t.example", "::"])  # noqa: S104 (what is refused below)
@pytest.mark.parametrize("public_url", ["", "http://t.example"])
def test_a_host_that_others_can_reach_is_refused_without_https(host: str, public_url: str) -> None:
    with pytest.raises(Unfit, match="PUBLIC_URL"):
        Settings(host=host, public_url=public_url).must_be_servable()
    Settings(host=host, public_url="https://t.example").must_be_servable()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_a_host_of_this_machine_needs_no_https(host: str) -> None:
    Settings(host=host).must_be_servable()


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    secret = make_secret(path)
    assert len(secret) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_secret(path) == read_secret(path) == secret


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_secret_that_others_can_read_stops_the_start(tmp_path: Path, mode: int) -> None:
    make_secret(tmp_path / "secret")
    (tmp_path / "secret").chmod(mode)
    with pytest.raises(Unfit, match="chmod 600"):
        create_app(Settings(data_dir=tmp_path))


@pytest.mark.parametrize(
    "content", [b"", b"x" * 32, b"changeme" * 8, bytes(32), b"\xff" * 32, b"\x80\x01" * 16]
)
def test_a_secret_that_is_none_stops_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    (tmp_path / "secret").chmod(0o600)
    with pytest.raises(Unfit, match="32 random bytes"):
        create_app(Settings(data_dir=tmp_path))


def test_a_missing_secret_stops_the_start_and_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="python -m app migrate"):
        create_app(Settings(data_dir=tmp_path))


def test_the_clock_goes_on_from_where_it_is_anchored() -> None:
    clock = SystemClock()
    clock.anchor(1_000_000)
    first = clock.now_ms()
    assert 1_000_000 <= first < 1_000_000 + 5_000
    assert clock.now_ms() >= first
