"""Whole sittings at random, through the real actions, beside a model of them written from the design's tables."""

from __future__ import annotations

import secrets
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.actions.keep_alive import credit_outage
from app.rules.sitting import Move
from tests.faults.broken_actions import BROKEN, Break
from tests.faults.comparing import Differs
from tests.faults.conftest import Measure
from tests.faults.sitting_machine import SittingMachine
from tests.support.agreeing import must_agree
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import SMALL, TWO_PARTS

STEPS = 50
NINE = 9  # at a time, for from the tenth on Hypothesis mostly plays variations of what it had
# A bad sitting is shown as it was drawn: making it short takes minutes.
AS_DRAWN = settings(
    max_examples=NINE,
    stateful_step_count=STEPS,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SHORT = {"sqlite": 4 * NINE, "postgresql": 2 * NINE}
ROUNDS = {"sqlite": 6, "postgresql": 3}
EVERYWHERE = {move.value for move in Move} - {"mark_absent", "cancel"}
EVERYWHERE |= {f"paused: {kind}" for kind in ("break", "help", "outage", "section", "conversation", "device")}
EVERYWHERE |= {f"answer: {worth}" for worth in ("counts", "in_flight", "for_review", "late", "not_counted")}
EVERYWHERE |= {"answer: a number twice", "stopped: in_review 1", "time: provisional 1", "time: in_review 2"}


def shelf(scene: Scene) -> dict[str, Sat]:
    """A sitting at each stage from which an example may begin, and no other whose clock runs."""
    kept = {
        "booked": scene.book(),
        "seated": scene.seated(),
        "started": scene.started(SMALL),
        "two parts": scene.started(TWO_PARTS),
    }
    for others in scene.ready.values():
        for sat in others:
            sat.in_scene(scene).stop()
    return kept


def play(scene: Scene, *numbers: int, sittings: int) -> Counter[str]:
    """So many sittings drawn from each number; what was seen. Raises what the first bad one raises."""
    seen: Counter[str] = Counter()
    machine = type("Machine", (SittingMachine,), {"scene": scene, "shelf": shelf(scene), "seen": seen})
    for number in numbers:
        print(f"number {number}")
        for nine in range(sittings // NINE):
            run_state_machine_as_test(seed(1_000 * number + nine)(machine), settings=AS_DRAWN)
    return seen


def test_a_whole_sitting_is_at_every_step_what_the_design_says(scene: Scene, measure: Measure) -> None:
    which = scene.db.dialect.name
    seen = play(scene, 1, sittings=SHORT[which])
    tell(measure, scene, seen, 1)
    never = EVERYWHERE - seen.keys()
    assert not never or which == "postgresql", f"the sittings never came to {never}"


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_many_sittings_are_at_every_step_what_the_design_says(scene: Scene, measure: Measure) -> None:
    """Each time with other numbers. One that found something is played again by writing it into the test above."""
    numbers = [secrets.randbelow(10**6) for _ in range(ROUNDS[scene.db.dialect.name])]
    tell(measure, scene, play(scene, *numbers, sittings=99), *numbers)


@pytest.mark.parametrize(("promise", "how"), BROKEN, ids=[how.__name__ for _, how in BROKEN])
def test_what_is_broken_on_purpose_is_seen(
    sqlite_scene: Scene, monkeypatch: pytest.MonkeyPatch, measure: Measure, promise: str, how: Break
) -> None:
    how(monkeypatch)
    with pytest.raises(Differs) as caught:
        play(sqlite_scene, 1, sittings=SHORT["sqlite"])
    by_what = str(caught.value).partition(":")[0]
    measure("F8", promise, how.__name__.replace("_", " "), "seen", f"by {by_what}", seed="1", broken=True)


def tell(measure: Measure, scene: Scene, seen: Counter[str], *numbers: int) -> None:
    """The figures of a run that found nothing."""
    which = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[scene.db.dialect.name]
    made = f"0 in {seen['examples']:,} sittings of {seen['steps']:,} steps in all"
    for promise, what in (
        ("P3", "saves sent again that were stored again"),
        ("P4", "answers that count otherwise than the newest intention"),
        ("P5", "moments at which two pens wrote, or a save without the pen counted"),
        ("P6", "milliseconds that an outage, a freeze or a step of the clock took from somebody"),
        ("P7", "milliseconds of pauses that counted as used"),
        ("P8", "answers around zero judged otherwise than by the table of 4.4"),
    ):
        measure("F8", promise, f"{what}, {which}", "0", made, seed=" ".join(map(str, numbers)))


def test_the_agreement_sees_time_that_no_move_gave(sqlite_scene: Scene) -> None:
    sat = sqlite_scene.started()
    sqlite_scene.forward(minutes=2)
    credit_outage(sqlite_scene.db, since=sqlite_scene.now - 60_000, now=sqlite_scene.now)
    must_agree(sat)
    sqlite_scene.db.exec_driver_sql("UPDATE sitting SET used_ms = used_ms - 1")
    with pytest.raises(AssertionError):
        must_agree(sat)
