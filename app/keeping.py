"""What an operator types to keep what is stored: `python -m app verify`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app import terminal
from app.records.keyring import Keyring
from app.records.verifying import Tally, faults
from app.settings import Settings, read_secret

UNSOUND = 1
MOST_TOLD = 100
BEHIND_THE_SERVICE = 10  # of 19: whoever sits at a test comes first


def verify(
    file: Annotated[Path | None, typer.Argument(help="A back-up; without it, this site's database.")] = None,
) -> None:
    """Read all that is stored and say whether it is what was written. Changes nothing; the service may run."""
    with terminal.refusals():
        os.nice(BEHIND_THE_SERVICE)
        settings = Settings()
        keyring = Keyring(read_secret(settings.secret_path)) if settings.secret_path.exists() else None
        if not _told(f"sqlite:///{file.absolute()}" if file else settings.database, keyring):
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
