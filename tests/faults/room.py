"""A room of candidates for fault runs: a database made by the real verbs and actions, and browsers without script."""

from __future__ import annotations

import asyncio
import html
import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import SystemClock
from app.records.keyring import Keyring
from app.records.store.engines import sqlite_engine
from app.rules.codes import LETTERS
from app.settings import read_secret
from tests.faults.ledger import Ledger, Sent
from tests.faults.wire import Gone, Reply, Wire
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore

ROOT = Path(__file__).resolve().parents[2]
_HIDDEN = re.compile(r'<input type="hidden" name="(csrf|rev)" value="([^"]+)">')
_OPTION = re.compile(r'type="(radio|checkbox)" name="answer" id="a\d" value="([^"]+)"( checked)?')


def environment(folder: Path, port: int = 8000) -> dict[str, str]:
    """What a service of its own needs, and nothing of ours."""
    plain = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {
        **plain,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "LEAST_FREE_MB": "0",
        "PYTHONPATH": str(ROOT),
    }


def verb(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One verb of the command line, as an operator types it."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        env=environment(folder) | more, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip


def make(folder: Path, seats: int) -> dict[str, str]:
    """Migrate by the verb and fill the room through the actions; the codes of sittings released to a desk, with ids."""
    migrated = verb(folder, "migrate", "--plain")
    assert migrated.returncode == 0, migrated.stderr
    keyring = Keyring(read_secret(folder / "secret"))
    codes = [f"{LETTERS[n // 31]}{LETTERS[n % 31]}CDEF" for n in range(seats)]
    released: dict[str, str] = {}
    engine = sqlite_engine(folder / "clearway.db", writes=True)
    with engine.connect() as db, db.begin():
        scene = furnish(InlineStore(db), keyring, SystemClock().now_ms())
        for code in codes:
            sat = scene.checked_in()
            sat.release(keyring.digest("code", code))
            released[code] = sat.keys["sitting_id"]
    engine.dispose()
    return released


class Refused(Exception):
    """The service answered, but not with what a candidate needs."""


@dataclass(frozen=True)
class Press:
    """A form about to be sent: where to, what is in it, and what the candidate's ledger keeps of it."""

    position: int
    address: str
    fields: list[tuple[str, str]]
    sent: Sent


@dataclass
class Browser:
    """A browser without script: cookies, pages, forms. `ledger` is what its candidate was told."""

    wire: Wire
    ledger: Ledger
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = "/"

    async def get(self, path: str) -> str:
        """A page, redirects followed; raises Refused for anything but 200, Gone without a connection."""
        reply = await self.ask("GET", path)
        while reply.status == 303:
            path = reply.headers["location"]
            reply = await self.ask("GET", path)
        if reply.status != 200:
            raise Refused(f"GET {path}: {reply.status}")
        self.path = path.partition("?")[0]
        return reply.text

    async def post(self, path: str, page: str, *fields: tuple[str, str]) -> str:
        """A form of a page sent back; where it leads. Raises Refused unless it redirects."""
        reply = await self.ask("POST", path, [*_HIDDEN.findall(page), *fields])
        if reply.status != 303:
            raise Refused(f"POST {path}: {reply.status}")
        return reply.headers["location"]

    async def ask(
        self, method: str, path: str, fields: list[tuple[str, str]] | None = None, *, accept: str = ""
    ) -> Reply:
        """One request with this browser's cookies, whatever comes back. Raises Gone without a connection."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        reply = await self.wire.ask(method, path, cookie, fields, accept=accept)
        for one in reply.cookies:
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply

    async def sit_down(self, code: str) -> None:
        """From the code to the first question, through every page in between."""
        await self.post("/", await self.get("/"), ("code", code))
        for _ in range(3):
            page = await self.get("/sitting")
            if self.path == "/sitting/instructions":
                await self.post("/sitting/start", page)
                return
            await self.post(self.path, page, ("right", "yes"))
        raise Refused(f"stands at {self.path}")

    async def choose(self, position: int, chance: random.Random) -> Press:
        """Choose something else on a question's page; nothing is sent yet."""
        address = f"/sitting/question/{position}"
        page = await self.get(address)
        if self.path != address:  # paused by a longer outage: press Continue, as its page offers
            await self.post("/sitting/continue", page)
            page = await self.get(address)
        shown = " ".join(value for _, value, checked in _OPTION.findall(page) if checked)
        if shown not in self.ledger.may_stand(position):
            self.ledger.complaints.append(f"the page of {position} showed {shown!r}")
        kind = _OPTION.findall(page)[0][0]
        values = [value for _, value, _ in _OPTION.findall(page)]
        wanted = 2 if kind == "checkbox" else 1
        picked = set(chance.sample(values, wanted))
        value = " ".join(one for one in values if one in picked)
        nonce = html.unescape(dict(_HIDDEN.findall(page))["rev"]).split(".")[3]
        answers = [("answer", one) for one in value.split()]
        fields = [*_HIDDEN.findall(page), *answers, ("action", "stay")]
        return Press(position, address, fields, Sent(nonce, value, SystemClock().now_ms()))

    async def send(self, press: Press) -> Reply:
        """Send it, for the first time or once more; acknowledged only when the next address came."""
        if press.sent not in self.ledger.unheard[press.position]:
            self.ledger.sending(press.position, press.sent)
        reply = await self.ask("POST", press.address, press.fields)
        if reply.status == 303:
            self.ledger.heard(press.position, press.sent)
        return reply

    async def answer(self, position: int, chance: random.Random) -> None:
        """Choose something else on a question's page and save it. Raises Refused unless it was acknowledged."""
        press = await self.choose(position, chance)
        reply = await self.send(press)
        if reply.status != 303:
            raise Refused(f"POST {press.address}: {reply.status}")

    async def finish(self) -> str:
        """Hand in as the pages offer it; the page of the result."""
        page = await self.get("/sitting/finish")
        if self.path != "/sitting/finish":
            await self.post("/sitting/continue", page)
            page = await self.get("/sitting/finish")
        await self.post("/sitting/finish", page)
        return await self.get("/sitting")

    async def keep_answering(self, chance: random.Random, first: asyncio.Event) -> int:
        """Answer until the connection goes; how many were acknowledged. Raises Refused for a refused page."""
        saved = 0
        while True:
            try:
                await self.answer(chance.randint(1, 6), chance)
            except Gone:
                return saved
            saved += 1
            first.set()
