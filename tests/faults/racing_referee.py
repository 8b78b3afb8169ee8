"""Judges a raced sitting by its rows alone, read as the history that the chain numbers, and by what callers were told.

It asks nothing of the service's own judgement: states, pen, time and what may count are worked out again here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.actions.end_sitting import PartEnded
from app.actions.pause_sitting import Moved
from app.actions.save_answer import Saved
from app.actions.sign_in import Seated
from app.actions.start_sitting import Started
from app.records.store import NotSaved
from app.records.tables import answer_revision, outcome, sitting, sitting_move
from app.rules.policy import POLICY
from app.rules.refusals import Refused
from tests.faults.ledger import Ledger, Ruins
from tests.faults.racing import Call

OVER = ("finished", "stopped")
MAKES = {"take_break": "pause", "pause": "pause", "come_back": "resume", "resume": "resume", "grant": "grant",
         "take_seat": "take_pen", "carry_on_here": "take_pen"}  # fmt: skip


class History:
    """The rows of one sitting in the order of the chain, and every place where they cannot be true."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.state, self.epoch, self.faults = "booked", 0, list[str]()
        self.used = self.granted = self.moves = 0
        self.since: int | None = None
        self.paused_at = 0
        self.made: Counter[str] = Counter()
        for row in sorted(rows, key=lambda one: one["link_no"]):
            if "from_state" in row:
                self._move(row)
            elif "standing" in row:
                self._answer(row)

    def _move(self, row: dict[str, Any]) -> None:
        self.moves += 1
        if (row["n"], row["from_state"]) != (self.moves, self.state):
            self.faults.append(f"move {row['n']} leaves {row['from_state']}, the sitting was {self.state}")
        if self.state in OVER:
            self.faults.append(f"a {row['move']} after the end")
        self.made[
            "start of staff" if row["move"] == "grant" and row["role"] == "system" else row["move"]
        ] += 1
        self.epoch += row["move"] in ("take_pen", "release")
        self.granted += row["amount_ms"]
        if self.since is not None and row["to_state"] != "in_progress":
            self.used, self.since = self.used + max(0, row["at"] - self.since), None
        if self.since is None and row["to_state"] == "in_progress":
            self.since = row["at"]
        if row["move"] == "pause":
            self.paused_at = row["at"]
        self.state = row["to_state"]

    def _answer(self, row: dict[str, Any]) -> None:
        pen = row["epoch"] == self.epoch
        running = self.state == "in_progress"
        prompt = self.state == "paused" and row["arrived_at"] - self.paused_at <= POLICY.pause_grace_ms
        if row["counts"] and not (pen and (running or prompt)):
            self.faults.append(f"{row['token']} counts: pen {row['epoch']} of {self.epoch}, {self.state}")
        if not row["counts"] and pen and running and row["standing"] == "not_counted" and not row["twin"]:
            self.faults.append(f"{row['token']} was in time and had the pen, and does not count")


def faults_of(ruins: Ruins, keys: dict[str, str], calls: list[Call]) -> list[str]:
    """Everything about a sitting that cannot be so, whatever order its calls came in."""
    ledger = Ledger(keys["sitting_id"])
    moves, answers = (ruins.rows(table, ledger.sitting_id) for table in (sitting_move, answer_revision))
    history, row = History([*moves, *answers]), ruins.rows(sitting, ledger.sitting_id)[0]
    found = history.faults + ruins.broken_chain(ledger)
    stands = (row["state"], row["epoch"], row["used_ms"], row["running_since"], row["granted_ms"])
    told = (history.state, history.epoch, history.used, history.since, history.granted)
    if stands != told:
        found.append(f"the sitting says {stands}, its moves {told}")
    ends = sum(history.made[move] for move in ("finish", "run_out", "stop"))
    outcomes = ruins.rows(outcome, ledger.sitting_id)
    first = sum(
        one["reason"] != "late_answer" for one in outcomes
    )  # one that came late asks a person to look again
    if (history.made["start"], ends) not in ((0, 0), (1, 0), (1, 1)) or first != ends:
        found.append(f"{history.made['start']} starts, {ends} ends, {first} outcomes")
    if ends == 1 and outcomes:
        found += ruins.wrong_mark(ledger)
    found += _what_callers_were_told(history, answers, calls)
    return [f"{ledger.sitting_id[:6]}: {fault}" for fault in found]


def _what_callers_were_told(history: History, answers: list[dict[str, Any]], calls: list[Call]) -> list[str]:
    stored = {row["token"]: row for row in answers}
    found = [] if len(stored) == len(answers) else ["one save is stored twice"]
    unknown = any(isinstance(call.reply, NotSaved) for call in calls)
    for call in calls:
        if isinstance(call.reply, BaseException) and not isinstance(call.reply, NotSaved):
            found.append(f"{call.name} was answered with a {type(call.reply).__name__}")
        elif call.name == "save_answer" and not isinstance(call.reply, NotSaved):
            found += _about_a_save(call, stored)
    done = Counter(
        MAKES[call.name] for call in calls if isinstance(call.reply, (Moved, Seated)) and call.name in MAKES
    )
    for move, times in done.items():
        if history.made[move] < times or (history.made[move] > times and not unknown):
            found.append(f"{times} were told that their {move} was made, {history.made[move]} were")
    pages = {call.values["token"] for call in calls if isinstance(call.reply, Started)}
    if len(pages) > 1:
        found.append(f"{len(pages)} pages were told that they started it")
    if any(isinstance(call.reply, PartEnded) and call.reply.state.value in OVER for call in calls):
        found += [] if history.state in OVER else ["somebody was told that it is over"]
    return found


def _about_a_save(call: Call, stored: dict[str, dict[str, Any]]) -> list[str]:
    chosen, position = call.values["chosen"], call.values["position"]
    row = stored.get(chosen.token)
    if isinstance(call.reply, Saved):
        if row is None:  # after zero, what says again what is saved already is not stored once more
            said = [r for r in stored.values() if (r["position"], r["value"]) == (position, chosen.value)]
            row = next((r for r in said if r["counts"]), None)
        kept = row is not None and row["counts"] == 1 and row["value"] == chosen.value
        return (
            []
            if kept
            else [f"{chosen.token} was told that it is saved, and stands as {row and row['value']}"]
        )
    if isinstance(call.reply, Refused) and call.reply.kept:
        kept = row is not None and row["counts"] == 0 and row["value"] == chosen.value
        return [] if kept else [f"{chosen.token} was told that it is kept and does not count, and is not so"]
    return [] if row is None else [f"{chosen.token} was refused outright, and is stored"]
