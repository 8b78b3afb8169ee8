"""Response headers, form tokens and page tokens. Cookies are in `sessions.py`; who may do what in `deps.py`."""

import base64
import secrets
from dataclasses import dataclass

from app.records.keyring import Keyring

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
_UNUSED = (b"camera", b"display-capture", b"geolocation", b"microphone", b"payment", b"usb")
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b", ".join(name + b"=()" for name in _UNUSED),
    ),
)
NO_STORE = (b"cache-control", b"no-store")
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
TOKEN_BYTES = 32


def form_token(keyring: Keyring, anchor: str) -> str:
    """The token of a form, bound to `anchor` (a web session or the cookie before sign-in) and masked anew each time.

    The mask keeps the same secret from standing twice in compressed pages (BREACH).
    """
    mask = secrets.token_bytes(TOKEN_BYTES)
    return base64.urlsafe_b64encode(mask + _xor(mask, _expected(keyring, anchor))).decode().rstrip("=")


def form_token_is_good(keyring: Keyring, anchor: str, token: str) -> bool:
    """Whether a form carries a token made for this anchor. Any text at all may come in."""
    if not token.isascii() or len(token) > 200:
        return False
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    if len(raw) != 2 * TOKEN_BYTES:
        return False
    found = _xor(raw[:TOKEN_BYTES], raw[TOKEN_BYTES:])
    return secrets.compare_digest(found, _expected(keyring, anchor))


def _expected(keyring: Keyring, anchor: str) -> bytes:
    return bytes.fromhex(keyring.digest("form", anchor))


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class PageToken:
    """What one showing of a page was: of which question (0 for none), in which part, under which pen, when (UTC ms),
    and a nonce of its own.
    """

    position: int
    epoch: int
    rendered_at: int
    nonce: str
    part: int


def page_token(
    keyring: Keyring, *, sitting: str, position: int, epoch: int, rendered_at: int, part: int = 0
) -> str:
    """The `rev` field of a form: signed, good for this sitting alone, whose id it does not show."""
    payload = f"{position}.{epoch}.{rendered_at}.{secrets.token_urlsafe(9)}.{part}"
    return keyring.sign(_for_sitting(sitting), payload)


def read_page_token(keyring: Keyring, signed: str, *, sitting: str) -> PageToken | None:
    """What a page token says; None when this service did not write it for this sitting."""
    payload = keyring.read(_for_sitting(sitting), signed) if len(signed) <= 200 else None
    pieces = payload.split(".") if payload else []
    if len(pieces) != 5:  # not ours, or of a version before this one
        return None
    position, epoch, rendered_at, nonce, part = pieces
    return PageToken(int(position), int(epoch), int(rendered_at), nonce, int(part))


def _for_sitting(sitting: str) -> str:
    return f"page of {sitting}"
