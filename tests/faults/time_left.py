"""What happened to each candidate's time left between two acknowledged answers, against what really passed."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from app.clock import SystemClock
from app.records.tables import alive, answer_revision, sitting, sitting_move
from app.rules.policy import SECOND
from app.rules.sitting import State
from tests.faults.killing import Run
from tests.faults.ledger import Ledger, Ruins
from tests.faults.room import Browser

TICK_MS = 5_000  # between two alive marks: the most that an outage may give, source: promise P6
NOTICED_MS = 100  # a signal takes a moment to arrive, and both ends cut to whole milliseconds


@dataclass(frozen=True)
class Told:
    """An acknowledged answer: when it left and when its reply was read (the candidates' wall clock, ms).

    `left_ms` is the time left by which the service judged it.
    """

    ledger: Ledger
    sent_at: int
    heard_at: int
    left_ms: int

    @property
    def took_ms(self) -> int:
        """As exactly is known when the service stamped it."""
        return self.heard_at - self.sent_at


async def everybody_answers(run: Run) -> list[Told]:
    """Each candidate saves one answer; what the service thought of their clocks. Raises Refused, Gone."""

    async def one(browser: Browser) -> tuple[Browser, int]:
        await browser.answer(run.chance.randint(1, 6), run.chance)
        return browser, SystemClock().now_ms()

    heard = await run.everybody(*(one(browser) for browser in run.browsers))
    with Ruins(run.database) as ruins:
        return [told(ruins, browser.ledger, heard_at) for browser, heard_at in heard]


def told(ruins: Ruins, ledger: Ledger, heard_at: int) -> Told:
    """The last acknowledged answer of a candidate, with the time left that is stored beside it."""
    last = max((sent for all_ in ledger.acknowledged.values() for sent in all_), key=lambda sent: sent.at)
    rows = {row["token"]: row for row in ruins.rows(answer_revision, ledger.sitting_id)}
    return Told(ledger, last.at, heard_at, rows[last.nonce]["left_ms"])


def moved(before: Told, after: Told) -> int:
    """By how many ms time left moved beyond the time that passed: above zero was taken, below zero was given.

    The service stamped both answers somewhere between their leaving and their reply, so this is the least it can be.
    """
    used = before.left_ms - after.left_ms
    least, most = after.sent_at - before.heard_at, after.heard_at - before.sent_at
    return used - most if used > most else min(0, used - least)


def taken_by_a_gap(before: Told, after: Told, gap: tuple[int, int]) -> int:
    """How many ms a gap of ours (from, to; wall clock) took from a candidate, at least. Zero or less is as promised."""
    worked = after.heard_at - before.sent_at - (gap[1] - gap[0])
    return before.left_ms - after.left_ms - worked


def given_by_a_gap(before: Told, after: Told, gap: tuple[int, int]) -> int:
    """How many ms more are left than there were when the gap began, at least. Up to TICK_MS is as promised."""
    return after.left_ms - (before.left_ms - (gap[0] - before.heard_at))


def closed(ruins: Ruins, ledger: Ledger) -> bool:
    """Whether somebody's test is over, which no fault of ours may do."""
    state = ruins.rows(sitting, ledger.sitting_id)[0]["state"]
    return state not in (State.IN_PROGRESS.value, State.PAUSED.value)


def outages(ruins: Ruins, ledger: Ledger) -> int:
    """How many gaps of ours stand among the moves of a sitting."""
    return sum(row["kind"] == "outage" for row in ruins.rows(sitting_move, ledger.sitting_id))


def after_a_sweep(run: Run) -> None:
    """Wait for an alive mark some time from now: until then the sweep has looked for tests whose time is over."""
    since, until = SystemClock().now_ms() + 2 * SECOND, time.monotonic() + 60
    while time.monotonic() < until:
        with Ruins(run.database) as ruins:
            if ruins.db.execute(sa.select(alive.c.at)).scalar_one() > since:
                return
        time.sleep(0.2)
    raise TimeoutError("no alive mark")
