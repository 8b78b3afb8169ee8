"""Layout, colours, focus and snapshots: each measurement passes the good page and sees a seeded fault."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.browser import Tabs
from tests.support.colours import difference, looks, weak_edges, weak_in_themes, weak_text
from tests.support.focus import covered_focus, rings, tab_walk, weak_rings
from tests.support.keyboard import choose, stops
from tests.support.layout import line_faults, order_faults, sideways_scroll, small_targets, spacing_faults
from tests.support.measuring import laid_over
from tests.support.serving import Site
from tests.support.snapshots import match_snapshot


@pytest.fixture
def good(samples: Site, tabs: Tabs) -> Page:
    """The good page, script off."""
    return tabs.open(f"{samples.url}/sitting/question/12")


@pytest.fixture
def faulty(samples: Site, tabs: Tabs) -> Page:
    """The page with seeded faults, script off."""
    return tabs.open(f"{samples.url}/sitting/question/13")


@pytest.mark.parametrize(("width", "percent"), [(320, 100), (320, 200), (640, 300)])
def test_sideways_scroll_is_measured(good: Page, faulty: Page, width: int, percent: int) -> None:
    assert sideways_scroll(good, width, percent) == []
    assert any("the page is 1" in fault for fault in sideways_scroll(faulty, width, percent))


def test_text_size_and_window_come_back_after_measuring(good: Page) -> None:
    before = looks(good)
    sideways_scroll(good, 320, 200)
    spacing_faults(good)
    assert difference(before, looks(good)) == 0


def test_text_spacing_is_measured(good: Page, faulty: Page) -> None:
    assert spacing_faults(good) == []
    assert any("is cut" in fault for fault in spacing_faults(faulty))


def test_words_over_words_are_seen(good: Page) -> None:
    with laid_over(
        good, ".clock { position: absolute; top: 0; left: 0 } .position { position: absolute; top: 0 }"
    ):
        assert any("lies over" in fault for fault in spacing_faults(good))


def test_targets_are_measured(good: Page, faulty: Page) -> None:
    assert small_targets(good) == []
    found = small_targets(faulty)
    assert any("12 by 12" in fault for fault in found)
    assert any("apart" in fault for fault in found)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_order_of_boxes_is_measured(good: Page, faulty: Page, width: int) -> None:
    assert order_faults(good, width) == []
    assert '"Read first" is seen before "Read second" and read after it' in order_faults(faulty, width)


def test_lines_are_measured(good: Page, faulty: Page) -> None:
    assert line_faults(good) == []
    assert any("justified" in fault for fault in line_faults(faulty))
    with laid_over(faulty, ".clipped { width: auto; height: auto }"):
        assert any("line of 8" in fault for fault in line_faults(faulty))


def test_contrast_of_text_is_measured_in_the_theme_that_is_on(good: Page, faulty: Page) -> None:
    assert weak_text(good) == []
    assert any("Choose 1 answer" in fault for fault in weak_text(faulty))
    good.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert any("How this page looks" in fault for fault in weak_text(good))


def test_themes_are_measured_one_after_another_and_taken_off_again(good: Page, faulty: Page) -> None:
    found = weak_in_themes(good, ["standard", "dark"])
    assert found
    assert all(fault.startswith("dark: ") for fault in found)
    assert good.evaluate("document.documentElement.dataset.theme") == "standard"
    kinds = " ".join(weak_in_themes(faulty, ["standard"]))
    assert "Choose 1 answer" in kinds
    assert "stands out by" in kinds


def test_a_walk_by_tab_names_every_stop_and_fails_where_the_focus_is_held(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12", script=True)
    met = tab_walk(page)
    assert [one.stop for one in met] == stops(page)
    assert all(one.wrong == () for one in met)
    page.evaluate(
        "addEventListener('keydown', e => e.key === 'Tab' && document.activeElement.id && e.preventDefault())"
    )
    with pytest.raises(AssertionError, match="Tab does not leave"):
        tab_walk(page)


def test_contrast_of_edges_is_measured(good: Page, faulty: Page) -> None:
    assert weak_edges(good) == []
    assert any("tiny" in fault for fault in weak_edges(faulty))


def test_focus_rings_are_measured(good: Page, faulty: Page) -> None:
    assert weak_rings(good) == []
    assert all(ring.thickness == 0 for ring in rings(faulty))
    assert len(weak_rings(faulty)) >= 4


def test_a_thin_ring_and_a_ring_of_one_tone_are_seen(good: Page) -> None:
    with laid_over(good, ":focus { box-shadow: none !important; outline: 2px solid #0b0c0c !important }"):
        found = weak_rings(good)
    assert any("a ring of 2 px in one tone" in fault for fault in found)


def test_focus_under_something_is_seen(good: Page, faulty: Page) -> None:
    assert covered_focus(good) == []
    assert any("lies under" in fault for fault in covered_focus(faulty))


def test_a_chosen_answer_looks_different_in_forced_colours(good: Page) -> None:
    good.emulate_media(forced_colors="active")
    row = good.locator(".opt").nth(1)
    before = looks(row)
    choose(good, "B")
    good.keyboard.press("Tab")
    assert difference(before, looks(row)) > 0.01
    assert difference(before, before) == 0


def test_a_snapshot_is_kept_and_compared(good: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARWAY_UPDATE_SNAPSHOTS", "1")
    match_snapshot(good, "sample", folder=tmp_path, hide={r"About \d+ minutes": "About N minutes"})
    monkeypatch.delenv("CLEARWAY_UPDATE_SNAPSHOTS")
    stored = (tmp_path / "sample.yaml").read_text(encoding="utf-8")
    assert 'radio "B Dipped headlights"' in stored
    assert "About N minutes left" in stored
    match_snapshot(good, "sample", folder=tmp_path, hide={r"About \d+ minutes": "About N minutes"})
    with pytest.raises(AssertionError, match="is not there"):
        match_snapshot(good, "another", folder=tmp_path)
    good.evaluate("document.querySelector('button.primary').textContent = 'Send'")
    with pytest.raises(AssertionError, match=r'\+.*button "Send"'):
        match_snapshot(good, "sample", folder=tmp_path, hide={r"About \d+ minutes": "About N minutes"})
