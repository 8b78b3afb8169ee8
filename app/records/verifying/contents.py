"""People and questions: every sealed value opens with this site's secret, every question is what was published."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.records.keyring import Keyring, SealBroken
from app.records.tables import candidate, person_key, picture, question_key, question_version
from app.records.verifying.tally import Tally
from question_bank.model import digest

STREAMED = {"yield_per": 100}
SOME = 20  # a secret that opens none of so many is another site's
SEALED = ("name", "born", "licence")
_PEOPLE = sa.select(
    candidate.c.id, candidate.c.name, candidate.c.born, candidate.c.licence, person_key.c.wrapped
).outerjoin(person_key, person_key.c.person_id == candidate.c.id)
_BANK = sa.select(question_version, question_key.c.key, question_key.c.explanation).outerjoin(
    question_key,
    sa.and_(question_key.c.id == question_version.c.id, question_key.c.version == question_version.c.version),
)


def opens(db: sa.Connection, keyring: Keyring) -> bool:
    """Whether this is the secret that the people of this database are sealed under; true when there is nobody."""
    some = [bytes(wrapped) for wrapped in db.execute(sa.select(person_key.c.wrapped).limit(SOME)).scalars()]
    return not some or any(_unwraps(keyring, wrapped) for wrapped in some)


def _unwraps(keyring: Keyring, wrapped: bytes) -> bool:
    try:
        return bool(keyring.seal(wrapped, "", "", ""))
    except SealBroken:
        return False


def people_faults(db: sa.Connection, tally: Tally, keyring: Keyring | None) -> Iterator[str]:
    """Candidates whose data do not open. One who was erased has no key any more, and that is as it should be."""
    if keyring is not None and not opens(db, keyring):
        yield "The secret here is not the one that this database is sealed under: nobody's name can be opened."
        keyring = None
    for one in db.execute(_PEOPLE, execution_options=STREAMED):
        tally.people += 1
        if keyring is None or one.wrapped is None:
            continue
        for column in SEALED:
            sealed = getattr(one, column)
            try:
                if sealed is not None:
                    keyring.unseal(bytes(one.wrapped), f"candidate.{column}", one.id, bytes(sealed))
            except SealBroken:
                yield f"Candidate {one.id}: the sealed {column} does not open."


def bank_faults(db: sa.Connection, tally: Tally) -> Iterator[str]:
    """Questions and pictures that are not what was published, and questions without a key."""
    for one in db.execute(_BANK, execution_options=STREAMED):
        tally.questions += 1
        try:
            words = _of_question(one)
        except (LookupError, TypeError, ValueError) as error:
            words = f"it cannot be read ({type(error).__name__})"
        if words is not None:
            yield f"Question {one.id}, version {one.version}: {words}."
    for one in db.execute(sa.select(picture), execution_options=STREAMED):
        if hashlib.sha256(bytes(one.body)).hexdigest() != one.digest:
            yield f"Picture {one.digest}: it is not the one that was published."


def _of_question(one: sa.Row[Any]) -> str | None:
    if digest(json.loads(one.document)) != one.digest:
        return "its words are not those that were published"
    if one.key is None:
        return "its key is gone, so that nothing can be marked by it"
    same = json.loads(one.key) == json.loads(one.explanation)["key"]
    return None if same else "its key is not the one that was published"


def keys(db: sa.Connection) -> dict[tuple[str, int], frozenset[str]]:
    """The key of every question by its id and version, for marking again."""
    rows = db.execute(sa.select(question_key.c.id, question_key.c.version, question_key.c.key))
    return {(row.id, row.version): frozenset(json.loads(row.key)) for row in rows}
