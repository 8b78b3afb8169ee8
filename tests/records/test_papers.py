"""Reading a frozen paper: one question, the list of all, and the marking; of this sitting and of no other."""

from __future__ import annotations

from app.actions.save_answer import Chosen, save_answer
from app.records import answers, papers
from app.records.papers import Asked, Line
from tests.support.factories import Scene
from tests.support.sat import Sat
from tests.support.small_edition import KEYS, TWO_PARTS


def overview(sat: Sat, part: int = 0) -> tuple[Line, ...]:
    found: tuple[Line, ...] = sat.scene.store.look(papers.overview, **sat.keys, part=part)
    return found


def test_a_question_is_read_as_it_was_frozen_with_the_answer_that_counts(scene: Scene) -> None:
    sat = scene.started()
    fresh = sat.asked(1)
    assert (fresh.chosen, fresh.flagged, fresh.saved_at) == ((), False, None)
    scene.forward(seconds=7)
    sat.save(1, sat.wrong(1))
    sat.save(1, sat.right(1), flag="on")
    asked = sat.asked(1)
    assert isinstance(asked, Asked)
    assert (asked.chosen, asked.flagged, asked.saved_at) == (tuple(sat.right(1).split()), True, scene.now)
    assert asked.options == fresh.options


def test_values_on_the_page_are_random_and_never_the_banks_ids(scene: Scene) -> None:
    sat = scene.started()
    values = [value for n in range(1, 7) for value, _ in sat.asked(n).options]
    assert len(set(values)) == 24
    assert not set(values) & {option for n in range(1, 7) for _, option in sat.asked(n).options}
    assert not set(values) & KEYS.keys()


def test_a_position_that_is_not_on_the_paper_is_nothing(scene: Scene) -> None:
    sat, other = scene.started(), scene.book()
    for keys, position in ((sat.keys, 0), (sat.keys, 7), (other.keys, 1)):
        assert scene.store.look(papers.asked, **keys, position=position) is None
    elsewhere = {**sat.keys, "centre_id": scene.other_centre_id}
    assert scene.store.look(papers.asked, **elsewhere, position=1) is None


def test_the_list_shows_each_question_once_with_its_newest_answer(scene: Scene) -> None:
    sat = scene.started()
    for value in (sat.wrong(2), sat.right(2)):
        sat.save(2, value)
    sat.save(3, sat.right(3))
    sat.save(3, "", flag="on")
    lines = overview(sat)
    assert [line.position for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line.answered for line in lines] == [False, True, False, False, False, False]
    assert [line.flagged for line in lines] == [False, False, True, False, False, False]
    assert lines[1].chosen == tuple(sat.right(2).split())


def test_a_save_under_a_newer_pen_is_newer_whatever_its_sequence(scene: Scene) -> None:
    sat = scene.started()
    sat.save(1, sat.wrong(1), sequence=900)
    sat.pause()
    sat.release()
    sat.take_seat(device="another machine")
    sat.resume()
    sat.save(1, sat.right(1), sequence=1)
    assert sat.asked(1).chosen == tuple(sat.right(1).split())
    assert overview(sat)[0].chosen == tuple(sat.right(1).split())
    marked = papers.to_mark(scene.db, sat.seat)[0]
    assert sum(one.right for one in marked) == 1


def test_the_highest_sequence_counts_every_save_of_its_question_whatever_the_pen(scene: Scene) -> None:
    sat = scene.started()
    assert sat.asked(1).sequence == 0
    sat.save(1, sat.wrong(1), sequence=4)
    sat.save(2, sat.right(2), sequence=40)
    assert sat.asked(1).sequence == 4
    sat.pause()
    sat.save(1, sat.right(1), sequence=7)  # kept, and does not count: the clock is stopped
    assert (sat.asked(1).chosen, sat.asked(1).sequence) == (tuple(sat.wrong(1).split()), 7)
    sat.release()
    sat.take_seat(device="another machine")
    assert (sat.asked(1).chosen, sat.asked(1).sequence) == (tuple(sat.wrong(1).split()), 7)


def test_what_waited_under_an_older_pen_stays_older_when_that_browser_comes_back(scene: Scene) -> None:
    sat = scene.started()
    first, device = sat.device, "another machine"
    sat.save(1, sat.wrong(1), sequence=scene.now)
    waiting = scene.forward(seconds=5)  # chosen at the first computer, and never sent
    for machine in (device, first):
        sat.pause()
        sat.release()
        sat.take_seat(device=machine)
        sat.resume()
        if machine is device:
            scene.forward(minutes=1)
            sat.save(1, sat.right(1), sequence=scene.now)
    assert sat.asked(1).sequence == scene.now > waiting
    assert sat.asked(1).chosen == tuple(sat.right(1).split())


def test_each_part_lists_its_own_questions(scene: Scene) -> None:
    sat = scene.started(TWO_PARTS)
    assert [line.position for line in overview(sat, 0)] == [1, 2, 3, 4]
    assert [line.position for line in overview(sat, 1)] == [5, 6, 7]
    assert {len(questions) for questions in papers.to_mark(scene.db, sat.seat).values()} == {4, 3}


def test_what_came_after_time_is_named_by_position(scene: Scene) -> None:
    sat = scene.started()
    scene.forward(ms=sat.left_ms + 60_000)
    for position in (5, 2, 2):
        sat.save(position, sat.right(position))
    late = scene.store.look(answers.after_time, **sat.keys)
    assert [(position, standing.value) for position, standing in late] == [(2, "late"), (5, "late")]


def test_the_save_door_locks_and_reads_only_its_own_sitting(scene: Scene) -> None:
    one, two = scene.started(), scene.started()
    sent = Chosen(one.epoch, "page", scene.now, one.right(1))
    assert scene.do(save_answer, one.seat.actor, **one.keys, position=1, chosen=sent).revision == 1
    assert two.asked(1).chosen == ()
    found = answers.find(scene.db, **two.keys, position=1)
    assert found is not None
    assert found.stored == ()
