"""Published versions never change: content, key and picture are held against the lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.faults import BankFaults
from question_bank.load import load
from question_bank.lock import write_lock
from tests.question_bank.small_bank import PICTURE, QUESTION, changed, write_bank

CHANGES = [
    ("Leave the car", "Leave the keys"),
    ('key = ["b"]', 'key = ["c"]'),
    ("The canary sings of rule 239.", "Another reason."),
    ('rule = "Highway Code rule 239"', 'rule = "Highway Code rule 240"'),
    ("A grey line beside", "A black line beside"),
]


def said_of(folder: Path) -> str:
    with pytest.raises(BankFaults) as refused:
        load(folder)
    return str(refused.value)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_changed_content_needs_a_new_version(tmp_path: Path, old: str, new: str) -> None:
    write_bank(tmp_path)
    write_bank(tmp_path, changed(QUESTION, old, new), locked=False)
    assert "q1abcd: the content changed and the version is still 1" in said_of(tmp_path)


def test_a_redrawn_picture_needs_a_new_version(tmp_path: Path) -> None:
    write_bank(tmp_path)
    (tmp_path / "pictures" / "picture-a1b2.svg").write_text(PICTURE.replace("H9", "H8"), "utf-8")
    assert "the content changed" in said_of(tmp_path)


def test_reviews_difficulty_and_approval_are_learned_about_the_same_version(tmp_path: Path) -> None:
    write_bank(tmp_path)
    learned = changed(changed(QUESTION, "difficulty = 0.3", "difficulty = 0.6"), "Agrees.", "Agrees still.")
    learned = changed(learned, "choose = 1", 'choose = 1\napproval = "Board, minute 4"')
    write_bank(tmp_path, learned, locked=False)
    assert load(tmp_path).questions[0].approval == "Board, minute 4"


def test_a_new_version_waits_until_it_is_published(tmp_path: Path) -> None:
    write_bank(tmp_path)
    write_bank(tmp_path, changed(QUESTION, "version = 1", "version = 2"), locked=False)
    assert "q1abcd: version 2 is not published" in said_of(tmp_path)


def test_an_older_version_is_refused_after_a_newer_one(tmp_path: Path) -> None:
    write_bank(tmp_path, changed(QUESTION, "version = 1", "version = 2"))
    write_bank(tmp_path, locked=False)
    assert "q1abcd: version 1 is older than version 2" in said_of(tmp_path)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("q1abcd one", "must be an id, a version and a digest"), ("q1abcd 1 " + "0" * 64, "stands here twice")],
)
def test_a_lock_line_that_cannot_be_right_is_a_fault(tmp_path: Path, line: str, sentence: str) -> None:
    write_bank(tmp_path)
    with (tmp_path / "versions.lock").open("a", encoding="utf-8") as lock:
        lock.write(line + "\n")
    assert f"versions.lock, line 3: {sentence}" in said_of(tmp_path).replace("q1abcd version 1 ", "")


def test_a_line_that_was_published_is_never_rewritten(tmp_path: Path) -> None:
    bank = load(write_bank(tmp_path))
    path = tmp_path / "versions.lock"
    added = write_lock(path, bank.questions, {("q1abcd", 1): "0" * 64}, bank.pictures)
    assert path.read_text("utf-8").startswith("q1abcd 1 " + "0" * 64)
    assert added == ["q2efgh version 1"]
