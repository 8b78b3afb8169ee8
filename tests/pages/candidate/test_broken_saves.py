"""Saves that are no proper form: the catalogue's rows 16 to 20. None of them is read further than it has to be."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab

JSON = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def one(candidate: Candidate, tab: Tab) -> int:
    """The number of a question that wants one answer; the tab shows it."""
    number = candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{number}")
    return number


def test_row_16_and_18_a_body_that_is_no_form_is_refused_by_its_kind(tab: Tab, one: int) -> None:
    address = f"/sitting/question/{one}"
    as_json = {"accept": "application/json", "content-type": "application/json"}
    assert tab.visitor.post(address, content=b'{"answer": ', headers=as_json).status_code == 415
    broken = tab.visitor.post(address, content=b"answer=%ZZ&&=&", headers=JSON)
    assert broken.status_code in (400, 403, 422)


def test_row_17_a_body_of_ten_megabytes_is_not_read(candidate: Candidate, tab: Tab, one: int) -> None:
    reply = tab.visitor.post(f"/sitting/question/{one}", content=b"answer=" + b"x" * 10_000_000, headers=JSON)
    assert (reply.status_code, candidate.stored(one)) == (413, [])


@pytest.mark.parametrize("field", ["rev", "seq", "action", "csrf"])
def test_row_19_a_field_that_stands_twice_is_unreadable(
    candidate: Candidate, tab: Tab, one: int, field: str
) -> None:
    fields = [(name, value) for name, values in tab.held().items() for value in values]
    sent = {"seq": "1", "action": "next", **dict(fields)}
    body = urlencode([*sent.items(), (field, sent[field])]).encode()
    reply = tab.visitor.post(f"/sitting/question/{one}", content=body, headers=JSON)
    assert (reply.status_code, reply.json()["code"]) == (400, "unreadable")
    assert candidate.stored(one) == []


@pytest.mark.parametrize("bad", ["%FF%FE", "%00", "%ED%A0%80", "%1B"])
def test_row_20_letters_that_are_none_are_refused_by_the_name_of_their_field(
    candidate: Candidate, tab: Tab, one: int, bad: str
) -> None:
    body = urlencode(tab.held(), doseq=True) + f"&answer={bad}"
    reply = tab.visitor.post(f"/sitting/question/{one}", content=body.encode(), headers=JSON)
    assert (reply.status_code, reply.json()["details"]) == (422, {"field": "answer"})
    assert candidate.stored(one) == []
