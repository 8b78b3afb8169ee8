"""The life of a sitting, walked cell by cell against tables written out here from the design, 4.1 and 4.2."""

from itertools import product

import pytest

from app.rules.permissions import Role
from app.rules.refusals import Refusal
from app.rules.sitting import LIVE, TERMINAL, Move, PauseKind, State, after
from tests.rules.grids import columns_of, grid, lines_of, names

# Capitals: where the move leads. Small letters: the refusal. `over` stands for the four states of the end.
WHERE = grid("""
    move           booked          checked_in          in_progress      paused           over
    check_in       CHECKED_IN      already_checked_in  already_started  already_started  sitting_over
    undo_check_in  not_checked_in  BOOKED              already_started  already_started  sitting_over
    release        not_checked_in  CHECKED_IN          not_paused       PAUSED           sitting_over
    take_pen       not_checked_in  CHECKED_IN          IN_PROGRESS      PAUSED           sitting_over
    start          not_checked_in  IN_PROGRESS         already_started  already_started  sitting_over
    pause          not_checked_in  not_started         PAUSED           already_paused   sitting_over
    resume         not_checked_in  not_started         not_paused       IN_PROGRESS      sitting_over
    grant          not_checked_in  CHECKED_IN          IN_PROGRESS      PAUSED           sitting_over
    next_part      not_checked_in  not_started         PAUSED           not_running      sitting_over
    finish         not_checked_in  not_started         FINISHED         FINISHED         sitting_over
    run_out        not_checked_in  not_started         FINISHED         not_running      sitting_over
    stop           not_checked_in  STOPPED             STOPPED          STOPPED          sitting_over
    mark_absent    NOT_ATTENDED    already_checked_in  already_started  already_started  sitting_over
    cancel         CANCELLED       already_checked_in  already_started  already_started  sitting_over
""")

WHO = grid("""
    move           candidate  centre_staff  centre_manager  adjustments_officer  administrator  system
    check_in       -          yes           yes             -                    -              -
    undo_check_in  -          yes           yes             -                    -              -
    release        -          yes           yes             -                    -              -
    take_pen       yes        -             -               -                    -              -
    start          yes        -             -               -                    -              -
    pause          yes        yes           yes             -                    -              yes
    resume         yes        yes           yes             -                    -              yes
    grant          -          yes           yes             -                    yes            yes
    next_part      yes        -             -               -                    -              yes
    finish         yes        -             -               -                    -              -
    run_out        -          -             -               -                    -              yes
    stop           -          yes           yes             -                    -              -
    mark_absent    -          yes           yes             -                    -              yes
    cancel         -          yes           yes             -                    -              -
""")

# p: may make such a pause. r: may end it. f: may finish the sitting out of it. Nobody makes a section
# pause by itself: the move to the next part does.
PAUSES = grid("""
    kind          candidate  centre_staff  centre_manager  adjustments_officer  administrator  system
    break         prf        pr            pr              -                    -              pr
    help          pr         r             r               -                    -              -
    medical       -          pr            pr              -                    -              -
    conversation  -          pr            pr              -                    -              -
    identity      -          pr            pr              -                    -              -
    disturbance   -          pr            pr              -                    -              -
    technical     -          pr            pr              -                    -              -
    evacuation    -          pr            pr              -                    -              -
    outage        r          r             r               -                    -              pr
    device        r          pr            pr              -                    -              -
    section       r          r             r               -                    -              -
""")

OF_STAFF = [
    PauseKind.MEDICAL,
    PauseKind.CONVERSATION,
    PauseKind.IDENTITY,
    PauseKind.DISTURBANCE,
    PauseKind.TECHNICAL,
    PauseKind.EVACUATION,
]
KINDS: list[PauseKind | None] = [None, *PauseKind]
CELLS = list(product(State, Move, Role, KINDS))


def expected(state: State, move: Move, role: Role, kind: PauseKind | None) -> str:
    """What the three tables above say, in words."""
    if WHO[move, role] != "yes":
        return "not_permitted"
    over = state in ("finished", "stopped", "not_attended", "cancelled")
    cell = WHERE[move, "over" if over else state]
    letter, otherwise = {
        ("pause", "in_progress"): ("p", "not_permitted"),
        ("resume", "paused"): ("r", "staff_resume"),
        ("finish", "paused"): ("f", "paused"),
    }.get((move, state), ("", ""))
    if letter and (kind is None or letter not in PAUSES[kind, role]):
        return otherwise
    return cell


def said(answer: State | Refusal) -> str:
    """A target in capitals, a refusal in small letters."""
    return answer.upper() if isinstance(answer, State) else str(answer)


