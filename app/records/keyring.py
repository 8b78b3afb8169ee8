"""One secret, many uses: digests of codes and cookies, signed texts, and the sealing of people's data.

Which rows hold what is the tables' affair. Raw codes and cookies never reach the database, only digests.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
_NONCE = 12
_MAC = 16  # bytes of a signature: 128 bits


class SealBroken(Exception):
    """A sealed value does not open: another secret, another person, purpose or column, or altered bytes."""


class Keyring:
    """All keys of a site, derived from its secret (32 random bytes). Holds no state that changes."""

    def __init__(self, secret: bytes) -> None:
        """Raise ValueError for a secret too short to protect anything."""
        if len(secret) < 32:
            raise ValueError("a site's secret has at least 32 bytes")
        self._inner, self._outer = _begun(secret, 0x36), _begun(secret, 0x5C)
        self._site = AESGCM(hmac.digest(secret, b"site key for sealing, 1", hashlib.sha256))

    def __repr__(self) -> str:
        return "Keyring(…)"

    def digest(self, purpose: str, text: str) -> str:
        """What is stored instead of a secret text: 64 hex characters, different for every purpose and site."""
        return self._mac("digest", purpose, text).hex()

    def sign(self, purpose: str, payload: str) -> str:
        """The payload, a dot and a signature, fit for a cookie, a field or an address if the payload is."""
        return f"{payload}.{self._signature(purpose, payload)}"

    def read(self, purpose: str, signed: str) -> str | None:
        """The payload of a signed text; None unless it was signed for this purpose by this site."""
        payload, dot, signature = signed.rpartition(".")
        good = hmac.compare_digest(signature.encode(), self._signature(purpose, payload).encode())
        return payload if dot and good else None

    def seal_text(self, purpose: str, text: str) -> str:
        """A text that its bearer must not read, sealed for one purpose: letters fit for a cookie, a third longer."""
        return _letters(self._lock(self._site, text.encode(), _text_for(purpose)))

    def unseal_text(self, purpose: str, sealed: str) -> str | None:
        """The text again; None unless this site sealed exactly these letters for this purpose."""
        try:
            found = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
            if _letters(found) != sealed:  # other letters for the same bytes
                return None
            return self._unlock(self._site, found, _text_for(purpose)).decode()
        except (ValueError, SealBroken):
            return None

    def new_person_key(self) -> bytes:
        """A fresh data key for one person, wrapped by the site key. Deleting it erases what it sealed."""
        return self._lock(self._site, secrets.token_bytes(32), b"person key")

    def seal(self, wrapped: bytes, where: str, person: str, text: str) -> bytes:
        """A text under a person's key, bound to its place (`table.column`) and to the person's id."""
        return self._lock(self._unwrap(wrapped), text.encode(), _place(where, person))

    def unseal(self, wrapped: bytes, where: str, person: str, sealed: bytes) -> str:
        """The text again. Raises SealBroken when anything about it is not as it was sealed."""
        return self._unlock(self._unwrap(wrapped), sealed, _place(where, person)).decode()

    def _unwrap(self, wrapped: bytes) -> AESGCM:
        return AESGCM(self._unlock(self._site, wrapped, b"person key"))

    @staticmethod
    def _lock(key: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return VERSION + nonce + key.encrypt(nonce, plain, VERSION + bound_to)

    @staticmethod
    def _unlock(key: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
        version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        if version != VERSION:
            raise SealBroken("sealed by another version")
        try:
            return key.decrypt(nonce, body, version + bound_to)
        except (InvalidTag, ValueError) as error:
            raise SealBroken("the seal does not open") from error

    def _signature(self, purpose: str, payload: str) -> str:
        mac = self._mac("sign", purpose, payload)[:_MAC]
        return _letters(mac)

    def _mac(self, use: str, purpose: str, text: str) -> bytes:
        # Uses and purposes are our own words and hold no NUL, so that no two triples read the same.
        message = f"{use}\0{purpose}\0{text}".encode("utf-8", "surrogatepass")
        # HMAC-SHA256 as RFC 2104 has it, from where the key has been taken in: a third of the time, on every request.
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def _begun(secret: bytes, pad: int) -> "hashlib._Hash":
    """A hash that has taken in the key with its padding (RFC 2104; a key longer than a block is hashed first)."""
    block = hashlib.sha256().block_size
    key = secret if len(secret) <= block else hashlib.sha256(secret).digest()
    return hashlib.sha256(bytes(octet ^ pad for octet in key.ljust(block, b"\0")))


def _letters(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _text_for(purpose: str) -> bytes:
    return f"text\0{purpose}".encode()


def _place(where: str, person: str) -> bytes:
    return f"{where}\0{person}".encode()
