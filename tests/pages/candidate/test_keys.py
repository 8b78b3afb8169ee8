"""The page of keys and the fields that change them, without script: what is on, what is off, what clashes."""

from __future__ import annotations

import json

from accessibility.keys import KEYS
from tests.pages.candidate.looking import save
from tests.pages.candidate.tab import Tab

OFF = "These keys are off."
USUAL = {key.code: key.usual.upper() for key in KEYS}


def rows(tab: Tab) -> list[str]:
    """The names of the keys that the page of keys lists."""
    return [one.text() for one in tab.open("/sitting/keys").tree.all("dt")]


def said(tab: Tab, name: str) -> str | None:
    """An attribute of the live region, where the script finds what it needs."""
    return tab.tree.by_id["say"][0].get(name)


def fields(tab: Tab) -> dict[str, str]:
    """What the fields of the page hold."""
    inputs = tab.tree.all("input")
    return {one.get("name") or "": one.get("value") or "" for one in inputs if one.get("type") == "text"}


def change(tab: Tab, **keys: str) -> Tab:
    """Send the fields of the page of change, as they are but for these."""
    tab.open("/sitting/keys/change")
    return tab.press("save", **{**fields(tab), **keys})


def test_k08_the_page_lists_only_what_is_on(tab: Tab) -> None:
    assert rows(tab)[:5] == ["Tab", "Shift and Tab", "Arrow keys", "Space", "Enter"]
    assert rows(tab)[5:] == ["1 or A", "2 or B", "3 or C", "4 or D"]
    assert tab.words.count(OFF) == 1
    save(tab, "answer_keys", "off")
    assert len(rows(tab)) == 5
    assert tab.words.count(OFF) == 2
    save(tab, "stops", "each")
    assert "Arrow keys" not in rows(tab)


def test_k08_page_wide_keys_are_absent_until_they_are_turned_on(tab: Tab) -> None:
    tab.open("/sitting/question/2")
    assert said(tab, "data-keys") is None
    assert "(N)" not in tab.words
    save(tab, "page_keys", "on")
    assert rows(tab)[9:] == list(USUAL.values())
    tab.open("/sitting/question/2")
    assert json.loads(said(tab, "data-keys") or "") == {key.code: key.usual for key in KEYS}
    for words in ("Save and continue (N)", "Flag to check later (F)", "Back to question 1 (Z)", "Keys (?)"):
        assert words in tab.words
    save(tab, "page_keys", "off")
    tab.open("/sitting/question/2")
    assert said(tab, "data-keys") is None
    assert "(N)" not in tab.words


def test_k07_answer_keys_are_told_to_the_script_and_not_in_the_voice_profile(tab: Tab) -> None:
    tab.open("/sitting/question/1")
    assert said(tab, "data-answer-keys") == "1a 2b 3c 4d"
    save(tab, "answering", "voice")
    tab.open("/sitting/question/1")
    assert said(tab, "data-answer-keys") is None
    tab.open("/sitting/keys")
    assert tab.words.count(OFF) == 2


def test_k08_keys_are_changed_and_cleared_and_shown_everywhere(tab: Tab) -> None:
    save(tab, "page_keys", "on")
    change(tab, next="m", flag="")
    assert tab.path == "/sitting/keys?said=changed"
    assert tab.notices == ["Your keys are saved."]
    assert rows(tab)[9:] == ["M", "Z", "T", "H", "?"]
    tab.open("/sitting/question/1")
    assert "Save and continue (M)" in tab.words
    assert "Flag to check later (" not in tab.words
    assert fields(tab.open("/sitting/keys/change")) == {**USUAL, "next": "M", "flag": ""}


def test_k08_one_press_brings_the_usual_keys_back(tab: Tab) -> None:
    change(tab, next="m", help="")
    tab.open("/sitting/keys/change").press("usual", **fields(tab))
    assert tab.notices == ["The usual keys are back."]
    assert fields(tab.open("/sitting/keys/change")) == USUAL


def test_k08_a_clash_names_both_and_keeps_what_was_typed(tab: Tab) -> None:
    change(tab, help="F")
    wrong = "F is used for “Flag to check later”. Choose another key, or turn that one off"
    assert tab.reply.status_code == 422
    assert [one.text() for one in tab.tree.all("li") if one.text() == wrong] == [wrong]
    assert fields(tab)["help"] == "F"
    assert fields(tab.open("/sitting/keys/change")) == USUAL, "nothing was saved"


def test_k08_words_spaces_answer_keys_and_odd_marks_have_plain_errors(tab: Tab) -> None:
    single = "Type one letter, figure or sign, or leave the field empty"
    told = {"Ctrl": single, " ": single, "1": "1 chooses an answer. Choose another key"}
    told |= {
        "d": "D chooses an answer. Choose another key",
        "~": "~ cannot be a key here. Choose another key",
    }
    for typed, words in told.items():
        change(tab, next=typed)
        assert tab.reply.status_code == 422
        assert words in tab.words
    assert fields(tab.open("/sitting/keys/change")) == USUAL
