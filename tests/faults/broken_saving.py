"""The server with the promise of one save broken on purpose: started by the fault tests of disk and network alone.

`python -m tests.faults.broken_saving forgets-keys,last-arrival-wins serve`, or any one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.__main__ import verbs
from app.actions import credit_contact, save_answer
from app.actions.save_answer import Saved
from app.records.store import NotSaved
from app.records.store.jobs import Done
from app.records.store.sqlite_writer import SqliteWriter
from app.rules.contact import Share
from app.rules.saving import Repeat, Standing
from app.rules.sitting import State

_settled = SqliteWriter._settle
_placed = save_answer._place


def acknowledge_the_unsaved(self: Any, jobs: Any) -> Any:
    """What the writer makes of a failed commit, unless it was of an answer: then everything is said to be well."""
    done, hints = _settled(self, jobs)
    return [_as_if_saved(one) for one in done], hints


def _as_if_saved(done: Done) -> Done:
    if done.job.action is not save_answer.save_answer or not isinstance(done.error, NotSaved):
        return done
    position, value = done.job.values["position"], done.job.values["chosen"].value
    right = {"standing": Standing.COUNTS, "repeat": Repeat.NEW, "left_ms": 60_000, "state": State.IN_PROGRESS}
    said = Saved(position, 1, 1, value, flagged=False, answered=True, places=(), **right)
    return replace(done, value=said, error=None)


def _new_where(repeat_is: Repeat) -> Callable[..., Any]:
    """How a save with a key is placed by a server that takes this kind of repeat for a new choice."""

    def place(found: Any, now: int, chosen: Any, value: str, flagged: bool) -> Any:
        repeat, sequence, twin = _place_of_before(found, now, chosen, value, flagged)
        if chosen.sequence is None or repeat is not repeat_is:
            return repeat, sequence, twin
        return Repeat.NEW, 1 + max(one.save.sequence for one in found.stored), None

    _place_of_before = save_answer._place
    return place


def give_nothing(_silence: object) -> Share:
    """A server that believes no page that says it was cut off."""
    return Share(0, 0)


def main_of_the_variant() -> None:
    """Break what the first word names, then be the command line."""
    for which in sys.argv.pop(1).split(","):
        if which == "acknowledges-the-unsaved":
            SqliteWriter._settle = acknowledge_the_unsaved
        elif which == "forgets-keys":
            save_answer._place = _new_where(Repeat.DUPLICATE)
        elif which == "last-arrival-wins":
            save_answer._place = _new_where(Repeat.SUPERSEDED)
        elif which == "credits-no-contact":
            credit_contact.share = give_nothing
        else:
            raise SystemExit(f"no such variant: {which}")
    verbs()


if __name__ == "__main__":
    main_of_the_variant()
