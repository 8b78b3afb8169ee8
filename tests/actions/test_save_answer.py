"""Saving an answer through the action: what counts, what is kept and refused, and that a second run changes nothing."""

from __future__ import annotations

import pytest

from app.actions.save_answer import Chosen, Saved, save_answer
from app.records.tables import answer_revision
from app.rules.policy import MINUTE, POLICY, SECOND
from app.rules.refusals import Refusal, Refused
from app.rules.saving import Repeat, Standing
from tests.support.factories import Scene
from tests.support.sat import Sat


def counting(sat: Sat, position: int = 1) -> tuple[str, ...]:
    """What counts at a position now, in the order of the page."""
    return sat.asked(position).chosen


def stored(sat: Sat) -> list[tuple[str, str]]:
    return [(row["value"], row["standing"]) for row in sat.rows(answer_revision)]


def choose_two(sat: Sat) -> int:
    """A position that asks for two answers."""
    return next(n for n in range(1, 7) if sat.asked(n).choose == 2)


def ms_left(scene: Scene, sat: Sat, left: int) -> None:
    """Move the moment to where the clock shows this much."""
    scene.forward(ms=sat.left_ms - left)


def test_row_01_a_position_that_is_not_on_the_paper_is_refused_and_keeps_the_rest(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    for position in (0, -1, 7, 10**9):
        refused = sat.save(position, "")
        assert refused == Refused(Refusal.NO_SUCH_QUESTION)
    assert len(stored(sat)) == 1


def test_row_02_a_choice_not_among_the_options_leaves_the_choice_before(scene: Scene) -> None:
    sat = scene.started()
    right = sat.right(1)
    sat.save(1, right)
    elsewhere = sat.right(2).split()[0]
    for value in ("nonsense", "x", elsewhere, f"{right.split()[0]} nonsense"):
        assert sat.save(1, value).code is Refusal.NO_SUCH_OPTION
    assert counting(sat) == tuple(right.split())
    assert len(stored(sat)) == 1


def test_row_03_too_many_choices_are_refused_with_how_many(scene: Scene) -> None:
    sat = scene.started()
    position = choose_two(sat)
    sat.save(position, sat.right(position))
    three = " ".join(value for value, _ in sat.asked(position).options[:3])
    refused = sat.save(position, three)
    assert refused == Refused(Refusal.TOO_MANY, details={"chosen": 3, "wanted": 2})
    assert counting(sat, position) == tuple(sat.right(position).split())


def test_row_04_an_empty_choice_clears_and_keeps_the_history(scene: Scene) -> None:
    sat = scene.started()
    right = sat.right(1)
    sat.save(1, right)
    cleared = sat.save(1, "")
    assert (cleared.value, cleared.answered, cleared.revision) == ("", False, 2)
    assert counting(sat) == ()
    assert stored(sat) == [(right, "counts"), ("", "counts")]


@pytest.mark.parametrize("sequence", [None, 4])
def test_row_05_the_same_save_twice_is_one_revision_and_the_same_reply(
    scene: Scene, sequence: int | None
) -> None:
    sat = scene.started()
    value = sat.right(1)
    first = sat.save(1, value, token="page", sequence=sequence)
    second = sat.save(1, value, token="page", sequence=sequence)
    assert (first.repeat, second.repeat) == (Repeat.NEW, Repeat.DUPLICATE)
    assert (second.revision, second.sequence, second.value) == (1, first.sequence, first.value)
    assert len(stored(sat)) == 1


def test_row_06_a_sequence_used_for_another_value_keeps_both_and_the_first_counts(scene: Scene) -> None:
    sat = scene.started()
    right, wrong = sat.right(1), sat.wrong(1)
    sat.save(1, right, sequence=3)
    for _ in range(2):  # told twice, stored once
        refused = sat.save(1, wrong, sequence=3)
        assert (refused.code, refused.kept) == (Refusal.SEQUENCE_REUSED, True)
    assert counting(sat) == tuple(right.split())
    assert stored(sat) == [(right, "counts"), (wrong, "not_counted")]


def test_row_07_an_older_sequence_after_a_newer_is_stored_and_changes_nothing(scene: Scene) -> None:
    sat = scene.started()
    right, wrong = sat.right(1), sat.wrong(1)
    sat.save(1, right, sequence=8)
    late = sat.save(1, wrong, sequence=7)
    assert late.repeat is Repeat.SUPERSEDED
    assert counting(sat) == tuple(right.split())
    assert len(stored(sat)) == 2


@pytest.mark.parametrize("sequence", [1_000_001, 2**62])
def test_row_08_a_sequence_may_jump_by_a_million(scene: Scene, sequence: int) -> None:
    sat = scene.started()
    sat.save(1, sat.wrong(1), sequence=1)
    assert isinstance(sat.save(1, sat.right(1), sequence=sequence), Saved)
    assert isinstance(sat.save(1, sat.wrong(1)), Saved)
    assert counting(sat) == tuple(sat.wrong(1).split())


def test_row_09_a_sequence_that_is_no_positive_number_never_beats_one_that_is(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1), sequence=1)
    assert sat.save(1, sat.wrong(1), sequence=-5).repeat is Repeat.SUPERSEDED
    assert counting(sat) == tuple(sat.right(1).split())


