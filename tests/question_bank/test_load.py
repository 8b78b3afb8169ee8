"""Every fault that the loader can find, found; and all of them found at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.faults import BankFaults
from question_bank.load import load, read
from tests.question_bank.small_bank import QUESTION, SECOND, changed, lock, write_bank

FORM_FAULTS = [
    ('id = "q1abcd"', "", "“id” is missing"),
    ('id = "q1abcd"', 'id = "brake-is-right"', "an id must be “q”"),
    ('id = "q1abcd"', 'id = "q2efgh"', "another question has this id"),
    ("version = 1", "version = 0", "“version” must be a whole number, 1 or more"),
    ("version = 1", "version = true", "“version” must be a whole number"),
    ('categories = ["car"]', "categories = []", "“categories” must be a list of texts"),
    ("choose = 1", "choose = 2", "the key has 1 options and “choose” is 2"),
    ('key = ["b"]', 'key = ["a", "b"]', "the key has 2 options and “choose” is 1"),
    ('key = ["b"]', 'key = ["z"]', "the key names an option that does not exist"),
    ('choose = 1\nkey = ["b"]', 'choose = 4\nkey = ["a", "b", "c", "d"]', "leaves nothing to choose from"),
    ("difficulty = 0.3", "difficulty = 1.3", "“difficulty” must be a number from 0 to 1"),
    ('rule = "Highway Code rule 239"', 'rule = "My notes"', "“rule” must name a rule"),
    ('edition = "June 2024"\n', "", "“edition” is missing"),
    ('explanation = "The canary sings of rule 239."', 'explanation = " "', "“explanation” must be a text"),
    ('fair_without_sight = "alternative"', 'fair_without_sight = "maybe"', "“fair_without_sight” must be"),
    (', description = "A grey line beside a green field." }', " }", "“description” is missing"),
    ("A grey line beside a green field.", "Pull the handbrake.", "says the right answer"),
    ("picture-a1b2.svg", "picture-zzzz.svg", "picture-zzzz.svg cannot be read"),
    ("on = 2026-11-22", 'on = "yesterday"', "“on” must be a date"),
    ('step = "checked against the rule"', 'step = "read"', "the review must say"),
    ("choose = 1", "choose = 1\nchoise = 1", "“choise” is not a field here"),
    ('options.d = "Sound the horn"\n', "", "the options must be 4, with the ids a, b, c, d"),
    ('options.d = "Sound the horn"', "options.d = 4", "“d” must be a text"),
    (
        "[question.wording.en-GB.standard]",
        "[question.wording.cy.standard]",
        "standard wording in en-GB is missing",
    ),
    ("[question.wording.en-GB.standard]", "[question.words.en-GB.standard]", "“words” is not a field here"),
]


def said_of(folder: Path) -> str:
    with pytest.raises(BankFaults) as refused:
        load(folder)
    return "\n".join(str(fault) for fault in refused.value.faults)


def test_a_sound_bank_loads_with_its_pictures_size(tmp_path: Path) -> None:
    bank = load(write_bank(tmp_path))
    assert [question.id for question in bank.questions] == ["q1abcd", "q2efgh"]
    assert bank.questions[0].topic == "attitude"
    assert bank.questions[0].picture is not None
    assert (bank.questions[0].picture.width, bank.questions[0].picture.height) == (40, 40)
    assert bank.questions[1].key == {"a", "c"}
    assert len(bank.topics) == 14


@pytest.mark.parametrize(("old", "new", "sentence"), FORM_FAULTS)
def test_each_fault_of_form_is_reported(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    write_bank(tmp_path, changed(QUESTION, old, new), locked=False)
    assert sentence in said_of(tmp_path)


def test_options_of_the_simpler_wording_in_another_order_are_a_fault(tmp_path: Path) -> None:
    head, plain = QUESTION.split("[question.wording.en-GB.plain]")
    swapped = changed(
        plain, 'options.a = "Open the door"\noptions.b', 'options.b = "Open the door"\noptions.a'
    )
    write_bank(tmp_path, f"{head}[question.wording.en-GB.plain]{swapped}", locked=False)
    assert "other ids or another order" in said_of(tmp_path)


def test_sight_cannot_matter_without_a_picture(tmp_path: Path) -> None:
    write_bank(tmp_path, second=changed(SECOND, '"yes"', '"no"'), locked=False)
    assert "without a picture a question is fair without sight" in said_of(tmp_path)


def test_bad_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    write_bank(tmp_path, changed(QUESTION, "version = 1", "version ="), locked=False)
    assert "content/attitude.toml, line 4: not valid TOML" in said_of(tmp_path)


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    write_bank(tmp_path)
    (tmp_path / "content" / "attitude.toml").write_bytes(b"\xff\xfe")
    assert "content/attitude.toml: cannot be read" in said_of(tmp_path)


def test_a_topic_that_is_not_in_the_syllabus_is_a_fault(tmp_path: Path) -> None:
    write_bank(tmp_path, locked=False)
    (tmp_path / "content" / "attitude.toml").rename(tmp_path / "content" / "manners.toml")
    assert "“manners” is not a topic" in said_of(tmp_path)


def test_an_empty_bank_is_refused(tmp_path: Path) -> None:
    assert "holds no questions" in said_of(tmp_path)


def test_every_fault_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    broken = changed(
        changed(QUESTION, "difficulty = 0.3", "difficulty = 7"), 'edition = "June 2024"', "edition = 1"
    )
    write_bank(tmp_path, broken, changed(SECOND, "choose = 2", "choose = 2 3"), locked=False)
    (tmp_path / "protected_terms.toml").write_text("[cy]\n", "utf-8")
    said = said_of(tmp_path)
    assert "“difficulty” must be" in said
    assert "“edition” must be" in said
    assert "content/alertness.toml, line" in said
    assert "protected_terms.toml" in said


def test_advice_does_not_stop_a_bank_from_loading(tmp_path: Path) -> None:
    write_bank(tmp_path, changed(QUESTION, "What do you do first?", "What do you not do first?"))
    assert any("the question is negative" in finding.sentence for finding in read(tmp_path).findings)
    assert load(tmp_path).questions


def test_the_banks_digest_follows_its_content(tmp_path: Path) -> None:
    before = load(write_bank(tmp_path)).digest
    write_bank(tmp_path, changed(QUESTION, "Leave the car", "Leave the keys"), locked=False)
    lock(tmp_path)
    assert load(tmp_path).digest != before
