"""One person's choices: whatever the cookie says, they are read, written again the same, and rule out what harms."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.preference import are_keys, are_minutes
from accessibility.preference_table import BY_CODE, PREFERENCES, THEMES
from accessibility.preferences import LONGEST_TEXT, USUAL, Preferences

MINUTES = st.lists(st.integers(1, 120), min_size=1, max_size=8, unique=True).map(
    lambda some: "-".join(str(one) for one in sorted(some, reverse=True))
)
KEY = st.from_regex(r"[a-z]{1,12}\.[^.~\s=&;]?", fullmatch=True)
KEYS = st.lists(KEY, min_size=1, max_size=12).map("~".join).filter(are_keys)
FREE = {"told": MINUTES, "keys": KEYS}


def value_of(code: str) -> st.SearchStrategy[str]:
    known = st.sampled_from([value.code for value in BY_CODE[code].values])
    return known | FREE[code] if code in FREE else known


CHOICES = st.fixed_dictionaries({}, optional={one.code: value_of(one.code) for one in PREFERENCES})
PAIR = st.tuples(
    st.sampled_from([*BY_CODE, "", "nothing"]), st.text(max_size=30) | st.sampled_from(["150", "on", "yes"])
)
ALMOST = st.lists(PAIR).map(lambda pairs: "&".join(f"{code}={value}" for code, value in pairs))


def chosen(choices: dict[str, str]) -> Preferences:
    made = USUAL
    for code, value in choices.items():
        made = made.with_(code, value)
    return made


@given(st.text(max_size=3 * LONGEST_TEXT) | st.binary().map(lambda raw: raw.decode("latin-1")) | ALMOST)
def test_any_text_is_read_and_what_was_read_is_written_so_that_it_reads_the_same(text: str) -> None:
    read = Preferences.of(text)
    assert Preferences.of(read.text) == read
    assert len(read.text) <= LONGEST_TEXT
    assert all(BY_CODE[code].takes(value) for code, value in read.chosen)
    assert not (read.has_reader and read.start == "answer")


@given(CHOICES)
def test_whatever_was_chosen_comes_back_and_fits_the_cookie(choices: dict[str, str]) -> None:
    made = chosen(choices)
    assert Preferences.of(made.text) == made
    assert {code: made[code] for code in choices} == choices
    assert len(made.text) <= LONGEST_TEXT
    assert made.text.isascii()
    assert not set(made.text) & set(' ;,"\\')  # what a cookie cannot hold


@given(CHOICES)
def test_with_a_screen_reader_no_page_starts_at_an_answer_and_no_single_key_talks_over_it(
    choices: dict[str, str],
) -> None:
    made = chosen({**choices, "reader": "yes"})
    assert made.start in ("top", "question")
    assert made.holds("start") == made.start
    assert not made.page_keys
    assert made.bars("start", "answer")


@given(CHOICES, CHOICES)
def test_newer_choices_win_over_older_ones(newer: dict[str, str], older: dict[str, str]) -> None:
    both = chosen(newer).over(chosen(older))
    for code in BY_CODE:
        told = dict(chosen(newer).chosen).get(code, chosen(older)[code])
        assert both[code] == told


def test_nothing_chosen_leaves_only_the_theme_on_the_page() -> None:
    assert USUAL.text == ""
    assert USUAL.attributes == (("data-theme", "device"),)
    made = USUAL.with_("size", "150").with_("colours", "cream").with_("clock", "hide")
    assert made.attributes == (("data-theme", "cream"), ("data-size", "150"))
    assert made.with_("size", "100").with_("colours", "device").with_("clock", "minutes") == USUAL


def test_with_a_screen_reader_pages_start_at_the_question_unless_the_top_was_chosen() -> None:
    reader = USUAL.with_("reader", "yes")
    assert (USUAL.start, reader.start) == ("top", "question")
    assert reader.with_("start", "top").start == "top"
    assert reader.with_("start", "top").with_("reader", "no") == USUAL
    assert USUAL.with_("start", "answer").with_("reader", "yes").start == "question"


def test_voice_keeps_single_keys_off_and_says_why() -> None:
    voice = USUAL.with_("page_keys", "on").with_("answering", "voice")
    assert (voice.answer_keys, voice.page_keys) == (False, False)
    assert (voice.holds("answer_keys"), voice.holds("page_keys")) == ("off", "off")
    assert voice.bars("answer_keys", "on") == voice.bars("page_keys", "on") != ""
    assert voice.bars("answer_keys", "off") == ""
    back = voice.with_("answering", "mouse")
    assert (back.answer_keys, back.page_keys) == (True, True)
    assert back.bars("page_keys", "on") == ""


def test_time_is_told_at_the_minutes_that_were_chosen() -> None:
    told = {value: USUAL.with_("told", value).told_at(57) for value in ("usual", "five", "quarters", "none")}
    assert told == {"usual": (10, 5, 1), "five": (5, 1), "quarters": (45, 30, 15), "none": ()}
    assert USUAL.told_at(72, longer=True) == (15, 5, 1)
    assert USUAL.told_at(8) == (5, 1)
    assert USUAL.with_("told", "90-20-2").told_at(57) == (20, 2)


@pytest.mark.parametrize(
    "text", ["", "0", "121", "5-10", "5-5", "10-", "a", "9-8-7-6-5-4-3-2-1", "1000", "-5", "10 5", "٣"]
)
def test_a_list_of_minutes_has_one_to_eight_falling_numbers_up_to_120(text: str) -> None:
    assert not are_minutes(text)
    with pytest.raises(ValueError, match="told"):
        USUAL.with_("told", text)


def test_eight_minutes_and_the_largest_are_taken() -> None:
    assert are_minutes("120-50-40-30-20-10-5-1")


@pytest.mark.parametrize("text", ["next.\x07", "next. ", "next.~~", "Next.m", "next.mm", "next", "a.b" * 50])
def test_changed_keys_that_no_page_wrote_are_left_out(text: str) -> None:
    assert not are_keys(text)
    assert Preferences.of(urlencode({"keys": text})) == USUAL


def test_every_preference_has_words_and_values_of_its_own() -> None:
    assert len(BY_CODE) == len(PREFERENCES)
    for one in PREFERENCES:
        codes = [value.code for value in one.values]
        assert len(set(codes)) == len(codes)
        assert one.question.endswith("?")
        assert all(value.words for value in one.values)
        assert one.takes(one.default)
        assert not one.takes("no such value")
    assert len(THEMES) == 10
