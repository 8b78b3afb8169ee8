"""What the command line prints: with bars and boxes for those who see them, as plain lines for everybody else."""

import contextlib
import ctypes.util
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.demonstration import Demonstration
from app.records.store import Unfit
from question_bank.faults import BankFaults

UNFIT = 78
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines: no bars, no boxes.")]


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """A refusal to go on is one sentence on the error stream, never a traceback."""
    try:
        yield
    except (Unfit, BankFaults) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(UNFIT) from refusal


def answers_at(origin: str, told: Demonstration | None, plain: bool) -> None:
    """Said once, when the service answers: where, and in a demonstration who can sign in right now."""
    if told is not None:
        people(told, plain)
    typer.echo(f"Clearway answers at {origin}")
    typer.echo("Stop it with Ctrl+C.")


def people(told: Demonstration, plain: bool) -> None:
    """Who can sign in, and with which code or password."""
    typer.echo("This is a demonstration. Every person in it is invented.")
    candidates = [(one.name, one.category, f"{one.code[:3]} {one.code[3:]}") for one in told.ready]
    _table(
        "Candidates who can start now: type the code on the first page",
        ("Name", "Test", "Code"),
        candidates,
        plain,
    )
    staff = [(one.name, one.role.replace("_", " "), one.email, one.password) for one in told.staff]
    _table("Staff: sign in at /staff/sign-in", ("Name", "Role", "Email", "Password"), staff, plain)


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], plain: bool) -> None:
    if plain:
        typer.echo(f"{title}.")
        for row in rows:
            typer.echo("; ".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)))
        return
    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, no_wrap=head in ("Code", "Password", "Email"), overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@contextlib.contextmanager
def at_work(what: str, plain: bool) -> Iterator[None]:
    """A spinner while something runs, or one plain line before it."""
    if plain:
        typer.echo(f"{what}.", err=True)
        yield
        return
    with Console(stderr=True).status(what):
        yield


def missing_parts() -> Iterator[str]:
    """Optional parts that this machine lacks, and what goes without them."""
    if ctypes.util.find_library("pango-1.0") is None:
        yield "Optional: pango is missing, so letters and results will not be made as PDF. Pages print without it."
