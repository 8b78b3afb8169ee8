"""The same saves sent again and again in any order, some keys with a second body: what the replies must be."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.faults.scripted import Fields, Scripted
from tests.faults.wire import Wire

POSITIONS = range(1, 7)
AT_ONCE = 3  # connections of one browser
SAME = ("to", "sequence", "state", "standing", "code")


@dataclass
class Save:
    """One body under one key, and every reply to it."""

    key: tuple[int, int]
    address: str
    fields: Fields
    replies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.replies[0]["status"] == 409


async def replayed(
    browsers: Sequence[Scripted], chance: random.Random, *, keys: int, times: int
) -> tuple[list[str], int, int]:
    """Send `keys` choices at each position of everybody `times` times, all shuffled; a third with a second body.

    Faults in words, how many saves were sent, how many keys there were.
    """
    found: list[str] = []
    kept: list[Save] = []
    for browser in browsers:
        saves = await _of_one(browser, chance, keys, times)
        by_key = defaultdict(list)
        for save in saves:
            by_key[save.key].append(save)
        found += [fault for bodies in by_key.values() for fault in _faults(bodies)]
        _settle(browser, saves)
        kept += saves
    if not any(reply.get("repeat") == "superseded" for save in kept for reply in save.replies):
        found.append("no save was ever told that a newer one counts")
    return found, len(kept) * times, keys * len(POSITIONS) * len(browsers)


async def _of_one(browser: Scripted, chance: random.Random, keys: int, times: int) -> list[Save]:
    """Every save of one candidate, with the replies to it."""
    saves = [save for position in POSITIONS for save in await _meant(browser, position, keys)]
    waiting = saves * times
    chance.shuffle(waiting)

    async def send() -> None:
        wire = Wire(browser.wire.port, browser.wire.through)
        line = Scripted(wire, browser.ledger, browser.cookies)
        while waiting:
            save = waiting.pop()
            reply = await line.deliver(save.address, save.fields)
            assert reply is not None
            save.replies.append(reply)
        wire.close()

    await asyncio.gather(*(send() for _ in range(AT_ONCE)))
    return saves


async def _meant(browser: Scripted, position: int, keys: int) -> list[Save]:
    """Choices made one after the other on one page; every third key is used again with another body."""
    shown = await browser.open(position)
    saves: list[Save] = []
    for number in range(keys):
        fields = browser.choose(shown)
        saves.append(Save((position, shown.number), shown.address, fields))
        if number % 3 == 0:
            others = [value for value in shown.options if ("answer", value) not in fields]
            plain = [(name, value) for name, value in fields if name != "answer"]
            saves.append(Save((position, shown.number), shown.address, [*plain, ("answer", others[0])]))
    return saves


def _faults(bodies: list[Save]) -> list[str]:
    """What is wrong with the replies to one key: the body that came first is saved, any other is refused and kept."""
    found = [
        f"{one.key}: another reply to a replay: {reply}"
        for one in bodies
        for reply in one.replies
        if [reply.get(name) for name in SAME] != [one.replies[0].get(name) for name in SAME]
    ]
    if sum(not one.is_refused for one in bodies) != 1:
        found.append(f"{bodies[0].key}: {len(bodies)} bodies, not one of them saved")
    found += [
        f"{one.key}: refused as {one.replies[0]['code']}"
        for one in bodies
        if one.is_refused and one.replies[0]["code"] != "sequence_reused"
    ]
    return found


def _settle(browser: Scripted, saves: list[Save]) -> None:
    """Of two bodies under one key, the one that was saved is what was meant."""
    browser.keyed.newest.clear()
    for one in saves:
        value = " ".join(v for name, v in one.fields if name == "answer")
        if not one.is_refused:
            browser.keyed.mean(one.key, value)
