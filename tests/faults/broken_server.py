"""The server with one promise broken on purpose, to see that the checker sees it: started by the fault tests alone.

`python -m tests.faults.broken_server replies-before-commit,credits-nothing serve`, or one of the variants.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from app import main, serving
from app.__main__ import verbs
from app.actions import keep_alive
from app.actions.save_answer import save_answer
from app.clock import Clock, SystemClock
from app.records import alive
from app.records.store import engines, fitness
from app.records.store.jobs import Job
from app.records.store.sqlite_writer import SqliteWriter
from app.rules.permissions import Actor

LONGER_THAN_A_ROUND_S = 1.5  # so that the kill always comes between the reply and the commit
SLOW_TO_TELL_S = 0.3
SYNCHRONOUS = {"synchronous-normal": 1, "synchronous-off": 0}
_in_the_right_order = SqliteWriter._attempt


def reply_before_commit(self: Any, jobs: list[Job]) -> Any:
    """What the writer does with answers, in the wrong order: everybody is told, and only then is anything stored."""
    if any(job.action is not save_answer for job in jobs):
        return _in_the_right_order(self, jobs)
    began = self._watch.now()
    transaction = self._db.begin()
    hints = self._catch_up()
    done = [self._one(transaction, job, hints) for job in jobs]
    self._post(done, list(hints))
    time.sleep(LONGER_THAN_A_ROUND_S)
    transaction.commit()
    self._watch.committed(began)
    return [], []


def credit_nothing(db: Any, actor: Actor, now: int) -> keep_alive.Credited:
    """A start that forgets the outage, and marks that it is there."""
    alive.mark(db, now)
    return keep_alive.Credited(0, 0)


def forget_freezes(clock: Clock) -> Any:
    """No hook of the writer's, so nobody notices that nothing was committed for a while."""
    return None


def wall_clock(self: SystemClock) -> int:
    """A clock that believes whatever the machine's time of day is set to."""
    return time.time_ns() // 1_000_000


def commit_long_before_the_reply(self: Any, jobs: list[Job]) -> Any:
    """What the writer does, but slow to tell: a server that waits for its requests shows nothing of it."""
    done = _in_the_right_order(self, jobs)
    time.sleep(SLOW_TO_TELL_S)
    return done


async def leave_at_once(self: Any, sockets: Any = None) -> None:
    """A server that is told to stop, and does."""
    os._exit(0)


def main_of_the_variant() -> None:
    """Break what the first word names, then be the command line."""
    for which in sys.argv.pop(1).split(","):
        if which == "replies-before-commit":
            SqliteWriter._attempt = reply_before_commit
        elif which == "credits-nothing":
            main.recover = credit_nothing
        elif which == "forgets-freezes":
            main._after_a_freeze = forget_freezes
        elif which == "wall-clock-deadline":
            SystemClock.now_ms = wall_clock
        elif which == "leaves-at-once":
            SqliteWriter._attempt = commit_long_before_the_reply
            serving._Server.shutdown = leave_at_once
        elif which == "hangs-up":
            serving.LEAVING_STEPS = 0
        elif which in SYNCHRONOUS:
            engines.PRAGMAS["synchronous"] = fitness.MEANING["synchronous"] = SYNCHRONOUS[which]
        else:
            raise SystemExit(f"no such variant: {which}")
    verbs()


if __name__ == "__main__":
    main_of_the_variant()
