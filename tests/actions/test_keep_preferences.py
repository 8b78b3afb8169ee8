"""What a candidate chose about pages is kept for the sitting, and for the next one only when they say so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.preferences import USUAL, Preferences
from app.actions.book_sitting import Person
from app.actions.check_in import undo_check_in
from app.actions.keep_preferences import Brought, Kept, bring_preferences, keep_preferences
from app.actions.mark_absent import AbsentReason, mark_absent
from app.records import preferences
from app.records.tables import audit, person_key, preference, sitting_move
from app.rules.help import UndoReason
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene
from tests.support.sat import Sat

LARGE = Preferences.of("size=150&colours=cream")
ADA = Person("Ada Example", date(2006, 4, 17), "EXAMP604176A99AA")


def keep(sat: Sat, chosen: Preferences = LARGE, **told: Any) -> Any:
    return sat.candidate(keep_preferences, chosen=chosen, keyring=sat.scene.keyring, **told)


def bring(sat: Sat, chosen: Preferences = USUAL) -> Any:
    return sat.candidate(bring_preferences, chosen=chosen, keyring=sat.scene.keyring)


def stored(sat: Sat) -> preferences.Stored | None:
    ids = {"candidate_id": sat.seat.candidate_id, "keyring": sat.scene.keyring}
    found: preferences.Stored | None = sat.scene.store.look(preferences.stored, **ids)
    return found


def seated_again(scene: Scene) -> Sat:
    """A later sitting of the same person."""
    sat = scene.book(person=ADA)
    sat.check_in()
    sat.release()
    sat.take_seat()
    return sat


def test_a_choice_is_kept_for_the_sitting_and_the_next_choice_takes_its_place(scene: Scene) -> None:
    sat = scene.started()
    assert keep(sat) == Kept(kept=False)
    assert keep(sat, LARGE.with_("font", "clear")) == Kept(kept=False)
    found = stored(sat)
    assert found is not None
    assert (found.chosen["font"], found.chosen["size"], found.kept) == ("clear", "150", False)


def test_at_another_desk_the_same_choices_hold(scene: Scene) -> None:
    sat = scene.started()
    keep(sat)
    sat.release()
    sat.take_seat()
    assert bring(sat) == Brought(LARGE, from_last_test=False)
    nearby = USUAL.with_("size", "200")
    assert bring(sat, nearby).chosen == LARGE.with_("size", "200"), "what was chosen at that desk wins"


@pytest.mark.parametrize("end", ["finish", "stop", "absent"])
def test_without_consent_nothing_is_left_when_the_sitting_ends(scene: Scene, end: str) -> None:
    sat = scene.seated() if end == "absent" else scene.started()
    keep(sat)
    if end == "absent":
        sat.desk(undo_check_in, reason=UndoReason.WRONG_PERSON)
        scene.forward(minutes=60)
        sat.desk(mark_absent, reason=AbsentReason.NOT_THERE)
    else:
        getattr(sat, end)()
    assert stored(sat) is None
    assert keep(sat) == Kept(kept=False)
    assert stored(sat) is None, "after the end only what is kept for the next test is stored"


def test_with_consent_the_next_sitting_has_the_same_choices_and_says_so(scene: Scene) -> None:
    first = seated_again(scene)
    keep(first, next_time=True)
    assert keep(first, LARGE.with_("ring", "thick")) == Kept(kept=True), (
        "consent stays until it is taken back"
    )
    first.stop()
    second = seated_again(scene)
    chosen = LARGE.with_("ring", "thick")
    assert bring(second) == Brought(chosen, from_last_test=True)
    assert bring(second) == Brought(chosen, from_last_test=False), "told once"
    second.stop()
    assert stored(second) is not None


def test_without_consent_the_next_sitting_looks_as_usual(scene: Scene) -> None:
    first = seated_again(scene)
    keep(first)
    second = seated_again(scene)  # the first one never ended
    assert bring(second) == Brought(USUAL, from_last_test=False)
    assert stored(second) == preferences.Stored(USUAL, second.keys["sitting_id"], kept=False)


def test_consent_can_be_given_and_taken_back_after_the_end(scene: Scene) -> None:
    sat = scene.started()
    sat.finish()
    assert keep(sat, next_time=True) == Kept(kept=True)
    assert stored(sat) is not None
    assert keep(sat, next_time=False) == Kept(kept=False)
    assert stored(sat) is None


def test_nobody_keeps_or_reads_anothers_choices(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    keep(sat)
    for actor in (other.seat.actor, scene.desk, scene.administrator):
        for action in (keep_preferences, bring_preferences):
            reply = scene.do(action, actor, **sat.keys, chosen=USUAL, keyring=scene.keyring)
            assert reply == Refused(Refusal.NOT_FOUND)
    found = stored(sat)
    assert found is not None
    assert found.chosen == LARGE


def test_choices_leave_no_move_no_audit_and_nothing_in_the_clear(scene: Scene) -> None:
    sat = scene.started()

    def counted() -> list[int]:
        return [
            scene.db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (audit, sitting_move)
        ]

    before, chain = counted(), sat.seat.chain_head
    keep(sat, LARGE.with_("reader", "yes"), next_time=True)
    bring(sat)
    assert counted() == before
    assert sat.seat.chain_head == chain
    row = scene.db.execute(
        sa.select(preference).where(preference.c.candidate_id == sat.seat.candidate_id)
    ).one()
    for word in (b"reader", b"cream", b"150"):
        assert word not in bytes(row.chosen)


def test_a_row_that_does_not_open_is_as_none_and_a_person_whose_key_is_gone_has_none(scene: Scene) -> None:
    sat, other = scene.started(), scene.started()
    keep(sat)
    keep(other, LARGE.with_("size", "300"))
    mine = preference.c.candidate_id == sat.seat.candidate_id
    theirs = sa.select(preference.c.chosen).where(preference.c.candidate_id == other.seat.candidate_id)
    scene.db.execute(sa.update(preference).where(mine).values(chosen=theirs.scalar_subquery()))
    assert stored(sat) is None
    assert bring(sat) == Brought(USUAL, from_last_test=False)
    scene.db.execute(sa.delete(person_key).where(person_key.c.person_id == other.seat.candidate_id))
    assert stored(other) is None


def test_rows_of_sittings_that_never_ended_are_forgotten_and_kept_ones_stay(scene: Scene) -> None:
    left, kept = scene.seated(), scene.seated()
    keep(left)
    keep(kept, next_time=True)
    scene.forward(ms=POLICY.candidate_session_ms - 1)
    newcomer = scene.seated()

    def forget() -> list[bool]:
        preferences.forget_left_behind(scene.db, scene.now, near="")
        return [stored(sat) is not None for sat in (left, kept)]

    assert forget() == [True, True]
    scene.forward(ms=1)
    assert forget() == [False, True]
    assert bring(newcomer) == Brought(USUAL, from_last_test=False)
