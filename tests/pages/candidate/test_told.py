"""What a page tells its script about time: at which minutes, in which words, and nothing before the start."""

from __future__ import annotations

import pytest

from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.looking import save
from tests.pages.candidate.tab import Tab


def told(tab: Tab) -> list[str]:
    """The sentences for the script, each behind its minutes."""
    said = tab.tree.by_id["say"][0].get("data-told") or ""
    return said.split("|") if said else []


@pytest.mark.parametrize(
    ("choice", "minutes"),
    [({}, [5, 1]), ({"told": "five"}, [5, 1]), ({"told": "none"}, []), ({"told": "7-3"}, [7, 3])],
)
def test_t02_the_page_tells_its_script_the_minutes_that_were_chosen(
    tab: Tab, choice: dict[str, str], minutes: list[int]
) -> None:
    """The part has ten minutes, so that ten minutes left are told to nobody."""
    for code, value in choice.items():
        own = {"minutes": value.replace("-", ", ")} if "-" in value else {}
        save(tab, code, "own" if own else value, **own)
    tab.open("/sitting/question/2")
    assert [int(one.split("=")[0]) for one in told(tab)] == minutes
    for one in told(tab):
        number, words = one.split("=")
        assert words == f"{number} minute{'s' if number != '1' else ''} left. Question 2 of 5."


def test_t02_with_a_quarter_more_time_the_first_telling_is_earlier(hall: Hall) -> None:
    tab = hall.candidate(extra_minutes=10).sitting_down()
    assert [int(one.split("=")[0]) for one in told(tab)] == [15, 5, 1]


def test_before_the_start_a_page_has_nothing_to_save_nor_to_tell(candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    said = tab.tree.by_id["say"][0].attributes
    assert not {"data-part", "data-told", "data-csrf", "data-unsaved"} & set(said)
