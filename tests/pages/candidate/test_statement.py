"""The accessibility statement: what it says, that every page leads to it, and that nothing is lost on the way there."""

from __future__ import annotations

from accessibility import statement
from accessibility.wcag import CRITERIA, Standing
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab
from tests.support.application import Visitor


def test_the_statement_goes_through_every_criterion_in_order(visitor: Visitor) -> None:
    tab = Tab(visitor).open("/accessibility")
    terms = [term.text() for term in tab.tree.all("dt")]
    assert [term.split()[0] for term in terms] == [one.number for one in CRITERIA]
    states = [value.text() for value in tab.tree.all("dd")]
    assert all(said.startswith(f"{one.standing.value}.") for said, one in zip(states, CRITERIA, strict=True))


def test_the_statement_says_first_that_nobody_disabled_has_tried_it_and_lists_what_nobody_checked(
    visitor: Visitor,
) -> None:
    tab = Tab(visitor).open("/accessibility")
    assert "not yet tested with disabled people" in tab.tree.all("p")[1].text()
    listed = [one.text() for one in tab.tree.all("li")]
    assert set(statement.NOT_CHECKED) <= set(listed)
    for standing in (Standing.NOT_MET, Standing.NOT_CHECKED):
        for one in CRITERIA:
            if one.standing is standing:
                assert any(words.startswith(f"{one.number} {one.name}") for words in listed), one.number


def _back(tab: Tab) -> tuple[str | None, str]:
    link = next(one for one in tab.open("/accessibility").tree.all("a") if one.text().startswith("Go "))
    return link.get("href"), link.text()


def test_the_statement_leads_a_candidate_back_to_the_test(tab: Tab) -> None:
    assert _back(tab) == ("/sitting", "Go back to your test")


def test_the_statement_leads_anybody_else_to_the_start_page(visitor: Visitor) -> None:
    assert _back(Tab(visitor)) == ("/", "Go to the start page")


def test_every_page_of_a_sitting_leads_to_the_statement_from_its_foot(candidate: Candidate, tab: Tab) -> None:
    for page in ("questions", "finish", "time", "help", "break", "question/1/unanswered"):
        foot = tab.open(f"/sitting/{page}").tree.all("footer")[0]
        assert [one.get("href") for one in foot.all("a")] == ["/accessibility"], page


def test_the_way_from_a_question_to_the_statement_saves_first(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-1")
    tab.open(f"/sitting/question/{number}").choose(2, action="accessibility")
    assert tab.path == "/accessibility"
    tab.open(f"/sitting/question/{number}")
    assert tab.chosen() == [tab.options()[2]]
