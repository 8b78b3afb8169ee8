"""Runs the migrations on a connection that the caller opened and will commit. Nothing of the service is imported."""

import sqlalchemy as sa
from alembic import context


def run() -> None:
    """One transaction for all; tables are rebuilt in batches on SQLite, which cannot alter them."""
    connection = context.config.attributes.get("connection")
    if not isinstance(connection, sa.Connection):
        raise SystemExit("Migrations run through `python -m app migrate`: it locks, checks and commits.")
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("metadata"),
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
