"""What one browser does in a measured step: candidates who read, save and start; staff who check in and read the list.

The same browsers visit the floors, whose addresses and fields are alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.bench.wire import Reply, Wire

HIDDEN = re.compile(rb'name="(csrf|rev)" value="([^"]+)"')
ANSWERS = re.compile(rb'name="answer" id="a\d" value="([^"]+)"')
WANTED = re.compile(rb"Choose (\d)")
COOKIE = re.compile(rb"\r\nset-cookie: ([^=]+)=([^;]*)", re.IGNORECASE)
QUESTIONS = 50
QUESTION = "/sitting/question/"


class Failed(Exception):
    """The service answered, but not with what the step needs."""


@dataclass
class Visitor:
    """One browser: its cookies, where it stands, and the last page's hidden fields and answers.

    `code` opens a sitting. Of staff, `today` is the address of their list and `waiting` are those to check in.
    """

    cookies: dict[str, str]
    code: str = ""
    today: str = ""
    waiting: list[str] = field(default_factory=list)
    path: str = ""
    at: int = 0
    hidden: list[tuple[str, str]] = field(default_factory=list)
    picks: list[str] = field(default_factory=list)
    acked_after: float = 0.0
    sequence: int = 0

    async def get(self, wire: Wire, path: str) -> Reply:
        """A page, redirects followed."""
        reply = await self._ask(wire, "GET", path)
        while reply.status == 303:
            path = reply.header(b"location").decode()
            reply = await self._ask(wire, "GET", path)
        if reply.status != 200:
            raise Failed(f"GET {path}: {reply.status}")
        self.path = path.partition("?")[0]
        return reply

    async def read(self, wire: Wire, path: str) -> bytes:
        """A page, of which the fields of its form are kept."""
        text = (await self.get(wire, path)).text
        found = {name.decode(): value.decode() for name, value in HIDDEN.findall(text)}
        self.hidden = list(found.items())  # each once: a page of staff holds the form that signs out too
        return text

    async def post(self, wire: Wire, path: str, *fields: tuple[str, str], accept: str = "text/html") -> str:
        """The form of the last page; where it leads."""
        reply = await self._ask(wire, "POST", path, [*self.hidden, *fields], accept)
        if reply.status != (200 if accept != "text/html" else 303):
            raise Failed(f"POST {path}: {reply.status}")
        return reply.header(b"location").decode()

    async def _ask(
        self,
        wire: Wire,
        method: str,
        path: str,
        fields: list[tuple[str, str]] | None = None,
        accept: str = "text/html",
    ) -> Reply:
        reply = await wire.ask(method, path, self.cookies, fields, accept)
        for name, value in COOKIE.findall(reply.head):
            self.cookies[name.decode()] = value.decode()
        return reply

    async def question(self, wire: Wire, path: str) -> None:
        """A question's page, and which answers may be chosen on it."""
        text = await self.read(wire, path)
        wanted = WANTED.search(text)
        self.picks = [one.decode() for one in ANSWERS.findall(text)[: int(wanted[1]) if wanted else 1]]
        if not self.picks:
            raise Failed(f"{path}: no question")

    def moves_on(self) -> int:
        self.at = self.at % QUESTIONS + 1
        return self.at


async def page(visitor: Visitor, wire: Wire) -> None:
    """Look at the next question's page."""
    asked = f"{QUESTION}{visitor.moves_on()}"
    await visitor.get(wire, asked)
    visitor.picks = []
    if visitor.path != asked:
        raise Failed(f"{asked} led to {visitor.path}")


async def save(visitor: Visitor, wire: Wire) -> None:
    """Choose an answer, press Save and continue, be sent on, and get the next page."""
    if not visitor.picks:
        await visitor.question(wire, f"{QUESTION}{visitor.moves_on()}")
    began = time.perf_counter()
    chosen = [("answer", one) for one in visitor.picks]
    leads = await visitor.post(wire, f"{QUESTION}{visitor.at}", *chosen, ("action", "next"))
    visitor.acked_after = time.perf_counter() - began
    if visitor.moves_on() == 1:  # through: the last question leads to the list of all
        leads = f"{QUESTION}1"
    await visitor.question(wire, leads)


async def settle(visitor: Visitor, wire: Wire) -> None:
    """Once, before anything is measured: go on where the server's start stopped the clock, and answer a question, after
    which no notice about it is shown any more."""
    await visitor.read(wire, "/sitting")
    if visitor.path == "/sitting/paused":
        await visitor.post(wire, "/sitting/continue")
    await save(visitor, wire)


async def autosave(visitor: Visitor, wire: Wire) -> None:
    """What a page's script sends when the hand rests after a choice."""
    if not visitor.picks:
        await visitor.question(wire, f"{QUESTION}{visitor.moves_on()}")
    visitor.sequence = round(time.time() * 1000)
    await _send_choice(visitor, wire, "stay")


async def press(visitor: Visitor, wire: Wire) -> None:
    """Save and continue as a script sends it: the same choice once more; the reply says which page comes next."""
    if not visitor.picks:
        await autosave(visitor, wire)
    await _send_choice(visitor, wire, "next")
    visitor.picks = []


async def _send_choice(visitor: Visitor, wire: Wire, action: str) -> None:
    made = [("seq", str(visitor.sequence)), ("made", "3000000"), ("action", action)]
    chosen = [("answer", one) for one in visitor.picks]
    await visitor.post(wire, f"{QUESTION}{visitor.at}", *chosen, *made, accept="application/json")


async def next_page(visitor: Visitor, wire: Wire) -> None:
    """The page to which the press led."""
    await visitor.question(wire, f"{QUESTION}{visitor.moves_on()}")


async def look_again(visitor: Visitor, wire: Wire) -> None:
    """The same page once more, as after a change of how it looks."""
    await visitor.question(wire, f"{QUESTION}{max(1, visitor.at)}")


async def start(visitor: Visitor, wire: Wire) -> None:
    """From the code to the first question, through every page in between."""
    await visitor.read(wire, "/")
    await visitor.post(wire, "/", ("code", visitor.code))
    for _ in range(4):
        await visitor.read(wire, "/sitting")
        if visitor.path == "/sitting/instructions":
            await visitor.question(wire, await visitor.post(wire, "/sitting/start"))
            return
        await visitor.post(wire, visitor.path, ("right", "yes"))
    raise Failed(f"stands at {visitor.path}")


async def check_in(visitor: Visitor, wire: Wire) -> None:
    """Staff: the form of the next booked sitting, sent, and the page that says it is done."""
    address = f"{visitor.waiting.pop()}/check-in"
    await visitor.read(wire, address)
    minutes = (("extra_minutes", "0"), ("break_minutes", "10"))
    leads = await visitor.post(wire, address, ("document", "photocard"), ("matched", "yes"), *minutes)
    await visitor.get(wire, leads)


async def list_of_today(visitor: Visitor, wire: Wire) -> None:
    """Staff: the centre's list."""
    await visitor.get(wire, visitor.today)


STEPS: dict[str, Callable[[Visitor, Wire], Awaitable[None]]] = {
    "page": page,
    "save": save,
    "settle": settle,
    "start": start,
    "check-in": check_in,
    "today": list_of_today,
}
