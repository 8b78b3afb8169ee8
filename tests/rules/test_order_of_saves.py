"""The order of saves: however they are delivered, each is stored once and the newest intention counts."""

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.refusals import Refusal
from app.rules.saving import (
    AFTER_ZERO,
    COUNTING,
    Arrival,
    Repeat,
    Ruling,
    Save,
    Standing,
    beside,
    compare,
    judge,
    newest,
)
from app.rules.sitting import State
from app.rules.timing import Clock

Key = tuple[int, int]


@dataclass
class Shelf:
    """One position of one paper: keeps what the rules say is to be kept."""

    pen: int = 1
    kept: list[Save] = field(default_factory=list)

    def deliver(self, epoch: int, sequence: int, value: str) -> Repeat:
        """One save at the door, as the save action treats it."""
        repeat = compare(epoch, sequence, value, self.kept)
        if repeat is Repeat.DUPLICATE:
            return repeat
        standing = Standing.NOT_COUNTED
        if repeat is not Repeat.REUSED:
            arrival = Arrival(at=1, has_pen=epoch == self.pen, scripted=True, made_left_ms=50)
            ruling = judge(State.IN_PROGRESS, Clock(100, running_since=0), arrival)
            assert isinstance(ruling, Ruling)
            standing = ruling.standing
        self.kept.append(Save(epoch, sequence, value, standing))
        return repeat

    @property
    def shown(self) -> str | None:
        save = newest(self.kept)
        return save.value if save else None


def save(epoch: int, sequence: int, value: str = "A", standing: Standing = Standing.COUNTS) -> Save:
    return Save(epoch, sequence, value, standing)


def shuffled(chance: random.Random, intentions: dict[Key, str]) -> list[tuple[int, int, str]]:
    """Every intention one to three times, in any order within its epoch; epochs follow one another."""
    sent = [(*key, value) for key, value in intentions.items() for _ in range(chance.randint(1, 3))]
    chance.shuffle(sent)
    return sorted(sent, key=lambda each: each[0])


def intended(chance: random.Random, epochs: int) -> dict[Key, str]:
    """What a candidate chose, in order: rising sequences, some far apart, in each of the epochs."""
    found, sequence = {}, 0
    for epoch in range(1, epochs + 1):
        sequence = 0 if chance.random() < 0.5 else sequence  # a new device may count from the beginning again
        for _ in range(chance.randint(1, 4)):
            sequence += chance.choice([1, 1, 2, 1_000_000])
            found[epoch, sequence] = chance.choice("ABCD")
    return found


def test_shuffled_and_repeated_saves_of_two_epochs_store_the_newest_intention_once() -> None:
    for seed in range(10_000):
        chance = random.Random(seed)
        intentions, shelf = intended(chance, epochs=2), Shelf()
        for epoch, sequence, value in shuffled(chance, intentions):
            shelf.pen = epoch
            shelf.deliver(epoch, sequence, value)
        assert sorted((s.epoch, s.sequence) for s in shelf.kept) == sorted(intentions), seed
        assert shelf.shown == intentions[max(intentions)], seed


SENT = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([1, 2, 3, 1_000_002]), st.sampled_from("ABC")), max_size=14
)


@given(SENT)
def test_the_reply_to_each_save_follows_from_what_came_before_it(
    sent: list[tuple[int, int, str]],
) -> None:
    shelf, seen, pen = Shelf(), dict[Key, set[str]](), 0
    counting: dict[Key, str] = {}
    for epoch, sequence, value in sent:
        shelf.pen = pen = max(pen, epoch)
        key = (epoch, sequence)
        if key in seen:
            wanted = Repeat.DUPLICATE if value in seen[key] else Repeat.REUSED
        else:
            wanted = Repeat.SUPERSEDED if counting and max(counting) > key else Repeat.NEW
            if epoch == pen:
                counting[key] = value
        seen.setdefault(key, set()).add(value)
        assert shelf.deliver(epoch, sequence, value) is wanted
        assert shelf.shown == (counting[max(counting)] if counting else None)


@given(SENT)
def test_an_older_save_that_arrives_late_never_changes_what_counts(sent: list[tuple[int, int, str]]) -> None:
    shelf = Shelf()
    for epoch, sequence, value in sent:
        shelf.pen = max(shelf.pen, epoch)
        before = newest(shelf.kept)
        shelf.deliver(epoch, sequence, value)
        now = newest(shelf.kept)
        if before is not None:
            assert now is not None
            assert (now.epoch, now.sequence) >= (before.epoch, before.sequence)


