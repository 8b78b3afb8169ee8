"""Reading the blueprint: what each category asks, for how long, and what passes. Drawing lives in `draw`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from question_bank.faults import BankFaults, Fault
from question_bank.model import Band, Blueprint, Category, Part, PartKind, Question
from question_bank.tables import Table, read_toml
from question_bank.topics import TOPICS

BLUEPRINT = Path(__file__).with_name("blueprint.toml")
CODES = frozenset(topic.code for topic in TOPICS)


def load_blueprint(path: Path = BLUEPRINT) -> Blueprint:
    """Every category by its code. Raises BankFaults with every fault found."""
    notes: list[Fault] = []
    whole = read_toml(path, path.name, notes)
    if notes:
        raise BankFaults(notes)
    version = whole.whole("version")
    categories: dict[str, Category] = {}
    for code in whole.table("category").values:
        table = whole.table("category").table(code, f"category {code}")
        categories[code] = _category(code, table)
    whole.finish()
    if notes:
        raise BankFaults(notes)
    return Blueprint(version=version, categories=categories)


def shortages(blueprint: Blueprint, questions: Iterable[Question]) -> list[Fault]:
    """A fault for every quota that the bank's questions cannot fill."""
    held: dict[tuple[str, str], int] = {}
    for question in questions:
        for category in question.categories:
            held[category, question.topic] = held.get((category, question.topic), 0) + 1
    return [
        Fault(
            BLUEPRINT.name,
            f"category {category.code}",
            f"topic {topic} needs {quota} questions and the bank has {held.get((category.code, topic), 0)}",
        )
        for category in blueprint.categories.values()
        for part in category.parts
        for topic, quota in part.quotas.items()
        if held.get((category.code, topic), 0) < quota
    ]


def _category(code: str, table: Table) -> Category:
    title = table.text("title")
    parts = tuple(_part(one) for one in table.tables("part"))
    table.finish()
    return Category(code=code, title=title, parts=parts)


def _part(table: Table) -> Part:
    kind = table.text("kind")
    if kind not in set(PartKind):
        table.note(f"“{kind}” is not a kind of part")
    part = Part(
        kind=PartKind(kind) if kind in set(PartKind) else PartKind.MULTIPLE_CHOICE,
        questions=table.whole("questions"),
        minutes=table.whole("minutes"),
        pass_mark=table.whole("pass_mark"),
        quotas=_quotas(table.table("quotas")),
        bands=_bands(table.table("bands")) if table.has("bands") else {},
    )
    table.finish()
    _check_sums(part, table)
    return part


def _quotas(table: Table) -> Mapping[str, int]:
    quotas = {topic: table.whole(topic) for topic in table.values}
    for topic in quotas.keys() - CODES:
        table.note(f"“{topic}” is not a topic")
    return quotas


def _bands(table: Table) -> Mapping[str, Band]:
    bands: dict[str, Band] = {}
    for name in table.values:
        one = table.table(name)
        bands[name] = Band(topics=one.texts("topics"), minimum=one.whole("minimum", 0))
        one.finish()
    return bands


def _check_sums(part: Part, table: Table) -> None:
    total = sum(part.quotas.values())
    if total != part.questions:
        table.note(f"the quotas add up to {total}, and the part has {part.questions} questions")
    if part.pass_mark > part.questions:
        table.note(f"the pass mark {part.pass_mark} is above the {part.questions} questions")
    placed = [topic for band in part.bands.values() for topic in band.topics]
    for topic in sorted(set(placed) - part.quotas.keys()):
        table.note(f"a band names “{topic}”, which has no quota")
    if part.bands:
        for topic in sorted(part.quotas):
            if placed.count(topic) != 1:
                table.note(f"“{topic}” stands in {placed.count(topic)} bands; it must stand in one")
    for name, band in part.bands.items():
        most = sum(part.quotas.get(topic, 0) for topic in band.topics)
        if band.minimum > most:
            table.note(f"band {name} wants {band.minimum} right and asks {most}")
