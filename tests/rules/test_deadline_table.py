"""Every row of the deadline table (design 4.4 as settled), with the milliseconds on both sides of each edge."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.policy import POLICY
from app.rules.refusals import Refusal
from app.rules.saving import COUNTING, Arrival, Ruling, Standing, judge
from app.rules.sitting import TERMINAL, State
from app.rules.timing import Clock
from tests.rules.grids import rows

ALLOWED = 57 * 60_000
PAUSED_AT = 40 * 60_000
LEFT_AT_PAUSE = ALLOWED - PAUSED_AT
RUNNING = Clock(ALLOWED, running_since=0)
STANDING_STILL = Clock(ALLOWED, used_ms=PAUSED_AT)

# left: server time left on arrival. made: time left that the browser claims for the choice; none: not told.
WHILE_RUNNING = """
    left      script  made       standing     refusal
    3420000   yes     3420000    counts       -
    1         yes     1          counts       -
    0         yes     0          counts       -
    0         yes     -1         counts       -
    0         yes     none       counts       -
    0         no      none       counts       -
    -1        yes     0          in_flight    -
    -1        yes     1          in_flight    -
    -1        yes     -1         for_review   for_review
    -1        yes     none       for_review   for_review
    -1        no      none       in_flight    -
    -9999     yes     0          in_flight    -
    -10000    yes     0          in_flight    -
    -10000    yes     5000       in_flight    -
    -10000    yes     -1         for_review   for_review
    -10000    yes     -10000     for_review   for_review
    -10000    yes     none       for_review   for_review
    -10000    no      none       in_flight    -
    -10001    yes     0          late         time_ended
    -10001    yes     60000      late         time_ended
    -10001    yes     -1         late         time_ended
    -10001    yes     none       late         time_ended
    -10001    no      none       late         time_ended
    -86400000 no      none       late         time_ended
"""

# after: since the pause began. made: as above, against the time left when the pause began (`more` is earlier).
WHILE_PAUSED = """
    after     script  made       standing     refusal
    0         yes     same       counts       -
    0         yes     1_more     counts       -
    0         yes     1_less     not_counted  paused
    0         yes     none       not_counted  paused
    0         no      none       counts       -
    5000      yes     same       counts       -
    5000      yes     1_less     not_counted  paused
    5000      yes     none       not_counted  paused
    5000      no      none       counts       -
    5001      yes     same       not_counted  paused
    5001      yes     1_more     not_counted  paused
    5001      no      none       not_counted  paused
    72000000  no      none       not_counted  paused
"""

# ended: whether the time ran out. Before a sitting has begun nothing is kept; afterwards everything is.
OTHERWISE = """
    state         ended  standing     refusal
    booked        no     nothing      not_started
    checked_in    no     nothing      not_started
    not_attended  no     nothing      not_started
    cancelled     no     nothing      not_started
    finished      yes    late         time_ended
    finished      no     not_counted  handed_in
    stopped       no     not_counted  handed_in
