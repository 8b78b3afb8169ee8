"""R12 and S12: nothing that a candidate's browser gets tells the right answer, and pictures are described."""

from __future__ import annotations

import html
import re

from accessibility.page_rules import mentions
from app.demonstration import edition
from tests.journeys.centre import WHOLE, Centre
from tests.journeys.walks import answer, at_question
from tests.support.browser import Tabs


def test_r12_no_page_of_a_paper_tells_a_right_answer(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released(WHOLE)
    page = at_question(desks, sitting)
    for number in range(1, 51):
        page.goto(f"{centre.url}/sitting/question/{number}")
        reply = desks.watch(page).document
        assert reply is not None
        text = reply.text()
        rows = re.findall(r'<div class="govuk-(?:radios|checkboxes)__item">.*?</div>', text)
        assert len(rows) >= 3
        shapes = {_shape(row) for row in rows}
        assert len(shapes) == 1, f"question {number}: one answer is marked up unlike the others: {shapes}"
        for question in sitting.question_ids():
            assert mentions(text, question) == [], number
        headers = " ".join(f"{name}: {value}" for name, value in reply.headers.items())
        assert sitting.question_ids()[number - 1] not in headers


def _shape(row: str) -> str:
    """A row without what has to differ: its value, its number, its letter and its words."""
    row = re.sub(r'value="[a-z0-9]{8}"', 'value=""', row)
    row = re.sub(r"\ba\d\b", "aN", row)
    return re.sub(r'(<span class="letter">)[A-H](</span>)[^<]*', r"\1\2", row)


def test_r12_saving_a_right_and_a_wrong_answer_look_the_same(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting)
    told = []
    for letters in (sitting.right(1), sitting.wrong(1)):
        page.goto(f"{centre.url}/sitting/question/1")
        with page.expect_response(lambda reply: reply.request.method == "POST") as waiting:
            answer(page, letters)
        reply = waiting.value
        headers = {name: value for name, value in reply.headers.items() if name not in ("date", "set-cookie")}
        page.goto(f"{centre.url}/sitting/question/1")
        shown = desks.watch(page).document
        assert shown is not None
        told.append((reply.status, headers, len(shown.body())))
    assert told[0] == told[1]


def test_r12_nothing_in_the_result_names_a_question(centre: Centre, desks: Tabs) -> None:
    sitting = centre.released()
    page = at_question(desks, sitting, 10)
    answer(page, sitting.wrong(10))
    page.goto(f"{centre.url}/sitting/finish")
    page.get_by_role("button", name="Finish this part").click()
    reply = desks.watch(page).document
    assert reply is not None
    text = html.unescape(reply.text())
    assert not re.search(r"[Qq]uestion \d", text)
    for stem in sitting.stems():
        assert stem not in text


def test_s12_every_picture_has_a_description_that_does_not_give_the_answer(
    centre: Centre, desks: Tabs
) -> None:
    """That two people have read each description is theirs to say; here words of the right answer are looked for."""
    pictured = [question for question in edition().questions if question.picture is not None]
    assert len(pictured) >= 8
    for question in pictured:
        assert question.picture is not None
        description = question.picture.description
        assert len(description.split()) >= 5, question.id
        for wording in question.wordings.values():
            said = dict(zip(question.option_ids, wording.options, strict=True))
            right = [said[option] for option in question.key]
            assert not any(words.lower() in description.lower() for words in right), question.id
    sitting = centre.showing(lambda one: bool(one.pictured()))
    number = sitting.pictured()[0]
    page = at_question(desks, sitting, number)
    alt = page.locator("figure img").get_attribute("alt")
    assert alt in [question.picture.description for question in pictured if question.picture]
    source = page.locator("figure img").get_attribute("src") or ""
    assert sitting.question_ids()[number - 1] not in source
