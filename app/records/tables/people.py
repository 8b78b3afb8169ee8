"""Centres, candidates, staff, and the browsers they come with."""

import sqlalchemy as sa

from app.records.tables.house import metadata, sealed, text, whole

centre = sa.Table(
    "centre",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    text("code"),
    text("name"),
    text("time_zone"),
    text("opens"),
    text("closes"),
    text("kind"),
    whole("opened_at"),
    sa.UniqueConstraint("code"),
)
"""`opens` and `closes` are local times such as 08:30; `kind` is `place` or `remote`."""

person_key = sa.Table(
    "person_key",
    metadata,
    sa.Column("person_id", sa.Text(), primary_key=True),
    sealed("wrapped", null=False),
    whole("created_at"),
)
"""One data key a person, wrapped by the site key. Deleting the row erases what was sealed under it."""

candidate = sa.Table(
    "candidate",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    sealed("name"),
    sealed("born"),
    sealed("licence"),
    text("licence_digest"),
    whole("created_at"),
    sa.Index("ix_candidate_licence_digest", "licence_digest"),
)

preference = sa.Table(
    "preference",
    metadata,
    sa.Column("candidate_id", sa.Text(), sa.ForeignKey("candidate.id"), primary_key=True),
    text("sitting_id"),
    sealed("chosen", null=False),
    whole("kept"),
    whole("changed_at"),
)
"""What a candidate chose about pages, sealed. `kept` is 1 when they want it at their next sitting too; else the row
serves `sitting_id` alone and goes with it."""

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    text("name"),
    text("email"),
    text("password"),
    whole("joined_at"),
    whole("disabled_at", null=True),
    sa.UniqueConstraint("email"),
)
"""`password` is an argon2 hash; `email` is stored in lower case."""

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("staff_id", sa.Text(), sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("n", sa.BigInteger(), primary_key=True, autoincrement=False),
    text("role"),
    sa.Column("centre_id", sa.Text(), sa.ForeignKey("centre.id"), nullable=True),
    whole("since"),
    whole("until"),
    text("granted_by"),
)
"""One role at one centre until a moment; no centre: all of them (administrators)."""

invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    text("name"),
    text("email"),
    text("role"),
    sa.Column("centre_id", sa.Text(), sa.ForeignKey("centre.id"), nullable=True),
    whole("until"),
    whole("created_at"),
    text("created_by"),
    whole("used_at", null=True),
)
"""A one-time link by which somebody joins the staff; only the digest of its secret is kept."""

web_session = sa.Table(
    "web_session",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    text("kind"),
    text("person_id"),
    text("centre_id", null=True),
    text("sitting_id", null=True),
    whole("opened_at"),
    whole("until"),
    whole("ended_at", null=True),
    sa.Index("ix_web_session_person_id", "person_id"),
)
"""A signed-in browser, of kind `candidate` or `staff`. The row exists so that it can be ended at once."""

desk = sa.Table(
    "desk",
    metadata,
    sa.Column("device", sa.Text(), primary_key=True),
    text("word"),
    whole("tries", default=0),
    whole("last_try_at"),
    sa.UniqueConstraint("word"),
)
"""Wrong codes typed at one browser; `word` is what its screen shows for staff to allow it again."""
