"""The edges of time: the last millisecond, clocks that step back, minutes shown, breaks used, coming back alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.policy import POLICY
from app.rules.sitting import Move, PauseKind, State
from app.rules.timing import Clock, Moved, allowance, break_used, fold, may_return_alone, whole_minutes
from tests.rules.histories import HISTORIES, History

MINUTE = 60_000
RUNNING = Clock(allowance_ms=57 * MINUTE, running_since=1_000)
END = 1_000 + 57 * MINUTE


def moved(at: int, move: Move, to: State, kind: PauseKind | None = None) -> Moved:
    return Moved(at, move, to, kind, recorded_at=at)


def test_the_deadline_is_the_moment_at_which_nothing_is_left() -> None:
    assert RUNNING.deadline == END
    assert [RUNNING.left(END + ms) for ms in (-1, 0, 1)] == [1, 0, -1]


@pytest.mark.parametrize(("after_zero", "out"), [(-1, False), (0, False), (10_000, False), (10_001, True)])
def test_time_has_run_out_only_after_the_deadline_and_ten_seconds(after_zero: int, out: bool) -> None:
    assert RUNNING.has_run_out(END + after_zero) is out


def test_a_clock_that_never_started_never_runs_out() -> None:
    never = Clock(57 * MINUTE)
    assert (never.deadline, never.left(10**13), never.has_run_out(10**13)) == (None, 57 * MINUTE, False)


def test_a_sitting_without_moves_is_booked_with_all_its_time() -> None:
    assert fold((7, 8), []) == (State.BOOKED, 0, Clock(7))


def test_a_check_in_undone_and_done_again_has_used_nothing() -> None:
    moves = [
        moved(10, Move.CHECK_IN, State.CHECKED_IN),
        moved(5_000, Move.UNDO_CHECK_IN, State.BOOKED),
        moved(9_000, Move.CHECK_IN, State.CHECKED_IN),
    ]
    assert fold((57 * MINUTE,), moves) == (State.CHECKED_IN, 0, Clock(57 * MINUTE))


@given(st.integers(0, 10**7))
def test_a_wall_clock_that_steps_back_neither_takes_nor_gives_time(step: int) -> None:
    before = RUNNING.running_since or 0
    pause = moved(before - step, Move.PAUSE, State.PAUSED, PauseKind.TECHNICAL)
    assert RUNNING.left(before - step) == RUNNING.moved(pause).left(before) == 57 * MINUTE


def test_signing_in_again_and_a_grant_leave_the_present_span_as_it_is() -> None:
    for move in (Move.TAKE_PEN, Move.GRANT):
        assert RUNNING.moved(moved(END - 1, move, State.IN_PROGRESS)) == RUNNING


def test_the_loading_time_given_at_the_start_is_on_top_of_the_allowance() -> None:
    start = moved(1_000, Move.START, State.IN_PROGRESS)
    loading = Moved(1_000, Move.GRANT, State.IN_PROGRESS, amount_ms=POLICY.loading_ms)
    _, _, clock = fold((57 * MINUTE,), [moved(0, Move.CHECK_IN, State.CHECKED_IN), start, loading])
    assert clock.left(1_000 + POLICY.loading_ms) == 57 * MINUTE


@pytest.mark.parametrize("missing", [None, 0])
def test_a_next_part_without_its_allowance_is_an_error_and_not_a_part_of_no_time(missing: int | None) -> None:
    with pytest.raises(ValueError, match="allowance"):
        RUNNING.moved(moved(END, Move.NEXT_PART, State.PAUSED), missing)


def test_a_run_out_carries_the_deadline_also_when_a_browser_signed_in_after_it() -> None:
    clock = RUNNING.moved(moved(END + 5_000, Move.TAKE_PEN, State.IN_PROGRESS))
    over = clock.moved(Moved(END, Move.RUN_OUT, State.FINISHED, recorded_at=END + 10_001))
    assert (over.used_ms, over.left(END + 20_000)) == (57 * MINUTE, 0)


def test_time_left_in_one_part_is_not_carried_into_the_next() -> None:
    moves = [
        moved(0, Move.CHECK_IN, State.CHECKED_IN),
        moved(0, Move.START, State.IN_PROGRESS),
        Moved(1, Move.GRANT, State.IN_PROGRESS, amount_ms=5 * MINUTE),
        moved(10 * MINUTE, Move.NEXT_PART, State.PAUSED),
        moved(12 * MINUTE, Move.RESUME, State.IN_PROGRESS),
    ]
    state, part, clock = fold((57 * MINUTE, 20 * MINUTE), moves)
    assert (state, part, clock.left(13 * MINUTE)) == (State.IN_PROGRESS, 1, 19 * MINUTE)


def test_the_allowance_is_the_minutes_of_the_part_and_the_extra_ones() -> None:
    assert [allowance(57, 0), allowance(57, 57), allowance(57, 14)] == [3_420_000, 6_840_000, 4_260_000]


@pytest.mark.parametrize(
    ("left_ms", "shown"),
    [(-1, 0), (-(10**9), 0), (0, 0), (1, 1), (59_999, 1), (60_000, 1), (60_001, 2), (57 * MINUTE, 57)],
)
def test_t01_minutes_shown_are_whole_and_rounded_up_and_never_below_nothing(left_ms: int, shown: int) -> None:
    assert whole_minutes(left_ms) == shown


@given(st.integers(-(10**9), 10**9), st.integers(0, MINUTE))
def test_t01_minutes_shown_change_by_no_more_than_one_in_a_minute(left_ms: int, passed: int) -> None:
    assert whole_minutes(left_ms) - whole_minutes(left_ms - passed) in (0, 1)


@given(HISTORIES)
def test_the_break_used_is_every_moment_paused_for_a_break_and_no_other(stages: list[History]) -> None:
    history = stages[-1]
    used, resting, place = 0, False, 0
    first = history.moves[0].at if history.moves else history.now
    for moment in range(first, history.now, history.tick_ms):
        while place < len(history.moves) and history.moves[place].at <= moment:
            here = history.moves[place]
            if here.to is not State.PAUSED or here.kind is not None:
                resting = here.to is State.PAUSED and here.kind is PauseKind.BREAK
            place += 1
        used += history.tick_ms * resting
    assert break_used(history.moves, history.now) == used


@pytest.mark.parametrize("move", [Move.GRANT, Move.RELEASE, Move.TAKE_PEN])
def test_a_break_goes_on_counting_when_something_is_done_to_the_sitting_meanwhile(move: Move) -> None:
    moves = [
        moved(0, Move.PAUSE, State.PAUSED, PauseKind.BREAK),
        moved(2 * MINUTE, move, State.PAUSED),
        moved(7 * MINUTE, Move.RESUME, State.IN_PROGRESS),
    ]
    assert break_used(moves, 60 * MINUTE) == 7 * MINUTE
    assert break_used(moves[:2], 5 * MINUTE) == 5 * MINUTE


def test_two_breaks_add_up_and_other_pauses_are_no_break() -> None:
    moves = [
        moved(0, Move.PAUSE, State.PAUSED, PauseKind.BREAK),
        moved(MINUTE, Move.RESUME, State.IN_PROGRESS),
        moved(2 * MINUTE, Move.PAUSE, State.PAUSED, PauseKind.MEDICAL),
        moved(9 * MINUTE, Move.RESUME, State.IN_PROGRESS),
        moved(10 * MINUTE, Move.PAUSE, State.PAUSED, PauseKind.BREAK),
    ]
    assert break_used(moves, 12 * MINUTE) == 3 * MINUTE


# How long after the pause became known the candidate may still press Continue alone.
ALONE = {
    PauseKind.BREAK: None,
    PauseKind.DEVICE: None,
    PauseKind.SECTION: None,
    PauseKind.OUTAGE: 10 * MINUTE,
    PauseKind.HELP: 2 * MINUTE,
}


@pytest.mark.parametrize("kind", PauseKind)
@pytest.mark.parametrize(
    "passed", [0, 2 * MINUTE, 2 * MINUTE + 1, 10 * MINUTE, 10 * MINUTE + 1, 20 * 3_600_000]
)
def test_a_candidate_comes_back_alone_from_their_own_pauses_and_in_time_only(
    kind: PauseKind, passed: int
) -> None:
    limit = ALONE.get(kind, -1)
    assert may_return_alone(kind, 5_000, 5_000 + passed) is (limit is None or passed <= limit)


def test_people_are_never_told_of_more_time_than_was_arranged() -> None:
    minutes = 57 * 60_000
    started = Clock(minutes, granted_ms=POLICY.loading_ms, running_since=0)
    assert [whole_minutes(started.shown(at)) for at in (0, 9_999, 10_001, 70_001)] == [57, 57, 57, 56]
    assert started.shown(minutes + POLICY.loading_ms) == 0
    longer = Clock(minutes, granted_ms=POLICY.loading_ms + 600_000, running_since=0)
    assert whole_minutes(longer.shown(0)) == 67
