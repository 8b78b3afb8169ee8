"""What one raced sitting goes through, from two browsers at the sign-in to two ends at once."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from app.records.seats import Seat
from app.records.store import Store
from app.rules.policy import MINUTE
from app.rules.sitting import State
from tests.faults.racing import Call, Life
from tests.support.factories import NINE, Scene

MIDDLE = 5
RACES_OF_A_LIFE = 3 + MIDDLE
Race = Callable[[Life, Seat], list[Call]]


def pause_and_save(life: Life, seat: Seat) -> list[Call]:
    return [life.pause(), life.save(seat), life.save(seat)]


def take_over_and_save(life: Life, seat: Seat) -> list[Call]:
    return [life.take_over(seat), life.save(seat), life.save(seat)]


def two_take_overs(life: Life, seat: Seat) -> list[Call]:
    return [life.take_over(seat), life.take_over(seat), life.save(seat)]


def one_save_twice(life: Life, seat: Seat) -> list[Call]:
    """Without script beside a save of another question; with script, which numbers, beside one of the same."""
    if life.chance.random() < 0.5:
        save = life.save(seat, 1)
        return [save, life.twin(save), life.save(seat, 2)]
    save = life.save(seat, 1, sequence=life.now)
    return [save, life.twin(save), life.save(seat, 1, sequence=life.now + life.chance.choice([-1, 1]))]


def four_saves_at_one_question(life: Life, seat: Seat) -> list[Call]:
    return [life.save(seat, 1) for _ in range(4)]


def break_and_pause(life: Life, seat: Seat) -> list[Call]:
    return [life.rest(seat), life.pause(), life.save(seat)]


def grant_and_pause(life: Life, seat: Seat) -> list[Call]:
    return [life.grant(), life.pause(), life.save(seat)]


def anything(life: Life, seat: Seat) -> list[Call]:
    makers: list[Callable[[], Call]] = [
        lambda: life.save(seat), lambda: life.take_over(seat), life.pause, lambda: life.rest(seat), life.grant,
        life.resume, lambda: life.back(seat), lambda: life.ask_whether_over(seat),
    ]  # fmt: skip
    return [life.chance.choice(makers)() for _ in range(4)]


RACES: tuple[Race, ...] = (
    pause_and_save, take_over_and_save, two_take_overs, one_save_twice, four_saves_at_one_question,
    break_and_pause, grant_and_pause, anything,
)  # fmt: skip


def two_finishes(life: Life, seat: Seat) -> list[Call]:
    return [life.finish(seat), life.finish(seat), life.save(seat)]


def stop_and_finish(life: Life, seat: Seat) -> list[Call]:
    return [life.stop(), life.finish(seat), life.save(seat)]


def run_out_and_save(life: Life, seat: Seat) -> list[Call]:
    life.to_the_end_of_time(seat)
    return [life.sweep(), life.ask_whether_over(seat), life.save(seat), life.save(seat)]


def run_out_and_finish(life: Life, seat: Seat) -> list[Call]:
    life.to_the_end_of_time(seat)
    return [life.sweep(), life.finish(seat), life.save(seat)]


ENDS: tuple[Race, ...] = (two_finishes, stop_and_finish, run_out_and_save, run_out_and_finish)


async def live(store: Store, room: Scene, chance: Random) -> Life:
    """The whole of it; what was asked and answered stands on the life."""
    life = Life(store, room, chance, NINE + chance.randint(0, MINUTE))
    await life.prepare()
    await life.race(life.sign_in("here"), life.sign_in(chance.choice(["here", "there"])))
    await life.confirm()
    seat = await life.seat()
    await life.race(life.start(seat, "one"), life.start(seat, chance.choice(["one", "another"])))
    for _ in range(MIDDLE):
        await life.race(*chance.choice(RACES)(life, await life.seat()))
        seat = await life.seat()
        if seat.state is State.PAUSED:
            await life.race(life.resume(), life.back(seat), life.save(seat))
    await life.race(*chance.choice(ENDS)(life, await life.seat()))
    return life
