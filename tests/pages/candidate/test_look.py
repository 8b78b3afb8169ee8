"""How this page looks: every choice on a page of its own, without script, at once and until it is reset."""

from __future__ import annotations

from accessibility.preference_table import BY_CODE
from app.pages.candidate.looks import FOR_ALL
from app.pages.look import BEFORE, LOOK
from tests.pages.candidate.hall import Candidate, Hall
from tests.pages.candidate.looking import attributes, held, names, radios, rows, save
from tests.pages.candidate.tab import Tab

WRONG_MINUTES = "Enter whole minutes from 1 to 120, at most 8 of them, for example 20, 10, 2"


def test_all_choices_stand_on_one_page_with_what_holds_now(tab: Tab) -> None:
    tab.open("/sitting/look")
    assert tab.heading == "How this page looks"
    assert len(rows(tab)) == len(BY_CODE) - 1, "the height of the band waits for a band"
    assert rows(tab)["Text size"] == "100%"
    assert rows(tab)["Where each page starts"] == "At the top of the page"
    assert "Change – Text size: 100%" in names(tab, "a")
    assert tab.notices == []
    save(tab, "aid", "band")
    assert rows(tab)["Height of the band"] == "2 lines"


def test_d09_every_value_can_be_chosen_says_what_holds_and_comes_back_checked(tab: Tab) -> None:
    tab.visitor.judging = False  # each page is judged in the tests below
    for code in sorted(
        FOR_ALL - {"answer_keys", "page_keys", "start"}
    ):  # what reader and voice rule out: below
        one = BY_CODE[code]
        for value in one.values[1:]:
            save(tab, code, value.code)
            assert tab.path == f"/sitting/look?said={code}", "the row is the fragment"
            assert tab.notices[0].startswith(f"{one.name}: {value.words}.")
            if one.attribute:
                assert attributes(tab)[f"data-{one.attribute}"] == value.code
            assert held(tab.open(f"/sitting/look/{code}"), code) == value.code
        save(tab, code, one.default)
        assert attributes(tab) == {"data-theme": "device"}


def test_d09_a_choice_holds_at_once_on_every_page_and_one_press_resets_all(tab: Tab) -> None:
    tab.choose(1, action="look")
    assert tab.path == "/sitting/look", "the answer is saved first, see test_saving"
    for code, value in (("size", "200"), ("colours", "dark"), ("font", "clear")):
        save(tab, code, value)
    chosen = {"data-theme": "dark", "data-size": "200", "data-font": "clear"}
    for page in ("question/1", "questions", "time", "break", "help", "look", "nothing", "question/99"):
        assert attributes(tab.open(f"/sitting/{page}")) == chosen, page
    tab.open("/sitting/look").press("reset")
    assert tab.notices == ["Everything is as it was at first."]
    assert attributes(tab) == {"data-theme": "device"}
    tab.press("undo")
    assert tab.notices == ["Your settings are back."]
    assert attributes(tab.open("/sitting/question/1")) == chosen


def test_a_reset_with_nothing_chosen_offers_nothing_to_take_back(tab: Tab) -> None:
    tab.open("/sitting/look").press("reset")
    assert tab.notices == ["Everything is as it was at first."]
    assert "Undo: give me my settings back" not in tab.buttons


def test_enter_on_the_question_about_the_next_test_presses_no_button(tab: Tab) -> None:
    save(tab, "size", "150")
    first = tab.tree.all("button")[0]
    assert (first.get("value"), first.has("hidden")) == ("stay", True)
    tab.press("stay", next_time="yes")
    assert tab.notices == []
    assert held(tab, "next_time") == "no"
    assert attributes(tab)["data-size"] == "150"


def test_the_way_back_is_the_very_question_and_the_clock_goes_on(candidate: Candidate, tab: Tab) -> None:
    tab.open("/sitting/question/4").choose(2, action="look")
    assert candidate.counting(4), "the answer is saved before the page is left"
    assert "Go back to question 4" in names(tab, "a")
    candidate.forward(minutes=2)
    save(tab, "line", "wide")
    assert tab.text("header") == "Question 4 of 5 About 9 minutes left"
    assert tab.open("/sitting").path.startswith("/sitting/question/4")
    assert attributes(tab)["data-line"] == "wide"


