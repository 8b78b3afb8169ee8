"""What a page tells after it could not reach us: the reply to its script, the next page, the desk, and bad claims."""

from __future__ import annotations

from typing import Any

import pytest

from app.records.tables import sitting_move
from app.rules.policy import MINUTE
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab

JSON = {"accept": "application/json"}


def contact(tab: Tab, **fields: Any) -> Any:
    """The page of this tab was covered."""
    csrf = tab.open("/sitting/question/1").tree.by_id["say"][0].get("data-csrf")
    sent = {"csrf": csrf, "id": "first0000", "ms": "60000", **fields}
    return tab.visitor.post("/sitting/contact", data=sent, headers=JSON)


def test_the_time_of_a_covered_page_comes_back_and_the_next_page_says_so(
    candidate: Candidate, tab: Tab
) -> None:
    tab.choose(1)
    candidate.forward(minutes=2)
    reply = contact(tab)
    assert reply.json() == {"given_ms": MINUTE, "left_ms": 9 * MINUTE + 10_000, "state": "in_progress"}
    tab.open("/sitting/question/1")
    told = "Your clock was stopped for 1 minute. That time is not lost. You have about 10 minutes left."
    assert tab.notices == [told]
    reasons = [row["reason"] for row in candidate.rows(sitting_move)]
    assert reasons.count("connection:first0000") == 1


@pytest.mark.parametrize(
    "wrong", [{"id": "short"}, {"id": "WITH SPACE"}, {"ms": "-1"}, {"ms": "1e9"}, {"ms": ""}]
)
def test_a_claim_that_is_none_is_refused(tab: Tab, wrong: dict[str, str]) -> None:
    reply = contact(tab, **wrong)
    assert (reply.status_code, reply.json()["code"]) == (422, "bad_field")
    assert reply.json()["details"] == {"field": next(iter(wrong))}


def test_a_claim_without_its_token_is_refused(candidate: Candidate, tab: Tab) -> None:
    before = candidate.rows(sitting_move)
    candidate.forward(minutes=2)
    assert contact(tab, csrf="none").status_code == 403
    assert candidate.rows(sitting_move) == before
