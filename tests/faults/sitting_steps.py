"""What may be pressed in a sitting, how often, and when: the table from which `sitting_machine.py` draws its next step.

One table drawn from evenly, where rules of their own would be switched off by the dozen in each example.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.faults.model import BEFORE, OVER, Model

OF_STAFF = (
    "break",
    "medical",
    "conversation",
    "identity",
    "disturbance",
    "technical",
    "evacuation",
    "device",
)
STAGES = ("booked", "seated", "started", "started", "two parts", "two parts")
FAULTS = {"no_such_option": (1, "nonsense"), "no_such_question": (9, ""), "too_many": (1, "every")}
_AGO = st.sampled_from((0, 0, 0, 0, 0, 0, 1, 2))  # how many pens ago: an old page, or another desk
_CHOICE = st.sampled_from(("right", "wrong", "half", ""))


def _always(model: Model) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """How a step is drawn, how many times as often as the rarest, and whether it may come now (after so many steps)."""

    often: int
    drawn: dict[str, st.SearchStrategy[Any]] = field(default_factory=dict)
    after: int = 0
    when: Callable[[Model], bool] = _always


STEPS: dict[str, Step] = {
    "wait": Step(
        4,
        {
            "ms": st.sampled_from((1, 900, 5_000, 5_001, 29_000, 31_000, 119_000, 240_000, 600_001)),
            "marked": st.booleans(),
        },
    ),
    "wait_until": Step(
        4,
        {"left": st.sampled_from((1_000, 1, 0, -1, -4_000, -9_999, -10_000, -10_001, -11_000, -60_000))},
        after=10,
        when=lambda model: model.is_running and model.left > -10_000,
    ),
    "the_service_is_away": Step(
        3,
        {
            "gap": st.sampled_from((1_000, 8_000, 26_000, 30_000, 30_001, 31_000, 600_000, 3 * 3_600_000)),
            "how": st.sampled_from(("restart", "restart", "freeze", "step")),
        },
    ),
    "lost_connection": Step(
        2,
        {
            "ms": st.sampled_from((500, 4_000, 60_000, 400_000)),
            "claim": st.sampled_from("ab"),
            "held": st.sampled_from((True, True, True, False)),
        },
        when=lambda model: model.state not in BEFORE,
    ),
    "get_in": Step(
        20,
        {"step": st.sampled_from(("next",) * 6 + ("confirm", "start", "undo", "release"))},
        when=lambda model: model.state in BEFORE,
    ),
    "change_the_pen": Step(
        3, {"what": st.sampled_from(("release", "tab", "start", "one desk", "two desks", "")), "ago": _AGO}
    ),
    "stop_the_clock": Step(
        3,
        {
            "kind": st.sampled_from(("break", "break", "call", *(f"staff: {kind}" for kind in OF_STAFF))),
            "ago": _AGO,
        },
        when=lambda model: model.state not in OVER,
    ),
    "go_on": Step(8, {"by_staff": st.booleans(), "ago": _AGO}, when=lambda model: model.is_paused),
    "take_back_the_call": Step(3, when=lambda model: model.open_call),
    "grant": Step(
        2,
        {
            "by": st.sampled_from(("desk", "second", "lead", "administrator")),
            "minutes": st.sampled_from((1, 3, 5, 20)),
        },
    ),
    "save_without_script": Step(4, {"ago": _AGO, "position": st.integers(1, 6), "choice": _CHOICE}),
    "save_by_script": Step(
        6,
        {
            "ago": _AGO,
            "position": st.integers(1, 6),
            "choice": _CHOICE,
            "made": st.sampled_from(("now", "before", "past zero", "long ago", "unsaid")),
            "behind": st.sampled_from((-2, -2, -2, 0, 1, 2)),
        },
    ),
    "save_again": Step(
        3,
        {"which": st.integers(0, 9), "choice": st.sampled_from(("same", "same", "right", "wrong"))},
        after=4,
    ),
    "save_nonsense": Step(1, {"fault": st.sampled_from(sorted(FAULTS))}, when=lambda model: bool(model.key)),
    "close": Step(
        3,
        {"how": st.sampled_from(("sweep", "sweep", "continue"))},
        when=lambda model: model.left < 0 or model.part > 0,
    ),
    "finish": Step(2, {"part": st.sampled_from((0, 0, 1)), "ago": _AGO}, after=16),
    "stop": Step(
        1,
        {
            "malpractice": st.sampled_from((True, True, False)),
            "by": st.sampled_from(("desk", "second", "lead")),
        },
        after=16,
    ),
}


def next_step(model: Model, count: int) -> st.SearchStrategy[str]:
    """The steps that may come now, each as often as its table says."""
    may = [name for name, step in STEPS.items() if count >= step.after and step.when(model)]
    return st.sampled_from([name for name in may for _ in range(STEPS[name].often)])
