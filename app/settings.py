"""Every environment variable, and the secret file. Nothing else reads the environment."""

import os
import secrets
import stat
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.records.store import Unfit

SECRET_BYTES = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Settings(BaseSettings):
    """What an operator sets. Names are the environment variables in lower case; empty ones count as not set."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Path("data")
    database_url: str = ""
    secret_file: Path | None = None
    host: str = "localhost"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    least_free_mb: int = Field(default=1024, ge=0)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _public_url_is_an_origin(self) -> Self:
        parts = urlsplit(self.public_url or "http://localhost")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
            raise ValueError("PUBLIC_URL is an address such as https://tests.example.org, without a path")
        return self

    @property
    def database(self) -> str:
        """The address of the database: DATABASE_URL, or a SQLite file in DATA_DIR."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'clearway.db'}"

    @property
    def secret_path(self) -> Path:
        """Where the site's secret is kept."""
        return self.secret_file or self.data_dir / "secret"

    @property
    def origin(self) -> str:
        """Scheme, host and port under which browsers reach the service, as browsers write it in Origin."""
        parts = urlsplit(self.public_url or f"http://localhost:{self.port}")
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        usual = {"http": 80, "https": 443}[parts.scheme]
        return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, usual) else "")

    @property
    def is_loopback(self) -> bool:
        """Whether HOST can only be reached from this machine."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False

    def must_be_servable(self) -> None:
        """Raise Unfit when browsers would talk to this service over an unprotected network (settled design, 17)."""
        if not self.is_loopback and not self.origin.startswith("https://"):
            raise Unfit(
                f"HOST is {self.host}, which other machines can reach, so PUBLIC_URL must be the https address that"
                " browsers use. For this machine alone, leave HOST out."
            )


def make_secret(path: Path) -> bytes:
    """The site's secret, made at the first call: 32 random bytes that only their owner can read."""
    if path.exists():
        return read_secret(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    """The site's secret. Raises Unfit with one sentence when it is missing, open to others or not random."""
    try:
        secret = path.read_bytes()
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise Unfit(f"There is no secret in {path}. Type: python -m app migrate") from error
    except OSError as error:
        raise Unfit(f"The secret in {path} cannot be read: {error.strerror}.") from error
    if mode & OTHERS:
        raise Unfit(f"Other people of this machine can read {path}. Type: chmod 600 {path}")
    if len(secret) < SECRET_BYTES or len(set(secret)) < SECRET_BYTES // 4 or secret.isascii():
        raise Unfit(
            f"{path} does not hold {SECRET_BYTES} random bytes, so it protects nothing. Restore the right one."
        )
    return secret
