"""Writing the question bank: immutable versions, their keys apart, their pictures by digest, and releases."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from app.records.questions import describe
from app.records.store import Db
from app.records.tables import bank_release, picture, question_key, question_version
from question_bank.model import Blueprint, Question, digest


@dataclass(frozen=True)
class Current:
    """The newest release by number and digest."""

    n: int
    digest: str


def newest(db: Db) -> Current | None:
    """The release that papers are drawn from, or None before the first."""
    row = db.execute(
        sa.select(bank_release.c.n, bank_release.c.digest).order_by(bank_release.c.n.desc())
    ).first()
    return None if row is None else Current(row.n, row.digest)


def add_versions(db: Db, now: int, questions: Iterable[Question], pictures: Mapping[str, bytes]) -> int:
    """Add every version not there yet; how many. Raises ValueError for one that is there with other content."""
    known = _published(db)
    added = 0
    for question in questions:
        shown = _with_picture(db, question, pictures)
        document = shown.document()
        secret = json.dumps(question.secret(), sort_keys=True, ensure_ascii=False)
        content = (digest(document), secret)
        before = known.get((question.id, question.version))
        if before not in (None, content):
            raise ValueError(f"{question.id} version {question.version} was published with other content")
        if before is not None:
            continue
        keys = {"id": question.id, "version": question.version}
        text = json.dumps(document, sort_keys=True, ensure_ascii=False)
        version = {
            **keys,
            "topic": question.topic,
            "document": text,
            "digest": content[0],
            "published_at": now,
        }
        db.execute(sa.insert(question_version).inline(), version)
        key = json.dumps(sorted(question.key))
        db.execute(sa.insert(question_key).inline(), {**keys, "key": key, "explanation": secret})
        added += 1
    return added


def _published(db: Db) -> dict[tuple[str, int], tuple[str, str]]:
    """The digest of what is shown and the secret (key and why) of every version."""
    rows = db.execute(
        sa.select(
            question_version.c.id,
            question_version.c.version,
            question_version.c.digest,
            question_key.c.explanation,
        ).join(
            question_key,
            sa.and_(
                question_key.c.id == question_version.c.id,
                question_key.c.version == question_version.c.version,
            ),
        )
    )
    return {(row.id, row.version): (row.digest, row.explanation) for row in rows}


def add_release(
    db: Db, now: int, *, questions: Iterable[Question], blueprint: Blueprint, digest: str, by: str
) -> int:
    """Write a release; its number."""
    current = newest(db)
    n = (current.n if current else 0) + 1
    pool = [
        {
            "id": one.id,
            "version": one.version,
            "topic": one.topic,
            "option_ids": list(one.option_ids),
            "categories": list(one.categories),
            "choose": one.choose,
        }
        for one in questions
    ]
    categories = {code: describe(category) for code, category in blueprint.categories.items()}
    db.execute(
        sa.insert(bank_release).inline(),
        {
            "n": n,
            "digest": digest,
            "blueprint": json.dumps(categories, sort_keys=True),
            "questions": len(pool),
            "published_at": now,
            "published_by": by,
            "pool": json.dumps(pool),
        },
    )
    return n


def _with_picture(db: Db, question: Question, pictures: Mapping[str, bytes]) -> Question:
    """The question with its picture's file name replaced by the digest under which the picture is kept."""
    if question.picture is None:
        return question
    body = pictures[question.picture.file]
    name = hashlib.sha256(body).hexdigest()
    if db.execute(sa.select(picture.c.digest).where(picture.c.digest == name)).first() is None:
        db.execute(sa.insert(picture).inline(), {"digest": name, "body": body})
    return replace(question, picture=replace(question.picture, file=name))
