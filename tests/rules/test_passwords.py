"""Which passwords are refused: short, common, of one piece, or made of what is known about the person."""

import random

import pytest

from app.rules.passwords import COMMON, MOST, is_weak, new_password
from app.rules.policy import POLICY

ABOUT = ("Sam Example", "sam.example@example.test")
GOOD = "purple tandem gravel"


@pytest.mark.parametrize(
    "password", [GOOD, "Ærø-fjord-kvalme", "x9!kLm2#qW7z", "日本語のとても長い合い言葉です"]
)
def test_a_long_password_of_any_kind_of_characters_is_good(password: str) -> None:
    assert not is_weak(password, *ABOUT)


def test_length_is_counted_in_characters_up_to_the_limits() -> None:
    assert is_weak(GOOD[: POLICY.least_password - 1])
    assert not is_weak(GOOD[: POLICY.least_password])
    assert is_weak((GOOD * 20)[: MOST + 1])


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password Password",
        "Password1234!",
        "password2026!!",
        "123456789012",
        "abcdefghijklm",
        "987654321098",
        "aaaaaaaaaaaaaaaa",
        "ababababababab",
        "Administrator",
    ],
)
def test_common_passwords_are_refused_in_any_dress(password: str) -> None:
    assert is_weak(password)


@pytest.mark.parametrize(
    "password", ["samexample2026", "Sam.Example@example.test", "SAM EXAMPLE 12", "ExampleExample1"]
)
def test_a_password_made_of_ones_own_name_or_address_is_refused(password: str) -> None:
    assert is_weak(password, *ABOUT)


def test_every_common_password_in_the_list_is_long_enough_to_need_the_list() -> None:
    assert {word for word in COMMON if len(word) < POLICY.least_password} == set()


def test_a_password_that_nobody_chose_is_long_and_good() -> None:
    password = new_password(random.Random(7).choice)
    assert [len(group) for group in password.split("-")] == [5] * 4
    assert not is_weak(password, "Nia New", "nia@example.test")
    assert new_password(random.Random(8).choice) != password
