"""The planted faults that the table says are heard: Orca reads the real question page with each of them, and without.

The other layers are in `test_planted_faults`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import opened
from tests.journeys.planted import FAULTS, table
from tests.support.listener import Listener
from tests.support.planting import HEARD, Real, sow
from tests.support.screen_reader import Orca
from tests.support.screen_reader_fixtures import Hear
from tests.support.serving import HandClock

LONG_ENOUGH = 1.5  # an answer is saved 0.8 s after it was chosen


def _question_is_not_said_with_its_answers(ear: Listener, stem: str) -> bool:
    ear.sr.press("Tab")
    said = " ".join(ear.sr.wait_for("1 of"))
    return stem not in said or "Choose 1 answer." not in said


def _page_speaks_of_a_choice(ear: Listener, stem: str) -> bool:
    before = ear.sr.place()
    assert "selected" in ear.press("space")
    ear.listen(LONG_ENOUGH)
    return ear.sr.unasked(before) != []


def _page_speaks_by_itself(ear: Listener, stem: str) -> bool:
    before = ear.sr.place()
    ear.listen(LONG_ENOUGH)
    return ear.sr.unasked(before) != []


CHECKS = {
    "no-legend": _question_is_not_said_with_its_answers,
    "saving-speaks": _page_speaks_of_a_choice,
    "clock-speaks": _page_speaks_by_itself,
}


@pytest.mark.deep
@pytest.mark.timeout(150)
def test_the_faults_that_can_be_heard_are_heard_and_the_real_page_is_clean(
    folder: Path, hear: Hear, sr: Orca, reader_page: Page
) -> None:
    assert set(CHECKS) == {one for one in FAULTS if HEARD in table()[one]}
    with opened(folder, HandClock()) as centre:
        sitting = centre.showing(lambda one: one.wanted()[0] == 1)
        reader_page.goto(centre.url)
        reader_page.get_by_label("Your test code").fill(sitting.code)
        with reader_page.expect_navigation():
            reader_page.keyboard.press("Enter")
        sitting.start()
        address, stem, ear = f"{centre.url}/sitting/question/1", sitting.stems()[0], Listener(sr)
        real = Real.of(reader_page.goto(address))
        try:
            hear(address)
            assert [name for name, is_heard in CHECKS.items() if is_heard(ear, stem)] == []
            for name, is_heard in CHECKS.items():
                reader_page.unroute_all()
                sow(reader_page, real, FAULTS[name])
                hear(address)
                if name == "saving-speaks":
                    ear.find("r", "A ")
                assert is_heard(ear, stem), name
        finally:
            reader_page.unroute_all()
            reader_page.goto("about:blank")
