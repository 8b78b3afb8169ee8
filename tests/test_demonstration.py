"""The demonstration centre: made once, topped up after, and never locked out of itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app import demonstration
from app.demonstration import Demonstration
from app.pages.staff import passwords
from app.records.keyring import Keyring
from app.records.staff import credentials
from tests.support.inline_store import InlineStore
from tests.support.serving import MONDAY_AT_NINE

KEYRING = Keyring(bytes(range(32)))


def test_when_the_file_of_passwords_is_lost_everybody_gets_a_new_one(
    inline_sqlite_store: InlineStore, tmp_path: Path
) -> None:
    store, path = inline_sqlite_store, tmp_path / "who-can-sign-in.json"

    async def topped_up() -> Demonstration:
        return await demonstration.top_up(store, KEYRING, MONDAY_AT_NINE, path)

    async def three_times() -> list[Demonstration]:
        await demonstration.publish(store, MONDAY_AT_NINE)
        made, kept = await topped_up(), await topped_up()
        path.unlink()
        return [made, kept, await topped_up()]

    made, kept, again = asyncio.run(three_times())
    assert made.staff == kept.staff
    assert [login.email for login in again.staff] == [login.email for login in made.staff]
    assert {login.password for login in again.staff}.isdisjoint(login.password for login in made.staff)
    for old, new in zip(made.staff, again.staff, strict=True):
        known = store.look(credentials, email=new.email)
        assert asyncio.run(passwords.is_right(new.password, known))
        assert not asyncio.run(passwords.is_right(old.password, known))
