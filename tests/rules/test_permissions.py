"""Who may do what: the whole grid of acts and roles, at their own centre, at another, and after their time."""

from itertools import product

import pytest

from app.rules.permissions import MAY, NOBODY, SYSTEM, Act, Actor, Membership, Role, allowed_role
from app.rules.sitting import WHO, Move
from tests.rules.grids import columns_of, grid, lines_of, names

NOW = 1_000_000
HERE, THERE = "leeds", "cardiff"

# yes: at their own centre, or everywhere for an administrator and the service itself. The candidate's column is
# about their own sitting.
GRID = grid("""
    act                   candidate  centre_staff  centre_manager  adjustments_officer  administrator  system
    sit                   yes        -             -               -                    -              -
    see_centres           -          yes           yes             yes                  yes            -
    see_day               -          yes           yes             yes                  yes            -
    see_sitting           -          yes           yes             yes                  yes            -
    check_in              -          yes           yes             -                    -              -
    set_arrangements      -          yes           yes             yes                  -              -
    release               -          yes           yes             -                    -              -
    pause                 -          yes           yes             -                    -              -
    resume                -          yes           yes             -                    -              -
    grant_time            -          yes           yes             -                    yes            -
    stop                  -          yes           yes             -                    -              -
    mark_absent           -          yes           yes             -                    -              -
    answer_help           -          yes           yes             -                    -              -
    allow_desk            -          yes           yes             -                    -              -
    invite_staff          -          -             -               -                    yes            yes
    open_centre           -          -             -               -                    yes            yes
    book                  -          -             -               -                    -              yes
    publish_bank          -          -             -               -                    -              yes
""")

EVERYWHERE = {Role.ADMINISTRATOR, Role.SYSTEM}
STAFF = [Role.CENTRE_STAFF, Role.CENTRE_MANAGER, Role.ADJUSTMENTS_OFFICER, Role.ADMINISTRATOR]


def person(*roles: Role, centre: str = HERE, until: int = NOW + 1) -> Actor:
    """Somebody with these roles at a centre; a candidate with a sitting of their own."""
    held = (Membership(role, None if role in EVERYWHERE else centre, until) for role in roles)
    return Actor("p1", tuple(held), "s1" if Role.CANDIDATE in roles else None)


def asked(actor: Actor, act: Act, centre: str = HERE, sitting: str | None = "s1") -> Role | None:
    return allowed_role(actor, act, centre=centre, now=NOW, sitting=sitting)


def test_the_grid_here_names_every_act_and_every_role() -> None:
    assert lines_of(GRID) == names(Act) == names(MAY)
    assert columns_of(GRID) == names(Role)


def answers(centre: str = HERE, until: int = NOW + 1) -> dict[tuple[str, str], str]:
    """Every act asked by somebody in each role, written as the grid is; a role that is not their own shows."""
    found = {}
    for act, role in product(Act, Role):
        granted = asked(person(role, until=until), act, centre)
        found[str(act), str(role)] = "-" if granted is None else "yes" if granted is role else str(granted)
    return found


def test_each_role_may_do_at_its_own_centre_what_the_grid_says_and_nothing_else() -> None:
    assert answers() == GRID


def test_at_another_centre_only_those_who_reach_every_centre_may_do_anything() -> None:
    assert answers(centre=THERE) == {
        (act, role): cell if role in EVERYWHERE else "-" for (act, role), cell in GRID.items()
    }


@pytest.mark.parametrize("until", [NOW, NOW - 1, 0])
def test_an_expired_membership_allows_nothing_from_the_very_millisecond_on(until: int) -> None:
    assert set(answers(until=until).values()) == {"-"}


@pytest.mark.parametrize("sitting", ["s2", None])
def test_a_candidate_may_do_nothing_in_the_sitting_of_another(sitting: str | None) -> None:
    candidate = person(Role.CANDIDATE)
    assert [act for act in Act if asked(candidate, act, sitting=sitting)] == []


