"""Which tests hold which acceptance checks, found in the names of the tests.

A name may carry several ids, each between underscores: `test_d01_d04_themes_keep_their_contrast`. That a test named
after a check really holds it is for whoever reviews the test.
"""

import re
from collections.abc import Mapping
from pathlib import Path

TEST_NAME = re.compile(r"^\s*(?:async )?def (test_\w+)\(", re.MULTILINE)
ID_IN_NAME = re.compile(r"(?<=_)([a-z]\d\d)(?=_|$)")


def names_of_tests(source: str) -> list[str]:
    """The names of all test functions in the text of a Python file, whether they are collected or not."""
    return TEST_NAME.findall(source)


def ids_in(name: str) -> list[str]:
    """The acceptance ids that stand in the name of a test."""
    return [found.upper() for found in ID_IN_NAME.findall(name)]


def held_by(folder: Path) -> Mapping[str, list[str]]:
    """Each id that a test below the folder is named after, and those tests, as `journeys/test_time.py::test_t01_…`."""
    held: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("test_*.py")):
        where = file.relative_to(folder).as_posix()
        for name in names_of_tests(file.read_text(encoding="utf-8")):
            for check in ids_in(name):
                held.setdefault(check, []).append(f"{where}::{name}")
    return held