def test_row_10_a_save_without_the_pen_is_kept_and_does_not_count(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    for stale in (sat.epoch - 1, sat.epoch + 1):
        refused = sat.save(1, sat.wrong(1), epoch=stale)
        assert (refused.code, refused.kept) == (Refusal.OPEN_ELSEWHERE, True)
        assert refused.details["value"] == sat.wrong(1)
    assert counting(sat) == tuple(sat.right(1).split())
    assert [standing for _, standing in stored(sat)] == ["counts", "not_counted", "not_counted"]


def test_row_11_a_save_while_paused_is_refused_kept_and_handed_back(scene: Scene) -> None:
    sat = scene.started()
    sat.pause()
    scene.forward(ms=POLICY.pause_grace_ms + 1)
    refused = sat.save(1, sat.right(1))
    assert (refused.code, refused.kept, refused.details["value"]) == (Refusal.PAUSED, True, sat.right(1))
    assert counting(sat) == ()


def test_row_11_a_save_chosen_before_the_pause_counts_for_five_seconds(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(minutes=1)
    sat.pause()
    scene.forward(ms=POLICY.pause_grace_ms)
    assert sat.save(1, sat.right(1)).standing is Standing.COUNTS
    assert sat.save(2, sat.right(2), sequence=1, made_left_ms=sat.left_ms - 1).code is Refusal.PAUSED
    assert sat.save(2, sat.right(2), sequence=2, made_left_ms=sat.left_ms).standing is Standing.COUNTS


def test_row_12_nine_seconds_late_counts_and_eleven_is_kept_for_a_person(scene: Scene) -> None:
    sat = scene.started()
    ms_left(scene, sat, -9 * SECOND)
    assert sat.save(1, sat.right(1)).standing is Standing.IN_FLIGHT
    ms_left(scene, sat, -11 * SECOND)
    refused = sat.save(1, sat.wrong(1))
    assert (refused.code, refused.kept) == (Refusal.TIME_ENDED, True)
    assert counting(sat) == tuple(sat.right(1).split())
    assert stored(sat) == [(sat.right(1), "in_flight"), (sat.wrong(1), "late")]


@pytest.mark.parametrize(
    ("left", "made", "says"),
    [(0, None, "counts"), (-1, 0, "in_flight"), (-POLICY.grace_ms, 5, "in_flight"), (-1, -1, "for_review")],
)
def test_row_12_the_edges_of_the_grace(scene: Scene, left: int, made: int | None, says: str) -> None:
    sat = scene.started()
    ms_left(scene, sat, left)
    sat.save(1, sat.right(1), sequence=1, made_left_ms=made)
    assert stored(sat)[0][1] == says
    assert bool(counting(sat)) is (says in ("counts", "in_flight"))


def test_row_13_a_save_after_the_finish_is_kept_and_does_not_count(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1))
    sat.finish()
    refused = sat.save(1, sat.wrong(1))
    assert (refused.code, refused.kept) == (Refusal.HANDED_IN, True)
    assert counting(sat) == tuple(sat.right(1).split())


def test_row_14_a_save_to_another_candidates_sitting_is_not_found_and_stores_nothing(scene: Scene) -> None:
    mine, other = scene.started(), scene.started()
    sent = Chosen(mine.epoch, "page", scene.now, mine.right(1))
    refused = scene.do(save_answer, other.seat.actor, **mine.keys, position=1, chosen=sent)
    assert refused == Refused(Refusal.NOT_FOUND)
    assert stored(mine) == []


def test_row_14_staff_and_strangers_cannot_save_at_all(scene: Scene) -> None:
    sat = scene.started()
    for actor in (scene.desk, scene.lead, scene.administrator, scene.elsewhere):
        sent = Chosen(sat.epoch, "page", scene.now, sat.right(1))
        refused = scene.do(save_answer, actor, **sat.keys, position=1, chosen=sent)
        assert refused == Refused(Refusal.NOT_FOUND)
    assert stored(sat) == []


def test_row_15_a_save_before_the_start_is_refused_and_keeps_nothing(scene: Scene) -> None:
    for sat in (scene.book(), scene.checked_in(), scene.seated()):
        assert sat.save(1, "") == Refused(Refusal.NOT_STARTED)
        assert stored(sat) == []


def test_row_31_an_earlier_page_posted_again_is_a_new_revision(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.right(1), token="page one")
    sat.save(1, sat.wrong(1), token="page two")
    back = sat.save(1, sat.right(1), token="page one")
    assert (back.repeat, back.revision) == (Repeat.NEW, 3)
    assert counting(sat) == tuple(sat.right(1).split())


def test_row_42_a_wrong_clock_in_the_browser_moves_nothing(scene: Scene) -> None:
    sat = scene.started()
    year = 365 * 24 * 60 * MINUTE
    for n, (rendered, made) in enumerate([(scene.now + 3 * year, 30 * MINUTE), (0, -30 * MINUTE)], start=1):
        saved = sat.save(n, sat.right(n), sequence=1, rendered_at=rendered, made_left_ms=made)
        assert (saved.standing, saved.left_ms) == (Standing.COUNTS, sat.left_ms)


def test_row_43_a_claim_to_more_time_than_there_was_is_ignored(scene: Scene) -> None:
    sat = scene.started()
    ms_left(scene, sat, -POLICY.grace_ms - 1)
    refused = sat.save(1, sat.right(1), sequence=1, made_left_ms=10 * 60 * MINUTE)
    assert refused.code is Refusal.TIME_ENDED
    assert stored(sat)[0][1] == "late"
    assert sat.left_ms == -POLICY.grace_ms - 1
