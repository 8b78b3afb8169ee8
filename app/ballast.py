"""What an operator types before and on the day that the disk is full: `python -m app ballast`, then with `--release`.

A file that only takes up room can be given up at once, whatever it was that filled the disk.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from app import terminal
from app.records.store import Unfit
from app.records.store.engines import sqlite_path
from app.settings import Settings

SIZE_MB = 200  # thousands of sittings can be finished in it
NAME = "ballast"


def ballast(
    release: Annotated[bool, typer.Option("--release", help="Give the room back: the disk is full.")] = False,
) -> None:
    """Take up 200 MB beside the database, to be given back on the day that the disk is full. The service may run."""
    with terminal.refusals():
        file = _folder(Settings()) / NAME
        if release:
            _release(file)
            typer.echo(
                f"{SIZE_MB} MB are free again, and answers can be saved. Find out what filled the disk,"
            )
            typer.echo("make room, and type this again without --release.")
        else:
            _take(file)
            typer.echo(
                f"{file} takes up {SIZE_MB} MB. When the disk is full, type: python -m app ballast --release"
            )


def _folder(settings: Settings) -> Path:
    """Where the database lies. Raises Unfit for PostgreSQL, whose disk is another."""
    if not settings.database.startswith("sqlite"):
        raise Unfit("The database is PostgreSQL's, so room beside this service is of no use to it.")
    return sqlite_path(settings.database).parent


def _take(file: Path) -> None:
    """Raises Unfit, and leaves no file, where there is not so much room."""
    if file.exists():
        return
    try:
        with file.open("xb") as taken:
            os.posix_fallocate(taken.fileno(), 0, SIZE_MB * 1024 * 1024)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise Unfit(f"{SIZE_MB} MB cannot be taken up at {file}: {error.strerror}.") from error


def _release(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise Unfit(f"There is no ballast to give back at {file}: {error.strerror}.") from error
