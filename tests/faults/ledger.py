"""What candidates were told, and the checker that compares it with what a fault has left behind.

It reads the database with its own eyes: nothing of the service's own judgement is asked.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.records.store.engines import sqlite_engine
from app.records.tables import answer_revision, outcome, paper_question, sitting, sitting_move
from tests.support.links import broken_links
from tests.support.small_edition import KEYS

SLACK_MS = 5  # two readings of the same machine's clock, each cut to whole milliseconds


@dataclass(frozen=True)
class Sent:
    """One answer on its way: the nonce of its page, the page values, and when it left (wall clock, ms)."""

    nonce: str
    value: str
    at: int


@dataclass
class Ledger:
    """One candidate's side: every answer that was acknowledged, and those of which nobody heard again."""

    sitting_id: str
    acknowledged: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    unheard: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    complaints: list[str] = field(
        default_factory=list
    )  # pages that showed something else than was acknowledged

    def sending(self, position: int, sent: Sent) -> None:
        self.unheard[position].append(sent)

    def heard(self, position: int, sent: Sent) -> None:
        """The service said that it is saved."""
        self.unheard[position].remove(sent)
        self.acknowledged[position].append(sent)

    def may_stand(self, position: int) -> set[str]:
        """What may count at a position: the last acknowledged value, or one sent after it and never heard of."""
        known = self.acknowledged[position]
        since = known[-1].at if known else 0
        last = {known[-1].value} if known else {""}
        return last | {sent.value for sent in self.unheard[position] if sent.at >= since}

    @property
    def told(self) -> set[str]:
        """The nonces of everything that was acknowledged."""
        return {sent.nonce for all_ in self.acknowledged.values() for sent in all_}


def copied(database: Path, folder: Path) -> Path:
    """The database and its log as they lie there, copied: looking at a copy repairs nothing of the original."""
    for name in (database.name, f"{database.name}-wal"):
        if database.with_name(name).exists():
            shutil.copy(database.with_name(name), folder / name)
    return folder / database.name


class Ruins:
    """A database read only: a copy after a kill, or the real one beside a running service.

    `source`: a SQLite file, or an engine of any database. `slack_ms`: how far two clocks here may differ.
    """

    def __init__(self, source: Path | sa.Engine, slack_ms: int = SLACK_MS) -> None:
        self.engine = source if isinstance(source, sa.Engine) else sqlite_engine(source, writes=False)
        self.slack_ms = slack_ms

    def __enter__(self) -> Ruins:
        self.db = self.engine.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self.engine.dispose()

    def rows(self, table: sa.Table, sitting_id: str) -> list[dict[str, Any]]:
        column = table.c.id if table is sitting else table.c.sitting_id
        found = self.db.execute(
            sa.select(table).where(column == sitting_id).order_by(*table.primary_key.columns)
        )
        return [dict(row) for row in found.mappings()]

    def lost_or_changed(self, ledger: Ledger) -> list[str]:
        """Every acknowledged answer that is not stored as it was sent, and every one stored that nobody sent."""
        stored = {row["token"]: row for row in self.rows(answer_revision, ledger.sitting_id)}
        faults = []
        for position, all_ in ledger.acknowledged.items():
            for sent in all_:
                row = stored.get(sent.nonce)
                if row is None:
                    faults.append(f"lost: {sent.value!r} at {position}, acknowledged")
                elif (row["value"], row["position"], row["counts"]) != (sent.value, position, 1):
                    faults.append(f"changed: {sent.value!r} at {position} became {row['value']!r}")
        known = {
            s.nonce for book in (ledger.acknowledged, ledger.unheard) for all_ in book.values() for s in all_
        }
        faults += [f"nobody sent {nonce}" for nonce in stored if nonce not in known]
        return faults

    def counted(self, ledger: Ledger) -> dict[int, str]:
        """What counts at each position now: the newest by epoch and sequence."""
        rows = [row for row in self.rows(answer_revision, ledger.sitting_id) if row["counts"]]
        rows.sort(key=lambda row: (row["epoch"], row["sequence"]))
        return {row["position"]: row["value"] for row in rows}

    def wrongly_counted(self, ledger: Ledger) -> list[str]:
        """Positions where something else counts than the last that was acknowledged or came after it."""
        counted = self.counted(ledger)
        positions = {*ledger.acknowledged, *ledger.unheard, *counted}
        return [
            f"at {position} counts {counted.get(position, '')!r}"
            for position in positions
            if counted.get(position, "") not in ledger.may_stand(position)
        ]

    def broken_chain(self, ledger: Ledger) -> list[str]:
        row = self.rows(sitting, ledger.sitting_id)[0]
        return broken_links(self.db, centre_id=row["centre_id"], sitting_id=row["id"])

    def faults(self, ledger: Ledger) -> list[str]:
        """Everything that a kill must not have done to what is stored."""
        found = self.lost_or_changed(ledger) + self.wrongly_counted(ledger) + self.broken_chain(ledger)
        return [f"{ledger.sitting_id[:6]}: {fault}" for fault in (*found, *ledger.complaints)]

    def stolen_time(self, ledger: Ledger, killed_at: int, now: int) -> list[str]:
        """Time that the outage took: less is left than at the last acknowledgement, minus what was really served."""
        moves = self.rows(sitting_move, ledger.sitting_id)
        before = [m for m in moves if m["recorded_at"] < killed_at]
        if before and before[-1]["to_state"] != "in_progress":
            return []  # its clock stood still already
        given = [m for m in moves if m["kind"] == "outage" and m["recorded_at"] >= killed_at - self.slack_ms]
        if not given:
            return ["no credit: the outage stands nowhere"]
        row, told = self.rows(sitting, ledger.sitting_id)[0], ledger.told
        acked = [
            r
            for r in self.rows(answer_revision, ledger.sitting_id)
            if r["token"] in told and r["arrived_at"] <= killed_at
        ]
        acked.sort(key=lambda r: (-r["arrived_at"], -r["link_no"]))
        if not acked:
            return []  # nothing acknowledged yet, or it was lost, which is told elsewhere
        back = [m["at"] for m in moves if m["move"] == "resume" and m["n"] > given[-1]["n"]]
        running = row["running_since"]
        left = (
            row["allowance_ms"]
            + row["granted_ms"]
            - row["used_ms"]
            - (max(0, now - running) if running else 0)
        )
        served = max(0, killed_at - acked[0]["arrived_at"]) + (now - back[0] if back else 0)
        short = acked[0]["left_ms"] - served - left
        return [f"the outage took {short} ms"] if short > self.slack_ms else []

    def wrong_mark(self, ledger: Ledger) -> list[str]:
        """Whether the outcome is what the answers that count deserve."""
        results = self.rows(outcome, ledger.sitting_id)
        if not results:
            return ["no outcome"]
        counted, right = self.counted(ledger), 0
        for question in self.rows(paper_question, ledger.sitting_id):
            ids = dict(json.loads(question["options"]))
            chosen = {ids[value] for value in counted.get(question["position"], "").split()}
            right += chosen == KEYS[question["question_id"]]
        told = json.loads(results[-1]["result"])[0]["score"]["right"]
        return [] if told == right else [f"marked {told}, deserves {right}"]