def reachable(state: State, kind: PauseKind | None, roles: set[Role]) -> set[State]:
    """Every state that these roles can bring a sitting into by themselves, from this one."""
    seen, ahead = set(), [(state, kind)]
    while ahead:
        here = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        for move, role, new in product(Move, roles, KINDS):
            held = new if move is Move.PAUSE else here[1]
            to = after(here[0], move, role, held)
            if isinstance(to, State):
                ahead.append((to, PauseKind.SECTION if move is Move.NEXT_PART else held))
    return {found for found, _ in seen}


def test_the_tables_here_name_every_move_role_and_kind_that_there_is() -> None:
    assert lines_of(WHERE) == lines_of(WHO) == names(Move)
    assert columns_of(WHO) == columns_of(PAUSES) == names(Role)
    assert lines_of(PAUSES) == names(PauseKind)
    assert columns_of(WHERE) == names(set(State) - TERMINAL) | {"over"}


def test_every_cell_of_state_move_role_and_pause_kind_is_a_target_or_a_named_refusal() -> None:
    wrong = {cell: said(after(*cell)) for cell in CELLS if said(after(*cell)) != expected(*cell)}
    assert wrong == {}
    assert len(CELLS) == 8 * 14 * 6 * 12


def test_the_states_of_the_end_and_the_live_states_are_those_of_the_design() -> None:
    assert names(TERMINAL) == {"finished", "stopped", "not_attended", "cancelled"}
    assert names(LIVE) == {"checked_in", "in_progress", "paused"}
    assert set(State) - TERMINAL - LIVE == {State.BOOKED}


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_nothing_leaves_a_state_of_the_end(state: State) -> None:
    assert reachable(state, None, set(Role)) == {state}
    refused = {after(state, move, role, kind) for _, move, role, kind in CELLS}
    assert refused == {Refusal.SITTING_OVER, Refusal.NOT_PERMITTED}


def test_a_candidate_alone_never_gets_beyond_booked() -> None:
    assert reachable(State.BOOKED, None, {Role.CANDIDATE}) == {State.BOOKED}


def test_a_start_leads_from_checked_in_only() -> None:
    starts = {cell[0] for cell in CELLS if cell[1] is Move.START and isinstance(after(*cell), State)}
    assert starts == {State.CHECKED_IN}


def test_only_the_desk_brings_a_sitting_to_checked_in() -> None:
    others = set(Role) - {Role.CENTRE_STAFF, Role.CENTRE_MANAGER}
    assert reachable(State.BOOKED, None, others) == {State.BOOKED, State.NOT_ATTENDED}


@pytest.mark.parametrize("kind", OF_STAFF)
def test_a_candidate_never_ends_a_pause_of_staff_not_even_with_the_system_helping(kind: PauseKind) -> None:
    assert after(State.PAUSED, Move.RESUME, Role.CANDIDATE, kind) is Refusal.STAFF_RESUME
    assert after(State.PAUSED, Move.FINISH, Role.CANDIDATE, kind) is Refusal.PAUSED
    assert reachable(State.PAUSED, kind, {Role.CANDIDATE, Role.SYSTEM}) == {State.PAUSED}


@pytest.mark.parametrize("kind", PauseKind)
def test_the_desk_can_end_any_pause_so_that_nobody_is_stuck(kind: PauseKind) -> None:
    assert after(State.PAUSED, Move.RESUME, Role.CENTRE_STAFF, kind) is State.IN_PROGRESS


@pytest.mark.parametrize("kind", PauseKind)
@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.CENTRE_STAFF, Role.CENTRE_MANAGER, Role.SYSTEM])
def test_a_paused_sitting_is_not_paused_again(role: Role, kind: PauseKind) -> None:
    assert after(State.PAUSED, Move.PAUSE, role, kind) is Refusal.ALREADY_PAUSED


def test_the_system_ends_a_sitting_only_by_want_of_time_or_by_absence() -> None:
    ends = {
        (state, move)
        for state, move, role, kind in CELLS
        if role is Role.SYSTEM and after(state, move, role, kind) in TERMINAL
    }
    assert ends == {(State.IN_PROGRESS, Move.RUN_OUT), (State.BOOKED, Move.MARK_ABSENT)}


def test_a_paused_sitting_never_runs_out() -> None:
    ways = {after(State.PAUSED, Move.RUN_OUT, Role.SYSTEM, kind) for kind in KINDS}
    assert ways == {Refusal.NOT_RUNNING}


def test_a_stop_for_a_live_sitting_is_the_desks_and_the_candidate_hands_in_instead() -> None:
    stops = {(cell[0], cell[2]) for cell in CELLS if cell[1] is Move.STOP and after(*cell) is State.STOPPED}
    assert stops == set(product(LIVE, {Role.CENTRE_STAFF, Role.CENTRE_MANAGER}))
