"""Makes a table keep its rows for ever, for use in migrations. The start of the service compares the names below."""

from alembic import op

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION keep_forever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def keep_forever(table: str) -> None:
    """Refuse changes and removals of rows. Call it again at the end of each migration that rebuilds the table:
    on SQLite a batch rebuild drops the triggers without a word.

    SQLite: `<table>_no_update` and `<table>_no_delete`, which abort the statement and never roll back more.
    PostgreSQL: `<table>_no_change`, which stops TRUNCATE too.
    """
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
        return
    op.execute(POSTGRES_FUNCTION)
    op.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_forever()"
    )
