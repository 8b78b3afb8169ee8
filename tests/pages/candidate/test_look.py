"""How this page looks: every choice on a page of its own, without script, at once and until it is reset."""

from __future__ import annotations

import pytest

from accessibility.preference_table import BY_CODE
from app.pages.look import LOOK
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


def attributes(tab: Tab) -> dict[str, str | None]:
    """What the root element says about the look."""
    root = tab.tree.all("html")[0]
    return {name: value for name, value in root.attributes.items() if name.startswith("data-")}


def rows(tab: Tab) -> dict[str, str]:
    """What holds, by the name of the preference."""
    names, words = tab.tree.all("dt"), tab.tree.all("dd")[::2]
    return {name.text(): said.text() for name, said in zip(names, words, strict=True)}


def set_(tab: Tab, code: str, value: str) -> Tab:
    """Make one choice on its page."""
    return tab.open(f"/sitting/look/{code}").press(**{code: value})


def radios(tab: Tab) -> list[str]:
    return [one.attributes["value"] for one in tab.tree.all("input") if one.get("type") == "radio"]


def test_all_choices_stand_on_one_page_with_what_holds_now(tab: Tab) -> None:
    tab.open("/sitting/look")
    assert tab.heading == "How this page looks"
    found = rows(tab)
    assert len(found) == len(BY_CODE) - 1, "the height of the band waits for a band"
    assert found["Text size"] == "100 %"
    assert found["Where each page starts"] == "At the top of the page"
    assert tab.notices == []
