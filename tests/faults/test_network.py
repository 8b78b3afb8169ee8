"""A bad network costs nobody an answer, an older choice never overwrites a newer one, and cut-off time is given back
(fault F5).

Source: reliability and security design, promises P3, P4 and P9; decisions 2, 4 and 15. The broken variants prove
that the checkers can see.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rules.contact import LEAST_MS
from tests.faults.conftest import Measure
from tests.faults.lines import PLAIN, SCRIPTED, Lines, Made, lines, over_a_bad_line, through_cuts, told
from tests.faults.replays import POSITIONS, replayed
from tests.faults.room import make

HISTORIES = SCRIPTED * len(POSITIONS)
SLACK_MS = 500  # what a busy machine takes to carry one reply
BROKEN = ("tests.faults.broken_saving", "forgets-keys,last-arrival-wins,credits-no-contact")
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A room made once by the real verbs and actions. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, PLAIN + SCRIPTED)


@pytest.fixture(scope="module")
def sound(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lines]:
    """The service as it is, for the short tests of this file one after the other."""
    with lines(made, tmp_path_factory.mktemp("sound") / "room", 1) as found:
        yield found


def test_a_bad_line_loses_no_answer_and_stores_none_twice(sound: Lines, measure: Measure) -> None:
    proxy = sound.run(over_a_bad_line(sound, answers=12))
    assert sound.faults() == []
    assert min(proxy.met.values()) > 0
    assert len(proxy.met) == 7
    what = "acknowledged answers lost on a line that loses, delays, doubles and cuts"
    measure("F5", "P3", what, "0", f"0 of {told(sound)} at {proxy.mishaps} mishaps", seed="1")


def test_replays_in_any_order_store_one_revision_each_and_the_newest_counts(
    sound: Lines, measure: Measure
) -> None:
    found, replays, keys = sound.run(replayed(sound.scripted, sound.chance, keys=2, times=4))
    assert found + sound.faults() == []
    wrong = f"0 of {keys} keys wrong after {replays} replays"
    measure("F5", "P3", "replays that stored again or were answered otherwise", "0", wrong, seed="1")
    none = f"0 of {keys} keys, {HISTORIES} histories"
    measure("F5", "P4", "older saves that overwrote a newer one", "0", none, seed="1")


def test_a_desk_that_was_cut_off_has_its_answers_and_its_time(sound: Lines, measure: Measure) -> None:
    short = sound.run(through_cuts(sound, [1.5, 2.5]))
    assert sound.faults() == []
    assert min(one.covered_ms for one in sound.scripted) > 2 * LEAST_MS
    assert max(short) <= SLACK_MS
    assert sound.credited_beyond_claims() == []
    measure("F5", "P9", "time lost by a page that was covered", "0 ms", f"{max(0, *short)} ms", seed="1")


def test_the_marks_are_right_after_all_that(sound: Lines) -> None:
    assert sound.handed_in() == []


@pytest.mark.deep
def test_the_checkers_see_a_server_that_forgets_keys_order_and_silence(
    made: Made, tmp_path: Path, measure: Measure
) -> None:
    with lines(made, tmp_path / "room", 3, *BROKEN) as here:
        replies, _, _ = here.run(replayed(here.scripted, here.chance, keys=2, times=4))
        stored = "\n".join([*replies, *here.faults()])
        short = here.run(through_cuts(here, [3.0]))
    assert "nobody sent" in stored
    assert "not the newest" in stored
    assert max(short) > SLACK_MS
    for promise, what in (
        ("P3", "a server that stores a replay again"),
        ("P4", "a server in which the last arrival wins"),
    ):
        measure("F5", promise, what, "caught", "seen in the store", seed="3", broken=True)
    what = "a server that gives a covered page nothing back"
    measure("F5", "P9", what, "caught", f"{max(short)} ms lost", seed="3", broken=True)


@pytest.mark.deep
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10, 15))
def test_many_more_mishaps_lose_nothing_either(
    made: Made, tmp_path: Path, measure: Measure, seed: int
) -> None:
    with lines(made, tmp_path / "room", seed) as here:
        proxy = here.run(over_a_bad_line(here, answers=100))
        assert here.faults() == []
        count = told(here)
        assert here.handed_in() == []
    what = f"acknowledged answers lost on a bad line, seed {seed}"
    measure("F5", "P3", what, "0", f"0 of {count} at {proxy.mishaps} mishaps", seed=str(seed))


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_ten_thousand_replays_in_any_order_store_one_revision_each(
    made: Made, tmp_path: Path, measure: Measure
) -> None:
    with lines(made, tmp_path / "room", 20) as here:
        found, replays, keys = here.run(replayed(here.scripted, here.chance, keys=40, times=10))
        assert found + here.faults() == []
        assert replays >= 10_000
        assert here.handed_in() == []
    wrong = f"0 of {keys} keys wrong after {replays} replays"
    measure("F5", "P3", "ten thousand replays in random order", "0", wrong, seed="20")
    none = f"0 of {keys} keys, {HISTORIES} histories"
    measure("F5", "P4", "older saves that overwrote a newer one, of many", "0", none, seed="20")


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_fifty_cuts_cost_nobody_an_answer_or_time(made: Made, tmp_path: Path, measure: Measure) -> None:
    with lines(made, tmp_path / "room", 30) as here:
        cuts = [here.chance.uniform(1.5, 6) for _ in range(50)]
        short = here.run(through_cuts(here, cuts))
        assert here.faults() == []
        assert max(short) <= SLACK_MS * len(cuts) / 10
        assert here.credited_beyond_claims() == []
        count = told(here)
        assert here.handed_in() == []
    measure("F5", "P9", "acknowledged answers lost over 50 cuts", "0", f"0 of {count}", seed="30")
    measure(
        "F5", "P9", "time lost over 50 cuts", "0 ms", f"{max(0, *short)} ms of {sum(cuts):.0f} s", seed="30"
    )
