"""The clock as a property: whatever legal moves were made, it agrees with time counted tick by tick."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.permissions import Role
from app.rules.sitting import TERMINAL, Move, PauseKind, State
from app.rules.timing import Clock, Moved, fold
from tests.rules.histories import HISTORIES, History, granted, ran_out, spent

ALLOWED = 57 * 60_000
PARTS = (ALLOWED, 20 * 60_000)


def moved(at: int, move: Move, to: State, kind: PauseKind | None = None, amount_ms: int = 0) -> Moved:
    return Moved(at, move, to, kind, amount_ms, recorded_at=at)


def started(at: int = 0) -> list[Moved]:
    return [moved(at, Move.CHECK_IN, State.CHECKED_IN), moved(at, Move.START, State.IN_PROGRESS)]


def paused(at: int, kind: PauseKind) -> Moved:
    return moved(at, Move.PAUSE, State.PAUSED, kind)


def resumed(at: int) -> Moved:
    return moved(at, Move.RESUME, State.IN_PROGRESS)


@given(HISTORIES)
def test_the_moves_folded_give_the_state_the_part_and_the_time_that_ticks_give(stages: list[History]) -> None:
    for history in stages:
        state, part, clock = fold(history.allowances_ms, history.moves)
        assert (state, part) == (history.state, history.part)
        assert (clock.running_since is not None) == (state is State.IN_PROGRESS)
        total = history.allowances_ms[part] + granted(history.moves, part)
        used = spent(history.moves, history.now, history.tick_ms, part)
        assert clock.left(history.now) == total - used
        assert clock.has_run_out(history.now, history.policy) == ran_out(history)


@given(HISTORIES)
def test_the_time_written_down_as_used_is_what_was_in_progress_before_the_present_span(
    stages: list[History],
) -> None:
    history = stages[-1]
    _, part, clock = fold(history.allowances_ms, history.moves)
    until = clock.running_since if clock.running_since is not None else history.now
    assert clock.used_ms == spent(history.moves, until, history.tick_ms, part)


@given(HISTORIES)
def test_folding_move_by_move_gives_the_same_clock_as_folding_all_at_once(stages: list[History]) -> None:
    history = stages[-1]
    part, clock = 0, Clock(history.allowances_ms[0])
    for count, each in enumerate(history.moves, start=1):
        part += each.move is Move.NEXT_PART
        clock = clock.moved(each, history.allowances_ms[part])
        assert fold(history.allowances_ms, history.moves[:count]) == (each.to, part, clock)


@given(HISTORIES)
def test_no_sequence_of_moves_ends_a_sitting_or_a_part_early(stages: list[History]) -> None:
    history = stages[-1]
    for place, each in enumerate(history.moves):
        state, part, clock = fold(history.allowances_ms, history.moves[:place])
        ends_part = each.to in TERMINAL or each.move is Move.NEXT_PART
        if not ends_part or state in (State.BOOKED, State.CHECKED_IN) or each.role is not Role.SYSTEM:
            continue  # a person's own finish, or the desk's stop
        total = clock.allowance_ms + clock.granted_ms
        assert clock.has_run_out(each.recorded_at, history.policy)
        assert spent(history.moves[: place + 1], each.at, history.tick_ms, part) >= total
        if each.move is Move.RUN_OUT:
            assert fold(history.allowances_ms, history.moves)[2].left(history.now) <= 0


@given(HISTORIES, st.integers(0, 10**9))
def test_a_stopped_clock_stands_still_and_never_runs_out(stages: list[History], later: int) -> None:
    history = stages[-1]
    _, _, clock = fold(history.allowances_ms, history.moves)
    if clock.running_since is not None:
        clock = clock.moved(paused(history.now, PauseKind.TECHNICAL))
    assert clock.left(history.now + later) == clock.left(history.now)
    assert clock.deadline is None
    assert not clock.has_run_out(history.now + later)


@given(HISTORIES, st.sampled_from(PauseKind), st.integers(0, 10**8))
def test_a_second_pause_on_top_of_a_pause_changes_no_time(
    stages: list[History], kind: PauseKind, later: int
) -> None:
    history = stages[-1]
    once = fold(history.allowances_ms, [*history.moves, paused(history.now, kind)])
    again = paused(history.now + later, kind)
    assert fold(history.allowances_ms, [*history.moves, paused(history.now, kind), again]) == once


@given(HISTORIES, st.lists(st.integers(0, 10**7), max_size=4))
def test_time_added_is_added_to_the_millisecond_and_nothing_else_changes(
    stages: list[History], amounts: list[int]
) -> None:
    history = stages[-1]
    state, part, before = fold(history.allowances_ms, history.moves)
    grants = [moved(history.now, Move.GRANT, state, amount_ms=amount) for amount in amounts]
    *same, after = fold(history.allowances_ms, [*history.moves, *grants])
    assert same == [state, part]
    assert after == replace(before, granted_ms=before.granted_ms + sum(amounts))
    assert after.left(history.now) == before.left(history.now) + sum(amounts)


ENDS = {
    Move.RESUME: State.IN_PROGRESS,
    Move.FINISH: State.FINISHED,
    Move.STOP: State.STOPPED,
}


@pytest.mark.parametrize("kind", PauseKind)
@given(
    ending=st.sampled_from(sorted(ENDS)), worked=st.integers(0, ALLOWED), away=st.integers(0, 20 * 3_600_000)
)
def test_t04_remaining_time_is_identical_before_and_after_a_break_outage_staff_call_and_pause(
    kind: PauseKind, ending: Move, worked: int, away: int
) -> None:
    moves = started(at=5_000)
    left = fold(PARTS, moves)[2].left(5_000 + worked)
    back = 5_000 + worked + away
    moves = [*moves, paused(5_000 + worked, kind), moved(back, ending, ENDS[ending])]
    assert left == fold(PARTS, moves)[2].left(back) == ALLOWED - worked


@given(alive=st.integers(0, ALLOWED), down=st.integers(0, 86_400_000), returned=st.integers(0, 10 * 60_000))
def test_t04_an_outage_backdated_to_the_last_alive_mark_costs_nothing_however_long_it_was(
    alive: int, down: int, returned: int
) -> None:
    running = fold(PARTS, started())[2]
    outage = replace(paused(alive, PauseKind.OUTAGE), recorded_at=alive + down)
    _, _, clock = fold(PARTS, [*started(), outage, resumed(alive + down + returned)])
    assert clock.left(alive + down + returned) == running.left(alive)


@pytest.mark.parametrize("kind", PauseKind)
def test_t04_a_pause_at_the_very_end_keeps_the_last_millisecond_and_a_pause_at_zero_keeps_zero(
    kind: PauseKind,
) -> None:
    for left in (1, 0):
        moment = ALLOWED - left
        _, _, clock = fold(PARTS, [*started(), paused(moment, kind), resumed(moment + 3_600_000)])
        assert clock.left(moment + 3_600_000) == left


def test_t07_a_sitting_left_paused_for_twenty_hours_has_the_same_time_left() -> None:
    minute, hours = 60_000, 20 * 3_600_000
    state, _, clock = fold(PARTS, [*started(), paused(15 * minute, PauseKind.BREAK)])
    assert (state, clock.left(15 * minute + hours)) == (State.PAUSED, 42 * minute)


def test_t05_five_minutes_added_in_the_middle_of_a_question_move_the_end_by_five_minutes() -> None:
    added = moved(30 * 60_000, Move.GRANT, State.IN_PROGRESS, amount_ms=5 * 60_000)
    _, _, clock = fold(PARTS, [*started(), added])
    assert clock.deadline == 62 * 60_000
    assert not clock.has_run_out(57 * 60_000 + 10_001)


@given(HISTORIES)
def test_the_next_part_starts_with_a_fresh_stopped_clock_and_its_own_allowance(stages: list[History]) -> None:
    history = stages[-1]
    for place, each in enumerate(history.moves):
        if each.move is Move.NEXT_PART:
            _, part, clock = fold(history.allowances_ms, history.moves[: place + 1])
            assert clock == Clock(history.allowances_ms[part])
