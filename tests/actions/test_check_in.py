"""Check-in freezes arrangements, allowance and paper; undoing it throws the paper away, but not its exposure."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.check_in import CheckedIn, check_in, undo_check_in
from app.records import papers
from app.records.tables import audit, paper_draw, paper_question
from app.rules.help import ArrangementsReason, OutsideReason, UndoReason
from app.rules.policy import MINUTE, POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from tests.support.agreeing import must_agree
from tests.support.factories import Scene, somebody
from tests.support.sat import Sat
from tests.support.small_edition import SMALL, TWO_PARTS, WITH_CLIPS


def paper(sat: Sat) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in sat.rows(paper_question)]


def undo(sat: Sat, reason: UndoReason = UndoReason.WRONG_PERSON) -> Any:
    return sat.desk(undo_check_in, reason=reason)


def test_check_in_freezes_allowance_arrangements_and_paper(scene: Scene) -> None:
    sat = scene.book(extra_minutes=15, break_minutes=20)
    assert sat.check_in() == CheckedIn(sat.keys["sitting_id"], 25 * MINUTE)
    seat = sat.seat
    assert (seat.state, seat.clock.allowance_ms, seat.clock.running_since) == (
        State.CHECKED_IN,
        25 * MINUTE,
        None,
    )
    assert (seat.extra_minutes, seat.break_minutes) == (15, 20)
    assert [(row["position"], row["part"]) for row in sat.rows(paper_question)] == [
        (n, 0) for n in range(1, 7)
    ]
    assert len(set(sat.drawn())) == 6
    must_agree(sat)


def test_the_paper_follows_from_the_seed(scene: Scene) -> None:
    one, two, other = scene.book(), scene.book(), scene.book()
    for sat, seed in ((one, "a1" * 16), (two, "a1" * 16), (other, "b2" * 16)):
        sat.check_in(seed=seed)
    assert [one.asked(n).options for n in range(1, 7)] == [two.asked(n).options for n in range(1, 7)]
    assert one.drawn() == two.drawn()
    assert one.drawn() != other.drawn()


def test_what_is_set_at_the_desk_wins_over_the_booking_and_needs_a_reason(scene: Scene) -> None:
    sat = scene.book()
    assert sat.check_in(extra_minutes=5) == Refused(Refusal.REASON_NEEDED)
    assert sat.check_in(break_minutes=11, extra_reason=None) == Refused(Refusal.REASON_NEEDED)
    assert sat.seat.state is State.BOOKED
    assert (
        sat.check_in(extra_minutes=5, extra_reason=ArrangementsReason.PROOF_SEEN).allowance_ms == 15 * MINUTE
    )


@pytest.mark.parametrize(
    ("minutes", "most"),
    [
        ({"extra_minutes": -1}, POLICY.most_extra_minutes),
        ({"extra_minutes": POLICY.most_extra_minutes + 1}, POLICY.most_extra_minutes),
        ({"break_minutes": -1}, POLICY.most_break_minutes),
        ({"break_minutes": POLICY.most_break_minutes + 1}, POLICY.most_break_minutes),
    ],
)
def test_minutes_outside_the_policy_are_refused_with_the_limit(
    scene: Scene, minutes: dict[str, int], most: int
) -> None:
    sat = scene.book()
    refused = sat.check_in(**minutes, extra_reason=ArrangementsReason.PROOF_SEEN)
    assert refused == Refused(Refusal.BEYOND_YOUR_LIMIT, details={"most": most})
    assert sat.seat.state is State.BOOKED


def test_a_face_that_does_not_match_is_not_checked_in(scene: Scene) -> None:
    sat = scene.book()
    assert sat.check_in(matched=False) == Refused(Refusal.DETAILS_NOT_CONFIRMED)
    assert (sat.seat.state, paper(sat)) == (State.BOOKED, [])


@pytest.mark.parametrize("minutes", [-31, 31, 24 * 60])
def test_outside_half_an_hour_around_the_start_a_reason_is_needed(scene: Scene, minutes: int) -> None:
    sat = scene.book(starts_at=scene.now - minutes * MINUTE)
    refused = sat.check_in()
    starts = sat.seat.starts_at
    window = {"from": starts - 30 * MINUTE, "until": starts + 30 * MINUTE}
    assert refused == Refused(Refusal.OUTSIDE_CHECK_IN, details=window)
    assert isinstance(sat.check_in(outside_reason=OutsideReason.WE_ARE_LATE), CheckedIn)


@pytest.mark.parametrize("minutes", [-30, 0, 30])
def test_within_half_an_hour_none_is_needed(sqlite_scene: Scene, minutes: int) -> None:
    sat = sqlite_scene.book(starts_at=sqlite_scene.now - minutes * MINUTE)
    assert isinstance(sat.check_in(), CheckedIn)


def test_a_category_that_the_bank_does_not_have_is_refused(scene: Scene) -> None:
    sat = scene.book("lorry")
    assert sat.check_in().code is Refusal.POOL_TOO_SMALL
    assert sat.seat.state is State.BOOKED


def test_a_second_check_in_is_refused_and_leaves_the_paper(scene: Scene) -> None:
    sat = scene.checked_in()
    before = paper(sat)
    assert sat.check_in().code is Refusal.ALREADY_CHECKED_IN
    assert (paper(sat), len(sat.rows(paper_draw))) == (before, 1)
    sat = scene.started()
    assert sat.check_in().code is Refusal.ALREADY_STARTED
    sat.finish()
    assert sat.check_in().code is Refusal.SITTING_OVER


def test_only_the_desk_of_this_centre_checks_in(scene: Scene) -> None:
    sat = scene.book()
    for actor in (scene.elsewhere, scene.officer, scene.administrator, sat.seat.actor):
        assert sat.check_in(by=actor) == Refused(Refusal.NOT_FOUND)
        assert sat.desk(undo_check_in, by=actor, reason="x") == Refused(Refusal.NOT_FOUND)
    sat.keys["centre_id"] = scene.other_centre_id
    refused = scene.do(check_in, scene.elsewhere, **sat.keys, seen=None, seed="00")
    assert refused == Refused(Refusal.NOT_FOUND)


def test_undoing_a_check_in_sends_the_sitting_back_and_its_paper_away(scene: Scene) -> None:
    sat = scene.seated()
    sat.confirm()
    assert isinstance(undo(sat), CheckedIn)
    seat = sat.seat
    assert seat.state is State.BOOKED
    assert (seat.code, seat.device, seat.released_at, seat.details_at, seat.arrangements_at) == (None,) * 5
    assert (seat.parts, paper(sat)) == ((), [])
    assert seat.epoch > sat.epoch


def test_undoing_a_check_in_keeps_the_exposure_of_its_paper(scene: Scene) -> None:
    sat = scene.checked_in()
    first = set(sat.drawn())
    undo(sat)
    sat.check_in()
    assert first.isdisjoint(sat.drawn())
    assert [row["n"] for row in sat.rows(paper_draw)] == [1, 2]
    seen = papers.seen_before(scene.db, candidate_id=sat.seat.candidate_id, category=SMALL)
    assert {seen[one] for one in first} == {2}


def test_after_an_undone_check_in_the_whole_way_is_walked_again(scene: Scene) -> None:
    sat = scene.seated()
    sat.confirm()
    undo(sat)
    sat.check_in()
    assert sat.start().code is Refusal.OPEN_ELSEWHERE
    sat.release()
    sat.take_seat()
    assert sat.start().code is Refusal.DETAILS_NOT_CONFIRMED
    sat.confirm()
    sat.start()
    assert sat.left_ms == 10 * MINUTE + POLICY.loading_ms
    must_agree(sat)


def test_minutes_added_before_the_start_outlive_an_undone_check_in(scene: Scene) -> None:
    sat = scene.checked_in()
    sat.grant(3)
    undo(sat)
    must_agree(sat)
    sat.check_in()
    assert sat.left_ms == 13 * MINUTE
    must_agree(sat)


def test_nothing_is_undone_after_the_start_or_before_the_check_in(scene: Scene) -> None:
    assert undo(scene.book()).code is Refusal.NOT_CHECKED_IN
    sat = scene.started()
    assert undo(sat).code is Refusal.ALREADY_STARTED
    sat.finish()
    assert undo(sat).code is Refusal.SITTING_OVER
    assert len(paper(sat)) == 6


def test_a_candidate_never_gets_a_question_of_their_last_two_papers(scene: Scene) -> None:
    person = somebody()
    drawn: list[set[str]] = []
    for _ in range(4):
        sat = scene.book(person=person)
        sat.check_in()
        drawn.append(set(sat.drawn()))
        scene.forward(minutes=60)
    for before, after in itertools.pairwise(drawn):
        assert before.isdisjoint(after)
    for before, after in zip(drawn, drawn[2:], strict=False):
        assert before.isdisjoint(after)
    assert all(json.loads(row["repeats"]) == [] for row in sat.rows(paper_draw))


def test_when_the_bank_is_too_small_the_longest_unseen_come_back_and_are_named(scene: Scene) -> None:
    person = somebody()
    papers_drawn = []
    for _ in range(3):
        sat = scene.book(TWO_PARTS, person=person)
        sat.check_in()
        papers_drawn.append(sat.drawn())
        scene.forward(minutes=60)
    extra = scene.book(TWO_PARTS, person=person)
    extra.check_in()
    repeats = json.loads(extra.rows(paper_draw)[-1]["repeats"])
    assert set(repeats) <= set(extra.drawn())
    assert set(repeats).isdisjoint(papers_drawn[1] + papers_drawn[2])


def test_each_part_has_its_own_allowance_and_clips_get_no_extra_time(scene: Scene) -> None:
    two, clips = scene.book(TWO_PARTS, extra_minutes=6), scene.book(WITH_CLIPS, extra_minutes=6)
    for sat in (two, clips):
        sat.check_in()
    assert [plan.allowance_ms for plan in two.seat.parts] == [16 * MINUTE, 11 * MINUTE]
    assert [plan.allowance_ms for plan in clips.seat.parts] == [16 * MINUTE, 20 * MINUTE]
    assert [row["part"] for row in two.rows(paper_question)] == [0] * 4 + [1] * 3
    assert [row["part"] for row in clips.rows(paper_question)] == [0] * 4


def test_check_in_and_its_undoing_are_audited_without_words_about_the_person(scene: Scene) -> None:
    sat = scene.book()
    sat.check_in(extra_minutes=5, extra_reason=ArrangementsReason.PROOF_SEEN)
    undo(sat)
    rows = scene.db.execute(sa.select(audit).where(audit.c.about == sat.keys["sitting_id"])).mappings().all()
    assert [(row["act"], row["actor"], row["role"]) for row in rows] == [
        ("check_in", scene.desk.person, "centre_staff"),
        ("undo_check_in", scene.desk.person, "centre_staff"),
    ]
    assert json.loads(rows[0]["detail"])["because"] == "proof_seen"
