"""The course of one sitting lived again by the rules: its states, its clock at every step, its answers, its marks."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.records.outcomes import document
from app.records.seats import NAMES, Seat, seat_of
from app.records.sittings import folded
from app.records.verifying.stories import Row, Story, name_of
from app.rules.outcome import Ended, Marked, mark
from app.rules.saving import COUNTING, Save, Standing, newest
from app.rules.sitting import LEGAL, TERMINAL, Move, PauseKind, State
from app.rules.timing import Clock, Moved, break_used

Keys = Mapping[tuple[str, int], frozenset[str]]
WITHOUT_OUTCOME = frozenset({State.CANCELLED})


class Course:
    """A sitting on its way: where it stood and what its clock said after each row of its chain."""

    def __init__(self, story: Story, keys: Keys) -> None:
        """Raise KeyError, TypeError or ValueError for a row that no rule can read."""
        self.seat: Seat = seat_of([story.row[name] for name in NAMES])
        self.story, self.keys = story, keys
        self.state, self.part = State.BOOKED, 0
        self.allowances = [plan.allowance_ms for plan in self.seat.parts]
        self.clock = Clock(self.allowances[0] if self.allowances else self.seat.clock.allowance_ms)
        self.moves: list[Moved] = []
        self.asked = {row["position"]: row for row in story.paper}
        self.offered = {row["position"]: dict(json.loads(row["options"])) for row in story.paper}
        self.revisions: Counter[int] = Counter()
        self.saves: dict[int, list[Save]] = {}
        self.outcomes = 0

    def faults(self) -> Iterator[str]:
        """Everything that the rules would not have done."""
        steps = {"move": self._move, "answer": self._answer, "outcome": self._outcome}
        for kind, row in self.story.happened:
            for words in steps[kind](row):
                yield f"{name_of(kind, row)} {words}"
        yield from self._end()

    def _move(self, row: Row) -> Iterator[str]:
        (moved,) = folded((row,))
        if (row["from_state"], row["n"]) != (self.state.value, len(self.moves) + 1):
            yield "does not follow the move before it"
        if LEGAL.get((self.state, moved.move)) is not moved.to:
            yield f"leads from {self.state} to {moved.to}, which no rule allows"
        next_by_time = moved.move is Move.NEXT_PART and row["reason"] == Ended.TIME.value
        ended_by_time = moved.move is Move.RUN_OUT or next_by_time
        if ended_by_time and (left := self.clock.left(moved.at)) > 0:
            yield f"ended the time with {left} ms left"
        if moved.move is Move.NEXT_PART:
            self.part += 1
        if moved.part != self.part:
            yield f"is of part {moved.part + 1} and the sitting was in part {self.part + 1}"
        self.clock = self.clock.moved(moved, self.allowances[self.part] if self.allowances else None)
        self.state = moved.to
        self.moves.append(moved)

    def _answer(self, row: Row) -> Iterator[str]:
        position, standing = row["position"], Standing(row["standing"])
        self.revisions[position] += 1
        if row["revision"] != self.revisions[position]:
            yield "is out of its order"
        if row["left_ms"] != (left := self.clock.left(row["arrived_at"])):
            yield f"came with {left} ms left by the moves, and says {row['left_ms']}"
        if bool(row["counts"]) != (standing in COUNTING):
            yield f"is {standing}, and says that it {'counts' if row['counts'] else 'does not count'}"
        if standing in COUNTING and self.state not in (State.IN_PROGRESS, State.PAUSED):
            yield f"counts, though the sitting was {self.state}"
        asked = self.asked.get(position)
        if asked is None:
            yield "is to a question that is not on the paper"
            return
        offered, chosen = self.offered[position], row["value"].split()
        if (
            not offered.keys() >= set(chosen)
            or len(set(chosen)) != len(chosen)
            or len(chosen) > asked["choose"]
        ):
            yield "chooses what its question does not offer"
        save = Save(row["epoch"], row["sequence"], row["value"], standing)
        self.saves.setdefault(position, []).append(save)

    def _outcome(self, row: Row) -> Iterator[str]:
        self.outcomes += 1
        if row["revision"] != self.outcomes:
            yield "is out of its order"
        if self.state not in TERMINAL:
            yield f"was written while the sitting was {self.state}"
        if self.state is State.NOT_ATTENDED:
            deserved, passed = document(()), None
        else:
            lacks = [one for one in self.asked.values() if _version(one) not in self.keys]
            for one in lacks:
                yield f"cannot be marked again: question {one['position']} has no key"
            if lacks:
                return
            deserved, passed = self._marked()
        if (json.loads(row["result"]), row["passed"]) != (json.loads(deserved), passed):
            yield "is not what the answers that count deserve"

    def _marked(self) -> tuple[str, int]:
        """The result as it must be stored, and whether it is a pass."""
        parts: dict[int, list[Marked]] = {}
        for position, one in self.asked.items():
            ids = self.offered[position]
            best = newest(self.saves.get(position, ()))
            chosen = frozenset(ids.get(value, "") for value in (best.value if best else "").split())
            parts.setdefault(one["part"], []).append(Marked(one["topic"], chosen, self.keys[_version(one)]))
        results = tuple(mark(parts.get(n, []), plan.rule) for n, plan in enumerate(self.seat.parts))
        return document(results), int(all(result.passed for result in results))

    def _end(self) -> Iterator[str]:
        """Where all this leads, beside where the sitting's own row says that it stands."""
        seat, clock = self.seat, self.clock
        there: dict[str, tuple[Any, Any]] = {
            "state": (seat.state.value, self.state.value),
            "part": (seat.part, self.part),
            "number of moves": (seat.move_no, len(self.moves)),
            "allowance": (seat.clock.allowance_ms, clock.allowance_ms),
            "time granted": (seat.clock.granted_ms, clock.granted_ms),
            "time used": (seat.clock.used_ms, clock.used_ms),
            "start of the running clock": (seat.clock.running_since, clock.running_since),
            "deadline": (self.story.row["deadline_at"], clock.deadline),
            "time of rest breaks": (seat.break_used_ms, break_used(self.moves, 0)),
            "pause": (seat.pause_kind, self._pause()),
        }
        for what, (says, must_be) in there.items():
            if says != must_be:
                yield f"its {what} is {says}, and its moves say {must_be}"
        if self.state in TERMINAL - WITHOUT_OUTCOME and not self.outcomes:
            yield "it is over and has no outcome"
        counting = [
            (position, save.epoch, save.sequence)
            for position, saves in self.saves.items()
            for save in saves
            if save.standing in COUNTING
        ]
        for position, epoch, sequence in (one for one, times in Counter(counting).items() if times > 1):
            yield f"two answers to question {position} count as number {sequence} of pen {epoch}"

    def _pause(self) -> PauseKind | None:
        """The kind of the pause under way: a move within a pause leaves it as it was."""
        if self.state is not State.PAUSED:
            return None
        makers = (Move.PAUSE, Move.NEXT_PART)
        return next((moved.kind for moved in reversed(self.moves) if moved.move in makers), None)


def _version(asked: Row) -> tuple[str, int]:
    return asked["question_id"], asked["question_version"]


def course_faults(story: Story, keys: Keys) -> Iterator[str]:
    """What the rules say of one sitting; one that holds what no rule can read is told as such."""
    try:
        yield from Course(story, keys).faults()
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        yield f"it holds something that no rule can read ({type(error).__name__})"
