"""The question page as it is shown: its shape, its buttons, its picture, and what it never tells."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from accessibility.page_rules import mentions
from tests.pages.candidate.hall import CANARY, Candidate
from tests.pages.candidate.tab import Tab

TOOLS = ["How this page looks", "Keys", "How much time is left?", "Take a break", "Ask a person for help"]


def names_of_tools(tab: Tab) -> list[str]:
    return [one.text() for one in tab.tree.all("aside")[0].all("a", "button")]


def test_r05_the_question_is_the_legend_and_the_letters_are_text(candidate: Candidate, tab: Tab) -> None:
    tab.open(f"/sitting/question/{candidate.number_of('walk-1')}")
    assert tab.tree.all("h1")[0].closest("legend") is not None
    assert tab.text("legend").endswith("Choose 1 answer.")
    letters = [one.text()[0] for one in tab.tree.all("label")]
    assert letters == ["A", "B", "C", "D"]
    assert tab.chosen() == []


def test_s11_the_header_and_the_title_say_where_the_candidate_is(tab: Tab) -> None:
    assert tab.text("title") == "Question 1 of 5 – Multiple choice – Driving theory test"
    assert tab.text("header") == "Question 1 of 5 About 10 minutes left"


def test_buttons_stand_in_the_order_of_the_design(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-3")
    tab.open(f"/sitting/question/{number}").choose(1, action="stay")
    back = [f"Back to question {number - 1}"] if number > 1 else []
    assert tab.buttons == [
        "Save and continue",
        "Flag to check later",
        "Clear my answer",
        *back,
        "Show the picture in words",
        "Show a larger picture",
        "See all questions",
        *TOOLS,
        "Accessibility statement",
    ]


def test_s09_the_tools_are_the_same_in_the_same_order_on_every_page_of_the_sitting(
    candidate: Candidate, tab: Tab
) -> None:
    pages = ["question/1", "questions", "finish", "time", "help", "break", "question/1/unanswered"]
    met = {page: names_of_tools(tab.open(f"/sitting/{page}")) for page in pages}
    candidate.take_break()
    met["on a break"] = names_of_tools(tab.open("/sitting"))
    candidate.come_back()
    candidate.pause()
    met["paused"] = names_of_tools(tab.open("/sitting"))
    assert met == dict.fromkeys(met, TOOLS)


def test_k05_enter_on_an_answer_stays_and_says_what_was_chosen(candidate: Candidate, tab: Tab) -> None:
    tab.choose(1, action="stay") if candidate.asked(1).choose == 1 else tab.choose(1, 2, action="stay")
    assert tab.path == "/sitting/question/1?said=stay"
    said = "B" if candidate.asked(1).choose == 1 else "B and C"
    assert tab.notices == [f"You chose {said}. To go on, choose Save and continue."]
    assert tab.chosen() == list(candidate.asked(1).chosen)


def test_k05_enter_without_a_choice_says_that_nothing_is_chosen(tab: Tab) -> None:
    assert tab.press("stay").notices == ["You have not chosen an answer yet."]


def test_a_flag_is_put_on_and_taken_off_and_said(candidate: Candidate, tab: Tab) -> None:
    tab.choose(0, action="flag")
    assert tab.notices == ["You flagged this question."]
    assert candidate.asked(1).flagged
    tab.press("unflag")
    assert tab.notices == ["The flag is removed."]
    assert not candidate.asked(1).flagged
    assert candidate.asked(1).chosen == (tab.options()[0],)


def test_clear_is_offered_only_when_something_is_saved(tab: Tab) -> None:
    assert "Clear my answer" not in tab.buttons
    tab.choose(0, action="stay")
    assert "Clear my answer" in tab.buttons
    assert tab.press("clear").chosen() == []
    assert tab.notices == ["Your answer is cleared."]


def test_s12_the_picture_is_described_in_its_place_or_in_words_below(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-3")
    tab.open(f"/sitting/question/{number}")
    assert tab.text("legend").endswith("Choose 1 answer. There is a picture.")
    image = tab.tree.all("img")[0]
    assert image.get("alt") == "A black dot on white"
    tab.choose(0, action="words")
    assert tab.tree.all("img")[0].get("alt") == ""
    assert tab.text("figcaption") == "A black dot on white"
    assert tab.chosen() == [tab.options()[0]]
    tab.press("stay")
    assert tab.text("figcaption") == "A black dot on white"


def test_the_larger_picture_is_a_plain_page_and_the_answer_is_saved_on_the_way(
    candidate: Candidate, tab: Tab
) -> None:
    number = candidate.number_of("walk-3")
    tab.open(f"/sitting/question/{number}").choose(2, action="larger")
    assert tab.path == f"/sitting/question/{number}/picture"
    assert len(candidate.asked(number).chosen) == 1
    drawing = tab.visitor.get(tab.tree.all("img")[0].attributes["src"])
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert drawing.headers["cache-control"].startswith("private")


def test_a_picture_is_not_there_under_another_name_or_in_a_pause(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-3")
    source = tab.open(f"/sitting/question/{number}").tree.all("img")[0].attributes["src"]
    assert tab.visitor.get(source + "0").status_code == 404
    without = number % 5 + 1
    assert tab.visitor.get(f"/sitting/question/{without}/picture").status_code == 404
    candidate.pause()
    assert tab.visitor.get(source).status_code == 404


def test_row_23_text_that_looks_like_code_is_shown_as_text(candidate: Candidate, tab: Tab) -> None:
    tab.open(f"/sitting/question/{candidate.number_of('walk-4')}")
    assert tab.heading == "What is <script>{{7*7}}</script> '; DROP?"
    assert sorted(one.text()[2:] for one in tab.tree.all("label")) == [
        "&amp;",
        "'; --",
        "<b>One</b>",
        "{{ 1 }}",
    ]


def everything_met(candidate: Candidate, tab: Tab) -> Iterator[str]:
    for number in range(1, 6):
        yield tab.open(f"/sitting/question/{number}").html
        yield str(tab.reply.headers)
        yield tab.json(0).text
        yield tab.open(f"/sitting/question/{number}").choose(0, 1, 2).html
        yield tab.open(f"/sitting/question/{number}/unanswered").html
    for page in ("questions", "finish", "time", "help", "break"):
        yield tab.open(f"/sitting/{page}").html
    candidate.finish()
    yield tab.open("/sitting/result").html


def test_r12_nothing_that_a_candidate_receives_tells_a_key(candidate: Candidate, tab: Tab) -> None:
    secrets = [f"{CANARY}-explanation", f"{CANARY}-rule", f"{CANARY}-edition"]
    met = list(everything_met(candidate, tab))
    assert len(met) == 5 * 5 + 6
    assert [told for one in met for canary in secrets for told in mentions(one, canary)] == []


def test_r12_a_right_and_a_wrong_choice_get_replies_of_the_same_shape(candidate: Candidate, tab: Tab) -> None:
    number = candidate.number_of("walk-1")
    shapes = []
    for right in (True, False):
        tab.open(f"/sitting/question/{number}")
        values = candidate.values(number, right=right)
        tab.press("stay", answer=values)
        shapes.append((tab.status, len(tab.html), sorted(tab.reply.headers)))
    assert shapes[0] == shapes[1]


def test_r12_values_on_a_page_are_not_the_banks_own_and_differ_between_papers(
    candidate: Candidate, tab: Tab
) -> None:
    values = {value for number in range(1, 6) for value in tab.open(f"/sitting/question/{number}").options()}
    assert len(values) == 20
    assert not values & {"w", "x", "y", "z"}
    assert "walk-" not in tab.html


@pytest.mark.parametrize(("question", "most"), [("walk-1", 4), ("walk-3", 5)], ids=["words", "picture"])
def test_a_cold_question_page_is_small_and_takes_four_requests_and_its_picture(
    candidate: Candidate, tab: Tab, question: str, most: int
) -> None:
    tab.open(f"/sitting/question/{candidate.number_of(question)}")
    files = [one.attributes["href"] for one in tab.tree.all("link")]
    files += [one.attributes["src"] for one in tab.tree.all("img", "script")]
    sizes = [len(gzip.compress(tab.html.encode(), 4))]
    sizes += [len(gzip.compress(tab.visitor.get(file).content, 6)) for file in files]
    assert len(sizes) == most
    assert sum(sizes) <= 25_000


def test_a_question_page_reads_the_database_twice_and_never_writes(candidate: Candidate, tab: Tab) -> None:
    store, counted = candidate.site.store, []
    read, write = store.read, store.write
    tab.open("/sitting/question/2")
    try:
        store.read = lambda *told, **values: counted.append("read") or read(*told, **values)
        store.write = lambda *told, **values: counted.append("write") or write(*told, **values)
        tab.open("/sitting/question/2")
        assert counted == ["read", "read"]
        counted.clear()
        tab.visitor.post(
            tab.form().attributes["action"], data={**tab.held(), "action": "next"}, follow_redirects=False
        )
        assert counted == ["read", "write"]
    finally:
        store.read, store.write = read, write
