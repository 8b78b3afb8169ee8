"""The two practice questions beside questions of a test: the same presses get the same pages, errors and replies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.looking import save
from tests.pages.candidate.tab import Tab

PICTURE, TWO = ("walk-3", 1), ("walk-2", 2)
Press = tuple[str, tuple[int, ...]]


@dataclass
class Beside:
    """One question of a test and the practice question that stands for it, each in a browser of its own."""

    real: Tab
    practice: Tab
    number: int
    tried: int

    def on_both(self, what: Any) -> tuple[Any, Any]:
        """What `what` gives for each of the two."""
        at_practice = f"/sitting/practice/question/{self.tried}"
        return what(self.real, f"/sitting/question/{self.number}"), what(self.practice, at_practice)

    def plain(self, words: str, *, practice: bool) -> str:
        """An address or words without what tells the two questions apart."""
        number = self.tried if practice else self.number
        words = words.replace("/sitting/practice/", "/sitting/").replace(f"question/{number}", "question/N")
        return re.sub(rf"(#q|question ){number}\b", r"\1N", words)


@pytest.fixture
def beside(request: pytest.FixtureRequest, hall: Hall) -> Beside:
    question, tried = request.param
    return set_beside(hall, question, tried)


def set_beside(hall: Hall, question: str, tried: int) -> Beside:
    practice = hall.candidate().at_instructions()
    for _ in range(20):
        candidate: Candidate = hall.candidate()
        if 1 < candidate.number_of(question) < 5:
            return Beside(candidate.sitting_down(), practice, candidate.number_of(question), tried)
    raise AssertionError("the question stood at the end of 20 papers")


def told(tab: Tab) -> tuple[Any, ...]:
    """What a page says and offers, without its question."""
    back = re.compile(r"Back to question \d")
    buttons = [words for words in tab.buttons if not back.fullmatch(words)]
    ticked = [place for place, value in enumerate(tab.options()) if value in tab.chosen()]
    return tab.status, tab.notices, tab.errors, buttons, ticked


def presses(tab: Tab, address: str, action: str, places: tuple[int, ...]) -> str:
    """Where a press leads, before it is followed; then the page that it leads to."""
    tab.open(address)
    values = tab.options()
    sent = {**tab.held(), "action": action}
    if places:
        sent["answer"] = [values[at] for at in places]
    reply = tab.visitor.post(tab.form().attributes["action"], data=sent, follow_redirects=False)
    assert reply.status_code == 303
    tab.open(reply.headers["location"].partition("#")[0])
    leads, chosen = str(reply.headers["location"]), ".".join(values[at] for at in places)
    return leads.replace(f"chosen={chosen}", "chosen=THESE")


ON_ONE: list[Press] = [
    ("stay", ()), ("stay", (1,)), ("flag", (1,)), ("unflag", (2,)), ("clear", ()), ("words", (0,)), ("larger", (0,)),
    ("list", (3,)), ("look", ()), ("keys", (1,)), ("time", ()), ("break", ()), ("help", ()), ("tools", ()),
    ("show-2", ()), ("nonsense", (1,)),
]  # fmt: skip
ON_TWO: list[Press] = [
    ("stay", (0, 2)),
    ("next", (0, 1, 2)),
    ("next", (1,)),
    ("stay", ()),
    ("back", (1, 2)),
    ("list", (3,)),
]


@pytest.mark.parametrize(("beside", "made"), [(PICTURE, ON_ONE), (TWO, ON_TWO)], indirect=["beside"])
def test_each_press_leads_to_the_same_page_in_the_same_state(beside: Beside, made: list[Press]) -> None:
    for action, places in made:
        leads = beside.on_both(lambda tab, address, a=action, p=places: presses(tab, address, a, p))
        if action != "back":  # the question before has another number
            real, practice = beside.plain(leads[0], practice=False), beside.plain(leads[1], practice=True)
            assert practice == real, (action, places)
        if "question" in leads[1] and "picture" not in leads[1] and action not in ("back", "list"):
            assert told(beside.practice) == told(beside.real), (action, places)


@pytest.mark.parametrize("beside", [PICTURE], indirect=True)
def test_continue_without_an_answer_is_told_once_in_both(beside: Beside) -> None:
    def without(tab: Tab, address: str) -> tuple[str, str, list[str]]:
        tab.open(address).press("next")
        heading, first, said = tab.heading, tab.path, [one.text() for one in tab.tree.all("p")]
        assert first == f"{address}/unanswered"
        tab.press()
        assert not tab.path.endswith("unanswered")
        tab.open(address).press("next")
        assert not tab.path.endswith("unanswered")
        return heading, tab.status, [words for words in said if words.endswith(".")]

    real, practice = beside.on_both(without)
    assert practice == real


@pytest.mark.parametrize("beside", [TWO], indirect=True)
def test_a_script_gets_the_same_replies(beside: Beside) -> None:
    def scripted(tab: Tab, address: str) -> list[Any]:
        tab.open(address)
        saved = tab.json(0, 1, seq="1", made="60000")
        again, many, bad = tab.json(0, seq="2"), tab.json(0, 1, 2, seq="3"), tab.json(0, seq="x")
        return [
            (one.status_code, sorted(one.json()), one.json().get("sequence"), one.json().get("standing"))
            for one in (saved, again, many, bad)
        ]

    real, practice = beside.on_both(scripted)
    assert practice == real
    assert [one[0] for one in practice][:2] == [200, 200]


@pytest.mark.parametrize("beside", [TWO], indirect=True)
def test_a_save_that_a_newer_one_overtook_changes_nothing(beside: Beside) -> None:
    def overtaken(tab: Tab, address: str) -> tuple[str, list[int]]:
        tab.open(address)
        tab.json(0, 1, seq="5")
        late = tab.json(2, 3, seq="4").json()["repeat"]
        tab.open(address)
        return late, [place for place, value in enumerate(tab.options()) if value in tab.chosen()]

    real, practice = beside.on_both(overtaken)
    assert practice == real == ("superseded", [0, 1])


@pytest.mark.parametrize(
    "chosen", [("stops", "each"), ("aid", "answers"), ("aid", "rest"), ("start", "question")]
)
@pytest.mark.parametrize("beside", [PICTURE], indirect=True)
def test_what_was_chosen_about_pages_holds_in_practice_too(beside: Beside, chosen: tuple[str, str]) -> None:
    def shown(tab: Tab, address: str) -> tuple[Any, ...]:
        save(tab, *chosen)
        tab.open(address)
        controls = [(one.tag, one.get("name"), one.get("id")) for one in tab.tree.all("input", "button")]
        starts = [one.tag for one in tab.tree.document.walk() if one.has("autofocus")]
        return [one for one in controls if one[1] not in ("csrf", "rev", "action")], starts

    real, practice = beside.on_both(shown)
    assert practice == real


@pytest.mark.parametrize("beside", [PICTURE], indirect=True)
def test_a_value_that_is_no_answer_is_refused_in_the_same_words(beside: Beside) -> None:
    def refused(tab: Tab, address: str) -> tuple[int, list[str]]:
        tab.open(address).press("next", answer="nonsense")
        return tab.status, tab.errors

    real, practice = beside.on_both(refused)
    assert practice == real
    assert practice[0] == 422


@pytest.mark.parametrize("beside", [PICTURE], indirect=True)
def test_everything_is_shown_again_by_the_same_button(beside: Beside) -> None:
    def turned_off(tab: Tab, address: str) -> tuple[str, list[str]]:
        save(tab, "aid", "answers")
        tab.open(address).press("aid-off")
        return tab.path.partition("?")[2], tab.notices

    real, practice = beside.on_both(turned_off)
    assert practice == real
