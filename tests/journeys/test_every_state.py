"""Every page in every state, walked once and judged by every check that holds "on every page".

The walk is the session's; a test here reads what it found. A chapter that cannot be walked fails all of them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.candidate_ends import CHAPTERS as ENDS
from tests.journeys.candidate_states import CHAPTERS as CANDIDATE
from tests.journeys.centre import opened
from tests.journeys.crawl import Crawl, Shown
from tests.journeys.keys_states import CHAPTERS as KEYS
from tests.journeys.look_states import CHAPTERS as LOOKS
from tests.journeys.own_way_states import CHAPTERS as OWN_WAY
from tests.journeys.own_way_states import ONLY_THE_QUESTION, STARTING
from tests.journeys.practice_states import CHAPTERS as PRACTICE
from tests.journeys.screen_states import CHAPTERS as SCREENS
from tests.journeys.staff_states import CHAPTERS as STAFF
from tests.journeys.without_script import PlainTabs, WithoutScript
from tests.support.browser import Browsers, Tabs
from tests.support.checkers import Judge, carried
from tests.support.nu import NuChecker
from tests.support.serving import HandClock
from tests.support.snapshots import SNAPSHOTS

pytestmark = pytest.mark.timeout(1500)
CHAPTERS = (*CANDIDATE, *ENDS, *KEYS, *LOOKS, *OWN_WAY, *PRACTICE, *SCREENS, *STAFF)
Chapter, Visitor = Callable[..., None], Any  # whoever has a `stop`: it judges, compares, or takes pictures
OUR_FAULT = "status of 50"  # Chromium tells of every error page; some chapters ask for one of 500 or 503
REFUSED_SAVE = re.compile(r"4\d\d for \S+/sitting/question/\d+$")  # the script asks first, and is told no
TEMPLATES = Path("app/templates")
# Templates that are no pages: frames, and pieces that pages are made of.
PARTS = {"centre/shape", "staff/layout", "staff/fields", "staff/token"}
CONDITIONS = re.compile(
    r"\b(?:dyslexi\w*|dyscalculi\w*|dysprax\w*|autis\w*|asperg\w*|adhd|epilep\w*|depress\w*|anxi\w*|blind\w*"
    r"|deaf\w*|disab\w*|diabet\w*|tourette\w*|palsy|parkinson\w*|impair\w*|disorder\w*|special needs)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def crawl(
    furnished: Path, tmp_path_factory: pytest.TempPathFactory, browsers: Browsers, nu: NuChecker
) -> Crawl:
    """All chapters, walked with script on and judged, each at a centre of its own."""
    judge = Judge(nu)
    crawl = Crawl(judge)
    for chapter in CHAPTERS:
        tabs = judge.tabs = Tabs(browsers, carrying=carried())
        walk(chapter, crawl, tabs, furnished, tmp_path_factory.mktemp("crawl"))
        told = [one for one in tabs.problems() if OUR_FAULT not in one and not REFUSED_SAVE.match(one)]
        crawl.found["problems"] += told
    judge.write_record(Path(".build/judged-every-state.json"))
    return crawl


@pytest.fixture(scope="session")
def without_script(
    crawl: Crawl, furnished: Path, tmp_path_factory: pytest.TempPathFactory, browsers: Browsers
) -> WithoutScript:
    """All chapters once more, with script off."""
    visitor = WithoutScript(crawl)
    for chapter in CHAPTERS:
        tabs = visitor.tabs = PlainTabs(browsers)
        walk(chapter, visitor, tabs, furnished, tmp_path_factory.mktemp("plain"))
    return visitor


def walk(chapter: Chapter, visitor: Visitor, tabs: Tabs, furnished: Path, folder: Path) -> None:
    """One chapter at a centre of its own. What its tabs showed is kept when it cannot be walked."""
    shutil.copytree(furnished, folder / "centre")
    with opened(folder / "centre", HandClock()) as centre:
        try:
            chapter(visitor, centre, tabs)
        except Exception:
            tabs.keep_pictures(f"{type(visitor).__name__}-{chapter.__name__}")
            raise
        finally:
            tabs.close()


def nothing(crawl: Crawl, check: str) -> None:
    """Fails with every finding of a check."""
    found = crawl.found[check]
    assert found == [], f"{check}, {len(found)} findings:\n" + "\n".join(found)


def candidate(crawl: Crawl) -> list[Shown]:
    """The pages of a sitting, apart from refusals, which stand for themselves."""
    mine = [one for one in crawl.shown if one.path.startswith("sitting")]
    return [
        one for one in mine if not one.label.startswith(("errors/", "candidate/result", "candidate/survey"))
    ]


def test_every_template_was_met_in_the_walk(crawl: Crawl) -> None:
    met = {one.label.split(":")[0] for one in crawl.shown}
    folders = ("candidate", "centre", "staff", "errors", "public")
    files = {
        str(file.relative_to(TEMPLATES).with_suffix(""))
        for folder in folders
        for file in (TEMPLATES / folder).glob("*.html")
    }
    assert files - PARTS == met
    assert len(crawl.shown) >= 100


def test_every_state_comes_and_is_the_same_page_without_script(without_script: WithoutScript) -> None:
    assert without_script.met == [one.label for one in without_script.judged.shown]
    assert without_script.found == [], "\n".join(without_script.found)


def test_s01_axe_and_ibm_find_nothing_in_any_state(crawl: Crawl) -> None:
    nothing(crawl, "S01")


def test_no_state_breaks_its_policy_or_misses_a_file(crawl: Crawl) -> None:
    nothing(crawl, "problems")


def test_s02_every_state_is_valid_html(crawl: Crawl) -> None:
    nothing(crawl, "S02")


def test_s03_titles_keep_the_pattern_and_name_one_page_each(crawl: Crawl) -> None:
    nothing(crawl, "S03")
    pages: dict[str, set[tuple[str, str]]] = {}
    for one in candidate(crawl):
        if not one.label.startswith(
            "candidate/question"
        ):  # there the question is the heading, and is not said twice
            pages.setdefault(one.title.removeprefix("Error: "), set()).add(
                (one.heading, re.sub(r"\?.*", "", one.path))
            )
        assert one.title.startswith("Error: ") == (one.status == 422), one.label
    # One page may stand at two addresses, and one address may word its heading by the state; not both.
    shared = {
        title: met
        for title, met in pages.items()
        if min(len(set(side)) for side in zip(*met, strict=True)) > 1
    }
    assert shared == {}


def test_s04_headings_are_one_h1_and_no_level_left_out(crawl: Crawl) -> None:
    nothing(crawl, "S04")


def test_s05_landmarks_hold_everything(crawl: Crawl) -> None:
    nothing(crawl, "S05")


def test_s08_the_order_of_the_source_is_the_order_seen(crawl: Crawl) -> None:
    nothing(crawl, "S08")


def test_s09_tools_are_the_same_in_the_same_order_everywhere(crawl: Crawl) -> None:
    expected = (
        "How this page looks",
        "Keys",
        "How much time is left?",
        "Take a break",
        "Ask a person for help",
    )
    behind_one = [one for one in candidate(crawl) if ONLY_THE_QUESTION in one.label]
    # Where single keys are on, each tool names its key.
    shown = {
        tuple(re.sub(r" \(.\)$", "", words) for words in one.tools)
        for one in candidate(crawl)
        if one not in behind_one
    }
    assert shown == {expected}
    assert {one.tools for one in behind_one} == {("Tools and help",)}


def test_s10_links_make_sense_alone(crawl: Crawl) -> None:
    nothing(crawl, "S10")


def test_s11_the_place_stands_on_the_pages_of_the_test(crawl: Crawl) -> None:
    nothing(crawl, "S11")
    asked = [one for one in crawl.shown if one.label.startswith("candidate/question")]
    practised = [one for one in asked if ": practice" in one.label]
    assert all(re.match(r"(Error: )?Practice \d of 7: ", one.title) for one in practised)
    asked = [one for one in asked if one not in practised]
    for one in asked:
        assert re.search(r"^Question \d+ of 10$", one.words, re.MULTILINE), one.label
        assert re.match(r"(Error: )?Question \d+ of 10 – Multiple choice – ", one.title), one.label


def test_k03_tab_leaves_every_page(crawl: Crawl) -> None:
    nothing(crawl, "K03")


def test_k09_no_page_has_an_accesskey(crawl: Crawl) -> None:
    nothing(crawl, "K09")


def test_every_page_of_a_test_has_one_deferred_script_of_ours_and_nothing_inline(crawl: Crawl) -> None:
    nothing(crawl, "one script")
    nothing(crawl, "files only")
    mine = [one for one in crawl.shown if one.label.startswith("candidate/")]
    assert len(mine) > 40
    assert [one.label for one in mine if one.html.count("<script") != 1] == []


def test_k11_focus_is_wholly_seen_at_320_by_480(crawl: Crawl) -> None:
    nothing(crawl, "K11")


def test_k12_no_page_has_handlers_or_things_to_hold_and_drag(crawl: Crawl) -> None:
    nothing(crawl, "K12")


def test_k13_targets_are_large_and_apart(crawl: Crawl) -> None:
    nothing(crawl, "K13")


def test_w07_the_words_on_a_control_are_its_name(crawl: Crawl) -> None:
    nothing(crawl, "W07")


def test_r05_a_page_takes_the_focus_only_where_somebody_chose_that(crawl: Crawl) -> None:
    nothing(crawl, "R05")
    starts = {one.label for one in crawl.shown if "autofocus" in one.html and one.status not in (422, 429)}
    assert starts == {one.label for one in crawl.shown if STARTING in one.label}
    assert len(starts) == 3


def test_r08_there_is_one_polite_and_empty_live_region(crawl: Crawl) -> None:
    nothing(crawl, "R08")


def test_r11_names_roles_and_states_are_as_stored(crawl: Crawl) -> None:
    nothing(crawl, "R11")
    stored = {file.stem for file in SNAPSHOTS.glob("*.yaml")}
    assert stored == crawl.kept


def test_t01_the_clock_is_whole_minutes_and_not_live(crawl: Crawl) -> None:
    told = {one.clock for one in crawl.shown if one.clock}
    left = r"(About \d+ minutes left|Less than 2 minutes left|No time left)"
    assert all(re.fullmatch(rf"(The clock is stopped\. )?{left}", words) for words in told), told
    assert not any(re.search(r'role="timer"|<time', one.html) for one in crawl.shown)


def test_t09_nothing_moves_by_itself(crawl: Crawl) -> None:
    nothing(crawl, "T09")
    assert not any('http-equiv="refresh"' in one.html for one in crawl.shown)


def test_d01_text_and_edges_have_contrast_in_every_theme(crawl: Crawl) -> None:
    nothing(crawl, "D01")


def test_d02_nothing_scrolls_sideways(crawl: Crawl) -> None:
    nothing(crawl, "D02")


def test_d03_text_spacing_cuts_nothing(crawl: Crawl) -> None:
    nothing(crawl, "D03")


def test_d07_lines_are_short_and_loose(crawl: Crawl) -> None:
    nothing(crawl, "D07")


def test_f01_what_is_wrong_is_said_first_and_beside_the_field(crawl: Crawl) -> None:
    nothing(crawl, "F01")
    wrong = [one for one in crawl.shown if one.status == 422]
    assert len(wrong) >= 15


def test_g03_no_name_of_a_condition_is_on_any_page(crawl: Crawl) -> None:
    # With whom the service is not yet tested is said on purpose (settled design, point 30).
    told = {one.label: one.words.replace("disabled people", "") for one in crawl.shown}
    named = {label: CONDITIONS.findall(words) for label, words in told.items()}
    assert {label: found for label, found in named.items() if found} == {}


def test_every_other_rule_for_pages_is_kept(crawl: Crawl) -> None:
    named = "S01 S02 S03 S04 S05 S08 S10 S11 K03 K08 K09 K11 K12 K13 W07 R05 R08 R11 T09 D01 D02 D03 D07 F01 problems"
    rest = {check: found for check, found in crawl.found.items() if found and check not in named.split()}
    assert rest == {}