@given(SENT, st.randoms(use_true_random=False))
def test_the_newest_of_the_stored_saves_does_not_depend_on_the_order_of_the_rows(
    sent: list[tuple[int, int, str]], chance: random.Random
) -> None:
    shelf = Shelf()
    for each in sent:
        shelf.deliver(*each)
    rows = list(shelf.kept)
    chance.shuffle(rows)
    assert newest(rows) == newest(shelf.kept)


def test_the_same_save_again_is_a_duplicate_whatever_became_of_it() -> None:
    for standing in Standing:
        assert compare(1, 7, "A", [save(1, 7, "A", standing)]) is Repeat.DUPLICATE


def test_a_sequence_used_again_for_another_answer_is_refused_and_the_first_still_counts() -> None:
    shelf = Shelf()
    replies = [shelf.deliver(1, 7, "A"), shelf.deliver(1, 7, "B"), shelf.deliver(1, 7, "B")]
    assert replies == [Repeat.NEW, Repeat.REUSED, Repeat.DUPLICATE]
    assert [s.value for s in shelf.kept] == ["A", "B"]
    assert shelf.shown == "A"


def test_an_older_save_behind_a_newer_one_is_superseded() -> None:
    assert compare(1, 6, "B", [save(1, 7)]) is Repeat.SUPERSEDED
    assert compare(1, 10**6, "B", [save(2, 1)]) is Repeat.SUPERSEDED


@pytest.mark.parametrize("standing", sorted(set(Standing) - COUNTING))
def test_a_save_that_did_not_count_supersedes_nothing(standing: Standing) -> None:
    assert compare(1, 6, "B", [save(1, 7, "A", standing)]) is Repeat.NEW
    assert newest([save(1, 6, "B"), save(1, 7, "A", standing)]) == save(1, 6, "B")


def test_an_answer_in_flight_at_zero_counts_like_any_other_in_the_order() -> None:
    stored = [save(1, 6), save(1, 7, "B", Standing.IN_FLIGHT)]
    assert newest(stored) == stored[1]
    assert compare(1, 5, "C", stored[1:]) is Repeat.SUPERSEDED


def test_a_jump_of_a_million_in_the_sequence_is_simply_newer_and_what_it_passed_over_is_older() -> None:
    shelf = Shelf()
    sent = [(1, 1, "A"), (1, 1_000_001, "B"), (1, 2, "C")]
    replies = [shelf.deliver(epoch, sequence, value) for epoch, sequence, value in sent]
    assert replies == [Repeat.NEW, Repeat.NEW, Repeat.SUPERSEDED]
    assert shelf.shown == "B"


def test_a_new_epoch_that_counts_from_one_again_is_newer_than_a_high_sequence_of_the_old() -> None:
    assert compare(2, 1, "B", [save(1, 1_000_000)]) is Repeat.NEW
    assert newest([save(1, 1_000_000), save(2, 1, "B")]) == save(2, 1, "B")


def test_a_save_of_the_old_device_after_the_pen_was_taken_is_kept_and_never_merged() -> None:
    shelf = Shelf()
    shelf.deliver(1, 1, "A")
    shelf.pen = 2
    shelf.deliver(1, 2, "B")
    assert (shelf.shown, shelf.kept[-1]) == ("A", save(1, 2, "B", Standing.NOT_COUNTED))
    shelf.deliver(2, 1, "C")
    assert shelf.shown == "C"


def test_a_position_without_any_save_that_counts_shows_none() -> None:
    assert newest([]) is None
    assert newest([save(1, 1, "A", Standing.LATE), save(1, 2, "B", Standing.FOR_REVIEW)]) is None


@pytest.mark.parametrize("standing", sorted(Standing))
def test_a_choice_that_was_replaced_leaves_nothing_to_decide_after_zero(standing: Standing) -> None:
    ruling = Ruling(standing, Refusal.TIME_ENDED)
    assert beside(ruling, Repeat.NEW) == ruling
    nothing = Ruling(Standing.NOT_COUNTED) if standing in AFTER_ZERO else ruling
    assert beside(ruling, Repeat.SUPERSEDED) == nothing
    assert beside(ruling, Repeat.REUSED) == Ruling(Standing.NOT_COUNTED, Refusal.SEQUENCE_REUSED)


def test_clearing_an_answer_is_an_intention_like_any_other() -> None:
    shelf = Shelf()
    for sequence, value in ((1, "A"), (3, "B"), (2, "")):
        shelf.deliver(1, sequence, value)
    assert shelf.shown == "B"
    shelf.deliver(1, 4, "")
    assert shelf.shown == ""
