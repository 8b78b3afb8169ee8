"""Answers to the questions after a test. No column leads to a person, a sitting or a moment."""

import sqlalchemy as sa

from app.records.tables.house import metadata, text

survey_answer = sa.Table(
    "survey_answer",
    metadata,
    sa.Column("set_id", sa.Text(), primary_key=True),
    sa.Column("question", sa.Text(), primary_key=True),
    sa.Column("centre_id", sa.Text(), sa.ForeignKey("centre.id"), nullable=False),
    text("category", null=True),
    text("period"),
    text("answer"),
    sqlite_with_rowid=False,
)
"""One answer. `set_id` is random, one a person's set; equality answers have another and no category.

`period` is the centre's day (2026-11-23) for questions about the test, its month (2026-11) for those about the person.
Keyed by random ids, so that on SQLite not even the order of the rows tells who came before whom.
"""
