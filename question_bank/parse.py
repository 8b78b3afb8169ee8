"""Turning one file of content into questions. What a good question is, is judged in `check`."""

from __future__ import annotations

from pathlib import Path

from question_bank.faults import Fault
from question_bank.model import FIRST_LANGUAGE, STANDARD, FairWithoutSight, Picture, Question, Review, Wording
from question_bank.pictures import inspect
from question_bank.tables import Table, read_toml


def parse_file(path: Path, pictures: Path, notes: list[Fault]) -> list[Question]:
    """The questions of one topic's file; the file is named for the topic. Notes every fault of form."""
    file = f"content/{path.name}"
    before = len(notes)
    whole = read_toml(path, file, notes)
    if len(notes) > before:
        return []
    questions = []
    for number, table in enumerate(whole.tables("question"), start=1):
        written = table.values.get("id")
        table.place = written if isinstance(written, str) and written else f"question {number} of the file"
        questions.append(_question(table, path.stem, pictures))
    whole.finish()
    return questions


def _question(table: Table, topic: str, pictures: Path) -> Question:
    wordings, option_ids = _wordings(table.table("wording"))
    question = Question(
        id=table.text("id"),
        version=table.whole("version"),
        topic=topic,
        categories=table.texts("categories"),
        choose=table.whole("choose"),
        option_ids=option_ids,
        key=frozenset(table.texts("key")),
        wordings=wordings,
        explanation=table.text("explanation"),
        rule=table.text("rule"),
        edition=table.text("edition"),
        difficulty=table.share("difficulty"),
        picture=_picture(table.table("picture"), pictures) if table.has("picture") else None,
        fair_without_sight=_fair(table),
        review=tuple(_review(one) for one in table.tables("review")),
        approval=table.text("approval") if table.has("approval") else None,
    )
    table.finish()
    return question


def _wordings(table: Table) -> tuple[dict[tuple[str, str], Wording], tuple[str, ...]]:
    """All wordings, and the option ids in the order of the first language's standard wording."""
    wordings: dict[tuple[str, str], Wording] = {}
    ids: dict[tuple[str, str], tuple[str, ...]] = {}
    for language in table.values:
        worded = table.table(language)
        for wording in worded.values:
            said = worded.table(wording, f"{table.place} ({language}, {wording})")
            options = said.table("options")
            ids[language, wording] = tuple(options.values)
            stem = said.text("stem")
            wordings[language, wording] = Wording(stem, tuple(options.text(one) for one in options.values))
            said.finish()
    option_ids = ids.get((FIRST_LANGUAGE, STANDARD), ())
    if not option_ids:
        table.note(f"the {STANDARD} wording in {FIRST_LANGUAGE} is missing")
    for (language, wording), found in ids.items():
        if option_ids and found != option_ids:
            table.note(f"the options of ({language}, {wording}) have other ids or another order")
    return wordings, option_ids


def _picture(table: Table, pictures: Path) -> Picture:
    file, description = table.text("file"), table.text("description")
    table.finish()
    drawing = inspect(pictures / file)
    for fault in drawing.faults if file else ():
        table.note(fault)
    return Picture(file, description, drawing.width, drawing.height)


def _fair(table: Table) -> FairWithoutSight:
    value = table.text("fair_without_sight")
    if value in set(FairWithoutSight):
        return FairWithoutSight(value)
    table.note("“fair_without_sight” must be yes, alternative or no")
    return FairWithoutSight.NO


def _review(table: Table) -> Review:
    review = Review(table.text("reader"), table.day("on"), table.text("step"), table.text("found"))
    table.finish()
    return review