def test_in_a_break_in_a_pause_and_at_the_result_the_look_can_be_changed(
    candidate: Candidate, tab: Tab
) -> None:
    candidate.take_break()
    assert "/sitting/look" in [one.get("href") for one in tab.open("/sitting").tree.all("a")]
    save(tab, "ring", "thick")
    assert "Go back to your test" in names(tab, "a")
    candidate.come_back()
    candidate.pause()
    assert attributes(save(tab, "size", "150"))["data-size"] == "150"
    candidate.resume()
    candidate.finish()
    assert tab.open("/sitting").path == "/sitting/result"
    assert attributes(tab) == {"data-theme": "device", "data-size": "150", "data-ring": "thick"}
    assert tab.open("/look").path == "/sitting/look", "the link of pages without tools"
    assert attributes(save(tab, "size", "100")) == {"data-theme": "device", "data-ring": "thick"}


def test_r05_a_start_at_the_first_answer_is_neither_offered_nor_taken_with_a_screen_reader(tab: Tab) -> None:
    assert "answer" in radios(tab.open("/sitting/look/start"))
    save(tab, "start", "answer")
    save(tab, "reader", "yes")
    assert tab.notices == [
        "Screen reader: Yes. Pages start at the question. Single keys for the whole page are off."
    ]
    assert rows(tab)["Where each page starts"] == "At the question"
    tab.open("/sitting/look/start")
    assert radios(tab) == ["top", "question"]
    assert held(tab, "start") == "question"
    tab.press(start="answer")
    assert tab.status == 422
    assert tab.errors == ["Not with a screen reader: it would not read the question."]
    assert held(tab, "start") is None
    assert rows(save(tab, "start", "top"))["Where each page starts"] == "At the top of the page"


def test_with_voice_single_keys_are_off_and_the_page_says_why(tab: Tab) -> None:
    save(tab, "answering", "voice")
    assert tab.notices == [
        "Your way of answering: Voice. Single keys are off, so that words in the room choose nothing."
    ]
    assert rows(tab)["Keys 1 to 4 and A to D"] == "Off"
    for code in ("answer_keys", "page_keys"):
        tab.open(f"/sitting/look/{code}")
        assert radios(tab) == ["off"]
        assert "These keys are off because you answer by voice." in tab.words
        assert tab.press(**{code: "on"}).errors == ["These keys are off because you answer by voice."]


def test_a_list_of_ones_own_minutes_is_read_however_it_is_typed(tab: Tab) -> None:
    for typed, words in (
        ("20, 10, 2", "At 20, 10 and 2 minutes"),
        ("  5 30;30 ", "At 30 and 5 minutes"),
        ("120", "At 120 minutes"),
        ("1", "At 1 minute"),
    ):
        save(tab, "told", "own", minutes=typed)
        assert tab.notices == [f"When you are told the time left: {words}."]
        assert held(tab.open("/sitting/look/told"), "told") == "own"


def test_minutes_that_are_none_are_explained_and_stay_as_they_were_typed(tab: Tab) -> None:
    for typed in ("", "soon", "0", "121", "10.5", "-5", "9 8 7 6 5 4 3 2 1", "١٠", "1" * 900):
        save(tab, "told", "own", minutes=typed)
        assert (tab.status, tab.errors) == (422, [WRONG_MINUTES]), typed
        assert tab.text("title").startswith("Error: ")
        assert held(tab, "told") == "own"
        assert tab.held()["minutes"] == [typed]
    assert rows(tab.open("/sitting/look"))["When you are told the time left"] == "At 10, 5 and 1 minutes"


def test_typed_minutes_are_meant_unless_another_choice_was_made_with_them(tab: Tab) -> None:
    tab.open("/sitting/look/told").press(minutes="7")
    assert rows(tab)["When you are told the time left"] == "At 7 minutes"
    tab.open("/sitting/look/told").press(told="none")
    assert rows(tab)["When you are told the time left"] == "Never"