def test_a_candidate_has_their_sitting_at_its_own_centre_only() -> None:
    candidate = person(Role.CANDIDATE)
    assert asked(candidate, Act.SIT) is Role.CANDIDATE
    assert asked(candidate, Act.SIT, centre=THERE) is None


@pytest.mark.parametrize("sitting", ["s1", None])
def test_a_candidate_without_a_sitting_of_their_own_sits_nowhere(sitting: str | None) -> None:
    nobody = Actor("p1", (Membership(Role.CANDIDATE, HERE, NOW + 1),))
    assert asked(nobody, Act.SIT, sitting=sitting) is None


def test_somebody_without_a_membership_may_do_nothing() -> None:
    assert [act for act in Act if asked(NOBODY, act) or asked(Actor("p1", ()), act)] == []


@pytest.mark.parametrize("role", sorted(set(Role) - EVERYWHERE))
def test_a_membership_that_lacks_its_centre_reaches_none(role: Role) -> None:
    actor = Actor("p1", (Membership(role, None, NOW + 1),), "s1" if role is Role.CANDIDATE else None)
    assert [act for act in Act if asked(actor, act)] == []
    assert actor.roles_at(None, NOW) == frozenset()


def test_an_administrator_of_one_centre_is_none_at_another() -> None:
    actor = Actor("p1", (Membership(Role.ADMINISTRATOR, HERE, NOW + 1),))
    assert asked(actor, Act.GRANT_TIME) is Role.ADMINISTRATOR
    assert asked(actor, Act.GRANT_TIME, centre=THERE) is None


@pytest.mark.parametrize(("first", "second"), list(product(STAFF, STAFF)))
def test_no_role_gains_from_another_and_of_two_the_one_that_reaches_furthest_is_named(
    first: Role, second: Role
) -> None:
    furthest = ["administrator", "centre_manager", "adjustments_officer", "centre_staff"]
    for act in Act:
        held = {role for role in (first, second) if GRID[act, role] == "yes"}
        assert asked(person(first, second), act) == min(held, key=furthest.index, default=None)


def test_a_role_held_at_one_centre_does_not_travel_with_another_role_held_elsewhere() -> None:
    both = (Membership(Role.CENTRE_MANAGER, THERE, NOW + 1), Membership(Role.CENTRE_STAFF, HERE, NOW + 1))
    assert asked(Actor("p1", both), Act.GRANT_TIME) is Role.CENTRE_STAFF
    assert asked(Actor("p1", both), Act.GRANT_TIME, centre=THERE) is Role.CENTRE_MANAGER


def test_the_service_itself_sets_things_up_and_holds_no_right_of_the_desk_or_the_candidate() -> None:
    its_own = {Act.INVITE_STAFF, Act.OPEN_CENTRE, Act.BOOK, Act.PUBLISH_BANK}
    assert {act for act in Act if asked(SYSTEM, act)} == its_own
    assert {
        act for act in its_own if MAY[act] & {Role.CENTRE_STAFF, Role.CENTRE_MANAGER, Role.CANDIDATE}
    } == set()


# Two tables say who may do the same thing: the door asks one, the move the other.
SAME = [
    (Act.CHECK_IN, Move.CHECK_IN),
    (Act.CHECK_IN, Move.UNDO_CHECK_IN),
    (Act.RELEASE, Move.RELEASE),
    (Act.PAUSE, Move.PAUSE),
    (Act.RESUME, Move.RESUME),
    (Act.GRANT_TIME, Move.GRANT),
    (Act.STOP, Move.STOP),
    (Act.MARK_ABSENT, Move.MARK_ABSENT),
]


@pytest.mark.parametrize(("act", "move"), SAME)
def test_the_door_and_the_move_behind_it_let_the_same_staff_through(act: Act, move: Move) -> None:
    assert MAY[act] == WHO[move] - {Role.CANDIDATE, Role.SYSTEM}
