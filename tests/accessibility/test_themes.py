"""D01 on paper: in every theme each colour stands out from every ground that it is put on, as built.

What browsers make of it on real pages is counted by the crawl; focus rings are measured in `test_rings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.contrast import EDGE, TEXT_AAA, contrast
from accessibility.preference_table import THEMES

BUILT = Path("app/static/build")
Colours = dict[str, str]

GROUNDS = ("ground", "panel", "tint")
# Words, and what they are written on.
TEXT = (
    *(
        ("text", on)
        for on in (*GROUNDS, "govuk-template-background-colour", "govuk-surface-background-colour")
    ),
    *(("soft", on) for on in ("ground", "panel")),
    *(("link", on) for on in GROUNDS),
    *(("error", on) for on in ("ground", "panel")),
    *(("ground", on) for on in ("press", "press-hover", "error", "stop-hover")),
    ("band-text", "band"),
    ("ring-outer", "ring-inner"),
    *(
        (f"govuk-{words}-colour", "govuk-body-background-colour")
        for words in ("text", "secondary-text", "link", "link-visited", "link-hover", "link-active", "error")
    ),
    ("govuk-surface-text-colour", "govuk-surface-background-colour"),
    ("govuk-focus-text-colour", "govuk-focus-colour"),
)
# Edges of controls, of what is chosen and of parts of a page, and what lies on either side of them.
EDGES = (
    *(("edge", on) for on in GROUNDS),
    *(("text", on) for on in GROUNDS),
    *(("press", on) for on in GROUNDS),
    ("error", "ground"),
    ("mark", "band"),
    ("band-text", "band"),
    *(
        (f"govuk-{edge}-colour", "govuk-body-background-colour")
        for edge in ("border", "input-border", "brand", "success", "hover", "surface-border")
    ),
    ("ring-inner", "ring-outer"),
)
# One of the two tones of the ring must stand out from whatever it may lie on or beside.
BESIDE_THE_RING = (*GROUNDS, "press", "error", "band", "plate", "text", "edge")


def _rules(css: str) -> Iterator[tuple[str, str, str]]:
    """Each rule as (conditions of the at-rules around it, selector, declarations)."""
    around: list[str] = []
    for before, opened in re.findall(r"([^{}]*)([{}])", css):
        if opened == "{":
            around.append(re.sub(r"\s*\band\b\s*", " and ", before.strip()))
        else:
            selector = around.pop()
            yield " and ".join(around), selector, before


def _own(declarations: str) -> Colours:
    return {
        name: value.strip()
        for name, value in re.findall(r"--([a-z-]+):([^;]+)", declarations.replace("\n", ""))
    }


def themes(css: str) -> dict[str, Colours]:
    """Every theme of a sheet with its custom properties; `device` as a plain, a dark, a strict device has it."""
    root: Colours = {}
    said: dict[tuple[str, str], Colours] = {}
    for around, selector, declarations in _rules(css):
        if selector == ":root" and not around:
            root |= _own(declarations)
        elif found := re.fullmatch(r"html\[data-theme=\"?([a-z-]+)\"?\]", selector):
            said[found[1], around] = _own(declarations)
    named = {name: root | said.get((name, "@media screen"), {}) for name in THEMES if name != "standard"}
    more, dark = (
        "@media screen and (prefers-contrast: more)",
        "@media screen and (prefers-color-scheme: dark)",
    )
    strict = said["device", more]
    dim = strict | said["device", dark]
    both = dim | said["device", f"{dark} and (prefers-contrast: more)"]
    return {
        "standard": root, **named, "device": root, "device, strict": root | strict,
        "device, dark": root | said["device", dark], "device, dark and strict": root | both,
    }  # fmt: skip


def _colour(theme: Colours, name: str) -> str:
    """What a property comes to when every `var()` in it is followed. Raises KeyError for a name not set."""
    value = theme[name]
    if asked := re.fullmatch(r"var\(--([a-z-]+)(?:,.*)?\)", value):
        return _colour(theme, asked[1])
    return value


def weak(theme: Colours) -> list[str]:
    """The pairs of a theme that stand out too little, in words."""

    def ratio(one: str, other: str) -> float:
        return contrast(_colour(theme, one), _colour(theme, other))

    told = [(f"{one} on {on}", ratio(one, on), TEXT_AAA) for one, on in TEXT]
    told += [(f"{one} beside {on}", ratio(one, on), EDGE) for one, on in EDGES]
    told += [
        (f"ring on {on}", max(ratio(tone, on) for tone in ("ring-inner", "ring-outer")), EDGE)
        for on in BESIDE_THE_RING
    ]
    return [f"{pair}: {found:.2f} of {least}" for pair, found, least in told if found < least]


@pytest.fixture(scope="module", params=["candidate", "staff"])
def css(request: pytest.FixtureRequest) -> str:
    """A built sheet; both bundles share the themes."""
    (sheet,) = BUILT.glob(f"{request.param}.*.css")
    return sheet.read_text(encoding="utf-8")


def test_d01_every_colour_of_every_theme_stands_out_from_what_it_is_put_on(css: str) -> None:
    found = themes(css)
    assert {name for name in found if not name.startswith("device")} == set(THEMES)
    assert len({_colour(theme, "ground") + _colour(theme, "text") for theme in found.values()}) == len(THEMES)
    assert {name: faults for name, theme in found.items() if (faults := weak(theme))} == {}


def test_d01_a_theme_with_one_weak_colour_is_found(css: str) -> None:
    dark = themes(css)["dark"]
    faults = weak(dark | {"soft": "#888"})
    assert [one.partition(":")[0] for one in faults[:2]] == ["soft on ground", "soft on panel"]
    assert any("ring on ground" in one for one in weak(dark | {"ring-outer": "#222"}))


def test_a_dark_device_gets_the_dark_theme_and_one_that_asks_for_contrast_gets_more(css: str) -> None:
    found = themes(css)

    def same(one: Colours, other: Colours, *names: str) -> bool:
        return all(_colour(one, name) == _colour(other, name) for name in names)

    assert same(found["device, dark"], found["dark"], *found["dark"])
    assert same(
        found["device, dark and strict"], found["white-on-black"], "ground", "text", "edge", "link", "error"
    )
    assert _colour(found["device, strict"], "edge") == _colour(found["standard"], "text")


def test_paper_is_black_on_white_in_every_theme(css: str) -> None:
    painted = [
        around
        for around, selector, declarations in _rules(css)
        if selector.startswith("html[data-theme") and "--ground" in declarations
    ]
    assert len(painted) >= len(THEMES)
    assert all(around.startswith("@media screen") for around in painted)


def test_pictures_lie_on_a_neutral_plate_in_every_theme(css: str) -> None:
    plates = {_colour(theme, "plate") for theme in themes(css).values()}
    assert plates == {"#fff", "#e8e8e8"}
