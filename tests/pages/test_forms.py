"""From bytes to values: what is read, what is refused and under which name, and what each reader says."""

import unicodedata
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pages.faults import Denied, Fault
from app.pages.forms import FieldError, Form, Reader, parse
from app.rules.refusals import Refusal
from tests.support.application import Site, Visitor

NAMES = st.from_regex(r"[a-z]{1,9}", fullmatch=True)
TYPED = st.characters(exclude_categories=["Cs", "Cc"])


class Fruit(StrEnum):
    APPLE = "apple"
    PEAR = "pear"


def reader(**fields: str) -> Reader:
    return Reader(Form({name.replace("_", "-"): (value,) for name, value in fields.items()}))


def refusal(body: bytes) -> Denied:
    with pytest.raises(Denied) as caught:
        parse(body)
    return caught.value


@given(st.dictionaries(NAMES, st.text(TYPED, max_size=30), max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_a_browser_sends_is_read_back_as_it_was_typed(typed: dict[str, str]) -> None:
    form = parse(urlencode(typed).encode())
    assert {name: form.one(name) for name in typed} == {
        name: unicodedata.normalize("NFC", text) for name, text in typed.items()
    }


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_form_or_a_named_refusal(body: bytes) -> None:
    try:
        form = parse(body)
    except Denied as denied:
        found: Fault | Refusal | None = denied.code
    else:
        found = None
        assert "\0" not in "".join(value for values in form.fields.values() for value in values)
    assert found in (None, Fault.UNREADABLE, Fault.BAD_FIELD)


@pytest.mark.parametrize("value", [b"%FF", b"%C3", b"%00", b"%07", b"%ED%A0%80", b"%7F", b"%C2%85", b"\xff"])
def test_characters_that_cannot_be_stored_are_refused_by_field(value: bytes) -> None:
    denied = refusal(b"csrf=x&reason=" + value)
    assert (denied.code, denied.details) == (Fault.BAD_FIELD, {"field": "reason"})


@pytest.mark.parametrize(
    "text",
    [
        "Zoë",
        "O'Neill",
        "\u202eabc",
        "a\u200db",
        "\U0001f469\u200d\U0001f9bd",
        "𝒜",
        "e" + "́" * 30,
        "李",
        "two\r\nlines\tand a tab",
        "<script>{{7*7}}'; DROP",
    ],
)
def test_letters_of_any_script_and_marks_that_steer_them_are_accepted(text: str) -> None:
    kept = parse(urlencode({"name": text}).encode()).one("name")
    assert kept == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("body", [b"answer", b"=x", b"a b=1", b"%FF=1", b"&&", b"a=1&" * 300])
def test_a_body_that_is_no_form_is_unreadable(body: bytes) -> None:
    assert refusal(body).code is Fault.UNREADABLE


def test_a_field_sent_twice_is_unreadable_where_one_is_asked_for() -> None:
    form = parse(b"answer=a&answer=b&flag=on")
    assert form.all("answer") == ("a", "b")
    with pytest.raises(Denied) as caught:
        form.one("answer")
    assert caught.value.code is Fault.UNREADABLE


def test_a_line_is_tidied_and_missing_or_too_long_is_said() -> None:
    asked = reader(name="  Ada   Example ", long="x" * 201)
    assert asked.line("name", "Enter a name") == "Ada Example"
    asked.line("other", "Enter the other")
    asked.line("long")
    assert asked.errors == [
        FieldError("other", "Enter the other"),
        FieldError("long", "Use 200 characters or fewer"),
    ]


def test_a_reason_of_spaces_is_no_reason() -> None:
    asked = reader(reason="  \r\n ")
    assert asked.words("reason", "Say why") == ""
    assert asked.errors == [FieldError("reason", "Say why")]


@pytest.mark.parametrize("typed", ["0", "-5", "10000", "5m", "2.5", "٣", "1e3", "", "9" * 30])
def test_a_number_outside_its_limits_is_an_error_and_no_number(typed: str) -> None:
    asked = reader(minutes=typed)
    assert asked.whole("minutes", "Enter minutes", 1, 30) is None
    assert [error.field for error in asked.errors] == ["minutes"]


def test_a_number_at_its_limits_is_read() -> None:
    assert reader(minutes=" 30 ").whole("minutes", "Enter minutes", 1, 30) == 30


@pytest.mark.parametrize("typed", ["", "Apple", "plum", "apple "])
def test_a_choice_outside_the_set_is_the_same_as_none(typed: str) -> None:
    asked = reader(fruit=typed)
    assert asked.choice("fruit", Fruit, "Choose a fruit") is None
    assert asked.errors == [FieldError("fruit", "Choose a fruit")]


@pytest.mark.parametrize(
    "typed",
    [("30", "2", "2004"), ("29", "2", "2003"), ("1", "2", "24"), ("x", "2", "2004"), ("", "2", "2004")],
)
def test_a_day_that_does_not_exist_is_said(typed: tuple[str, str, str]) -> None:
    asked = reader(born_day=typed[0], born_month=typed[1], born_year=typed[2])
    assert asked.day("born", "Enter a date") is None
    assert asked.errors[0].words.startswith("Enter a real date")


def test_a_leap_day_is_read() -> None:
    assert reader(born_day="29", born_month="02", born_year="2004").day("born", "Enter") == date(2004, 2, 29)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_a_body_of_another_kind_is_refused_before_it_is_read(visitor: Visitor, site: Site, kind: str) -> None:
    reply = visitor.post("/staff/sign-in", content=b'{"email": "x"}', headers={"content-type": kind})
    assert reply.status_code == 415


def test_the_field_with_bad_characters_is_named_on_the_page(visitor: Visitor) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    reply = visitor.post("/staff/sign-in", content=b"email=%FF%00<b>", headers=kind)
    assert reply.status_code == 422
    assert "“email”" in reply.text


def test_a_body_cut_off_within_its_percent_signs_is_refused_as_json_too(visitor: Visitor) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    reply = visitor.post("/staff/sign-in", content=b"email=a&passw", headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "unreadable")
