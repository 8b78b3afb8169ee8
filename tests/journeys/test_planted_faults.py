"""Our checks are checked: faults planted in the real pages, one at a time, are each found by the layers named for it.

The same checks find nothing on the same page without the fault. `accessibility/planted_faults.toml` is what the
documentation says about it, and must be exactly what happens here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.centre import opened
from tests.journeys.crawl import HIDDEN
from tests.journeys.planted import ERROR, FAULTS, QUESTION, REVIEW, START, table
from tests.journeys.walks import sign_in
from tests.support.browser import Browsers, Tabs
from tests.support.nu import NuChecker
from tests.support.planting import HEARD, LAYERS, MEASURED, Bed, Real
from tests.support.serving import HandClock
from tests.support.snapshots import tree


def _tree(page: Page) -> str:
    """The tree as it is stored; the clock, whose words T01 judges, is left out."""
    return tree(page, hide={**HIDDEN, r"(?:About )?\d+ (?:minutes|seconds) left": "the time left"})


@pytest.fixture(scope="module")
def bed(
    furnished: Path, tmp_path_factory: pytest.TempPathFactory, browsers: Browsers, nu: NuChecker
) -> Iterator[Bed]:
    """The real pages of one sitting, kept as the server gave them, and a tab to show them in."""
    folder = Path(shutil.copytree(furnished, tmp_path_factory.mktemp("planted") / "centre"))
    tabs = Tabs(browsers)
    with opened(folder, HandClock()) as centre:
        sitting = centre.showing(
            lambda one: one.pictured()[:1] == [1] and 1 in one.wanted()[:1] and 2 in one.wanted()
        )
        two = sitting.wanted().index(2) + 1
        page = tabs.open(centre.url, script=True)
        pages = {START: Real.of(tabs.watch(page).document)}
        sign_in(tabs, sitting, page)
        sitting.start()
        for name, place in ((QUESTION, "question/1"), (REVIEW, "questions")):
            page.goto(f"{centre.url}/sitting/{place}")
            pages[name] = Real.of(tabs.watch(page).document)
        page.goto(f"{centre.url}/sitting/question/{two}")
        for box in page.locator("[name=answer]").all()[:3]:
            box.check()
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue").click()
        pages[ERROR] = Real.of(tabs.watch(page).document)
        cookies = page.context.cookies()

        def tab(carrying: str = "") -> Page:
            context = browsers.browser("chromium").new_context(
                bypass_csp=True, viewport={"width": 1280, "height": 900}
            )
            context.add_cookies(cookies)
            if carrying:
                context.add_init_script(carrying)
            return context.new_page()

        bed = Bed(tab, pages, nu, _tree)
        yield bed
        bed.page.context.close()
        tabs.close()


@pytest.fixture(scope="module")
def clean(bed: Bed) -> dict[str, dict[str, list[str]]]:
    """What the layers that see every page find on the pages as they are."""
    return {on: bed.finds(on) for on in bed.pages}


def test_the_published_table_names_every_planted_fault_and_real_layers() -> None:
    published = table()
    assert list(published) == list(FAULTS)
    assert len(published) >= 12
    assert all(layers and set(layers) <= set(LAYERS) for layers in published.values())
    for fault, layers in published.items():
        assert (FAULTS[fault].measure is not None) == (MEASURED in layers), fault


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_the_layers_that_are_named_for_it(
    name: str, bed: Bed, clean: dict[str, dict[str, list[str]]]
) -> None:
    fault = FAULTS[name]
    found = bed.finds(fault.on, fault)
    if fault.measure is not None:
        as_it_is, told = bed.measures(fault, fault.measure)
        assert as_it_is == []
        if told:
            found[MEASURED] = told
    assert clean[fault.on] == {}
    assert [layer for layer in LAYERS if layer in found] == [one for one in table()[name] if one != HEARD], (
        found
    )
