"""The record of published versions: a question whose content changes needs a new number. The file is text, by id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from question_bank.faults import Fault
from question_bank.model import Question, digest

LOCK = "versions.lock"
LINE = re.compile(r"(\S+) (\d+) ([0-9a-f]{64})")
Locked = Mapping[tuple[str, int], str]


def version_digest(question: Question, pictures: Path) -> str:
    """Everything that a version fixes: what is shown, what is secret, and the picture's bytes.

    Difficulty, reviews and approval are not in it: they are learned later, about the same version.
    """
    drawn = ""
    if question.picture is not None and (pictures / question.picture.file).is_file():
        drawn = hashlib.sha256((pictures / question.picture.file).read_bytes()).hexdigest()
    return digest({"document": question.document(), "secret": question.secret(), "picture": drawn})


def read_lock(path: Path, notes: list[Fault]) -> Locked:
    """(id, version) to digest. Notes a fault for each line that says nothing, or says something twice."""
    locked: dict[tuple[str, int], str] = {}
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        said = LINE.fullmatch(line)
        if said is None:
            notes.append(Fault(path.name, f"line {number}", "must be an id, a version and a digest"))
        elif (said[1], int(said[2])) in locked:
            notes.append(Fault(path.name, f"line {number}", f"{said[1]} version {said[2]} stands here twice"))
        else:
            locked[said[1], int(said[2])] = said[3]
    return locked


def compare(questions: Sequence[Question], locked: Locked, pictures: Path) -> list[Fault]:
    """A fault for each question that is not the locked one of its version, not locked, or out of date."""
    return changed(questions, locked, pictures) + [
        _fault(question, f"version {question.version} is not published: run “python -m question_bank lock”")
        for question in questions
        if (question.id, question.version) not in locked
    ]


def changed(questions: Sequence[Question], locked: Locked, pictures: Path) -> list[Fault]:
    """A fault for each question that contradicts what was published."""
    faults = []
    for question in questions:
        newest = max((version for id_, version in locked if id_ == question.id), default=0)
        known = locked.get((question.id, question.version))
        if question.version < newest:
            faults.append(_fault(question, f"version {question.version} is older than version {newest}"))
        elif known not in (None, version_digest(question, pictures)):
            faults.append(
                _fault(question, f"the content changed and the version is still {question.version}: raise it")
            )
    return faults


def write_lock(path: Path, questions: Iterable[Question], locked: Locked, pictures: Path) -> list[str]:
    """Add what is new and keep all that was; the lines added. Never changes a line that stands."""
    whole = dict(locked)
    for question in questions:
        whole.setdefault((question.id, question.version), version_digest(question, pictures))
    path.write_text(
        "".join(f"{id_} {version} {whole[id_, version]}\n" for id_, version in sorted(whole)), "utf-8"
    )
    return [f"{id_} version {version}" for id_, version in sorted(whole.keys() - locked.keys())]


def _fault(question: Question, sentence: str) -> Fault:
    return Fault(f"content/{question.topic}.toml", question.id, sentence)
