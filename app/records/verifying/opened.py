"""A database opened to be looked at: nothing can be written through it, and no server is kept from its work."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from app.records.store.engines import BUSY_MS, driver, postgres_engine, sqlite_path
from app.records.store.failures import Unfit


def read_only(path: Path) -> sqlite3.Connection:
    """The driver's own connection to a file that must be there. Raises Unfit when it is not, or cannot be opened."""
    if not path.is_file():
        raise Unfit(f"There is no database at {path}.")
    try:
        raw = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=BUSY_MS / 1000
        )
    except sqlite3.OperationalError as error:
        raise Unfit(f"{path} cannot be opened: {error}.") from error
    raw.execute("PRAGMA query_only=ON")
    raw.execute("PRAGMA mmap_size=0")
    return raw


@contextlib.contextmanager
def opened(url: str) -> Iterator[sa.Connection]:
    """A connection that only reads, to either kind of database. Raises Unfit when there is none."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        engine = _sqlite(sqlite_path(url))
    else:
        engine = postgres_engine(url, isolation="REPEATABLE READ", read_only=True)
    try:
        db = engine.connect()
    except sa.exc.OperationalError as error:
        raise Unfit(f"The database cannot be reached: {str(error.orig).splitlines()[0]}.") from error
    with db:
        yield db


@contextlib.contextmanager
def one_moment(db: sa.Connection) -> Iterator[None]:
    """Everything read within is of the same moment. Kept short: a log cannot be emptied past an open one."""
    with db.begin():
        if db.dialect.name == "postgresql":
            driver(db).execute("SET LOCAL statement_timeout = 0")
        yield


def _sqlite(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://", creator=lambda: read_only(path), poolclass=sa.pool.NullPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def begun(db: sa.Connection) -> None:
        driver(db).execute("BEGIN")

    return engine
