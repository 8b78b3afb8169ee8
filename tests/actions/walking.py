"""Random walks through the real actions, and the time of a sitting counted a second way: by watching it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from app.actions.check_in import undo_check_in
from app.actions.end_sitting import run_out
from app.actions.keep_alive import mark_alive, recover
from app.actions.sign_in import carry_on_here
from app.records.tables import sitting_move
from app.rules.help import HelpReason, StopReason, UndoReason
from app.rules.outcome import Ended
from app.rules.permissions import SYSTEM
from app.rules.refusals import Refused
from app.rules.sitting import TERMINAL, PauseKind, State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.sweeping import sweep

GAPS_MS = (0, 1, 900, 29_000, 31_000, 61_000, 240_000, 600_000, 1_500_000)
AWAY_MS = (1_000, 29_000, 31_000, 3 * 60 * 60_000)
STAFF_KINDS = [
    kind for kind in PauseKind if kind not in (PauseKind.HELP, PauseKind.OUTAGE, PauseKind.SECTION)
]


class Walker:
    """One sitting, pushed about at random. After each step everything about it must still agree."""

    def __init__(self, scene: Scene, sat: Sat, seed: int) -> None:
        self.scene, self.sat, self.random = scene, sat, Random(seed)
        self.lived_ms = self.asked_for = 0
        self.part = 0
        self.confirmed = self.released = False

    def step(self) -> None:
        """Let time pass, do one thing, and look whether all still holds."""
        self._wait()
        do = self.random.choice(self._choices())
        do()
        self._look()

    def _wait(self) -> None:
        gap = self.random.choice(GAPS_MS)
        self._live(gap)
        self.scene.forward(ms=gap)
        if self.random.random() < 0.7:
            self.scene.do(mark_alive, SYSTEM)

    def _live(self, gap: int) -> None:
        if self.sat.seat.state is State.IN_PROGRESS:
            self.lived_ms += gap

    def _choices(self) -> list[Callable[[], Any]]:
        sat, random = self.sat, self.random
        before: list[Callable[[], Any]] = [
            sat.check_in, self._release, sat.take_seat, self._confirm, self._start, lambda: sat.grant(1),
        ]  # fmt: skip
        anywhere: list[Callable[[], Any]] = [
            self._save, self._save, sat.take_break, sat.come_back, sat.call, self._outage, self._outage,
            lambda: sat.call(random.choice(list(HelpReason)), "words"),
            lambda: sat.pause(random.choice(STAFF_KINDS)), sat.resume, self._grant, self._new_desk,
            lambda: self.scene.do(sweep, SYSTEM), lambda: sat.candidate(run_out), self._carry_on,
            lambda: sat.stop(StopReason.MALPRACTICE, words="x" * 20),
        ]  # fmt: skip
        rare: list[Callable[[], Any]] = [sat.finish, self._undo, lambda: sat.stop(StopReason.MEDICAL)]
        under_way = sat.seat.state in (State.IN_PROGRESS, State.PAUSED)
        usual = anywhere if under_way else [*before, *before, self._undo]
        return rare if random.random() < 0.03 else usual

    def _save(self) -> Any:
        position = self.random.randint(1, 7)
        asked = self.sat.seat.parts and self.random.random() < 0.9 and position <= 6
        value = self.sat.right(position) if asked else ""
        scripted = self.random.random() < 0.5
        made = self.random.choice((None, -1, 10**6)) if scripted else None
        sequence = self.random.randint(0, 30) if scripted else None
        stale = self.random.random() < 0.1
        return self.sat.save(
            position, value, epoch=self.sat.epoch - stale, sequence=sequence, made_left_ms=made
        )

    def _grant(self) -> Any:
        by = self.random.choice((self.scene.desk, self.scene.lead, self.scene.administrator))
        return self.sat.grant(self.random.randint(1, 4), by=by)

    def _release(self) -> Any:
        code = self.sat.code
        done = self.sat.release()
        if isinstance(done, Refused):
            self.sat.code = code
        else:
            self.released = True
        return done

    def _new_desk(self) -> None:
        if not isinstance(self._release(), Refused):
            self.sat.take_seat(device=f"desk {self.random.random()}")

    def _carry_on(self) -> None:
        self.sat.epoch = getattr(self.sat.candidate(carry_on_here), "epoch", self.sat.epoch)

    def _confirm(self) -> None:
        self.sat.confirm()
        self.confirmed = self.sat.seat.details_at is not None

    def _start(self) -> None:
        before = self.sat.seat
        self.sat.start(f"page {self.random.randint(1, 2)}")
        if before.state is State.CHECKED_IN and self.sat.seat.state is State.IN_PROGRESS:
            assert before.released_at is not None and self.released  # noqa: PT018 (one guard, two witnesses)
            assert before.details_at is not None and self.confirmed  # noqa: PT018 (one guard, two witnesses)
            assert before.arrangements_at is not None

    def _undo(self) -> None:
        self.sat.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
        if self.sat.seat.state is State.BOOKED:
            self.released = self.confirmed = False

    def _outage(self) -> None:
        """The service is away: nobody marks, nobody is judged, and then it recovers."""
        self.scene.do(mark_alive, SYSTEM)
        self.scene.forward(ms=self.random.choice(AWAY_MS))
        self.scene.do(recover, SYSTEM)

    def _look(self) -> None:
        must_agree(self.sat, chain=False)
        seat = self.sat.seat
        if seat.part != self.part or seat.state in TERMINAL:
            self._must_not_have_ended_early()
        if seat.part != self.part:
            self.part, self.lived_ms = seat.part, 0

    def _must_not_have_ended_early(self) -> None:
        """A part that ended for want of time was served for its whole allowance and all its grants."""
        rows = self.sat.rows(sitting_move)
        ended = [row for row in rows if row["move"] in ("run_out", "next_part")]
        by_time = [row for row in ended if row["move"] == "run_out" or row["reason"] == Ended.TIME.value]
        if not by_time or by_time[-1] is not rows[-1]:
            return
        part = self.part
        allowed = self.sat.seat.parts[part].allowance_ms
        begins = next((n for n, row in enumerate(rows) if row["part"] == part), 0) if part else 0
        granted = sum(row["amount_ms"] for row in rows[begins:-1] if row["move"] == "grant")
        assert self.lived_ms >= allowed + granted
