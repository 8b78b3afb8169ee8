"""What a saved answer is worth: halves, flags, retries, and parts that are closed or not yet open."""

from __future__ import annotations

import pytest

from app.records import papers
from app.records.tables import answer_revision
from app.rules.policy import MINUTE
from app.rules.refusals import Refusal
from app.rules.saving import Repeat, Standing
from app.rules.sitting import PauseKind
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import TWO_PARTS


def counting(sat: Sat, position: int = 1) -> tuple[str, ...]:
    """What counts at a position now, in the order of the page."""
    return sat.asked(position).chosen


def choose_two(sat: Sat) -> int:
    """A position that asks for two answers."""
    return next(n for n in range(1, 7) if sat.asked(n).choose == 2)


def test_half_an_answer_is_stored_and_is_not_answered(scene: Scene) -> None:
    sat = scene.started()
    position = choose_two(sat)
    half = sat.save(position, sat.right(position).split()[0])
    assert (half.answered, half.standing) == (False, Standing.COUNTS)
    assert sat.save(position, sat.right(position)).answered is True


def test_values_are_kept_in_the_order_of_the_page_whatever_order_they_come_in(scene: Scene) -> None:
    sat = scene.started()
    position = choose_two(sat)
    one, two = sat.right(position).split()
    saved = sat.save(position, f"{two} {one} {two}")
    assert saved.value == f"{one} {two}"


def test_a_flag_is_kept_beside_the_answer_and_changes_neither(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    assert sat.save(1, None, flag="on").value == sat.right(1)
    assert sat.save(1, sat.wrong(1)).flagged is True
    assert sat.save(1, None, flag="off").flagged is False
    asked = sat.asked(1)
    assert (asked.chosen, asked.flagged) == (tuple(sat.wrong(1).split()), False)


def test_a_retry_of_an_acknowledged_save_is_acknowledged_whatever_happened_since(scene: Scene) -> None:
    sat = scene.started()
    first = sat.save(1, sat.right(1), token="page", sequence=1)
    sat.pause()
    scene.forward(minutes=3)
    again = sat.save(1, sat.right(1), token="page", sequence=1)
    assert (again.repeat, again.revision) == (Repeat.DUPLICATE, first.revision)
    sat.resume()
    sat.finish()
    assert sat.save(1, sat.right(1), token="page", sequence=1).repeat is Repeat.DUPLICATE
    assert len(sat.rows(answer_revision)) == 1


def test_a_choice_by_script_that_waited_never_beats_a_later_one_without_script(scene: Scene) -> None:
    sat = scene.started()
    first, waited, last = (value for value, _ in sat.asked(1).options[:3])
    sat.save(1, first, sequence=scene.now)
    unsent = scene.forward(seconds=5)
    scene.forward(seconds=15)
    without = sat.save(1, last)
    assert (without.repeat, without.sequence) == (Repeat.NEW, scene.now)
    scene.forward(seconds=5)
    assert sat.save(1, waited, sequence=unsent).repeat is Repeat.SUPERSEDED
    assert counting(sat) == (last,)
    assert sat.save(1, first, sequence=scene.now).repeat is Repeat.NEW
    assert counting(sat) == (first,)


@pytest.mark.parametrize("ahead", [0, 1, MINUTE])
def test_a_save_without_script_is_newer_than_any_number_stored(scene: Scene, ahead: int) -> None:
    sat = scene.started()
    sat.save(1, sat.wrong(1), sequence=scene.now + ahead)
    assert sat.save(1, sat.right(1), token="page").sequence == scene.now + ahead + 1
    assert sat.save(1, sat.right(1), token="page").repeat is Repeat.DUPLICATE
    assert counting(sat) == tuple(sat.right(1).split())


def test_an_answer_to_a_part_that_is_closed_does_not_count(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    sat.save(1, sat.right(1))
    sat.finish()
    sat.come_back()
    refused = sat.save(1, sat.wrong(1))
    assert (refused.code, refused.kept) == (Refusal.HANDED_IN, True)
    assert sat.save(5, sat.right(5)).standing is Standing.COUNTS
    lines = scene.store.look(papers.overview, **sat.keys, part=1)
    assert [line.answered for line in lines] == [True, False, False]


def test_an_answer_to_a_part_not_yet_open_does_not_count(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    assert sat.save(5, sat.right(5)).kept is True
    assert counting(sat, 5) == ()


def test_a_staff_pause_or_break_never_takes_a_saved_answer(scene: Scene) -> None:
    sat = scene.started()
    sat.answer(right=6)
    for kind in (PauseKind.MEDICAL, PauseKind.EVACUATION):
        sat.pause(kind)
        scene.forward(minutes=90)
        sat.resume()
    assert all(counting(sat, n) == tuple(sat.right(n).split()) for n in range(1, 7))
