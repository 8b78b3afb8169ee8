"""What an operator types to keep what is stored: `python -m app backup|restore|verify`.

PostgreSQL has tools of its own for the first two, and the verbs name them.
"""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app import terminal
from app.clock import SystemClock
from app.records import backup as backups
from app.records import restore as restoring
from app.records.keyring import Keyring
from app.records.store import Unfit
from app.records.store.engines import sqlite_path
from app.records.verifying import Tally, faults
from app.settings import Settings, read_secret

UNSOUND = 1
MOST_TOLD = 100
BEHIND_THE_SERVICE = 10  # of 19: whoever sits at a test comes first
DUMP = 'pg_dump --format=custom --file=clearway.dump "$DATABASE_URL"'
UNDUMP = 'pg_restore --no-owner --single-transaction --dbname="$DATABASE_URL" clearway.dump'


def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or the file to write.")],
    plain: terminal.Plain = False,
) -> None:
    """Copy the database to a file, read the copy again, and say what it holds. The service may run."""
    with terminal.refusals():
        os.nice(BEHIND_THE_SERVICE)
        settings, now, began = Settings(), SystemClock().now_ms(), time.perf_counter()
        database = _sqlite_file(settings, f"Type: {DUMP}")
        if not database.exists():
            raise Unfit(f"There is no database at {database}, so there is nothing to back up.")
        file = target / f"clearway-{_moment(now):%Y%m%dT%H%M%SZ}.db" if target.is_dir() else target
        if not file.parent.is_dir():
            raise Unfit(f"There is no folder {file.parent}.")
        with terminal.at_work("Copying the database and reading the copy", plain):
            done = backups.back_up(database, file, _keyring_if_any(settings))
        typer.echo(
            f"Backed up {_sittings(done.sittings)}, with all that was saved until {_told_moment(now)}, to {file}"
            f" ({done.size / 1e6:,.1f} MB) in {time.perf_counter() - began:.1f} s."
        )
        typer.echo(
            f"The secret is not in it: keep a copy of {settings.secret_path} elsewhere, for it opens the names."
        )
        _tell_faults(done.faults)


def restore(
    file: Annotated[Path, typer.Argument(help="The back-up.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Keep the database that is there under a dated name.")
    ] = False,
    plain: terminal.Plain = False,
) -> None:
    """Put a back-up in the database's place, with the service stopped. Nothing is ever deleted."""
    with terminal.refusals():
        settings, now = Settings(), SystemClock().now_ms()
        database = _sqlite_file(settings, f"For an empty database, type: {UNDUMP}")
        if not settings.secret_path.exists():
            raise Unfit(
                f"Put the site's secret in {settings.secret_path} first: a new one could open nobody's name."
            )
        keyring = Keyring(read_secret(settings.secret_path))
        with terminal.at_work("Checking the back-up and putting it in place", plain):
            done = restoring.restore(file, database, now, keyring, replace=replace)
        known = f" as they were at {_told_moment(done.until)}" if done.until is not None else ""
        typer.echo(
            f"Restored {_sittings(done.sittings)}{known}. {done.staff_signed_out} staff browsers were signed out."
        )
        if done.aside is not None:
            typer.echo(f"The database that was here is kept as {done.aside}.")
        if not done.had_digest:
            typer.echo(
                "No SHA-256 stood beside the back-up, so that a changed byte in it might not have been seen."
            )
        if done.faults is None:
            typer.echo(f"It is of version {done.version}. Now type: python -m app migrate")
        _tell_faults(done.faults)


def verify(
    file: Annotated[Path | None, typer.Argument(help="A back-up; without it, this site's database.")] = None,
) -> None:
    """Read all that is stored and say whether it is what was written. Changes nothing; the service may run."""
    with terminal.refusals():
        os.nice(BEHIND_THE_SERVICE)
        settings = Settings()
        if not _told(
            f"sqlite:///{file.absolute()}" if file else settings.database, _keyring_if_any(settings)
        ):
            raise typer.Exit(UNSOUND)


def _told(url: str, keyring: Keyring | None) -> bool:
    """Say what a database holds and what is wrong with it; whether nothing is."""
    tally, found = Tally(), 0
    for fault in faults(url, tally, keyring):
        found += 1
        if found <= MOST_TOLD:
            typer.echo(fault)
    if found > MOST_TOLD:
        typer.echo(f"And {found - MOST_TOLD} more.")
    typer.echo(
        f"Looked at {tally.sittings:,} sittings with {tally.moves:,} moves, {tally.answers:,} answers and"
        f" {tally.outcomes:,} outcomes; at {tally.people:,} candidates and {tally.questions:,} questions."
    )
    if found:
        typer.echo(f"The database is NOT sound: {found:,} {'fault' if found == 1 else 'faults'}, told above.")
        return False
    typer.echo(
        "The database is sound: the engine finds no damage, every row points at rows that are there, every chain holds,"
        " every clock is the sum of its moves, and every result is what its answers deserve."
    )
    if keyring is None:
        typer.echo("There is no secret here, so that no sealed name was opened.")
    typer.echo(
        "Not looked for: a chain that somebody with the database's password made anew from end to end. Only signatures"
        " kept elsewhere could tell, and this version makes none."
    )
    return True


def _keyring_if_any(settings: Settings) -> Keyring | None:
    return Keyring(read_secret(settings.secret_path)) if settings.secret_path.exists() else None


def _sqlite_file(settings: Settings, otherwise: str) -> Path:
    """The database's file. Raises Unfit for PostgreSQL, naming the command of its own that does the same."""
    if not settings.database.startswith("sqlite"):
        raise Unfit(f"This database is PostgreSQL, which has its own tools. {otherwise}")
    return sqlite_path(settings.database)


def _tell_faults(found: Sequence[str] | None) -> None:
    """What the rows of a copy have wrong: it is kept all the same, and the exit code says that somebody must look."""
    if not found:
        return
    for fault in found[:MOST_TOLD]:
        typer.echo(fault, err=True)
    faults = "fault" if len(found) == 1 else "faults"
    typer.echo(f"It is NOT sound: {len(found):,} {faults} in all.", err=True)
    raise typer.Exit(UNSOUND)


def _sittings(count: int) -> str:
    return "1 sitting" if count == 1 else f"{count:,} sittings"


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC)


def _told_moment(at_ms: int) -> str:
    return f"{_moment(at_ms):%d %B %Y %H:%M:%S} UTC"
