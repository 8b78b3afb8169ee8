"""A whole sitting driven at random through the real actions, beside the model: moves, saves, outages, deadlines, two
devices. After every step the two must say the same. What is pressed stands here, what is compared in `comparing.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.actions.answer_help import take_back_calls
from app.actions.check_in import undo_check_in
from app.actions.credit_contact import credit_contact
from app.actions.end_sitting import run_out
from app.actions.keep_alive import after_a_freeze, credit_step, mark_alive, recover
from app.actions.sign_in import carry_on_here
from app.rules.help import OutsideReason, StopReason, UndoReason
from app.rules.permissions import SYSTEM
from app.rules.refusals import Refused
from app.rules.sitting import PauseKind
from tests.faults.comparing import compare, compare_reply, same, what_happened
from tests.faults.model import OVER, Model
from tests.faults.model_of_answers import Answers, Reply, Sent
from tests.faults.sitting_steps import FAULTS, STAGES, STEPS, next_step
from tests.support.factories import NINE, Scene
from tests.support.sat import Sat
from tests.support.sweeping import sweep

TICK = 5_000  # between two alive marks
SHORT_OUTAGE = 30_000
LEAST_FREEZE = 7_000  # shorter than that, a process that stood still may only have waited for its next mark


class SittingMachine(RuleBasedStateMachine):
    """One sitting and the browsers of two desks. Needs `scene` and `shelf`: sittings at each stage, by its name."""

    scene: Scene
    shelf: dict[str, Sat]
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = self.scene.db.begin_nested()
        self.steps = self.unmarked = 0
        self.agreed = False
        self.saves: list[Sent] = []

    def teardown(self) -> None:
        try:
            if self.agreed:
                compare(self.sat, self.model, self.epochs, thorough=True)
                self.seen.update(
                    {"examples": 1, "steps": self.steps, **dict.fromkeys(what_happened(self.sat), 1)}
                )
        finally:
            self.savepoint.rollback()

    @initialize(stage=st.sampled_from(STAGES))
    def begin(self, stage: str) -> None:
        self.scene = replace(self.scene, now=NINE)
        self.sat = sat = self.shelf[stage].in_scene(self.scene)
        two = stage == "two parts"
        parts = (range(1, 5), range(5, 8)) if two else (range(1, 7),)
        key = {n: sat.right(n) for part in parts for n in part} if stage != "booked" else {}
        self.model = Model(minutes=(10, 5) if two else (10,), answers=Answers(parts), key=key)
        self.epochs: list[int] = []
        if stage != "booked":
            self.model.check_in()
            self.model.release()
            self._has_pen(sat.device, sat.epoch)
        if stage in ("started", "two parts"):
            self.model.confirm()
            self.model.start(0, "first page")

    # what happens to a sitting, and what the model says of it

    def _says(self, reply: Any, goes: bool) -> None:
        same(f"whether it goes through ({reply})", not isinstance(reply, Refused), goes)

    def _has_pen(self, device: str, epoch: int) -> None:
        assert self.model.sign_in(device)
        self.epochs.append(epoch)

    def _pen(self, ago: int) -> int:
        """A pen given out so many pens ago; -1 before any was."""
        return max(len(self.epochs) - 1 - ago, -1 if not self.epochs else 0)

    def _epoch(self, pen: int) -> int:
        return self.epochs[pen] if pen >= 0 else 0

    def _wait(self, ms: int, *, marked: bool = True) -> None:
        self.scene.forward(ms=ms)
        self.model.tick(ms)
        self.unmarked += ms
        if marked or self.unmarked > TICK:
            self.scene.do(mark_alive, SYSTEM)
            self.unmarked = 0

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        """Whatever may come next, by the table."""
        name = data.draw(next_step(self.model, self.steps), label="press")
        how = data.draw(st.fixed_dictionaries(STEPS[name].drawn), label=name)
        getattr(self, name)(**how)

    # time

    def wait(self, ms: int, marked: bool) -> None:
        self._wait(ms, marked=marked or ms >= TICK)

    def wait_until(self, left: int) -> None:
        self._wait(max(0, self.model.left - left))

    def the_service_is_away(self, gap: int, how: str) -> None:
        """It restarts, or is frozen, or its clock is stepped on; then it gives back what that took."""
        if self.model.left <= 0 or how != "restart":
            self._wait(0)
        before, since, now = self._running(), self.scene.now, self.scene.forward(ms=gap)
        if how == "restart":
            self.scene.do(recover, SYSTEM)
        elif how == "freeze":
            after_a_freeze(self.scene.db, gap_ms=gap, now=now)
        else:
            self.scene.do(credit_step, SYSTEM, since=since)
        doubtful = how == "restart" and gap <= SHORT_OUTAGE < gap + self.unmarked
        stays = self.sat.seat.pause_kind != "outage" if doubtful else gap <= SHORT_OUTAGE or how == "step"
        if how == "freeze" and gap < LEAST_FREEZE:
            self.model.tick(gap)
            self._wait(0)
        else:
            self.model.outage(gap, self.unmarked, self._running() - before, stays)
        self.unmarked = 0

    def _running(self) -> int:
        """What is left on the clock that runs, that of the break or that of the part."""
        seat = self.sat.seat
        return seat.break_left_ms(self.scene.now) if self.model.kind == "break" else self.sat.left_ms

    def lost_connection(self, ms: int, claim: str, held: bool) -> None:
        device = self.model.device if self.model.device and held else "none of them"
        reply = self.sat.candidate(credit_contact, device=device, claim=claim, claimed_ms=ms)
        self._says(reply, device == self.model.device)
        if device == self.model.device:
            same("given back for a lost connection", reply.given_ms, self.model.contact(claim, ms))

    # getting in, and the pen

    def get_in(self, step: str) -> None:
        """What comes next on the way to the start, or something out of turn."""
        model = self.model
        if step == "next" and model.state == "booked":
            self._says(self.sat.check_in(outside_reason=OutsideReason.WE_ARE_LATE), model.check_in())
            model.key = {n: self.sat.right(n) for part in model.answers.parts for n in part}
        elif step == "undo":
            self._says(self.sat.desk(undo_check_in, reason=UndoReason.WRONG_PERSON), model.undo_check_in())
            model.key, self.saves = {}, []
        elif step == "release" or (step == "next" and not model.released):
            self._release()
        elif step == "next" and model.holder is None:
            self._sign_in("one desk")
        elif step == "confirm" or (step == "next" and not model.confirmed):
            self.sat.confirm()
            model.confirm()
        else:
            self._start(0, "first page")

    def change_the_pen(self, what: str, ago: int) -> None:
        """Another tab, or a move to another desk; or an old page that presses Start once more."""
        if what == "release":
            self._release()
        elif what == "start":
            self._start(ago, "first page" if ago else "another")
        elif what != "tab":
            self._sign_in(what or self.model.device or "one desk")
        elif self.model.device is not None:
            goes, reply = self.model.carry_on(), self.sat.candidate(carry_on_here)
            self._says(reply, goes)
            self.epochs += [reply.epoch] if goes else []

    def _release(self) -> None:
        code, goes = self.sat.code, self.model.release()
        self._says(self.sat.release(), goes)
        self.sat.code = self.sat.code if goes else code

    def _sign_in(self, device: str) -> None:
        goes = self.model.sign_in(device)
        self._says(self.sat.take_seat(device=device), goes)
        self.epochs += [self.sat.epoch] if goes else []

    def _start(self, ago: int, page: str) -> None:
        pen = self._pen(ago)
        self._says(self.sat.start(page, epoch=self._epoch(pen)), self.model.start(pen, page))

    # pauses, calls and grants

    def stop_the_clock(self, kind: str, ago: int) -> None:
        pen = self._pen(ago)
        self.sat.epoch = self._epoch(pen)
        if kind == "break":
            self._says(self.sat.take_break(), self.model.take_break(pen))
        elif kind == "call":
            self._says(self.sat.call(), self.model.call())
        else:
            word = kind.removeprefix("staff: ")
            self._says(self.sat.pause(PauseKind(word)), self.model.pause(word))

    def go_on(self, by_staff: bool, ago: int) -> None:
        pen = self._pen(ago)
        self.sat.epoch = self._epoch(pen)
        if by_staff:
            self._says(self.sat.resume(), self.model.resume())
        else:
            self._says(self.sat.come_back(), self.model.come_back(pen))

    def take_back_the_call(self) -> None:
        self.sat.candidate(take_back_calls)
        self.model.open_call = False

    def grant(self, by: str, minutes: int) -> None:
        self._says(self.sat.grant(minutes, by=getattr(self.scene, by)), self.model.grant(by, minutes))

    # answers

    def _send(self, sent: Sent, fault: str = "") -> None:
        told = self.sat.save(
            sent.position, sent.value, epoch=self._epoch(sent.pen), sequence=sent.number,
            made_left_ms=sent.made, token=sent.token,
        )  # fmt: skip
        reply: Reply = self.model.save(sent, self.scene.now, fault)
        compare_reply(told, reply, self.model)
        self.saves += [] if fault else [sent]

    def _value(self, position: int, choice: str) -> str:
        if position not in self.model.key:
            return ""
        if choice == "every":
            return " ".join(value for value, _ in self.sat.asked(position).options)
        named = {"right": self.model.key[position], "half": self.model.key[position].split()[0]}
        return self.sat.wrong(position) if choice == "wrong" else named.get(choice, choice)

    def save_without_script(self, ago: int, position: int, choice: str) -> None:
        token = f"page {len(self.saves)}"
        self._send(Sent(self._pen(ago), position, self._value(position, choice), token=token))

    def save_by_script(self, ago: int, position: int, choice: str, made: str, behind: int) -> None:
        left = self.model.left
        claimed = {"now": left, "before": left + 3_000, "past zero": -1, "long ago": 10**6}.get(made)
        highest = max((one.number for one in self.model.answers.at(position)), default=self.scene.now)
        value = self._value(position, choice)
        self._send(Sent(self._pen(ago), position, value, highest - behind, claimed))

    def save_again(self, which: int, choice: str) -> None:
        """The network or the Back button sends an old save again, or its page with another choice."""
        if not self.saves:
            return
        sent = self.saves[-1 - which % len(self.saves)]
        value = sent.value if choice == "same" else self._value(sent.position, choice)
        self._send(replace(sent, value=value))

    def save_nonsense(self, fault: str) -> None:
        position, choice = FAULTS[fault]
        self._send(Sent(self._pen(0), position, self._value(position, choice)), fault)

    # the end

    def close(self, how: str) -> None:
        """The sweep comes round, or the candidate presses Continue at zero."""
        over = self.model.is_paused or self.model.state in OVER
        goes = self.model.close_if_over()
        if how == "sweep":
            closed = self.scene.do(sweep, SYSTEM)
            same("closed for want of time", self.sat.keys["sitting_id"] in closed, goes)
        else:
            self._says(self.sat.candidate(run_out), goes or over)

    def finish(self, part: int, ago: int) -> None:
        pen, part = self._pen(ago), min(part, self.model.part)
        self.sat.epoch = self._epoch(pen)
        self._says(self.sat.finish(part), self.model.finish(pen, part))

    def stop(self, malpractice: bool, by: str) -> None:
        reason = StopReason.MALPRACTICE if malpractice else StopReason.MEDICAL
        reply = self.sat.stop(reason, words="x" * 20, by=getattr(self.scene, by))
        self._says(reply, self.model.stop_for_malpractice(by) if malpractice else self.model.stop())

    @invariant()
    def both_say_the_same(self) -> None:
        self.steps, self.agreed = self.steps + 1, False
        compare(self.sat, self.model, self.epochs, thorough=self.steps % 5 == 0)
        self.agreed = True
