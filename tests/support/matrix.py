"""The acceptance checks of the interface design that this piece owes, by id, and where tests stand for them.

A check stands in a test's name: `test_k05_enter_on_an_answer_stays`. What a check means is written in the
design's acceptance matrix; that a test named after one really holds it is for whoever reviews the test.
"""

import re
from collections.abc import Iterable
from pathlib import Path

# Pages without script, from sign-in to result, and the desk around them.
FIRST_PIECE = """
S01 S02 S03 S04 S05 S07 S08 S09 S10 S11 S12
K01 K02 K03 K04 K05 K06 K07 K08 K09 K10 K11 K12 K13
W07
R01 R02 R03 R05 R06 R08 R11 R12
T01 T04 T05 T06 T07 T09
P01 P02
D01 D02 D03 D04 D07
F01 F02 F03 F05
G03
"""
COMES_WITH = {
    "R04": "script: Enter in browse mode chooses",
    "R09": "script: messages at most one in five seconds",
    "T02": "script: spoken time",
    "T03": "preferences: how time left is shown",
    "D09": "preferences: kept, changed mid-test, reset",
}
ID = re.compile(r"[A-Z]\d\d")
TEST_NAME = re.compile(r"^\s*(?:async )?def (test_\w+)\(", re.MULTILINE)
# A name may carry several ids, each between underscores: test_d01_d04_themes_keep_their_contrast.
ID_IN_NAME = re.compile(r"(?<=_)([a-z]\d\d)(?=_|$)")


def first_piece() -> list[str]:
    """The ids that must stand in a test's name now, in the order of the matrix."""
    return ID.findall(FIRST_PIECE)


def test_names(sources: Iterable[str]) -> list[str]:
    """The names of all test functions in the sources, whether they are collected or not."""
    return [name for source in sources for name in TEST_NAME.findall(source)]


def ids_in(names: Iterable[str]) -> set[str]:
    """The acceptance ids that stand in these test names."""
    return {found.upper() for name in names for found in ID_IN_NAME.findall(name)}


def sources(folder: Path) -> list[str]:
    """The text of every Python file below a folder, apart from what is not a test."""
    return [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("test_*.py"))]
