"""Every action stands a second run: a batch done again job by job, or a commit whose answer was lost.

Source: the store's design, section 4. The second run may be told "it is already so"; it may never fail, nor do its
work twice where that would be felt.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.preferences import USUAL
from app import actions
from app.actions.allow_desk import allow_desk
from app.actions.answer_help import answer_call, see_call
from app.actions.answer_survey import answer_survey
from app.actions.book_sitting import book_sitting
from app.actions.check_in import undo_check_in
from app.actions.confirm_details import tell_unanswered
from app.actions.credit_contact import credit_contact
from app.actions.end_sitting import run_out
from app.actions.grant_time import grant
from app.actions.invite_staff import accept_invitation, invite
from app.actions.keep_alive import mark_alive, recover
from app.actions.keep_preferences import bring_preferences, keep_preferences
from app.actions.mark_absent import AbsentReason, mark_absent
from app.actions.mark_demonstration import mark_demonstration
from app.actions.open_centre import open_centre
from app.actions.publish_bank import publish_bank
from app.actions.release_sitting import release
from app.actions.set_arrangements import set_arrangements
from app.actions.sign_in import leave, take_seat
from app.actions.staff_sign_in import close_staff_session, open_staff_session
from app.records.tables import answer_revision, metadata
from app.rules.help import ArrangementsReason, StopReason, UndoReason
from app.rules.permissions import NOBODY, SYSTEM, Role
from app.rules.policy import HOUR, MINUTE
from app.rules.survey import SurveyQuestion
from tests.support.factories import Scene, somebody
from tests.support.small_edition import SMALL, edition
from tests.support.sweeping import sweep

Run = Callable[[], Any]
FELT = ("sitting_move", "answer_revision", "outcome", "paper_draw", "help_call", "web_session", "centre", "staff",
        "membership", "invitation", "candidate", "preference", "survey_answer", "bank_release")  # fmt: skip


def out_of_time(scene: Scene) -> Any:
    sat = scene.started()
    scene.forward(minutes=20)
    return sat


def moves_of_the_candidate(scene: Scene) -> dict[str, Run]:
    seated, ready, running, on_break = scene.seated(), scene.seated(), scene.started(), scene.started()
    asking, saving, over, done, cut_off = (scene.started() for _ in range(5))
    done.finish()
    cut_off.save(1, cut_off.right(1))
    scene.forward(minutes=2)
    ready.confirm()
    on_break.take_break()
    value = saving.right(1)
    return {
        "confirm_details": seated.confirm,
        "start_sitting": ready.start,
        "take_break": running.take_break,
        "come_back": on_break.come_back,
        "call_for_help": asking.call,
        "save_answer": lambda: saving.save(1, value, token="page"),
        "save_answer with script": lambda: saving.save(2, saving.right(2), sequence=9),
        "tell_unanswered": lambda: saving.candidate(tell_unanswered),
        "keep_preferences": lambda: saving.candidate(
            keep_preferences, chosen=USUAL.with_("size", "150"), keyring=scene.keyring, next_time=True
        ),
        "bring_preferences": lambda: saving.candidate(bring_preferences, chosen=USUAL, keyring=scene.keyring),
        "finish_part": over.finish,
        "answer_survey": lambda: done.candidate(
            answer_survey, set_id="5e7" * 10, question=SurveyQuestion.EASE, answer="hard"
        ),
        "credit_contact": lambda: cut_off.candidate(
            credit_contact, device=cut_off.device, claim="first0000", claimed_ms=MINUTE
        ),
        "leave": lambda: scene.do(leave, NOBODY, session=seated.session),
    }


def moves_of_the_desk(scene: Scene) -> dict[str, Run]:
    booked, absent, back, paused, resumed = (
        scene.book(),
        scene.book(),
        scene.checked_in(),
        scene.started(),
        scene.started(),
    )
    resumed.pause()
    granted, stopped, malpractice, called = scene.started(), scene.started(), scene.started(), scene.started()
    called.call()
    long_ago = scene.book(starts_at=scene.now - HOUR)
    return {
        "check_in": lambda: booked.check_in(seed="aa" * 16),
        "set_arrangements": lambda: absent.desk(
            set_arrangements, extra_minutes=5, break_minutes=5, reason=ArrangementsReason.PROOF_SEEN
        ),
        "undo_check_in": lambda: back.desk(undo_check_in, reason=UndoReason.WRONG_PERSON),
        "mark_absent": lambda: long_ago.desk(mark_absent, reason=AbsentReason.NOT_THERE),
        "pause": paused.pause,
        "resume": resumed.resume,
        "grant": lambda: granted.desk(grant, minutes=2, reason="A bell", keyring=scene.keyring, seen=0),
        "stop": stopped.stop,
        "stop for malpractice": lambda: malpractice.stop(StopReason.MALPRACTICE, words="x" * 20),
        "see_call": lambda: called.desk(see_call, n=1),
        "answer_call": lambda: called.desk(answer_call, n=1),
        "allow_desk": lambda: scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word="BCDF"),
    }  # fmt: skip


def moves_of_the_house(scene: Scene) -> dict[str, Run]:
    person = somebody()
    signing_in = scene.checked_in()
    signing_in.release()
    late = out_of_time(scene)
    told = {
        "name": "New",
        "email": "new@example.test",
        "role": Role.CENTRE_STAFF,
        "centre_id": scene.centre_id,
    }
    return {
        "run_out": lambda: late.candidate(run_out),
        "sweep": lambda: scene.do(sweep, SYSTEM),
        "mark_alive": lambda: scene.do(mark_alive, SYSTEM),
        "recover": lambda: scene.do(recover, SYSTEM),
        "book_sitting": lambda: scene.do(
            book_sitting, SYSTEM, centre_id=scene.centre_id, sitting_id="again", candidate_id="again", person=person,
            category=SMALL, starts_at=scene.now, extra_minutes=0, break_minutes=10, keyring=scene.keyring,
        ),
        "open_centre": lambda: scene.do(
            open_centre, SYSTEM, code="new", name="New", time_zone="Europe/London", opens="08:00", closes="18:00"
        ),
        "invite": lambda: scene.do(invite, SYSTEM, **told, digest="d1", until=scene.now + MINUTE),
        "accept_invitation": lambda: scene.do(accept_invitation, NOBODY, digest="d1", name="", password_hash="h"),
        "open_staff_session": lambda: scene.do(
            open_staff_session, NOBODY, staff_id=scene.desk.person, session="s1"
        ),
        "close_staff_session": lambda: scene.do(close_staff_session, scene.desk, session="s1"),
        "publish_bank": lambda: scene.do(publish_bank, SYSTEM, edition=edition()),
        "mark_demonstration": lambda: scene.do(mark_demonstration, SYSTEM),
    }  # fmt: skip


def counted(scene: Scene) -> dict[str, int]:
    """How many rows there are of everything that somebody would feel."""
    counts = sa.func.count()
    return {
        name: scene.db.execute(sa.select(counts).select_from(metadata.tables[name])).scalar_one()
        for name in FELT
    }


@pytest.mark.parametrize("whose", [moves_of_the_candidate, moves_of_the_desk, moves_of_the_house])
def test_an_action_run_twice_is_done_once(scene: Scene, whose: Callable[[Scene], dict[str, Run]]) -> None:
    for name, run in whose(scene).items():
        run()
        once = counted(scene)
        run()
        assert counted(scene) == once, name


def test_a_release_run_twice_leaves_one_code_that_works(scene: Scene) -> None:
    sat = scene.checked_in()
    for _ in range(2):
        sat.desk(release, code="one code")
    sat.code = "one code"
    assert sat.take_seat().epoch == sat.epoch


def test_signing_in_run_twice_leaves_one_browser_with_the_pen(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.release()
    for _ in range(2):
        seated = scene.do(
            take_seat, NOBODY, code=sat.code, device="kiosk", session="one session", word="BCDF"
        )
    assert seated.epoch == sat.seat.epoch
    assert sat.candidate(tell_unanswered).at == scene.now
    assert sat.rows(answer_revision) == []


def test_no_action_is_missing_here() -> None:
    """A new action's file fails this until the action is run twice above."""
    assert {module.name for module in pkgutil.iter_modules(actions.__path__)} == {
        "allow_desk", "answer_help", "answer_survey", "book_sitting", "call_for_help", "check_in", "confirm_details",
        "credit_contact", "end_sitting",
        "grant_time", "invite_staff", "keep_alive", "keep_preferences", "mark_absent", "mark_demonstration",
        "open_centre",
        "pause_sitting", "publish_bank", "release_sitting", "save_answer", "set_arrangements", "sign_in",
        "staff_sign_in", "start_sitting",
    }  # fmt: skip
