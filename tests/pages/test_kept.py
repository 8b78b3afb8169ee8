"""Pages that are kept in pieces: they say exactly what the whole template says, and no value is taken for a mark."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markupsafe import Markup
from starlette.requests import Request

from accessibility.preferences import USUAL, Preferences
from app.pages.candidate.frame import Frame, tools
from app.pages.candidate.question import TEMPLATE, PictureView, QuestionView, marked
from app.pages.kept import MARKS, Kept, Marks, Pieces
from app.pages.render import Renderer
from app.pages.visit import visit
from app.records.keyring import Keyring

RENDERER = Renderer(lambda name: f"/static/{name}", Keyring(bytes(range(32))))
PICTURE = PictureView("/picture.svg?v=a&b", 'A "red" sign', False, 300, 200)
TOKEN = re.compile(r'(name="csrf" value|data-csrf)="[^"]+"')
LOOKS = {
    "as usual": {},
    "clock hidden": {"clock": "hide"},
    "clock at the end": {"clock": "last"},
    "clock as a bar": {"clock": "bar"},
    "only the question": {"show": "question"},
    "at the question": {"start": "question"},
    "with keys": {"page_keys": "on"},
    "with a band": {"aid": "band"},
    "in large text": {"size": "200"},
}
STATES: dict[str, dict[str, Any]] = {
    "fresh": {},
    "flagged and saved": {"flagged": True, "saved": True, "sequence": 7},
    "not the first": {"back": "Back to question 3 & on"},
    "with a picture": {"picture": PICTURE},
    "with a picture in words": {"picture": PictureView("/p.svg", "Words <b>", True, 300, 200)},
}


def view(minutes: int = 40, **more: Any) -> QuestionView:
    """A question's page with words that must be escaped."""
    place = "Question 4 of 50"
    frame = Frame(
        place, part="Multiple choice", place=place, clock=f"About {minutes} <i>", tools=tools(), tools_save=True,
        rev="4.1.2.x.0.sig", left_ms=minutes * 60_000, minutes=minutes, all_minutes=57,
    )  # fmt: skip
    stem, answers = Markup("What &amp; why?"), Markup("<p>answers</p>")
    plain = {"flagged": False, "saved": False, "back": "", "picture": None, "sequence": 0}
    fields = plain | more
    return QuestionView(
        frame, "/sitting/question/4?from=list&x=1", stem, Markup("Choose 1"), answers, **fields
    )


def request(look: Preferences) -> Request:
    found = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""})
    visit(found).anchor, visit(found).look = "somebody", look
    return found


def both(look: Preferences, shown: QuestionView) -> tuple[str, str]:
    """The page as the template gives it and as it is kept, without the token that differs each time."""
    marks = Marks()
    same = marked(shown, marks, look["clock"])
    whole = RENDERER.page(request(look), TEMPLATE, shown).body
    kept = RENDERER.kept_page(request(look), TEMPLATE, same, marks).body
    return TOKEN.sub("", bytes(whole).decode()), TOKEN.sub("", bytes(kept).decode())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", LOOKS)
def test_a_kept_page_is_the_page(name: str, state: str) -> None:
    look = USUAL
    for code, value in LOOKS[name].items():
        look = look.with_(code, value)
    for minutes in (40, 9, 40):  # the second shows another form of some clocks, the third is kept already
        whole, kept = both(look, view(minutes, **STATES[state]))
        assert kept == whole


def test_a_kept_page_takes_nothing_of_the_one_before() -> None:
    first, second = both(USUAL, view(40))[1], both(USUAL, view(31))[1]
    assert "About 40" in first
    assert "About 31" in second
    assert "About 40" not in second


def test_a_value_is_never_taken_for_a_mark_and_what_is_no_markup_is_escaped() -> None:
    marks = Marks()
    page = Pieces(
        f"<p>{marks(chr(MARKS[1]))}</p><p>{marks('<i>')}</p><p>{marks(Markup('<b>'))}{chr(MARKS[0])}</p>"
    )
    mark = chr(MARKS[1])
    assert page.filled(marks.values) == f"<p>{mark}</p><p>&lt;i&gt;</p><p><b>{mark}</p>"


def test_the_value_that_was_not_used_for_longest_makes_room() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
