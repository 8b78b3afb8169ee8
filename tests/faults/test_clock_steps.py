"""A wall clock that is stepped, a machine that sleeps, a service that freezes: none takes time from anybody (P20)."""

from __future__ import annotations

import time

import pytest

from app.actions.keep_alive import mark_alive, recover
from app.clock import SystemClock
from app.rules.permissions import SYSTEM
from app.rules.policy import HOUR, MINUTE, SECOND
from app.rules.sitting import State
from tests.faults.conftest import Measure
from tests.support.factories import NINE, Scene
from tests.support.sweeping import sweep

YEAR = 365 * 24 * HOUR
STEPS = {
    "+30 minutes": 30 * MINUTE,
    "-30 minutes": -30 * MINUTE,
    "+3 years": 3 * YEAR,
    "-3 years": -3 * YEAR,
}


class Machine:
    """The two clocks of a machine: time of day, which people set, and time since boot, which nobody can."""

    def __init__(self) -> None:
        self.wall, self.boot = NINE, 5 * MINUTE

    def pass_by(self, ms: int) -> None:
        self.wall += ms
        self.boot += ms

    def read(self, which: int) -> int:
        return {time.CLOCK_REALTIME: self.wall, time.CLOCK_BOOTTIME: self.boot}[which] * 1_000_000


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(time, "clock_gettime_ns", machine.read)
    return machine


@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_the_wall_clock_moves_no_time_left(
    sqlite_scene: Scene, machine: Machine, measure: Measure, step: str
) -> None:
    scene, clock = sqlite_scene, SystemClock()
    sat = scene.started()
    machine.pass_by(2 * MINUTE)
    machine.wall += STEPS[step]
    scene.now = clock.now_ms()
    assert scene.do(sweep, SYSTEM) == ()
    used = sat.seat.clock.allowance_ms + sat.seat.clock.granted_ms - sat.left_ms
    what = f"by how much a step of {step} moved time left (the actions in process, both clocks by hand)"
    measure("F8", "P20", what, "0 ms", f"{used - 2 * MINUTE} ms")
    assert used == 2 * MINUTE
    assert sat.save(1, sat.right(1)).answered is True


def test_a_machine_that_slept_has_let_the_time_pass(machine: Machine) -> None:
    clock = SystemClock()
    machine.boot += HOUR  # time since boot counts a suspended machine; the wall may be set late
    assert clock.now_ms() == NINE + HOUR


@pytest.mark.parametrize("step", ["+30 minutes", "+3 years", "-30 minutes"])
def test_a_restart_under_a_wrong_wall_clock_takes_no_time(
    sqlite_scene: Scene, machine: Machine, step: str
) -> None:
    scene = sqlite_scene
    sat = scene.started()
    machine.pass_by(3 * MINUTE)
    scene.now = SystemClock().now_ms()
    scene.do(mark_alive, SYSTEM)
    left = sat.left_ms
    machine.pass_by(4 * SECOND)
    machine.wall += STEPS[step]
    scene.now = SystemClock().now_ms()
    scene.do(recover, SYSTEM)
    assert scene.do(sweep, SYSTEM) == ()
    assert sat.left_ms >= left
    if sat.seat.state is State.PAUSED:
        assert sat.come_back().left_ms == left
