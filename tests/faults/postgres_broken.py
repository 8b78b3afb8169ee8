"""The server on PostgreSQL with one promise broken on purpose, to see that the checker sees it.

`python -m tests.faults.postgres_broken replies-before-commit,credits-nothing serve`, or one of the two.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from app import main
from app.__main__ import verbs
from app.actions import keep_alive
from app.actions.save_answer import save_answer
from app.records.store import postgres_pool
from app.records.store.jobs import Done, Job
from app.records.store.performing import perform

LONGER_THAN_A_ROUND_S = 1.5  # so that the kill always comes between the reply and the commit
_in_the_right_order = postgres_pool._Worker._once


def reply_before_commit(self: Any, job: Job) -> Any:
    """What a writer does with an answer, in the wrong order: the candidate is told, and only then is it stored."""
    if job.action is not save_answer:
        return _in_the_right_order(self, job)
    if self._db is None:
        self._db = self._pool.engine.connect()
    self._pool.catch_up(self._db)
    began = self._watch.now()
    self._db.info["hints"] = []
    transaction = self._db.begin()
    value = perform(self._db, job)
    self._pool._post([Done(job, value)], [])
    time.sleep(LONGER_THAN_A_ROUND_S)
    transaction.commit()
    self._watch.committed(began)
    return value, []


def credit_nothing(*_: Any, **__: Any) -> keep_alive.Credited:
    """A service that forgets the outage."""
    return keep_alive.Credited(0, 0)


def main_of_the_variant() -> None:
    """Break what the first word names, then be the command line."""
    for which in sys.argv.pop(1).split(","):
        if which == "replies-before-commit":
            postgres_pool._Worker._once = reply_before_commit
        elif which == "credits-nothing":
            main.after_a_freeze = main.recover = credit_nothing
        else:
            raise SystemExit(f"no such variant: {which}")
    verbs()


if __name__ == "__main__":
    main_of_the_variant()
