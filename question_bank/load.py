"""Loading the bank: read, check, hold against the published versions, and refuse it whole if anything is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from question_bank.check import check
from question_bank.faults import BankFaults, Fault, stopping
from question_bank.lock import LOCK, compare, read_lock, version_digest
from question_bank.model import Question, Topic, digest
from question_bank.parse import parse_file
from question_bank.plain_rules import read_terms
from question_bank.topics import TOPICS

FOLDER = Path(__file__).parent
TERMS = "protected_terms.toml"


@dataclass(frozen=True)
class Bank:
    """Every question by id order, the topics in syllabus order, and one digest over all content."""

    questions: tuple[Question, ...]
    topics: tuple[Topic, ...]
    digest: str
    pictures: Path


@dataclass(frozen=True)
class Reading:
    """A bank as found, with everything said about it; `locked` is what was published before."""

    bank: Bank
    findings: tuple[Fault, ...]
    locked: Mapping[tuple[str, int], str]


def load(folder: Path = FOLDER) -> Bank:
    """The bank of a folder (`content/*.toml`, `pictures/`, `protected_terms.toml`, `versions.lock`).

    Raises BankFaults with every fault found; advice does not stop it.
    """
    reading = read(folder)
    faults = stopping(reading.findings)
    faults += compare(reading.bank.questions, reading.locked, reading.bank.pictures)
    if faults:
        raise BankFaults(faults)
    return reading.bank


def read(folder: Path = FOLDER) -> Reading:
    """The bank as it stands with every finding but those of the lock, for editors who are still writing."""
    notes: list[Fault] = []
    pictures = folder / "pictures"
    paths = sorted((folder / "content").glob("*.toml"))
    if not paths:
        notes.append(Fault("content", "", "holds no questions"))
    parsed = [question for path in paths for question in parse_file(path, pictures, notes)]
    questions = tuple(sorted(parsed, key=lambda question: (question.id, question.topic)))
    terms = read_terms(folder / TERMS, notes)
    locked = read_lock(folder / LOCK, notes)
    findings = (*notes, *check(questions, terms))
    versions = {question.id: version_digest(question, pictures) for question in questions}
    bank = Bank(questions, TOPICS, digest(versions), pictures)
    return Reading(bank, tuple(sorted(set(findings))), locked)
