"""A process whose writes fail while they carry a person's name and e-mail. `test_store_logs.py` reads what it says.

`python -m tests.records.planted FOLDER take-over|bare`, the folder holding a migrated database.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from app import logs
from app.actions.invite_staff import invite
from app.main import create_app
from app.records.store import Db, Store
from app.records.store.engines import driver
from app.rules.permissions import SYSTEM, Role
from app.settings import Settings, make_secret

NAME, EMAIL = "Zelda Canary", "zelda.canary@example.test"
FIELDS: dict[str, Any] = {"role": Role.ADMINISTRATOR, "centre_id": None, "until": 2**60}


def on_a_full_disk(db: Db, actor: Any, now: int, /, **values: Any) -> Any:
    """The invitation of somebody whose name no longer fits."""
    driver(db).execute("PRAGMA max_page_count=1")
    try:
        return invite(db, actor, now, name=NAME * 2_000, email=EMAIL, digest="full", **values)
    finally:
        driver(db).execute("PRAGMA max_page_count=1000000")


def that_throws_the_writer_out(db: Db, actor: Any, now: int, /, **values: Any) -> Any:
    """An action that fails as no action may, with the person in its words."""
    raise SystemExit(f"{NAME} <{EMAIL}>")


def that_ends_its_transaction(db: Db, actor: Any, now: int, /, **values: Any) -> Any:
    """An action that commits by itself and then names the person in an error."""
    driver(db).execute("COMMIT")
    raise LookupError(f"{NAME} <{EMAIL}>")


async def fail(store: Store) -> None:
    """Every way to fail, one after the other; what the caller is told is printed by its kind and its words."""
    for action in (on_a_full_disk, that_throws_the_writer_out, that_ends_its_transaction):
        try:
            await store.write(action, SYSTEM, 1, **FIELDS)
        except Exception as error:  # noqa: BLE001 (its words are what is looked at)
            print(f"told: {error}", flush=True)


async def main(folder: Path, how: str) -> None:
    """The service as it is joined, its store opened, and the writes."""
    settings = Settings(database_url=f"sqlite:///{folder / 'clearway.db'}", data_dir=folder)
    make_secret(settings.secret_path)
    app = create_app(settings)
    if how == "take-over":
        logs.take_over(settings.log_level)
    async with app.router.lifespan_context(app):
        await fail(app.state.store)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
