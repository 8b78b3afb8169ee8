"""The judges are proved on two pages: nothing on the good one, the seeded faults on the other."""

import pytest

from accessibility.page_rules import PageKind
from tests.accessibility.sample_site import FAULTY, GOOD, error_page
from tests.support.browser import Browsers, Tabs
from tests.support.checkers import Judge, axe, carried, ibm
from tests.support.nu import NuChecker
from tests.support.serving import Site


def test_axe_passes_the_good_page(samples: Site, tabs: Tabs) -> None:
    assert axe(tabs.open(f"{samples.url}/sitting/question/12", script=True)) == []


def test_axe_finds_the_seeded_faults(samples: Site, tabs: Tabs) -> None:
    found = " ".join(axe(tabs.open(f"{samples.url}/sitting/question/13", script=True)))
    for rule in (
        "html-has-lang",
        "image-alt",
        "color-contrast-enhanced",
        "target-size",
        "region",
        "tabindex",
    ):
        assert f"{rule}:" in found


def test_ibm_passes_the_good_page(samples: Site, tabs: Tabs) -> None:
    assert ibm(tabs.open(f"{samples.url}/sitting/question/12", script=True)) == []


def test_ibm_finds_the_seeded_faults(samples: Site, tabs: Tabs) -> None:
    found = " ".join(ibm(tabs.open(f"{samples.url}/sitting/question/13", script=True)))
    for rule in ("html_lang_exists", "img_alt_valid", "label_ref_valid", "input_checkboxes_grouped"):
        assert f"{rule}:" in found


def test_engines_that_a_tab_carries_find_the_same(
    samples: Site, browsers: Browsers, request: pytest.FixtureRequest
) -> None:
    carrying, sending = Tabs(browsers, carrying=carried()), Tabs(browsers)
    request.addfinalizer(carrying.close)
    request.addfinalizer(sending.close)
    found = []
    for opened in (carrying, sending):
        page = opened.open(f"{samples.url}/sitting/question/13", script=True)
        found.append([page.evaluate("'engines' in globalThis"), axe(page), ibm(page)])
    assert [one[0] for one in found] == [True, False]
    assert found[0][1:] == found[1][1:]
    assert all(found[0])


def test_nu_passes_the_good_pages_and_finds_the_seeded_faults(nu: NuChecker) -> None:
    assert nu.faults(GOOD) == []
    assert nu.faults(error_page()) == []
    found = " ".join(nu.faults(FAULTY))
    assert "Duplicate ID" in found
    assert "must have an “alt” attribute" in found


def test_the_judge_passes_a_good_page_shown_without_script(samples: Site, tabs: Tabs, judge: Judge) -> None:
    judge(tabs.open(f"{samples.url}/sitting/question/12"), "sample question")
    assert judge.record["sample question"] == ["page rules", "axe-core", "IBM", "Nu"]


def test_the_judge_passes_a_good_error_page(samples: Site, tabs: Tabs, judge: Judge) -> None:
    judge(tabs.open(f"{samples.url}/sitting/question/14"), "sample question", "too many answers")
    assert "sample question: too many answers" in judge.record


@pytest.mark.parametrize("script", [False, True])
def test_the_judge_names_the_faults_of_every_checker(
    samples: Site, tabs: Tabs, judge: Judge, script: bool
) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/13", script=script)
    with pytest.raises(AssertionError) as told:
        judge(page, "sample faults", f"script {script}")
    for checker in ("axe: ", "IBM: ", "Nu: ", "S03: "):
        assert f"\n  {checker}" in str(told.value)


def test_a_state_judged_before_still_goes_before_the_page_rules(
    samples: Site, tabs: Tabs, judge: Judge
) -> None:
    judge(tabs.open(f"{samples.url}/sitting/break"), "sample rest", kind=PageKind.SITTING)
    with pytest.raises(AssertionError, match="S03") as told:
        judge(tabs.open(f"{samples.url}/sitting/question/13"), "sample rest")
    assert "axe" not in str(told.value)


def test_a_page_that_breaks_its_policy_fails_the_test(samples: Site, tabs: Tabs) -> None:
    page = tabs.open(f"{samples.url}/sitting/question/12", script=True)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i style=\"color: red\">x</i>')")
    page.wait_for_timeout(50)
    assert any("Content Security Policy" in problem for problem in tabs.problems())
