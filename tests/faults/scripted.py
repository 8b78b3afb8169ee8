"""A browser with the page's script: its outbox, its tries, its cover, as `sending.js`, `autosave.js` and `cover.js` do.

Times between tries are a tenth of the script's, so that a test need not wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from app.clock import SystemClock
from tests.faults.keyed import KeyedLedger
from tests.faults.room import _HIDDEN, _OPTION, Browser
from tests.faults.wire import Gone

TRIES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_STORED = re.compile(r'data-seq="(\d+)"')
JSON = "application/json"
Fields = list[tuple[str, str]]


@dataclass
class Shown:
    """A question's page in the script's hands: its hidden fields, the answers, and the last number given out."""

    position: int
    hidden: Fields
    options: list[str]
    wanted: int
    number: int

    @property
    def address(self) -> str:
        return f"/sitting/question/{self.position}"


@dataclass
class Scripted(Browser):
    """`covered_ms` is how long pages were covered, as far as the service has heard of it; `left` the last clock told,
    with the moment (monotonic seconds) when it was asked for."""

    chance: random.Random = field(default_factory=random.Random)
    covered_ms: int = 0
    left: tuple[int, float] = (0, 0.0)

    @property
    def keyed(self) -> KeyedLedger:
        assert isinstance(self.ledger, KeyedLedger)
        return self.ledger

    async def open(self, position: int) -> Shown:
        """A question's page; a browser asks again until it comes."""
        address = f"/sitting/question/{position}"
        while True:
            with contextlib.suppress(Gone):
                page = await self.get(address)
                if self.path == address:
                    break
                await self.post("/sitting/continue", page)
            await asyncio.sleep(TRIES_S[0])
        options = _OPTION.findall(page)
        wanted = 2 if options[0][0] == "checkbox" else 1
        stored = int(_STORED.findall(page)[0])
        return Shown(position, _HIDDEN.findall(page), [value for _, value, _ in options], wanted, stored)

    def choose(self, shown: Shown) -> Fields:
        """One choice as the outbox keeps it, numbered by the clock."""
        shown.number = max(shown.number + 1, SystemClock().now_ms())
        picked = set(self.chance.sample(shown.options, shown.wanted))
        values = [value for value in shown.options if value in picked]
        self.keyed.mean((shown.position, shown.number), " ".join(values))
        fields = [*shown.hidden, ("seq", str(shown.number)), ("made", "60000"), ("action", "stay")]
        return fields + [("answer", value) for value in values]

    async def deliver(self, address: str, fields: Fields) -> dict[str, Any] | None:
        """Post as the script does: the reply's JSON with its status, None without a connection or from 500 on."""
        asked = time.monotonic()
        key, value = _key(address, fields)
        if value is not None:
            self.keyed.send(key, value)
        try:
            reply = await self.ask("POST", address, fields, accept=JSON)
        except Gone:
            return None
        if reply.status >= 500:
            return None
        said: dict[str, Any] = {**json.loads(reply.text), "status": reply.status}
        if value is not None and (
            reply.status == 200 or said["code"] == "sequence_reused"
        ):  # which is kept too
            self.keyed.heard_of.add((key, value))
        if "left_ms" in said:
            self.left = (said["left_ms"], asked)
        return said

    async def autosave(self, shown: Shown, changes: int) -> Fields:
        """Choose, and choose again while the save is on its way; what was not heard of is replaced by the newer one."""
        for _ in range(changes):
            fields = self.choose(shown)
            await self.deliver(shown.address, fields)
        return fields

    async def press(self, address: str, fields: Fields) -> dict[str, Any]:
        """Send until there is a reply, under cover after the first try that failed; its time is claimed."""
        name, since, tried = secrets.token_hex(6), 0.0, 0
        claimed = 0
        while (reply := await self.deliver(address, fields)) is None:
            since = since or time.monotonic()
            await asyncio.sleep(TRIES_S[min(tried, len(TRIES_S) - 1)])
            claimed = await self.claim(name, since, fields)
            tried += 1
        self.covered_ms += claimed
        return reply

    async def claim(self, name: str, since: float, fields: Fields) -> int:
        """Tell how long the page was covered, until there is any reply; what was told last (ms)."""
        for tried in range(1000):
            ms = round((time.monotonic() - since) * 1000)
            sent = [("csrf", dict(fields)["csrf"]), ("id", name), ("ms", str(ms))]
            if await self.deliver("/sitting/contact", sent) is not None:
                return ms
            await asyncio.sleep(TRIES_S[min(tried, len(TRIES_S) - 1)])
        raise AssertionError("the service was never heard of again")

    async def save(self, shown: Shown) -> None:
        """Answer a question, changing one's mind on the way, until the press is heard."""
        await self.press(shown.address, await self.autosave(shown, self.chance.randint(1, 3)))

    async def answer_all(self, positions: list[int]) -> None:
        """Answer these questions one after the other."""
        for position in positions:
            await self.save(await self.open(position))


def _key(address: str, fields: Fields) -> tuple[tuple[int, int], str | None]:
    """The key and the value of a save; no value for anything else."""
    sent = dict(fields)
    if "seq" not in sent:
        return (0, 0), None
    value = " ".join(value for name, value in fields if name == "answer")
    return (int(address.rpartition("/")[2]), int(sent["seq"])), value