def test_a_value_that_is_none_is_asked_for_again(tab: Tab) -> None:
    for value in ("", "101", "150 ", "x" * 5000, "<script>"):
        save(tab, "size", value)
        assert (tab.status, tab.errors) == (422, ["Choose one of these"]), value
        assert attributes(tab) == {"data-theme": "device"}


def test_no_such_preference_is_no_such_page(tab: Tab) -> None:
    for path in ("/sitting/look/nothing", "/sitting/look/keys", "/look/nothing", "/look/keys"):
        assert tab.open(path).status == 404, path
    csrf = tab.open("/sitting/look").held()["csrf"][0]
    assert tab.visitor.post("/sitting/look/nothing", data={"csrf": csrf, "nothing": "1"}).status_code == 404


def test_two_values_at_once_are_no_form_of_ours(tab: Tab) -> None:
    save(tab, "size", ["150", "200"])
    assert tab.status == 400
    assert attributes(tab.open("/sitting/look")) == {"data-theme": "device"}


JUNK = (
    "",
    ".",
    "-",
    "size=300",
    "-.size=300",
    "{owner}size=300",
    "{owner}.size=3000&colours=<b>&x&&=",
    "{owner}." + "a" * 3000,
    "{owner}.%ff%fe=%00&told=" + "9-" * 900,
)


def test_a_cookie_that_nobody_wrote_harms_nobody_and_shows_the_usual_look(tab: Tab) -> None:
    save(tab, "size", "150")
    owner = tab.visitor.cookies[LOOK].strip('"').partition(".")[0]
    for junk in JUNK:
        for name in (LOOK, BEFORE):
            tab.visitor.cookies.delete(name)
            tab.visitor.cookies.set(name, junk.format(owner=owner), domain="testserver.local")
        for path in ("/sitting/question/1", "/nothing", "/sitting/look?said=reset"):
            assert attributes(tab.open(path)) == {"data-theme": "device"}, (junk, path)
        tab.press("undo")
        assert attributes(tab) == {"data-theme": "device"}, junk


def test_an_address_says_nothing_that_was_not_done(tab: Tab) -> None:
    assert tab.open("/sitting/look?said=<b>you</b>").notices == []
    assert tab.open("/sitting/look?said=keys").notices == []
    assert tab.open("/sitting/look?said=size&said=reset").notices == ["Everything is as it was at first."]


def test_the_setup_walk_leads_on_and_out_and_each_page_may_be_left_as_it_is(hall: Hall) -> None:
    tab = hall.candidate().sign_in().press(right="yes").press(right="yes")
    met = []
    while tab.path.startswith("/sitting/look/"):
        met.append(tab.path.removeprefix("/sitting/look/").partition("?")[0])
        assert f"Setting {len(met)} of 6" in tab.words
        assert tab.buttons[:2] == ["Save and go on", "Use these settings"]
        tab.press("next", **({"reader": "yes"} if met[-1] == "reader" else {}))
    assert met == ["answering", "reader", "size", "colours", "clock", "start"]
    assert tab.path.startswith("/sitting/practice")
    assert tab.open("/sitting/look/size?setup=1").notices == []
    assert tab.press("next").notices == ["Text size: 100%."]
    assert "Back to: Text size" in names(tab, "a")
    tab.press("use", colours="pink")
    assert tab.path.startswith("/sitting/practice")
    assert attributes(tab.open("/sitting/instructions"))["data-theme"] == "pink"


def test_a_wrong_form_in_the_walk_stays_in_the_walk(hall: Hall) -> None:
    tab = hall.candidate().sign_in().press(right="yes").press(right="yes")
    tab.press("next", answering="nothing")
    assert (tab.status, tab.errors) == (422, ["Choose one of these"])
    assert tab.press("next", answering="mouse").path == "/sitting/look/reader?setup=1&said=answering"
    assert tab.notices == ["Your way of answering: Mouse."]


def test_before_the_start_the_settings_lead_to_the_walk_and_to_practice(candidate: Candidate) -> None:
    tab = candidate.at_instructions().open("/sitting/look")
    assert [name for name in names(tab, "a") if name.startswith(("Go through", "Practise"))] == [
        "Go through the main settings one by one",
        "Practise before your test",
    ]
