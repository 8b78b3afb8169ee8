"""`python -m question_bank`: what editors type, and what make believes."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.__main__ import main
from tests.question_bank.small_bank import QUESTION, SECOND, changed, write_bank


def test_check_says_that_the_shipped_bank_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert " 0 faults, 0 pieces of advice." in capsys.readouterr().out


def test_check_lists_every_fault_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_bank(
        tmp_path, changed(QUESTION, "choose = 1", "choose = 9"), changed(SECOND, "0.5", "5"), locked=False
    )
    assert main(["check", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "fault: content/attitude.toml, q1abcd: the key has 1 options and “choose” is 9" in said
    assert "fault: content/alertness.toml, q2efgh: “difficulty” must be a number from 0 to 1" in said
    assert "topic documents needs 2 questions and the bank has 0" in said


def test_lock_publishes_what_is_new_and_only_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_bank(tmp_path, locked=False)
    assert main(["lock", "--folder", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "published q1abcd version 1\npublished q2efgh version 1\n"
    before = (tmp_path / "versions.lock").read_text("utf-8")
    assert main(["lock", "--folder", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing new to publish.\n"
    assert (tmp_path / "versions.lock").read_text("utf-8") == before


def test_lock_refuses_to_publish_a_change_under_an_old_version(tmp_path: Path) -> None:
    write_bank(tmp_path)
    before = (tmp_path / "versions.lock").read_text("utf-8")
    write_bank(tmp_path, changed(QUESTION, "Leave the car", "Leave the keys"), locked=False)
    assert main(["lock", "--folder", str(tmp_path)]) == 1
    assert (tmp_path / "versions.lock").read_text("utf-8") == before


def test_lock_keeps_the_old_version_beside_the_new_one(tmp_path: Path) -> None:
    write_bank(tmp_path)
    write_bank(tmp_path, changed(QUESTION, "version = 1", "version = 2"), locked=False)
    assert main(["lock", "--folder", str(tmp_path)]) == 0
    lines = (tmp_path / "versions.lock").read_text("utf-8").splitlines()
    assert [line.rsplit(" ", 1)[0] for line in lines] == ["q1abcd 1", "q1abcd 2", "q2efgh 1"]
