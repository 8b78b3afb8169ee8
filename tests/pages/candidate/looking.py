"""What a test does on the pages about the look, and what it reads off them."""

from __future__ import annotations

from typing import Any

from tests.pages.candidate.tab import Tab


def attributes(tab: Tab) -> dict[str, str | None]:
    """What the root element says about the look."""
    root = tab.tree.all("html")[0]
    return {name: value for name, value in root.attributes.items() if name.startswith("data-")}


def rows(tab: Tab) -> dict[str, str]:
    """What holds, by the name of the preference."""
    words = [one for one in tab.tree.all("dd") if "value" in (one.get("class") or "")]
    return {name.text(): said.text() for name, said in zip(tab.tree.all("dt"), words, strict=True)}


def names(tab: Tab, tag: str) -> list[str]:
    """The names of all elements with this tag."""
    return [one.text() for one in tab.tree.all(tag)]


def radios(tab: Tab) -> list[str]:
    """The values that are offered."""
    return [one.attributes["value"] for one in tab.tree.all("input") if one.get("type") == "radio"]


def held(tab: Tab, code: str) -> str | None:
    """The value that is checked; None when none is."""
    return next(iter(tab.held().get(code, [])), None)


def save(tab: Tab, code: str, value: Any, *, at: str = "/sitting/look", **fields: Any) -> Tab:
    """Make one choice on its page."""
    return tab.open(f"{at}/{code}").press(**{code: value}, **fields)
