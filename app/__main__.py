"""What an operator types: `python -m app serve|migrate|seed|invite|new-password|survey|check`; more in `keeping.py`
and `ballast.py`.

Each verb says what it did in plain lines. A refusal to go on is one sentence and exit code 78. `--plain` leaves
out bars and boxes, for screen readers.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from fastapi import FastAPI
from pwdlib import PasswordHash

from app import ballast, demonstration, keeping, logs, serving, terminal
from app.actions.invite_staff import Invited, invite
from app.actions.staff_sign_in import replace_password
from app.clock import SystemClock
from app.main import create_app
from app.records import centres, installation, survey
from app.records.keyring import Keyring
from app.records.migrate import upgrade
from app.records.staff import credentials
from app.records.store import Store, Unfit, open_store
from app.rules.passwords import new_password
from app.rules.permissions import SYSTEM, Role
from app.rules.policy import POLICY
from app.rules.survey import FEWEST
from app.settings import Settings, make_secret, read_secret

verbs = typer.Typer(
    help="Clearway: an accessible driving theory test.", no_args_is_help=True, add_completion=False
)
for verb in (keeping.backup, keeping.restore, keeping.verify, ballast.ballast):
    verbs.command()(verb)


@verbs.command()
def serve(
    demo: Annotated[
        bool, typer.Option("--demonstration", help="Make or top up the demonstration centre.")
    ] = False,
    plain: terminal.Plain = False,
) -> None:
    """Serve until stopped. Never migrates and never makes data, but for the demonstration's own database."""
    with terminal.refusals():
        settings = _demonstration_settings() if demo else Settings()
        settings.must_be_servable()
        _must_stay_here(settings, demo)
        told = _prepare(settings, plain) if demo else None
        app = create_app(settings)
        logs.take_over(settings.log_level)
        if demo:
            _keep_topped_up(app, settings)
        serving.serve(app, settings, lambda: terminal.answers_at(settings.origin, told, plain))


@verbs.command()
def migrate(plain: terminal.Plain = False) -> None:
    """Make the site's secret if there is none, and bring the database to this version. Stop the service first."""
    with terminal.refusals():
        settings = Settings()
        make_secret(settings.secret_path)
        with terminal.at_work("Bringing the database up to date", plain):
            upgrade(settings.database)
        typer.echo("The database is up to date.")


@verbs.command()
def seed(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print people, passwords and codes as JSON.")
    ] = False,
    plain: terminal.Plain = False,
) -> None:
    """Make or top up the demonstration centre in its own database, without serving it."""
    with terminal.refusals():
        settings = _demonstration_settings()
        _must_stay_here(settings, demo=True)
        told = _prepare(settings, plain or as_json)
        if as_json:
            typer.echo(json.dumps(asdict(told), indent=2))
        else:
            terminal.people(told, plain)


