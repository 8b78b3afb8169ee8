"""A browser takes its seat by code: wrong codes block one browser alone, and one browser has the pen at a time."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.allow_desk import allow_desk
from app.actions.sign_in import Seated, carry_on_here, leave, take_seat
from app.records import seats
from app.records.desks import AT_ONCE
from app.records.tables import desk
from app.rules.help import UndoReason
from app.rules.permissions import NOBODY
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.factories import Scene
from tests.support.sat import Sat


def try_code(scene: Scene, code: str, device: str, word: str = "") -> Any:
    """Type a code at a browser."""
    return scene.do(
        take_seat, NOBODY, code=code, device=device, session=secrets.token_hex(8), word=word or device[:4]
    )


def at_the_door(scene: Scene, sat: Sat, session: str = "") -> Any:
    """The seat that a browser's web session opens now."""
    return scene.store.look(seats.seat, session=session or sat.session, now=scene.now)


def test_the_right_code_seats_the_browser_and_gives_it_the_pen(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.release()
    before = sat.seat.epoch
    seated = sat.take_seat()
    assert seated == Seated(**sat.keys, epoch=before + 1)
    seat = at_the_door(scene, sat)
    assert (seat.sitting_id, seat.epoch, seat.device) == (sat.keys["sitting_id"], before + 1, sat.device)


def test_row_44_five_wrong_codes_block_this_browser_and_no_other(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.release()
    left = [try_code(scene, f"wrong {n}", "kiosk", "BCDF").details for n in range(5)]
    assert left == [{"tries_left": n} for n in (4, 3, 2, 1)] + [{"word": "BCDF"}]
    for code in ("another wrong one", sat.code):
        assert try_code(scene, code, "kiosk") == Refused(Refusal.DESK_BLOCKED, details={"word": "BCDF"})
    assert isinstance(try_code(scene, sat.code, "other browser"), Seated)


def test_staff_let_a_blocked_browser_try_again(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.release()
    for n in range(POLICY.code_tries):
        try_code(scene, f"wrong {n}", "kiosk", "BCDF")
    scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word="b c d f")
    assert try_code(scene, "wrong", "kiosk").details == {"tries_left": 4}
    assert isinstance(try_code(scene, sat.code, "kiosk"), Seated)
    assert try_code(scene, "wrong", "kiosk").details == {"tries_left": 4}  # the right code wiped them out


def test_two_browsers_with_the_same_letters_show_different_words(scene: Scene) -> None:
    """A clash is solved inside the sign-in: the later browser shows more of its letters."""
    for device in ("one", "two", "three"):
        for n in range(POLICY.code_tries):
            told = try_code(scene, f"wrong {n}", device, "BCDFGHJKLMNP")
        words = {"one": "BCDF", "two": "BCDFG", "three": "BCDFGH"}
        assert told.details == {"word": words[device]}
    scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word="BCDFG")
    assert try_code(scene, "wrong", "two").details == {"tries_left": 4}
    assert try_code(scene, "wrong", "one").code is Refusal.DESK_BLOCKED


def desks_kept(scene: Scene) -> set[str]:
    return set(scene.db.execute(sa.select(desk.c.device)).scalars())


def test_browsers_that_nobody_used_for_a_day_are_forgotten_a_few_at_a_time(scene: Scene) -> None:
    for n in range(AT_ONCE + 3):
        try_code(
            scene,
            "wrong",
            f"old {n:02}",
            f"BCDF{'BCDFGHJKLMNPRSTVWXZ'[n // 19]}{'BCDFGHJKLMNPRSTVWXZ'[n % 19]}",
        )
    scene.forward(ms=POLICY.desk_kept_ms - 1)
    try_code(scene, "wrong", "old and used again", "GHJK")
    assert len(desks_kept(scene)) == AT_ONCE + 4
    scene.forward(ms=1)
    try_code(scene, "wrong", "fresh one", "JKLM")
    assert len(desks_kept(scene)) == 3 + 2
    try_code(scene, "wrong", "fresh two", "KLMN")
    assert desks_kept(scene) == {"old and used again", "fresh one", "fresh two"}


@pytest.mark.parametrize("over", ["undone", "released again", "finished"])
def test_a_code_ends_with_what_it_was_for(scene: Scene, over: str) -> None:
    from app.actions.check_in import undo_check_in

    sat = scene.started() if over == "finished" else scene.seated()
    code = sat.code
    if over == "undone":
        sat.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
    elif over == "finished":
        sat.finish()
    else:
        sat.release()
    assert try_code(scene, code, sat.device).code is Refusal.NO_SUCH_CODE


def test_a_second_browser_is_told_that_the_sitting_is_at_another_desk(scene: Scene) -> None:
    sat = scene.seated()
    assert try_code(scene, sat.code, "other browser") == Refused(Refusal.OTHER_DESK)
    assert sat.seat.epoch == sat.epoch


def test_the_same_browser_may_type_its_code_again_also_while_paused(scene: Scene) -> None:
    sat = scene.started()
    first = sat.session
    assert isinstance(sat.take_seat(), Seated)
    sat.pause()
    assert isinstance(sat.take_seat(), Seated)
    assert at_the_door(scene, sat).state is State.PAUSED
    assert at_the_door(scene, sat, first) is not None


def test_a_new_desk_takes_the_pen_and_signs_the_old_browser_out(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    sat.pause()
    old_session, old_epoch = sat.session, sat.epoch
    sat.release()
    assert at_the_door(scene, sat, old_session) is None
    assert sat.save(1, sat.wrong(1), epoch=old_epoch).code is Refusal.OPEN_ELSEWHERE
    sat.take_seat(device="another machine")
    sat.resume()
    assert sat.asked(1).chosen == tuple(sat.right(1).split())
    assert sat.save(1, sat.wrong(1)).answered is True


def test_another_tab_takes_the_pen_from_the_first(scene: Scene) -> None:
    sat = scene.started()
    taken = sat.candidate(carry_on_here)
    assert taken.epoch == sat.epoch + 1
    assert sat.save(1, sat.right(1)).code is Refusal.OPEN_ELSEWHERE
    assert sat.save(1, sat.right(1), epoch=taken.epoch).answered is True


def test_nobody_takes_the_pen_of_another_sitting(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    for actor in (other.seat.actor, scene.desk, NOBODY):
        assert scene.do(carry_on_here, actor, **sat.keys) == Refused(Refusal.NOT_FOUND)
    assert sat.seat.epoch == sat.epoch


def test_a_sitting_that_is_over_gives_no_pen(scene: Scene) -> None:
    sat = scene.started()
    sat.finish()
    assert sat.candidate(carry_on_here).code is Refusal.SITTING_OVER


def test_leaving_ends_the_web_session_and_leaves_the_sitting_as_it_is(scene: Scene) -> None:
    sat = scene.started()
    before = sat.seat
    for _ in range(2):
        assert sat.scene.do(leave, before.actor, session=sat.session) is True
    assert at_the_door(scene, sat) is None
    assert sat.seat == before


@pytest.mark.parametrize("end", ["finish", "stop"])
def test_a_sitting_that_is_over_stays_open_at_its_browser_for_half_an_hour(scene: Scene, end: str) -> None:
    sat, other = scene.started(), scene.started()
    sat.finish() if end == "finish" else sat.stop()
    scene.forward(ms=POLICY.result_open_ms - 1)
    assert at_the_door(scene, sat) is not None
    scene.forward(ms=1)
    assert at_the_door(scene, sat) is None
    assert at_the_door(scene, other) is not None


def test_the_end_of_a_sitting_makes_no_web_session_longer(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    sat.pause()
    scene.forward(ms=POLICY.candidate_session_ms - 2 * MINUTE)
    sat.stop()
    scene.forward(minutes=1)
    assert at_the_door(scene, sat) is None


def test_a_web_session_ends_by_itself(scene: Scene) -> None:
    sat = scene.seated()
    scene.forward(ms=POLICY.candidate_session_ms - 1)
    assert at_the_door(scene, sat) is not None
    scene.forward(ms=1)
    assert at_the_door(scene, sat) is None
