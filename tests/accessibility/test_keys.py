"""The one table of keys: what holds usually, what a person changed, and what no key may be."""

import pytest

from accessibility.keys import ANSWER_KEYS, BY_CODE, KEYS, bindings, clash, fault, parse, written
from accessibility.preference import are_keys
from accessibility.preferences import USUAL

TAKEN = {key for keys in ANSWER_KEYS for key in keys}


def test_k08_the_usual_keys_are_single_different_and_choose_no_answer() -> None:
    usual = [key.usual for key in KEYS]
    assert [fault(key) for key in usual] == [""] * len(usual)
    assert len(set(usual)) == len(usual)
    assert not TAKEN & set(usual)
    assert list(bindings(USUAL).values()) == usual


def test_k08_a_key_is_changed_or_cleared_and_the_others_stay() -> None:
    changed = bindings(USUAL.with_("keys", "next.M~flag."))
    assert changed["next"] == "m"
    assert "flag" not in changed
    assert changed["help"] == "h"


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("next.f", {"next": "f"}),  # the flag, later in the table, has lost its key to it
        ("next.1", {}),
        ("next.m~swim.x", {"next": "m"}),
    ],
)
def test_k08_what_cannot_hold_is_passed_over(stored: str, expected: dict[str, str]) -> None:
    found = bindings(USUAL.with_("keys", stored))
    assert {code: found.get(code) for code in ("next", "flag") if code in expected} == expected
    assert len(set(found.values())) == len(found)
    assert not TAKEN & set(found.values())
    assert set(found) <= set(BY_CODE)


def test_k08_the_usual_keys_are_written_as_nothing_and_others_are_read_back() -> None:
    usual = {key.code: key.usual for key in KEYS}
    assert written(usual) == ""
    mine = {**usual, "next": "m", "flag": "", "keys": "é"}
    text = written(mine)
    assert text == "next.m~flag.~keys.é"
    assert are_keys(text)
    assert {**usual, **parse(text)} == mine


def test_k08_every_sign_that_may_be_a_key_can_be_stored() -> None:
    signs = [chr(code) for code in range(33, 0x250) if not fault(chr(code))]
    assert len(signs) > 300
    assert all(are_keys(f"next.{sign}") and parse(f"next.{sign}") == {"next": sign.lower()} for sign in signs)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (" ", "one"),
        ("", "one"),
        ("ab", "one"),
        ("\t", "one"),
        ("1", "answer"),
        ("D", "answer"),
        ("~", "mark"),
    ],
)
def test_k08_what_no_key_may_be_has_its_reason(key: str, why: str) -> None:
    assert fault(key) == why


def test_k08_a_clash_names_the_earlier_action() -> None:
    keys = {"next": "f", "flag": "f", "help": ""}
    assert clash(keys, "flag") == "next"
    assert clash(keys, "next") is None
    assert clash({"next": "", "help": ""}, "help") is None
