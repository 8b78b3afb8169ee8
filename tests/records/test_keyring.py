"""Digests, signatures and seals: right for their purpose and place, worthless anywhere else."""

import base64
import hmac

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.records.keyring import VERSION, Keyring, SealBroken

RING, OTHER = Keyring(bytes(range(32))), Keyring(bytes(range(1, 33)))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
few = settings(max_examples=60, deadline=None)


def test_a_digest_is_the_same_today_and_tomorrow() -> None:
    """Fixed bytes: a change of the derivation would lock everybody out of what is stored."""
    assert RING.digest("code", "ABC234") == "1e8b7896df09a22009f3e903a5abef3cdbf674736065b5114f0c8147adbbf303"


@given(st.binary(min_size=32, max_size=150), TEXT)
@few
def test_a_digest_is_hmac_sha256_whatever_the_length_of_the_secret(secret: bytes, text: str) -> None:
    expected = hmac.digest(secret, f"digest\0code\0{text}".encode(), "sha256").hex()
    assert Keyring(secret).digest("code", text) == expected


@given(TEXT, TEXT)
@few
def test_digests_differ_by_text_purpose_and_site(one: str, other: str) -> None:
    assert (RING.digest("code", one) == RING.digest("code", other)) == (one == other)
    assert RING.digest("code", one) != RING.digest("session", one)
    assert RING.digest("code", one) != OTHER.digest("code", one)


@given(TEXT)
@few
def test_what_was_signed_is_read_for_its_purpose_alone(payload: str) -> None:
    signed = RING.sign("page", payload)
    assert RING.read("page", signed) == payload
    assert RING.read("cookie", signed) is None
    assert OTHER.read("page", signed) is None


@given(TEXT, st.integers(0, 200), st.characters(exclude_categories=["Cs"]))
@few
def test_a_signed_text_with_one_letter_changed_is_nothing(payload: str, place: int, letter: str) -> None:
    signed = RING.sign("page", payload)
    place %= len(signed)
    changed = signed[:place] + letter + signed[place + 1 :]
    assert changed == signed or RING.read("page", changed) is None


@given(TEXT)
@few
def test_any_other_text_was_not_signed(text: str) -> None:
    assert RING.read("page", text) is None


@given(TEXT)
@few
def test_what_was_sealed_opens_again_and_shows_nothing_meanwhile(text: str) -> None:
    wrapped = RING.new_person_key()
    sealed = RING.seal(wrapped, "candidate.name", "p1", text)
    assert RING.unseal(wrapped, "candidate.name", "p1", sealed) == text
    assert sealed[:1] == VERSION
    assert len(text) < 4 or text.encode() not in sealed
    assert sealed != RING.seal(wrapped, "candidate.name", "p1", text)


SEALED_KEY = RING.new_person_key()
SEALED = RING.seal(SEALED_KEY, "candidate.name", "p1", "Ada Example")


@pytest.mark.parametrize(
    ("ring", "wrapped", "where", "person", "sealed"),
    [
        (OTHER, SEALED_KEY, "candidate.name", "p1", SEALED),
        (RING, RING.new_person_key(), "candidate.name", "p1", SEALED),
        (RING, SEALED_KEY, "candidate.born", "p1", SEALED),
        (RING, SEALED_KEY, "candidate.name", "p2", SEALED),
        (RING, SEALED_KEY, "candidate.name", "p1", b"\x02" + SEALED[1:]),
        (RING, SEALED_KEY, "candidate.name", "p1", b""),
        (RING, SEALED_KEY, "candidate.name", "p1", SEALED[:5]),
        (RING, SEALED[:40], "candidate.name", "p1", SEALED),
    ],
    ids=["site", "person's key", "column", "person", "version", "empty", "cut", "broken key"],
)
def test_a_seal_opens_in_its_own_place_alone(
    ring: Keyring, wrapped: bytes, where: str, person: str, sealed: bytes
) -> None:
    with pytest.raises(SealBroken):
        ring.unseal(wrapped, where, person, sealed)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
@few
def test_a_seal_with_one_byte_changed_does_not_open(place: int, change: int) -> None:
    broken = SEALED[:place] + bytes([SEALED[place] ^ change]) + SEALED[place + 1 :]
    with pytest.raises(SealBroken):
        RING.unseal(SEALED_KEY, "candidate.name", "p1", broken)


@given(TEXT)
@few
def test_a_sealed_text_opens_for_its_purpose_at_its_site_alone_and_shows_nothing(text: str) -> None:
    sealed = RING.seal_text("form", text)
    assert RING.unseal_text("form", sealed) == text
    assert RING.unseal_text("survey", sealed) is None
    assert OTHER.unseal_text("form", sealed) is None
    assert len(text) < 4 or text.encode() not in base64.urlsafe_b64decode(sealed + "===")
    assert sealed != RING.seal_text("form", text)


SEALED_TEXT = RING.seal_text("form", "Ada Example")


@given(st.integers(0, len(SEALED_TEXT) - 1), st.characters(exclude_categories=["Cs"]))
@few
@example(len(SEALED_TEXT) - 1, chr(ord(SEALED_TEXT[-1]) + 1))
def test_a_sealed_text_with_one_letter_changed_is_nothing(place: int, letter: str) -> None:
    changed = SEALED_TEXT[:place] + letter + SEALED_TEXT[place + 1 :]
    assert changed == SEALED_TEXT or RING.unseal_text("form", changed) is None


@given(TEXT)
@few
@example("")
@example(SEALED_TEXT + "=")
@example(SEALED_TEXT[:9])
def test_any_other_text_was_not_sealed(text: str) -> None:
    assert RING.unseal_text("form", text) is None


def test_the_seal_of_a_text_opens_nothing_else() -> None:
    """A text of a browser's is never taken for a person's key, whatever its purpose is called."""
    sealed = base64.urlsafe_b64decode(RING.seal_text("person key", "k" * 32) + "===")
    with pytest.raises(SealBroken):
        RING.unseal(sealed, "candidate.name", "p1", SEALED)


def test_a_secret_too_short_makes_no_keyring() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(b"short")


def test_a_keyring_does_not_show_its_secret() -> None:
    assert "\\x" not in repr(RING)
    assert bytes(range(32)).hex() not in repr(RING)
