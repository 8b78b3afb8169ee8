"""A picture of ours is clean: no script, no words, nothing from elsewhere, and a name that tells nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.pictures import Drawing, inspect
from tests.question_bank.small_bank import PICTURE

FAULTS = [
    ("<path", "<script/><path", "<script> is not allowed"),
    ("<path", "<title/><path", "<title> is not allowed"),
    ("<path", "<image/><path", "<image> is not allowed"),
    ("<path", "<text>Stop</text><path", "<text> is not allowed"),
    ("<path", "words<path", "holds text"),
    ("<path", "<!-- note --><path", "holds a comment or a document type"),
    ("<path d=", '<path onload="x" d=', "“onload” is not allowed"),
    ("<path d=", '<path style="x" d=', "“style” is not allowed"),
    ("<path d=", '<path fill="url(//elsewhere/x)" d=', "takes something from elsewhere"),
    ("<svg ", '<svg role="img" ', "“role” is not allowed"),
    ('width="40"', 'width="4cm"', "must be an svg with a whole width and height"),
    ('viewBox="0 0 40 40"', 'viewBox="0 0 9 9"', "must be “0 0 40 40”"),
    ("</svg>", "", "is not well formed"),
    ("H9", "H9" + " H1" * 7000, "has more than 20000 bytes"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_each_fault_of_a_picture_is_reported(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "picture-a1b2.svg"
    path.write_text(PICTURE.replace(old, new, 1), "utf-8")
    assert sentence in "\n".join(inspect(path).faults)


def test_a_clean_picture_has_no_fault_and_a_size(tmp_path: Path) -> None:
    path = tmp_path / "picture-a1b2.svg"
    path.write_text(PICTURE, "utf-8")
    assert inspect(path) == Drawing(40, 40, ())


@pytest.mark.parametrize("name", ["no-entry.svg", "picture-stopsign.svg", "picture-a1b2.png"])
def test_a_picture_whose_name_can_tell_the_answer_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PICTURE, "utf-8")
    assert inspect(tmp_path / name).faults == (
        "a picture's name must be “picture-”, four letters or digits, “.svg”",
    )