"""


def table(text: str) -> list[list[str]]:
    """The lines without the heading."""
    return rows(text)[1:]


def told(ruling: Ruling | Refusal) -> list[str]:
    """A ruling as the tables write it."""
    if isinstance(ruling, Refusal):
        return ["nothing", str(ruling)]
    return [str(ruling.standing), str(ruling.refusal or "-")]


@pytest.mark.parametrize(("left", "script", "made", "standing", "refusal"), table(WHILE_RUNNING))
def test_t06_an_answer_around_zero_is_judged_by_the_deadline_table(
    left: str, script: str, made: str, standing: str, refusal: str
) -> None:
    claimed = None if made == "none" else int(made)
    arrival = Arrival(ALLOWED - int(left), has_pen=True, scripted=script == "yes", made_left_ms=claimed)
    assert told(judge(State.IN_PROGRESS, RUNNING, arrival)) == [standing, refusal]


@pytest.mark.parametrize(("after", "script", "made", "standing", "refusal"), table(WHILE_PAUSED))
def test_a_paused_sitting_takes_only_what_was_chosen_before_the_pause_and_came_promptly(
    after: str, script: str, made: str, standing: str, refusal: str
) -> None:
    offset = {"same": 0, "1_more": 1, "1_less": -1}.get(made)
    claimed = None if offset is None else LEFT_AT_PAUSE + offset
    arrival = Arrival(PAUSED_AT + int(after), has_pen=True, scripted=script == "yes", made_left_ms=claimed)
    ruling = judge(State.PAUSED, STANDING_STILL, arrival, paused_at=PAUSED_AT)
    assert told(ruling) == [standing, refusal]


@pytest.mark.parametrize(("state", "ended", "standing", "refusal"), table(OTHERWISE))
@pytest.mark.parametrize("scripted", [True, False])
def test_before_the_start_nothing_is_kept_and_after_the_end_everything_is_kept_and_nothing_counts(
    state: str, ended: str, standing: str, refusal: str, scripted: bool
) -> None:
    arrival = Arrival(PAUSED_AT, has_pen=True, scripted=scripted, made_left_ms=LEFT_AT_PAUSE)
    ruling = judge(State(state), STANDING_STILL, arrival, over_on_time=ended == "yes")
    assert told(ruling) == [standing, refusal]


def test_the_tables_here_have_a_row_for_every_state() -> None:
    assert {line[0] for line in table(OTHERWISE)} | {"in_progress", "paused"} == set(State)


def test_a_paused_sitting_without_the_moment_of_its_pause_takes_no_answer() -> None:
    arrival = Arrival(PAUSED_AT, has_pen=True, scripted=False)
    assert told(judge(State.PAUSED, STANDING_STILL, arrival)) == ["not_counted", "paused"]


RUNNING_MOMENTS = st.integers(-20_000, ALLOWED).map(lambda left: ALLOWED - left)
CLAIMS = st.none() | st.integers(-20_000, ALLOWED)


@given(
    st.sampled_from([State.IN_PROGRESS, State.PAUSED, *sorted(TERMINAL)]),
    RUNNING_MOMENTS,
    st.booleans(),
    CLAIMS,
)
def test_an_answer_from_a_device_without_the_pen_is_kept_and_never_counts(
    state: State, at: int, scripted: bool, made: int | None
) -> None:
    clock = RUNNING if state is State.IN_PROGRESS else STANDING_STILL
    ruling = judge(state, clock, Arrival(at, False, scripted, made), paused_at=PAUSED_AT)
    nothing_begun = state in (State.NOT_ATTENDED, State.CANCELLED)
    assert told(ruling) == (
        ["nothing", "not_started"] if nothing_begun else ["not_counted", "open_elsewhere"]
    )


@given(RUNNING_MOMENTS, st.booleans(), CLAIMS)
def test_an_answer_is_refused_exactly_when_it_does_not_count(
    at: int, scripted: bool, made: int | None
) -> None:
    ruling = judge(State.IN_PROGRESS, RUNNING, Arrival(at, True, scripted, made))
    assert isinstance(ruling, Ruling)
    assert (ruling.refusal is None) == (ruling.standing in COUNTING)


@given(st.integers(ALLOWED, ALLOWED + 30_000), st.booleans(), CLAIMS)
def test_no_answer_that_could_still_count_arrives_after_the_part_may_be_closed(
    at: int, scripted: bool, made: int | None
) -> None:
    ruling = judge(State.IN_PROGRESS, RUNNING, Arrival(at, True, scripted, made))
    assert isinstance(ruling, Ruling)
    assert RUNNING.has_run_out(at) == (ruling.standing is Standing.LATE)


def test_the_graces_are_those_of_the_policy_handed_in() -> None:
    policy = replace(POLICY, grace_ms=2_000, pause_grace_ms=1_000)
    for late, standing in ((2_000, Standing.IN_FLIGHT), (2_001, Standing.LATE)):
        ruling = judge(State.IN_PROGRESS, RUNNING, Arrival(ALLOWED + late, True, False), policy=policy)
        assert isinstance(ruling, Ruling)
        assert ruling.standing is standing
    for after, standing in ((1_000, Standing.COUNTS), (1_001, Standing.NOT_COUNTED)):
        arrival = Arrival(PAUSED_AT + after, True, False)
        ruling = judge(State.PAUSED, STANDING_STILL, arrival, paused_at=PAUSED_AT, policy=policy)
        assert isinstance(ruling, Ruling)
        assert ruling.standing is standing
