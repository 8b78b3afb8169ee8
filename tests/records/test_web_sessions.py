"""Why the desk ended a candidate's browser: told from the rows, and never for a browser that left by itself."""

from __future__ import annotations

from app.actions.check_in import undo_check_in
from app.actions.sign_in import leave
from app.records import web_sessions
from app.records.web_sessions import WhyEnded
from app.rules.help import UndoReason
from app.rules.permissions import NOBODY
from tests.support.factories import Scene


def why(scene: Scene, session: str) -> WhyEnded | None:
    found: WhyEnded | None = scene.store.look(web_sessions.why_ended, digest=session)
    return found


def test_a_browser_that_is_in_or_unknown_was_not_ended_by_the_desk(scene: Scene) -> None:
    sat = scene.started()
    assert (why(scene, sat.session), why(scene, "nobody's")) == (None, None)


def test_a_test_that_was_released_to_another_desk_has_moved(scene: Scene) -> None:
    sat = scene.started()
    old = sat.session
    sat.pause()
    scene.forward(seconds=5)
    sat.release()
    assert why(scene, old) is WhyEnded.MOVED
    scene.forward(minutes=2)
    sat.take_seat(device="another machine")
    sat.resume()
    sat.finish()
    assert why(scene, old) is WhyEnded.MOVED
    assert why(scene, sat.session) is None


def test_a_check_in_that_was_taken_back_is_told_apart(scene: Scene) -> None:
    sat = scene.seated()
    sat.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
    assert why(scene, sat.session) is WhyEnded.CHECK_IN_UNDONE


def test_who_left_by_themselves_is_simply_out(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(seconds=5)
    scene.do(leave, NOBODY, session=sat.session)
    assert why(scene, sat.session) is None
