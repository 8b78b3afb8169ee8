"""Calls that start at the same moment, through the real store, on a sitting of a room: what was asked and answered."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import sqlalchemy as sa

from app.actions.book_sitting import book_sitting
from app.actions.check_in import Seen, check_in
from app.actions.confirm_details import confirm_arrangements, confirm_details
from app.actions.end_sitting import close_overdue, finish_part, run_out, stop
from app.actions.grant_time import grant
from app.actions.pause_sitting import come_back, pause, resume, take_break
from app.actions.release_sitting import release
from app.actions.save_answer import Chosen, save_answer
from app.actions.sign_in import carry_on_here, take_seat
from app.actions.start_sitting import start_sitting
from app.records.alive import Overdue
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.store import Store
from app.records.tables import paper_question, sitting
from app.rules.help import DocumentKind, StopReason
from app.rules.permissions import NOBODY, SYSTEM
from app.rules.policy import POLICY, SECOND
from app.rules.sitting import PauseKind
from tests.support.factories import Scene, somebody
from tests.support.small_edition import SMALL

POSITIONS = 6
AT_ONCE_WITHIN_S = 5.0
CROSSED_WITHIN_MS = 40  # requests reach the writer in another order than their arrival was read


@dataclass
class Call:
    """One action with its values, the moment of its arrival, and what came back."""

    action: Callable[..., Any]
    actor: Any
    now: int
    values: dict[str, Any]
    reply: Any = None

    @property
    def name(self) -> str:
        return self.action.__name__


@dataclass
class Starter:
    """Holds back the first run of each action of a round until all of them hold a connection of their own."""

    barrier: threading.Barrier
    passed: set[int] = field(default_factory=set)

    def __call__(self, db: Any, actor: Any, now: int, *, call: Call) -> Any:
        if id(call) not in self.passed:  # a job that crossed another runs again, alone
            self.passed.add(id(call))
            self.barrier.wait(AT_ONCE_WITHIN_S)
        return call.action(db, actor, now, **call.values)


async def at_once(store: Store, calls: list[Call], chance: Random) -> None:
    """Start them together. On SQLite, whose writer is one thread, they are one batch in any order."""
    chance.shuffle(calls)
    if store.dialect == "sqlite":
        doing = [store.write(call.action, call.actor, call.now, **call.values) for call in calls]
    else:
        starter = Starter(threading.Barrier(len(calls)))
        doing = [store.write(starter, call.actor, call.now, call=call) for call in calls]
    replies = await asyncio.gather(*doing, return_exceptions=True)
    for call, reply in zip(calls, replies, strict=True):
        call.reply = reply


class Life:
    """One sitting in a room, and the calls that its candidate's browsers and its desk may make."""

    def __init__(self, store: Store, room: Scene, chance: Random, now: int) -> None:
        self.store, self.room, self.chance, self.now = store, room, chance, now
        self.keys = {"centre_id": room.centre_id, "sitting_id": secrets.token_hex(16)}
        self.code = secrets.token_hex(8)
        self.calls: list[Call] = []
        self.options: dict[int, list[str]] = {}

    async def prepare(self) -> None:
        """Booked, checked in, and released to a desk."""
        await self._alone(
            book_sitting, SYSTEM, candidate_id=secrets.token_hex(16), person=somebody(), category=SMALL,
            starts_at=self.now, extra_minutes=0, break_minutes=10, keyring=self.room.keyring,
        )  # fmt: skip
        seen = Seen(document=DocumentKind.PHOTOCARD, matched=True, extra_minutes=0, break_minutes=10)
        await self._alone(check_in, self.room.desk, seen=seen, seed=secrets.token_hex(16))
        await self._alone(release, self.room.desk, code=self.code)
        rows = await self.store.read(_paper, **self.keys)
        self.options = {position: [value for value, _ in json.loads(options)] for position, options in rows}

    async def confirm(self) -> None:
        seat = await self.seat()
        await self._alone(confirm_details, seat.actor)
        await self._alone(confirm_arrangements, seat.actor)

    async def _alone(self, action: Any, actor: Any, **values: Any) -> None:
        await self.store.write(action, actor, self.now, **self.keys, **values)

    async def seat(self) -> Seat:
        return await self.store.read(_seat, **self.keys)

    async def race(self, *calls: Call) -> list[Call]:
        """These at once; kept for the referee."""
        running = list(calls)
        await at_once(self.store, running, self.chance)
        self.calls += running
        self.now = max(self.now, *(call.now for call in running)) + self.chance.randint(1, 3 * SECOND)
        return running

    def call(self, action: Any, actor: Any, **values: Any) -> Call:
        moment = self.now + self.chance.randint(0, CROSSED_WITHIN_MS)
        return Call(action, actor, moment, {**self.keys, **values})

    # the candidate's browsers

    def sign_in(self, device: str) -> Call:
        moment = self.now + self.chance.randint(0, CROSSED_WITHIN_MS)
        values = {"code": self.code, "device": device, "session": secrets.token_hex(8), "word": device[:4]}
        return Call(take_seat, NOBODY, moment, values)

    def start(self, seat: Seat, page: str) -> Call:
        return self.call(start_sitting, seat.actor, epoch=seat.epoch, token=page)

    def take_over(self, seat: Seat) -> Call:
        return self.call(carry_on_here, seat.actor)

    def save(self, seat: Seat, position: int = 0, **more: Any) -> Call:
        """A save of one value from a fresh page, without script."""
        position = position or self.chance.randint(1, POSITIONS)
        call = self.call(save_answer, seat.actor, position=position)
        page = {"token": secrets.token_hex(8), "rendered_at": call.now - SECOND}
        value = self.chance.choice(self.options[position])
        call.values["chosen"] = Chosen(**{"epoch": seat.epoch, "value": value, **page, **more})
        return call

    def twin(self, save: Call) -> Call:
        """The same save once more, as a browser sends it that heard nothing."""
        return Call(save.action, save.actor, save.now + 1, dict(save.values))

    def rest(self, seat: Seat) -> Call:
        return self.call(take_break, seat.actor, epoch=seat.epoch)

    def back(self, seat: Seat) -> Call:
        return self.call(come_back, seat.actor, epoch=seat.epoch)

    def finish(self, seat: Seat) -> Call:
        return self.call(finish_part, seat.actor, epoch=seat.epoch, part=seat.part)

    def ask_whether_over(self, seat: Seat) -> Call:
        return self.call(run_out, seat.actor)

    # the desk and the system

    def pause(self) -> Call:
        return self._desk(pause, kind=PauseKind.DISTURBANCE, reason="A fire bell")

    def resume(self) -> Call:
        return self._desk(resume, reason="")

    def grant(self) -> Call:
        return self._desk(grant, minutes=1, reason="A bell")

    def stop(self) -> Call:
        return self._desk(stop, reason=StopReason.MEDICAL, words="Unwell")

    def sweep(self) -> Call:
        call = self.call(close_overdue, SYSTEM)
        call.values = {"due": Overdue(**self.keys)}
        return call

    def _desk(self, action: Any, **values: Any) -> Call:
        return self.call(action, self.room.desk, keyring=self.room.keyring, **values)

    def to_the_end_of_time(self, seat: Seat) -> None:
        """The moment at which the grace ends, to a millisecond either way."""
        assert seat.clock.deadline is not None
        self.now = seat.clock.deadline + POLICY.grace_ms - CROSSED_WITHIN_MS // 2


def _seat(db: sa.Connection, *, centre_id: str, sitting_id: str) -> Seat:
    mine = (sitting.c.centre_id == centre_id, sitting.c.id == sitting_id)
    return seat_of(db.execute(sa.select(*COLUMNS).where(*mine)).one())


def _paper(db: sa.Connection, *, centre_id: str, sitting_id: str) -> list[tuple[int, str]]:
    mine = (paper_question.c.centre_id == centre_id, paper_question.c.sitting_id == sitting_id)
    rows = db.execute(sa.select(paper_question.c.position, paper_question.c.options).where(*mine)).all()
    return [(position, options) for position, options in rows]
