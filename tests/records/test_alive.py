"""The alive mark, the sittings that an outage concerns, and those that the sweep has to close."""

from __future__ import annotations

from app.records import alive
from app.rules.policy import MINUTE
from tests.support.factories import Scene


def test_the_first_mark_is_written_although_a_clock_already_runs(scene: Scene) -> None:
    scene.started()
    scene.forward(minutes=1)
    alive.mark(scene.db, scene.now)
    assert alive.last_mark(scene.db) == scene.now


def test_a_mark_never_goes_back(scene: Scene) -> None:
    for at in (scene.now + 5_000, scene.now):
        alive.mark(scene.db, at)
    assert alive.last_mark(scene.db) == scene.now + 5_000


def test_the_newest_write_of_a_running_sitting_is_a_mark(scene: Scene) -> None:
    alive.mark(scene.db, scene.now)
    sat = scene.started()
    scene.forward(seconds=3)
    sat.save(1, sat.right(1))
    assert alive.last_mark(scene.db) == scene.now


def test_only_running_clocks_are_concerned_by_an_outage(scene: Scene) -> None:
    running, paused, seated = scene.started(), scene.started(), scene.seated()
    paused.take_break()
    found = {seat.sitting_id for seat in alive.running(scene.db)}
    assert running.keys["sitting_id"] in found
    assert not {paused.keys["sitting_id"], seated.keys["sitting_id"]} & found


def test_the_longest_past_their_deadline_come_first(scene: Scene) -> None:
    one = scene.started()
    scene.forward(minutes=1)
    two = scene.started()
    late = [due.sitting_id for due in alive.overdue(scene.db, before=scene.now + 11 * MINUTE)]
    assert late.index(one.keys["sitting_id"]) < late.index(two.keys["sitting_id"])
    assert alive.overdue(scene.db, before=scene.now) == ()


def test_only_rest_breaks_of_these_days_are_concerned_by_an_outage(scene: Scene) -> None:
    resting, running, stopped = scene.started(), scene.started(), scene.started()
    resting.take_break()
    stopped.pause()
    found = {seat.sitting_id for seat in alive.resting(scene.db, started_after=scene.now - 1)}
    assert resting.keys["sitting_id"] in found
    assert not {running.keys["sitting_id"], stopped.keys["sitting_id"]} & found
    assert alive.resting(scene.db, started_after=scene.now) == ()
