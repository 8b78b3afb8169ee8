"""The acceptance checks and WCAG 2.2 as data: whole, joined to each other, and honest about what nobody has checked."""

import re
from collections import Counter
from pathlib import Path

import pytest

from accessibility import statement
from accessibility.acceptance import Layer, read
from accessibility.wcag import CRITERIA, PRINCIPLES, Level, Standing

BY_NUMBER = {one.number: one for one in CRITERIA}


def test_there_are_111_checks_and_73_are_of_the_first_gate() -> None:
    checks = read()
    assert len({check.code for check in checks}) == len(checks) == 111
    assert sum(check.is_first_gate for check in checks) == 73


def test_checks_stand_in_the_order_of_their_ids_within_each_letter() -> None:
    for letter in "SKWRTLPDFHG":
        numbers = [int(check.code[1:]) for check in read() if check.code[0] == letter]
        assert numbers == list(range(1, len(numbers) + 1)), letter


def test_every_criterion_that_a_check_names_exists() -> None:
    named = {number for check in read() for number in check.wcag}
    assert named - set(BY_NUMBER) == set()


def test_a_row_with_an_unknown_gate_or_layer_is_refused(tmp_path: Path) -> None:
    for row in (
        '{ says = "x", layers = ["magic"] }',
        '{ says = "x", layers = ["machine"], gate = "never" }',
    ):
        source = tmp_path / "rows.toml"
        source.write_text(f"[structure]\nS01 = {row}\n")
        with pytest.raises(ValueError, match=r"magic|never"):
            read(source)


def test_wcag_2_2_has_86_criteria_and_one_that_was_taken_away() -> None:
    assert Counter(one.level for one in CRITERIA) == {Level.A: 31, Level.AA: 24, Level.AAA: 31, Level.NONE: 1}
    assert len(BY_NUMBER) == len(CRITERIA)
    assert BY_NUMBER["4.1.1"].level is Level.NONE
    for at, (_name, criteria) in enumerate(PRINCIPLES, start=1):
        numbers = [tuple(map(int, one.number.split("."))) for one in criteria]
        assert numbers == sorted(numbers)
        assert {number[0] for number in numbers} == {at}


def test_nothing_is_called_met_that_no_check_holds() -> None:
    held = {number for check in read() if check.is_owed for number in check.wcag}
    looked_at_otherwise = {
        "1.4.13",  # K12 finds nothing that hovers
        "3.1.1",  # axe-core asks every page for its language
    }
    met = {one.number for one in CRITERIA if one.standing is Standing.MET}
    assert met - held == looked_at_otherwise


def test_what_is_only_done_by_hand_or_with_people_is_not_called_met() -> None:
    machines = {Layer.MACHINE, Layer.ORCA}
    by_machine = {number for check in read() if set(check.layers) & machines for number in check.wcag}
    by_hand_only = {number for check in read() for number in check.wcag} - by_machine
    assert by_hand_only
    for number in by_hand_only:
        assert BY_NUMBER[number].standing in (Standing.NOT_CHECKED, Standing.NONE_HERE), number


def test_a_timed_test_says_that_it_is_timed() -> None:
    assert BY_NUMBER["2.2.3"].standing is Standing.NOT_MET
    assert statement.is_known_to_fail(Level.AAA)


def test_orca_is_never_called_screen_readers_and_others_are_named_as_not_checked() -> None:
    assert not re.search(
        r"with (the )?screen readers?\b", " ".join(statement.CHECKED).replace("one screen", "")
    )
    not_checked = " ".join(statement.NOT_CHECKED)
    for name in (
        "disabled people",
        "JAWS",
        "NVDA",
        "Narrator",
        "VoiceOver",
        "TalkBack",
        "Dragon",
        "braille",
        "switch",
    ):
        assert name in not_checked, name


def test_sentences_of_the_statement_are_short() -> None:
    said = [words for one in CRITERIA for words in (one.because, one.people)]
    said += [*statement.CAN, *statement.CHECKED, *statement.NOT_CHECKED, *statement.NOT_YET]
    long = [one for words in said for one in re.split(r"(?<=\.)\s", words) if len(one.split()) > 15]
    assert long == []
