"""The cookies: who is signed in at this browser, and which browser it is. The rows behind them are the records'.

Every cookie has the `__Host-` prefix, is HttpOnly and Secure (browsers accept that on http://localhost too) and holds
random bytes or a signed text. Only digests reach the database.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from app.pages.visit import visit
from app.records.keyring import Keyring
from app.rules.policy import POLICY

CANDIDATE = "__Host-candidate"
STAFF = "__Host-staff"
DEVICE = "__Host-device"
FORM = "__Host-form"
ALL = (CANDIDATE, STAFF, DEVICE, FORM)
KEPT_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
REISSUE_MS = 30_000
_NEW, _KNOWN = "new", "known"
_RANDOM = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """256 random bits as 43 characters fit for a cookie or an address."""
    return secrets.token_urlsafe(32)


def put(request: Request, name: str, value: str, *, seconds: int | None = None) -> None:
    """Send a cookie with this response; without `seconds` the browser forgets it when it is closed."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    visit(request).cookies[name] = f"{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"


def clear(request: Request, name: str) -> None:
    """Tell the browser to forget a cookie."""
    put(request, name, "", seconds=0)


def _read(request: Request, name: str, understand: Callable[[str], str | None]) -> str | None:
    """A cookie's meaning; one that was tampered with or is from an old version is cleared (catalogue, case 39)."""
    raw = request.cookies.get(name)
    if raw is None:
        return None
    meaning = understand(raw) if len(raw) <= 200 else None
    if meaning is None:
        clear(request, name)
    return meaning


def _random_text(raw: str) -> str | None:
    return raw if _RANDOM.fullmatch(raw) else None


def candidate_session(request: Request, keyring: Keyring) -> str | None:
    """The digest of the candidate's web session at this browser, if it brings a cookie of the right form."""
    this = visit(request)
    if this.session is None:
        secret = _read(request, CANDIDATE, _random_text)
        this.session = None if secret is None else keyring.digest("session", secret)
    return this.session


def staff_session(request: Request, keyring: Keyring, now: int) -> str | None:
    """The digest of the staff web session at this browser, unless it was idle too long (settled design, 18).

    The cookie is signed with the moment it was sent, and sent again as pages are asked for.
    """

    def understand(raw: str) -> str | None:
        payload = keyring.read("staff cookie", raw) or ""
        secret, dot, sent_at = payload.partition(".")
        # A moment ahead of ours is good: another process, or our own clock before it was set back, wrote it.
        if not dot or now - int(sent_at) >= POLICY.staff_idle_ms:
            return None
        if now - int(sent_at) > REISSUE_MS:
            _put_staff(request, keyring, now, secret)
        return keyring.digest("session", secret)

    return _read(request, STAFF, understand)


def open_staff_session(request: Request, keyring: Keyring, now: int) -> str:
    """Give this browser a new staff cookie; the digest to store. Always new: nobody can plant one."""
    secret = new_secret()
    _put_staff(request, keyring, now, secret)
    return keyring.digest("session", secret)


def _put_staff(request: Request, keyring: Keyring, now: int, secret: str) -> None:
    put(request, STAFF, keyring.sign("staff cookie", f"{secret}.{now}"))


@dataclass(frozen=True, slots=True)
class Device:
    """A browser by its long-lived cookie: its digest, and whether a right code was ever typed at it."""

    digest: str
    is_known: bool


def known_device(request: Request, keyring: Keyring) -> Device | None:
    """The browser that brings a device cookie of ours: signed, so that nobody makes up browsers by the thousand."""
    payload = _read(request, DEVICE, lambda raw: keyring.read("device cookie", raw))
    if payload is None:
        return None
    secret, _dot, mark = payload.partition(".")
    return Device(keyring.digest("device", secret), mark == _KNOWN)


def device(request: Request, keyring: Keyring) -> str:
    """The digest of this browser's device cookie, given now if it has none."""
    found = known_device(request, keyring)
    if found is not None:
        return found.digest
    secret = new_secret()
    _put_device(request, keyring, secret, _NEW)
    return keyring.digest("device", secret)


def remember_device(request: Request, keyring: Keyring) -> None:
    """A right code was typed at this browser: its cookie says so from now on."""
    payload = _read(request, DEVICE, lambda raw: keyring.read("device cookie", raw))
    if payload is not None:
        _put_device(request, keyring, payload.partition(".")[0], _KNOWN)


def _put_device(request: Request, keyring: Keyring, secret: str, mark: str) -> None:
    put(request, DEVICE, keyring.sign("device cookie", f"{secret}.{mark}"), seconds=KEPT_SECONDS)


def form_anchor(request: Request, keyring: Keyring) -> str | None:
    """What forms before sign-in are bound to at this browser: a signed cookie, no row. None without the cookie."""
    return _read(request, FORM, lambda raw: keyring.read("form cookie", raw))


def give_form_anchor(request: Request, keyring: Keyring) -> str:
    """The same, given now if the browser has none."""
    anchor = form_anchor(request, keyring)
    if anchor is None:
        anchor = new_secret()
        put(request, FORM, keyring.sign("form cookie", anchor), seconds=KEPT_SECONDS)
    return anchor
