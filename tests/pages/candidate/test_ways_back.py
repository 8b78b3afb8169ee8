"""Error pages in a test: what happened, what is safe, one button back to the very question, one link to a person."""

from __future__ import annotations

from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


def links(tab: Tab) -> dict[str, str]:
    return {one.text(): one.attributes["href"] for one in tab.tree.all("a")}


def test_the_button_names_the_question_that_the_candidate_was_on(tab: Tab) -> None:
    tab.open("/sitting/question/3").open("/sitting/question/99")
    assert (tab.status, tab.heading) == (422, "There is no such question")
    assert links(tab)["Go back to question 3"] == "/sitting"
    assert links(tab)["Ask a person for help"] == "/sitting/help"
    assert tab.open("/sitting").path == "/sitting/question/3"


def test_an_answer_that_the_store_refused_is_offered_again_beside_the_way_back(
    candidate: Candidate, tab: Tab
) -> None:
    tab.open("/sitting/question/2")
    candidate.site.store.stop_accepting()
    tab.choose(0)
    assert (tab.status, tab.heading) == (503, "Not saved yet")
    assert "The button saves the answer that you chose." in tab.words
    assert tab.buttons == ["Save it now"]
    assert links(tab)["Go back to question 2"] == "/sitting"


def test_before_the_start_the_way_back_names_no_question(candidate: Candidate) -> None:
    tab = candidate.sign_in()
    tab.open("/sitting/details").press(csrf="old")
    assert (tab.status, tab.heading) == (403, "Press once more to save")
    assert links(tab)["Go back to your test"] == "/sitting"


def test_a_candidate_is_sent_to_their_test_and_not_to_a_list_of_the_desk(tab: Tab) -> None:
    finish = Tab(tab.visitor).open("/sitting/finish")
    confirm = Tab(tab.visitor).open("/sitting/finish")
    finish.press()
    confirm.reply = finish.visitor.post("/sitting/elsewhere", data={"csrf": finish.held()["csrf"][0]})
    assert confirm.status == 409
    assert "This test has ended and cannot change." in confirm.words
    assert "list" not in confirm.text("main")
