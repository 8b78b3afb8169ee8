"""The metadata and column kinds that every table shares, and the tables about the service itself.

Only integers (milliseconds, counts), text and bytes, so that hot statements need no type conversion.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row number given by the database; SQLite numbers rows by itself only for its own INTEGER."""


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """A text column: ids, codes, JSON documents, hex digests."""
    return sa.Column(name, sa.Text(), nullable=null)


def whole(name: str, *, null: bool = False, default: int | None = None) -> sa.Column[int]:
    """A whole number: a count, a moment (UTC ms) or a length (ms)."""
    given = None if default is None else sa.text(str(default))
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=given)


def sealed(name: str, *, null: bool = True) -> sa.Column[bytes]:
    """Bytes sealed under a person's key; empty where there is nothing to keep."""
    return sa.Column(name, sa.LargeBinary(), nullable=null)


alive = sa.Table(
    "alive",
    metadata,
    sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
    whole("at"),
)
"""One row, id 1: the service was there at this moment. A gap of ours is measured from it."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("n", ROW_NUMBER, primary_key=True, autoincrement=True),
    whole("at"),
    text("actor"),
    text("role"),
    text("centre_id", null=True),
    text("act"),
    text("about", null=True),
    text("detail"),
    sa.Index("ix_audit_about", "about"),
)
"""What staff and the system did, for investigators; no feature reads it. `detail` is JSON without personal data."""

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("name", sa.Text(), primary_key=True),
    text("value"),
)
"""Facts about this database itself, such as that it is a demonstration."""
