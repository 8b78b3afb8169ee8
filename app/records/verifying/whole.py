"""Everything that can be checked, one part after the other; damage that stops one part stops no other."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

import sqlalchemy as sa

from app.records.keyring import Keyring
from app.records.verifying import contents, structure
from app.records.verifying.chains import chain_faults
from app.records.verifying.courses import course_faults
from app.records.verifying.opened import one_moment, opened
from app.records.verifying.stories import stories
from app.records.verifying.tally import Tally

Part = Callable[[sa.Connection, Tally], Iterator[str]]
AT_ONE_MOMENT: tuple[Part, ...] = (
    structure.version_faults,
    structure.engine_faults,
    structure.schema_faults,
    structure.reference_faults,
    contents.bank_faults,
)


def faults(url: str, tally: Tally, keyring: Keyring | None = None) -> Iterator[str]:
    """Everything that is not as it must be, a sentence each, as it is found; and in the tally what was looked at.

    Without a keyring nothing that is sealed is opened. Raises Unfit for a database that is not there, or that is of
    another version.
    """
    people: Part = partial(contents.people_faults, keyring=keyring)
    with opened(url) as db:
        for part in (*AT_ONE_MOMENT, people):
            yield from _told(db, tally, partial(_at_one_moment, part))
        yield from _told(db, tally, _sitting_faults)


def _told(db: sa.Connection, tally: Tally, part: Part) -> Iterator[str]:
    try:
        yield from part(db, tally)
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        words = str(getattr(error, "orig", error)).strip().splitlines()[0]
        yield f"The database is damaged, and part of it could not be read: {words}."


def _at_one_moment(part: Part, db: sa.Connection, tally: Tally) -> Iterator[str]:
    with one_moment(db):
        yield from part(db, tally)


def _sitting_faults(db: sa.Connection, tally: Tally) -> Iterator[str]:
    with one_moment(db):
        keys = contents.keys(db)
    for story in stories(db, tally):
        about = f"Sitting {story.row['id']} of centre {story.row['centre_id']}"
        for words in (*chain_faults(story), *course_faults(story, keys)):
            yield f"{about}: {words}."
