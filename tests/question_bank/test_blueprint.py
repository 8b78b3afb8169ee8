"""A category is data: what it asks, for how long, what passes, and bands with minimums."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.blueprint import load_blueprint, shortages
from question_bank.draw import PoolEntry, draw
from question_bank.faults import BankFaults
from question_bank.model import PartKind
from question_bank.topics import TOPICS

INSTRUCTOR = """
version = 1

[category.instructor]
title = "Instructor"

[[category.instructor.part]]
kind = "multiple_choice"
questions = 100
minutes = 90
pass_mark = 85

[category.instructor.part.quotas]
rules-of-the-road = 25
road-and-traffic-signs = 15
vehicle-handling = 10
documents = 25
attitude = 25

[category.instructor.part.bands]
procedure = { topics = ["rules-of-the-road"], minimum = 20 }
control = { topics = ["road-and-traffic-signs", "vehicle-handling"], minimum = 20 }
law = { topics = ["documents"], minimum = 20 }
teaching = { topics = ["attitude"], minimum = 20 }

[[category.instructor.part]]
kind = "hazard_perception"
questions = 14
minutes = 20
pass_mark = 14

[category.instructor.part.quotas]
hazard-awareness = 14
"""

FAULTS = [
    ("version = 1", "", "“version” is missing"),
    ("version = 1", "version = 1\nedition = 2", "“edition” is not a field here"),
    ('title = "Instructor"', "", "“title” is missing"),
    ('kind = "multiple_choice"', 'kind = "essay"', "“essay” is not a kind of part"),
    ("questions = 100", "questions = 99", "the quotas add up to 100, and the part has 99 questions"),
    ("minutes = 90", "minutes = 0", "“minutes” must be a whole number, 1 or more"),
    ("pass_mark = 85", "pass_mark = 101", "the pass mark 101 is above the 100 questions"),
    ("documents = 25", "papers = 25", "“papers” is not a topic"),
    ('["documents"]', '["motorway-rules"]', "a band names “motorway-rules”, which has no quota"),
    ('["documents"]', '["attitude"]', "“attitude” stands in 2 bands; it must stand in one"),
    ('["documents"], minimum = 20', '["documents"], minimum = 26', "band law wants 26 right and asks 25"),
    ('["documents"], minimum = 20', '["documents"], least = 20', "“least” is not a field here"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "blueprint.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_car_test_asks_50_questions_over_all_topics_in_57_minutes() -> None:
    part = load_blueprint().categories["car"].parts[0]
    assert (part.questions, part.minutes, part.pass_mark) == (50, 57, 43)
    assert set(part.quotas) == {topic.code for topic in TOPICS}
    assert not part.bands


def test_the_short_paper_asks_10_questions_in_12_minutes() -> None:
    category = load_blueprint().categories["car-short"]
    assert category.title == "Car, short practice paper"
    assert (category.parts[0].questions, category.parts[0].minutes, category.parts[0].pass_mark) == (
        10,
        12,
        8,
    )


def test_bands_with_minimums_and_a_second_part_are_data(tmp_path: Path) -> None:
    instructor = load_blueprint(written(tmp_path, INSTRUCTOR)).categories["instructor"]
    questions, hazards = instructor.parts
    assert questions.bands["control"].topics == ("road-and-traffic-signs", "vehicle-handling")
    assert questions.bands["control"].minimum == 20
    assert hazards.kind is PartKind.HAZARD_PERCEPTION
    pool = [
        PoolEntry(f"q{n}{topic}", 1, topic, ("a", "b", "c", "d"))
        for topic in questions.quotas
        for n in range(30)
    ]
    assert len(draw(questions, pool, 7).questions) == 100


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_each_fault_of_a_blueprint_is_reported(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in INSTRUCTOR
    with pytest.raises(BankFaults) as refused:
        load_blueprint(written(tmp_path, INSTRUCTOR.replace(old, new, 1)))
    assert sentence in str(refused.value)


def test_faults_of_a_blueprint_are_reported_together(tmp_path: Path) -> None:
    text = INSTRUCTOR.replace("minutes = 90", "minutes = 0").replace("pass_mark = 85", "pass_mark = 101")
    with pytest.raises(BankFaults) as refused:
        load_blueprint(written(tmp_path, text))
    assert len(refused.value.faults) == 2


def test_a_blueprint_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BankFaults, match=r"line 2: not valid TOML"):
        load_blueprint(written(tmp_path, "version = 1\ntitle =\n"))


def test_a_quota_that_the_bank_cannot_fill_is_named() -> None:
    said = [fault.sentence for fault in shortages(load_blueprint(), [])]
    assert "topic alertness needs 3 questions and the bank has 0" in said
    assert len(said) == 14 + 9
