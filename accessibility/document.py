"""docs/accessibility.md, made of the acceptance checks, the tests that are named after them, and WCAG 2.2."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from accessibility import statement
from accessibility.acceptance import Check, Layer, read
from accessibility.evidence import held_by
from accessibility.wcag import CHANGED, CRITERIA, PRINCIPLES, Standing

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "accessibility.md"
TESTS = ROOT / "tests"
PLANTED = Path(__file__).parent / "planted_faults.toml"
OPENING = f"""\
# Accessibility: what is checked, by what, and what is not

Written by `python -m accessibility write` from `accessibility/acceptance.toml`, `accessibility/wcag` and the names
of the tests: do not edit it by hand. Somebody last went through what is said about WCAG on {CHANGED:%-d %B %Y}.

**Not yet tested with disabled people.** One screen reader, Orca on Linux, is driven by the tests. It stands for no
other.
"""


def text(tests: Path = TESTS) -> str:
    """The whole document, from the tests below a folder."""
    checks, held = read(), held_by(tests)
    return "\n".join(
        (OPENING, _checks(checks, held), _waiting(checks, held), _planted(), _people(), _wcag(checks))
    )


def _checks(checks: Sequence[Check], held: Mapping[str, list[str]]) -> str:
    owed = [one for one in checks if one.is_owed]
    asked, due = sum(one.is_first_gate for one in checks), sum(one.is_first_gate for one in owed)
    said = (
        f"{due} of the {asked} checks of the first release, and {len(owed) - due} that were to come later. "
        "Tests are named after them, below `tests`."
    )
    lines = ["## Checks that tests hold on every change", "", said]
    for group, members in groupby(owed, key=lambda one: one.group):
        rows = ((one.code, one.says, _layers(one), _tests(held.get(one.code, []))) for one in members)
        lines += ["", f"### {group.capitalize()}", "", *_table(("Id", "What", "Layer", "Tests"), rows)]
    return "\n".join((*lines, ""))


def _layers(check: Check) -> str:
    """How it is held; what is to be done by hand or with people was not done by anybody yet."""
    undone = {Layer.HAND, Layer.PEOPLE}
    return ", ".join(f"{one.words} (not done)" if one in undone else one.words for one in check.layers)


def _tests(names: Iterable[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


def _waiting(checks: Sequence[Check], held: Mapping[str, list[str]]) -> str:
    said = "These are not counted as held. Where a test is named after one, it holds a part of it."
    heads = ("Id", "What", "Layer", "Release", "Why not yet", "Tests")
    rows = (
        (
            one.code,
            one.says,
            _layers(one),
            "first" if one.is_first_gate else "later",
            one.waits,
            _tests(held.get(one.code, [])),
        )
        for one in checks
        if not one.is_owed
    )
    return "\n".join(("## Checks that are not held yet", "", said, "", *_table(heads, rows), ""))


def _planted() -> str:
    """Faults put into pages on purpose, and the layer that caught each."""
    lines = ["## Planted faults", ""]
    found = tomllib.loads(PLANTED.read_text(encoding="utf-8")) if PLANTED.is_file() else {}
    faults = found.get("fault", [])
    if not faults:
        return "\n".join((*lines, "None are recorded.", ""))
    rows = ((one["id"], one["fault"], ", ".join(one["layers"])) for one in faults)
    said = "Each is put into a real page by a test, which fails when what catches it is not just what stands here."
    return "\n".join((*lines, said, "", *_table(("Id", "Fault", "Caught by"), rows), ""))


def _people() -> str:
    by_number = (f"- {one.number} {one.name}: {one.people}" for one in CRITERIA if one.people)
    return "\n".join(
        (
            "## What no machine can check",
            "",
            "None of this was done yet. The service has not been checked:",
            "",
            *(f"- {words}" for words in statement.NOT_CHECKED),
            "",
            "Of these criteria a part is for people to judge:",
            "",
            *by_number,
            "",
        )
    )


def _wcag(checks: Sequence[Check]) -> str:
    counts = ", ".join(
        f"{sum(one.standing is standing for one in CRITERIA)} {standing.value.lower()}"
        for standing in Standing
    )
    lines = [
        "## WCAG 2.2, criterion by criterion",
        "",
        f"How the candidate’s pages stand: {counts}.",
        "4.1.1 is counted among those that do not apply, as WCAG 2.2 took it away. S01 (axe-core) bears on many",
        "criteria and is not repeated. The pages of staff are judged by the same checkers.",
    ]
    for name, criteria in PRINCIPLES:
        rows = (
            (
                f"{one.number} {one.name}",
                one.level.value,
                one.standing.value,
                one.because,
                " ".join(check.code for check in checks if one.number in check.wcag),
            )
            for one in criteria
        )
        heads = ("Criterion", "Level", "Standing", "Because", "Checks")
        lines += ["", f"### {name}", "", *_table(heads, rows)]
    return "\n".join((*lines, ""))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]
