"""The question bank as published: immutable versions, with the keys in a table of their own."""

import sqlalchemy as sa

from app.records.tables.house import metadata, sealed, text, whole

bank_release = sa.Table(
    "bank_release",
    metadata,
    sa.Column("n", sa.BigInteger(), primary_key=True, autoincrement=False),
    text("digest"),
    text("blueprint"),
    whole("questions"),
    whole("published_at"),
    text("published_by"),
    text("pool"),
)
"""One publication. `pool` is JSON: the id, version, topic, option ids and categories of every question in it."""

question_version = sa.Table(
    "question_version",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    sa.Column("version", sa.BigInteger(), primary_key=True, autoincrement=False),
    text("topic"),
    text("document"),
    text("digest"),
    whole("published_at"),
)
"""What people are shown, as JSON; it holds nothing from which the key could be told."""

question_key = sa.Table(
    "question_key",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    sa.Column("version", sa.BigInteger(), primary_key=True, autoincrement=False),
    text("key"),
    text("explanation"),
    sa.ForeignKeyConstraint(["id", "version"], ["question_version.id", "question_version.version"]),
)
"""Read by marking alone. `key` is a JSON list of option ids."""

picture = sa.Table(
    "picture",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    sealed("body", null=False),
)
"""An SVG picture by the digest of its bytes, so that a question can be shown again exactly as it was."""
