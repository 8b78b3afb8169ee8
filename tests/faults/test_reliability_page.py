"""The page about reliability names only tests that exist; each fault has a figure and a variant that was caught."""

from __future__ import annotations

import re

import pytest

from tests.faults.measured import Measured
from tests.faults.report import PAGE, existing_tests, without_parameters, written

MEASURED = ("F1", "F2", "F3", "F4", "F5", "F6", "F8", "F9", "F11")
HERE = "tests/faults/test_reliability_page.py"


def a_figure(**changed: object) -> Measured:
    test = f"{HERE}::test_a_figure_stands_on_the_page_with_the_command_that_repeats_it"
    plain = Measured("F1", "P1, P6", "answers lost", "0", "0 of 9", "7", False, test, 1.5)
    return Measured(**{**plain.__dict__, **changed})


def section(page: str, fault: str) -> str:
    return page.partition(f"\n## {fault}. ")[2].partition("\n## ")[0]


def commands(page: str) -> set[str]:
    return {without_parameters(found) for found in re.findall(r"`pytest (?:-m deep )?([^`]+)`", page)}


def test_a_figure_stands_on_the_page_with_the_command_that_repeats_it() -> None:
    page = written([a_figure(), a_figure(promise="P20", fault="F8", is_broken_variant=True)], "today")
    assert f"| P1, P6 | answers lost | 0 | 0 of 9 | `pytest {a_figure().test}` | 7 |" in section(page, "F1")
    assert "What the bench was seen to catch" in section(page, "F8")
    unproven = page.partition("not measured here yet")[2]
    assert "- P1:" not in unproven
    assert "- P20:" in unproven  # a broken variant proves no promise


def test_a_figure_of_a_test_that_is_gone_is_left_out() -> None:
    assert "## F1." not in written([a_figure(test="tests/faults/test_gone.py::test_gone")], "today")


def test_the_page_names_only_existing_tests() -> None:
    found = commands(PAGE.read_text())
    assert found
    assert found - existing_tests().keys() == set()


@pytest.mark.parametrize("fault", MEASURED)
def test_each_fault_has_a_figure_and_a_broken_variant_that_was_caught(fault: str) -> None:
    sound, _, broken = section(PAGE.read_text(), fault).partition("What the bench was seen to catch")
    assert commands(sound), f"{fault} was not measured"
    assert commands(broken), f"no broken variant of {fault} was caught"