@verbs.command("invite")
def invite_somebody(
    email: Annotated[str, typer.Argument(help="Where the person is known; they sign in with it.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    administrator: Annotated[bool, typer.Option("--administrator", help="For every centre.")] = False,
    role: Annotated[Role | None, typer.Option(help="For one centre.")] = None,
    centre: Annotated[str, typer.Option(help="The centre's code.")] = "",
) -> None:
    """Print a one-time link with which somebody joins the staff and chooses a password."""
    with terminal.refusals():
        as_role = Role.ADMINISTRATOR if administrator else role
        if as_role is None or administrator == bool(role or centre):
            raise Unfit("Say --administrator, or --role and --centre.")
        settings = Settings()
        keyring = Keyring(read_secret(settings.secret_path))
        secret = secrets.token_urlsafe(24)

        async def write(store: Store) -> object:
            found = await store.read(centres.by_code, code=centre) if centre else None
            if centre and found is None:
                raise Unfit(f"There is no centre with the code {centre}.")
            now = SystemClock().now_ms()
            return await store.write(
                invite, SYSTEM, now, name=name or email, email=email, role=as_role,
                centre_id=found.id if found else None, digest=keyring.digest("invitation", secret),
                until=now + POLICY.invitation_ms,
            )  # fmt: skip

        done = _with_store(settings, write)
        if not isinstance(done, Invited):
            raise Unfit("This role cannot be given that way.")
        typer.echo(f"{settings.origin}/staff/invitation/{secret}")
        typer.echo("Give this link to the person alone. It works once, for three days.")


@verbs.command("new-password")
def give_new_password(
    email: Annotated[str, typer.Argument(help="The address with which the person signs in.")],
) -> None:
    """Print a new password for somebody on the staff who forgot theirs. Every browser of theirs is signed out."""
    with terminal.refusals():
        password = new_password(secrets.choice)
        hashed = PasswordHash.recommended().hash(password)

        async def write(store: Store) -> None:
            known = await store.read(credentials, email=email)
            if known is None:
                raise Unfit(f"Nobody on the staff signs in with {email}.")
            now = SystemClock().now_ms()
            await store.write(replace_password, SYSTEM, now, staff_id=known.staff_id, password_hash=hashed)

        _with_store(Settings(), write)
        typer.echo(password)
        typer.echo("Give this password to the person alone. It works from now on, and no other does.")


@verbs.command()
def check() -> None:
    """Say whether this installation could serve: settings, secret, question bank, database. Changes nothing."""
    with terminal.refusals():
        settings = Settings()
        settings.must_be_servable()
        questions = len(demonstration.edition().questions)
        typer.echo(f"Question bank: {questions} questions, no fault.")
        read_secret(settings.secret_path)

        async def look(store: Store) -> dict[str, Any]:
            return store.health()

        health = _with_store(settings, look)
        typer.echo(f"Database: fit. {json.dumps(health, default=str)}")
        for line in terminal.missing_parts():
            typer.echo(line)


@verbs.command("survey")
def tell_survey() -> None:
    """Print what people answered after their tests: counts, and what was in their way in their own words."""
    with terminal.refusals():

        async def look(store: Store) -> tuple[tuple[survey.Counted, ...], tuple[tuple[str, str], ...]]:
            return await store.read(survey.counts), await store.read(survey.in_words)

        counted, said = _with_store(Settings(), look)
        for one in counted:
            typer.echo(f"{one.question} {one.answer}: {one.count}")
        for day, words in said:
            typer.echo(f"{day}: {' '.join(words.split())}")
        typer.echo(f"Answers about the person that fewer than {FEWEST} people gave are left out.")


def _demonstration_settings() -> Settings:
    """The settings with the demonstration's own folder; its database is never the site's."""
    settings = Settings()
    return Settings(data_dir=settings.data_dir / "demonstration", database_url="", secret_file=None)


def _must_stay_here(settings: Settings, demo: bool) -> None:
    """Raise Unfit for a demonstration that other machines could reach."""
    here = settings.is_loopback and settings.origin.startswith(
        ("http://localhost", "http://127.0.0.1", "http://[::1]")
    )
    if here:
        return

    async def is_demonstration(store: Store) -> bool:
        return await store.read(installation.fact, name=installation.DEMONSTRATION) is not None

    if demo or _with_store(settings, is_demonstration):
        raise Unfit("This is a demonstration with printed passwords: it is served to this machine alone.")


def _with_store(settings: Settings, work: Any) -> Any:
    async def run() -> Any:
        store = open_store(settings.database)
        await store.open()
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


def _prepare(settings: Settings, plain: bool) -> demonstration.Demonstration:
    keyring = Keyring(make_secret(settings.secret_path))
    with terminal.at_work("Setting up the demonstration centre", plain):
        upgrade(settings.database)

        async def top_up(store: Store) -> demonstration.Demonstration:
            now = SystemClock().now_ms()
            await demonstration.publish(store, now)
            return await demonstration.top_up(store, keyring, now, _people_file(settings))

        told: demonstration.Demonstration = _with_store(settings, top_up)
    return told


def _people_file(settings: Settings) -> Path:
    return settings.data_dir / "who-can-sign-in.json"


def _keep_topped_up(app: FastAPI, settings: Settings) -> None:
    """At the centre's midnight the new day's list gets what it lacks."""
    inner = app.router.lifespan_context

    async def at_midnight() -> None:
        day = demonstration.midnight(app.state.clock.now_ms())
        while True:
            await asyncio.sleep(60)
            now = app.state.clock.now_ms()
            if demonstration.midnight(now) != day:
                await demonstration.top_up(app.state.store, app.state.keyring, now, _people_file(settings))
                day = demonstration.midnight(now)

    @contextlib.asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[Any]:
        async with inner(served) as state:
            task = asyncio.create_task(at_midnight())
            try:
                yield state
            finally:
                task.cancel()

    app.router.lifespan_context = lifespan


if __name__ == "__main__":
    verbs()
