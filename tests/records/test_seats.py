"""The look-up that opens every page of a candidate: one browser, one sitting, as its row stands."""

from __future__ import annotations

from app.actions.staff_sign_in import open_staff_session
from app.records import seats
from app.records.seats import Seat
from app.rules.permissions import NOBODY, Act, Role, allowed_role
from app.rules.policy import HOUR, MINUTE
from app.rules.sitting import PauseKind, State
from tests.support.factories import Scene
from tests.support.small_edition import BANDED, TWO_PARTS


def at_the_door(scene: Scene, session: str) -> Seat | None:
    return scene.store.look(seats.seat, session=session, now=scene.now)


def test_the_seat_is_the_row_of_the_sitting(scene: Scene) -> None:
    sat = scene.started()
    assert at_the_door(scene, sat.session) == sat.seat


def test_no_browser_gets_a_seat_by_a_session_that_is_not_a_candidates(scene: Scene) -> None:
    scene.started()
    scene.do(open_staff_session, NOBODY, staff_id=scene.desk.person, session="staff session")
    for session in ("", "nothing", "staff session"):
        assert at_the_door(scene, session) is None


def test_each_browser_gets_its_own_sitting(scene: Scene) -> None:
    one, two = scene.started(), scene.started()
    for sat in (one, two):
        seat = at_the_door(scene, sat.session)
        assert seat is not None
        assert seat.sitting_id == sat.keys["sitting_id"]


def test_the_seats_actor_may_sit_here_and_nowhere_else(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    actor = sat.seat.actor
    here = {"centre": sat.keys["centre_id"], "now": scene.now}
    assert allowed_role(actor, Act.SIT, **here, sitting=sat.keys["sitting_id"]) is Role.CANDIDATE
    assert allowed_role(actor, Act.SIT, **here, sitting=other.keys["sitting_id"]) is None
    assert all(allowed_role(actor, act, **here) is None for act in Act)


def test_the_plan_of_each_part_comes_back_as_it_was_frozen(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    first = sat.seat.plan
    assert (first.questions, first.minutes, first.allowance_ms, first.pass_mark) == (4, 10, 10 * MINUTE, 2)
    sat.finish()
    assert (sat.seat.plan.questions, sat.seat.plan.pass_mark) == (3, 3)
    banded = scene.checked_in(BANDED).seat.plan
    assert banded.rule.bands == {
        "awake": (frozenset({"alertness"}), 2),
        "kind": (frozenset({"attitude"}), 1),
    }


def test_what_is_left_of_the_breaks_runs_down_in_a_break_and_below_zero(scene: Scene) -> None:
    sat = scene.started(break_minutes=10)
    assert sat.seat.break_left_ms(scene.now + HOUR) == 10 * MINUTE
    sat.take_break()
    assert sat.seat.break_left_ms(scene.now + 4 * MINUTE) == 6 * MINUTE
    assert sat.seat.break_left_ms(scene.now + 12 * MINUTE) == -2 * MINUTE
    sat.scene.forward(minutes=4)
    sat.come_back()
    assert sat.seat.break_left_ms(scene.now + HOUR) == 6 * MINUTE


def test_a_pause_of_staff_is_no_break(scene: Scene) -> None:
    sat = scene.started(break_minutes=10)
    sat.pause(PauseKind.MEDICAL)
    scene.forward(minutes=30)
    assert sat.seat.break_left_ms(scene.now) == 10 * MINUTE


def test_a_posted_page_hides_the_notice_that_it_showed(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    sat.grant(2)
    granted = sat.seat
    assert granted.notice == f"granted:{2 * MINUTE}"
    assert granted.notice_at is not None
    assert granted.notice_at > granted.seen_at
    scene.forward(seconds=1)
    sat.save(1, sat.right(1), rendered_at=scene.now)
    assert sat.seat.seen_at > granted.notice_at


def test_a_seat_before_check_in_has_no_parts(scene: Scene) -> None:
    seat = scene.book().seat
    assert (seat.parts, seat.state, seat.clock.allowance_ms) == ((), State.BOOKED, 0)
