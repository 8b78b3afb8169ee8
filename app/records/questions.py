"""The published question bank: content for pages, pictures, and the release that papers are drawn from.

The keys are joined in `papers.to_mark` alone.
"""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import bank_release, question_version
from app.records.tables import picture as pictures
from question_bank.model import Band, CandidateQuestion, Category, Part, PartKind


@dataclass(frozen=True)
class PoolQuestion:
    """One question that a paper may be drawn from."""

    id: str
    version: int
    topic: str
    option_ids: tuple[str, ...]
    categories: tuple[str, ...]
    choose: int


@dataclass(frozen=True)
class Release:
    """One publication of the bank: its categories and its pool."""

    n: int
    digest: str
    categories: dict[str, Category]
    pool: tuple[PoolQuestion, ...]


def content(db: Db, *, question_id: str, version: int) -> CandidateQuestion | None:
    """What people are shown of one version; its picture's `file` is the digest that `picture` takes."""
    found = db.execute(
        sa.select(question_version.c.document).where(
            question_version.c.id == question_id, question_version.c.version == version
        )
    ).scalar()
    return None if found is None else CandidateQuestion.from_document(json.loads(found))


def picture(db: Db, *, digest: str) -> bytes | None:
    """The SVG with this digest."""
    found = db.execute(sa.select(pictures.c.body).where(pictures.c.digest == digest)).scalar()
    return None if found is None else bytes(found)


def newest_release(db: Db) -> Release | None:
    """The bank as last published; None before the first time."""
    row = db.execute(sa.select(bank_release).order_by(bank_release.c.n.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    categories = {code: _category(code, told) for code, told in json.loads(row["blueprint"]).items()}
    pool = tuple(
        PoolQuestion(
            q["id"], q["version"], q["topic"], tuple(q["option_ids"]), tuple(q["categories"]), q["choose"]
        )
        for q in json.loads(row["pool"])
    )
    return Release(row["n"], row["digest"], categories, pool)


def category_titles(db: Db) -> dict[str, str]:
    """The title of every category of the newest release, by code."""
    release = newest_release(db)
    return {} if release is None else {code: category.title for code, category in release.categories.items()}


def describe(category: Category) -> dict[str, Any]:
    """A category ready for JSON; `newest_release` reads it back."""
    return {
        "title": category.title,
        "parts": [
            {
                "kind": part.kind.value,
                "questions": part.questions,
                "minutes": part.minutes,
                "pass_mark": part.pass_mark,
                "quotas": dict(part.quotas),
                "bands": {name: [list(band.topics), band.minimum] for name, band in part.bands.items()},
            }
            for part in category.parts
        ],
    }


def _category(code: str, told: dict[str, Any]) -> Category:
    parts = tuple(
        Part(
            kind=PartKind(part["kind"]),
            questions=part["questions"],
            minutes=part["minutes"],
            pass_mark=part["pass_mark"],
            quotas=part["quotas"],
            bands={name: Band(tuple(topics), least) for name, (topics, least) in part["bands"].items()},
        )
        for part in told["parts"]
    )
    return Category(code, told["title"], parts)
