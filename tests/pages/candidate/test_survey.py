"""The questions after a test: optional, one a page, saved or skipped with equal weight, and linked to nobody."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.pages.candidate.survey import SURVEY
from app.records.tables import survey_answer
from app.rules.survey import ABOUT_THE_TEST, ABOUT_YOU
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab


@pytest.fixture
def after(tab: Tab) -> Tab:
    """A browser at the result."""
    return tab.open("/sitting/finish").press()


def stored(candidate: Candidate) -> dict[str, dict[str, Any]]:
    rows = candidate.scene.db.execute(sa.select(survey_answer)).mappings()
    return {row["question"]: dict(row) for row in rows}


def links(tab: Tab) -> dict[str, str]:
    return {one.text(): one.attributes["href"] for one in tab.tree.all("a")}


def test_the_result_leads_to_the_questions_and_says_that_they_are_optional(after: Tab) -> None:
    assert links(after)["Answer 4 short questions (optional)"] == "/sitting/survey"
    after.open("/sitting/survey")
    assert after.heading == "4 short questions (optional)"
    assert "Your result is safe. What you answer does not change it." in after.words
    assert links(after)["Stop here"] == "/sitting/result"


def test_each_question_can_be_saved_skipped_and_stopped_at(candidate: Candidate, after: Tab) -> None:
    after.open("/sitting/survey/1")
    for number in range(1, 5):
        assert after.tree.all("title")[0].text().startswith(f"Survey question {number} of 4 (optional)")
        assert after.buttons == ["Save", "Skip"]
        kinds = {one.get("class") for one in after.tree.all("button")}
        assert len(kinds) == 1, "equal in weight"
        assert links(after)["Stop here"] == "/sitting/result"
        after.press("skip")
    assert (after.path, after.heading) == ("/sitting/survey/about-you", "3 questions about you (optional)")
    assert stored(candidate) == {}
    assert SURVEY not in after.visitor.cookies


def test_answers_are_stored_in_two_sets_that_nothing_links(candidate: Candidate, after: Tab) -> None:
    after.open("/sitting/survey/1")
    for answer in ("easy", "some", "A <b>drill</b>\n next door", "keyboard"):
        after.press("save", reply=answer)
    after.open("/sitting/survey/about-you/1")
    for answer in ("65", "unsaid", "no"):
        after.press("save", reply=answer)
    assert (after.path, after.heading) == ("/sitting/survey/thanks", "Thank you")
    rows = stored(candidate)
    assert rows["barrier"]["answer"] == "A <b>drill</b>\n next door"
    sets = [{rows[one.value]["set_id"] for one in asked} for asked in (ABOUT_THE_TEST, ABOUT_YOU)]
    assert len(sets[0]) == len(sets[1]) == 1
    assert sets[0] != sets[1]
    shown = after.visitor.cookies[SURVEY]
    assert not [one for one in sets[0] | sets[1] if one in shown], "the cookie does not tell them either"


def test_a_saved_answer_is_shown_changed_and_taken_away_by_skip(candidate: Candidate, after: Tab) -> None:
    after.open("/sitting/survey/1").press("save", reply="easy")
    after.open("/sitting/survey/1")
    assert [one.get("value") for one in after.tree.all("input") if one.has("checked")] == ["easy"]
    after.press("save", reply="hard")
    assert stored(candidate)["ease"]["answer"] == "hard"
    after.open("/sitting/survey/1").press("skip")
    assert stored(candidate) == {}


def test_saving_nothing_is_never_an_error(candidate: Candidate, after: Tab) -> None:
    assert after.open("/sitting/survey/1").press("save").path == "/sitting/survey/2"
    assert after.open("/sitting/survey/3").press("save", reply="   ").path == "/sitting/survey/4"
    assert stored(candidate) == {}


def test_f01_too_many_words_are_told_beside_the_field_and_kept(candidate: Candidate, after: Tab) -> None:
    after.open("/sitting/survey/3").press("save", reply="x" * 501)
    assert (after.status, after.errors) == (422, ["Use 500 characters or fewer"])
    assert after.held()["reply"] == ["x" * 501]
    assert "Do not write names." in after.words
    assert stored(candidate) == {}


def test_a_second_time_the_same_sets_are_used_so_that_nobody_counts_twice(
    candidate: Candidate, after: Tab
) -> None:
    after.open("/sitting/survey/1").press("save", reply="easy")
    after.open("/sitting/result")
    assert "Look at your survey answers" in links(after)
    after.open("/sitting/survey/2").press("save", reply="all")
    assert len({row["set_id"] for row in stored(candidate).values()}) == 1


def test_signing_out_leaves_no_trace_of_the_sets_in_the_browser(after: Tab) -> None:
    after.open("/sitting/survey/1").press("save", reply="easy")
    assert SURVEY in after.visitor.cookies
    after.open("/sitting/result").press()
    assert after.path == "/"
    assert SURVEY not in after.visitor.cookies


@pytest.mark.parametrize("page", ["", "/1", "/about-you", "/about-you/1", "/thanks"])
def test_while_the_test_runs_there_are_no_questions(tab: Tab, page: str) -> None:
    assert tab.open(f"/sitting/survey{page}").path == "/sitting/question/1"


@pytest.mark.parametrize("page", ["/0", "/5", "/about-you/4", "/99999999999999999999", "/x"])
def test_there_are_no_other_questions(after: Tab, page: str) -> None:
    after.open(f"/sitting/survey{page}")
    assert after.status in (404, 422)


def test_g03_the_questions_about_the_person_name_no_condition(after: Tab) -> None:
    after.open("/sitting/survey/about-you/2")
    assert after.heading == "Does a physical or mental condition affect your daily life?"
    assert "Prefer not to say" in after.words
