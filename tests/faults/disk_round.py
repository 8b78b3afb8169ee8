"""What a room of candidates meets while nothing can be written, and how it goes on afterwards."""

from __future__ import annotations

import asyncio
import html
import json
import random
import re
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from app.records.tables import answer_revision
from tests.faults.killing import Run
from tests.faults.ledger import Ruins, copied
from tests.faults.room import Browser, Press
from tests.faults.wire import Reply

MOST_ANSWERS = 400  # before a disk that fills up must have refused one
SAVED_WITHIN_S = 30
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_FORM = re.compile(r'<form method="post" action="([^"]+)"')
WORDS = (
    "Not saved yet",
    "We could not save that just now. The fault is ours.",
    "What you chose is still on this page. Everything you saved before is safe.",
    "Wait a few seconds, then press the button.",
    "Save it now",
)


@dataclass(frozen=True)
class Turned:
    """An answer that was not saved: the press, the page that came, and how long that took (seconds)."""

    press: Press
    page: Reply
    seconds: float

    @property
    def again(self) -> Press:
        """The form that the page offers, as its button sends it."""
        action = _FORM.findall(self.page.text)[0]
        fields = [(name, html.unescape(value)) for name, value in _FIELD.findall(self.page.text)]
        return replace(self.press, address=action, fields=fields)

    def faults(self) -> list[str]:
        """What the page must say and give back, and does not."""
        if self.page.status != 503:
            return [f"{self.page.status} instead of 503"]
        missing = [words for words in WORDS if words not in self.page.text]
        if not self.page.headers.get("retry-after", "").isdigit():
            missing.append("Retry-After")
        held = [value for name, value in self.again.fields if name == "answer"]
        if held != self.press.sent.value.split():
            missing.append("the answer that was chosen")
        return [f"the page lacks: {one}" for one in missing]


@dataclass
class Round:
    """What one round found: faults in words, answers acknowledged before and after, answers turned away, and the
    longest that a "no" and the saving afterwards took (seconds)."""

    faults: list[str]
    saved: int
    turned: int
    slowest_no_s: float
    recovered_s: float


async def answer_until_turned_away(browser: Browser, chance: random.Random) -> tuple[int, Turned]:
    """Answer until one is not saved; how many were before it."""
    for saved in range(MOST_ANSWERS):
        press = await browser.choose(chance.randint(1, 6), chance)
        began = time.monotonic()
        page = await browser.send(press)
        if page.status != 303:
            return saved, Turned(press, page, time.monotonic() - began)
    raise AssertionError(f"{MOST_ANSWERS} answers were saved on a disk that should be full")


async def faults_of_the_no_to_a_script(browser: Browser, chance: random.Random) -> list[str]:
    """What is wrong with what a page's script is told: a code, and the same words. One more answer may still fit."""
    for _ in range(MOST_ANSWERS):
        press = await browser.choose(1, chance)
        scripted = [*press.fields, ("seq", str(press.sent.at)), ("made", "60000")]
        browser.ledger.sending(1, press.sent)
        reply = await browser.ask("POST", press.address, scripted, accept="application/json")
        if reply.status != 200:
            break
        browser.ledger.heard(1, press.sent)
    if reply.status != 503 or not reply.headers.get("retry-after", "").isdigit():
        return [f"the script got {reply.status}"]
    said = json.loads(reply.text)
    words = {said["title"], said["sentence"], said["kept"]}
    found = [] if said["code"] == "not_saved_yet" else [f"the script was told {said['code']}"]
    return found + ([] if set(WORDS[:3]) <= words else [f"the script was told {words}"])


async def press_until_saved(browser: Browser, turned: Turned, chance: random.Random) -> None:
    """Press the page's own button again; after a longer outage the sitting is paused, and is gone on with."""
    press = turned.again
    async with asyncio.timeout(SAVED_WITHIN_S):
        while (reply := await browser.send(press)).status != 303:
            if reply.status == 409:
                press = await browser.choose(press.position, chance)
            else:
                await asyncio.sleep(0.2)


def unheard_but_stored(run: Run) -> list[str]:
    """Answers of which nobody was told that they are saved, and which are."""
    with tempfile.TemporaryDirectory() as folder, Ruins(copied(run.database, Path(folder))) as ruins:
        return [
            f"stored, but not acknowledged: {sent.value!r}"
            for browser in run.browsers
            for row in ruins.rows(answer_revision, browser.ledger.sitting_id)
            for all_ in browser.ledger.unheard.values()
            for sent in all_
            if row["token"] == sent.nonce
        ]


async def one_round(run: Run, disk_gone: AbstractContextManager[None], lasts_s: float = 0) -> Round:
    """Answer, lose the disk, be told so, read on, get the disk back, and save what was turned away."""
    with disk_gone:
        met = await run.everybody(*(answer_until_turned_away(b, run.chance) for b in run.browsers))
        turned = [one for _, one in met]
        faults = [fault for one in turned for fault in one.faults()]
        for one in run.browsers:
            await one.choose(run.chance.randint(1, 6), run.chance)  # reads go on, and show what is saved
        faults += await faults_of_the_no_to_a_script(run.browsers[0], run.chance)
        faults += run.look_at_the_ruins() + unheard_but_stored(run)
        await asyncio.sleep(lasts_s)
        await run.everybody()
    began = time.monotonic()
    pairs = zip(run.browsers, turned, strict=True)
    await run.everybody(*(press_until_saved(b, one, run.chance) for b, one in pairs))
    recovered = time.monotonic() - began
    saved = sum(before for before, _ in met) + len(turned)
    return Round(
        faults + run.look_at_the_ruins(), saved, len(turned), max(one.seconds for one in turned), recovered
    )
