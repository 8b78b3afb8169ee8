"""The file, the schema and the references between rows: what the engine can say about itself, and what it cannot."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from app.records.store.failures import Unfit
from app.records.store.fitness import SCHEMA, append_only_triggers, expected_triggers
from app.records.tables import metadata
from app.records.verifying.tally import Tally

MOST_FROM_THE_ENGINE = 20


def head(db: sa.Connection) -> str:
    """Where the database stands among the migrations. Raises Unfit for one that no migration has made."""
    heads = MigrationContext.configure(db).get_current_heads()
    if len(heads) != 1:
        raise Unfit("This is no database of Clearway: no migration has made it.")
    return heads[0]


def version_faults(db: sa.Connection, _: Tally) -> Iterator[str]:
    """None: a database of another version raises Unfit. What its rows must hold is that version's to say."""
    found = head(db)
    if found != SCHEMA.head:
        raise Unfit(
            f"The database is at {found} and this version needs {SCHEMA.head}: only its own version can verify it."
        )
    yield from ()


def engine_faults(db: sa.Connection, _: Tally) -> Iterator[str]:
    """What the engine finds when it reads every page. It sees damage, never a value that somebody changed."""
    if db.dialect.name == "sqlite":
        for (line,) in db.exec_driver_sql(f"PRAGMA integrity_check({MOST_FROM_THE_ENGINE})"):
            if line != "ok":
                yield f"SQLite says of its file: {' '.join(str(line).split())}."
        return
    failed = db.exec_driver_sql(
        "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    ).scalar()
    if failed:
        yield f"PostgreSQL met {failed} damaged pages in this database."


def schema_faults(db: sa.Connection, _: Tally) -> Iterator[str]:
    """Tables, columns, keys and indexes beside those of this version; triggers that are gone or switched off."""
    for difference in compare_metadata(MigrationContext.configure(db), metadata):
        what = difference[0] if isinstance(difference, list) else difference
        thing = what[-1] if isinstance(what[-1], sa.schema.SchemaItem) else what[1]
        yield f"The schema is not this version's: {what[0]} {getattr(thing, 'name', thing)}."
    lost = expected_triggers(db.dialect.name, SCHEMA.append_only) - append_only_triggers(db)
    for name in sorted(lost):
        yield f"The trigger {name}, which keeps rows from being changed, is gone or switched off."


def reference_faults(db: sa.Connection, _: Tally) -> Iterator[str]:
    """Rows that point at a row that is not there: whole sittings, people or questions that were taken away."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            there = sa.alias(key.referred_table)
            is_target = sa.and_(*(e.parent == there.c[e.column.name] for e in key.elements))
            points = sa.and_(*(column.is_not(None) for column in key.columns))
            astray = (
                sa.select(sa.func.count())
                .select_from(table)
                .where(points, ~sa.exists().where(is_target).correlate(table))
            )
            count = db.execute(astray).scalar_one()
            if count:
                rows = (
                    f"1 row of {table.name} points" if count == 1 else f"{count} rows of {table.name} point"
                )
                yield f"{rows} at a {key.referred_table.name} that is not there."
