"""The look before anybody has signed in, and what of it is kept: for another desk, for the next test, for nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.book_sitting import Person
from app.pages.look import BEFORE, LOOK
from app.records.tables import audit, preference
from app.rules.sitting import PauseKind
from tests.pages.candidate.hall import WALK, Candidate, Hall
from tests.pages.candidate.looking import attributes, held, names, radios, rows, save
from tests.pages.candidate.tab import Tab

ADA = Person("Ada Example", date(2006, 4, 17), "EXAMP604176A99AA")
FROM_LAST = "We use the settings from your last test. You can change them."


@pytest.fixture
def visitor_tab(hall: Hall) -> Tab:
    """A browser that nobody has signed in to."""
    return Tab(hall.site.visitor())


def stored(hall: Hall) -> list[Any]:
    return list(hall.scene.db.execute(sa.select(preference)))


@pytest.mark.parametrize("path", ["/", "/help", "/accessibility", "/nothing", "/look"])
def test_the_look_is_one_link_away_and_holds_on_every_open_page(visitor_tab: Tab, path: str) -> None:
    links = {one.get("href"): one.text() for one in visitor_tab.open(path).tree.all("a")}
    if path != "/look":
        assert links["/look"] == "How this page looks"
    save(visitor_tab, "size", "250", at="/look")
    assert visitor_tab.notices == ["Text size: 250%."]
    assert attributes(visitor_tab.open(path))["data-size"] == "250"


def test_before_sign_in_everything_but_changed_keys_and_the_next_test_is_there(visitor_tab: Tab) -> None:
    found = rows(visitor_tab.open("/look"))
    assert "Changed keys" not in found
    assert len(found) == 20
    assert "next_time" not in visitor_tab.html
    assert visitor_tab.press("next_time", next_time="yes").path == "/look", (
        "a form that is not ours changes nothing"
    )


def test_before_sign_in_one_press_resets_and_one_takes_it_back(visitor_tab: Tab, hall: Hall) -> None:
    save(visitor_tab, "colours", "green", at="/look")
    visitor_tab.press("reset")
    assert visitor_tab.notices == ["Everything is as it was at first."]
    assert attributes(visitor_tab) == {"data-theme": "device"}
    assert attributes(visitor_tab.press("undo"))["data-theme"] == "green"
    assert stored(hall) == [], "nobody is signed in, so nothing is kept"


def test_r05_before_sign_in_too_a_declared_screen_reader_rules_a_start_at_the_answer_out(
    visitor_tab: Tab,
) -> None:
    save(visitor_tab, "reader", "yes", at="/look")
    assert radios(visitor_tab.open("/look/start")) == ["top", "question"]
    visitor_tab.press(start="answer")
    assert visitor_tab.errors == ["Not with a screen reader: it would not read the question."]
    assert held(visitor_tab, "start") is None


def test_a_candidate_takes_along_what_they_chose_at_the_start_page(candidate: Candidate, hall: Hall) -> None:
    tab = Tab(hall.site.visitor())
    save(tab, "size", "175", at="/look")
    tab = candidate.sign_in(tab.visitor)
    assert attributes(tab)["data-size"] == "175"
    assert tab.notices == []
    assert tab.visitor.cookies[LOOK].strip('"').partition(".")[0] != "-"
    assert tab.open("/look/size").path == "/sitting/look/size"
    (row,) = stored(hall)
    assert (row.sitting_id, row.kept) == (candidate.keys["sitting_id"], 0)


def test_a_candidate_who_chose_nothing_leaves_no_row(candidate: Candidate, hall: Hall) -> None:
    candidate.sign_in()
    assert stored(hall) == []


def test_choices_come_along_to_another_desk(candidate: Candidate, tab: Tab) -> None:
    save(tab, "font", "serif")
    save(tab, "size", "125")
    candidate.pause(PauseKind.DEVICE)
    candidate.hand_out_code()
    other = Tab(candidate.site.visitor())
    save(other, "size", "300", at="/look")
    other = candidate.sign_in(other.visitor)
    assert other.heading == "Your test is paused. The clock is stopped."
    assert attributes(other) == {"data-theme": "device", "data-size": "300", "data-font": "serif"}
    assert other.notices == []


def test_what_another_sitting_chose_at_this_browser_does_not_hold(hall: Hall) -> None:
    one, other = hall.candidate(), hall.candidate()
    tab = one.sign_in()
    save(tab, "colours", "dark")
    tab.visitor.cookies.delete("__Host-candidate")  # the browser was closed
    assert attributes(tab.open("/")) == {"data-theme": "device"}
    assert attributes(other.sign_in(tab.visitor)) == {"data-theme": "device"}


def look_cookies(tab: Tab) -> set[str]:
    return {LOOK, BEFORE} & set(tab.visitor.cookies)


def moved(hall: Hall) -> Tab:
    """The browser of somebody who chose a look and then went to another desk."""
    one = hall.candidate()
    tab = one.sitting_down()
    save(tab, "size", "300")
    tab.open("/sitting/look").press("reset")
    save(tab, "size", "300")
    one.pause(PauseKind.DEVICE)
    one.hand_out_code()
    one.forward(minutes=3)
    one.sign_in()
    return tab


def test_after_a_move_the_old_browser_says_so_in_the_look_chosen_and_then_forgets_it(hall: Hall) -> None:
    tab = moved(hall)
    assert look_cookies(tab) == {LOOK, BEFORE}
    assert tab.open("/sitting").status == 401
    assert attributes(tab)["data-size"] == "300", "they may still sit there, and read it"
    assert look_cookies(tab) == set()
    assert attributes(tab.open("/")) == {"data-theme": "device"}
    assert tab.open("/sitting").heading == "Your test has moved to another computer", "Refresh says so again"


@pytest.mark.parametrize("path", ["/", "/look", "/look/size"])
def test_after_a_move_whoever_comes_next_meets_the_usual_look(hall: Hall, path: str) -> None:
    tab = moved(hall).open(path)
    assert (tab.status, tab.path) == (200, path)
    assert attributes(tab) == {"data-theme": "device"}
    assert look_cookies(tab) == set()


def test_after_a_move_whoever_comes_next_chooses_their_own_look_and_takes_it_along(hall: Hall) -> None:
    tab = moved(hall)
    tab.open("/sitting")
    save(tab, "colours", "green", at="/look")
    assert tab.notices == ["Colours: Pale green."]
    assert attributes(tab.open("/")) == {"data-theme": "green"}
    tab.open("/look").press("reset").press("undo")
    assert attributes(tab) == {"data-theme": "green"}
    assert attributes(hall.candidate().sign_in(tab.visitor)) == {"data-theme": "green"}


@pytest.mark.parametrize("path", ["/", "/look", "/sitting"])
def test_after_a_web_session_ran_out_nobody_meets_the_look_of_before(
    candidate: Candidate, tab: Tab, path: str
) -> None:
    save(tab, "size", "300")
    candidate.forward(hours=25)
    assert attributes(tab.open(path)) == {"data-theme": "device"}
    assert look_cookies(tab) == set()


def test_on_leaving_nothing_of_the_look_stays_in_the_browser(candidate: Candidate, tab: Tab) -> None:
    save(tab, "colours", "dark")
    tab.open("/sitting/look").press("reset")
    save(tab, "size", "300")
    candidate.finish()
    assert {LOOK, BEFORE} <= set(tab.visitor.cookies)
    leaving = [form.get("action") for form in tab.open("/sitting/result").tree.all("form")].index(
        "/sitting/leave"
    )
    tab.press(form=leaving)
    assert not {LOOK, BEFORE} & set(tab.visitor.cookies)
    assert attributes(tab.open("/")) == {"data-theme": "device"}


def again(hall: Hall) -> Candidate:
    """Ada comes for a test."""
    return hall.candidate(person=ADA)


def test_with_consent_the_next_test_looks_the_same_and_says_so(hall: Hall) -> None:
    first = again(hall)
    tab = first.sign_in()
    save(tab, "colours", "cream")
    tab.open("/sitting/look")
    assert held(tab, "next_time") == "no"
    tab.press("next_time", next_time="yes")
    assert tab.notices == ["We keep these settings for your next test."]
    assert held(tab, "next_time") == "yes"
    first.confirm()
    first.start()
    first.finish()
    second = again(hall)
    tab = second.sign_in()
    assert tab.heading == "Is this you?"
    assert tab.notices == [FROM_LAST]
    assert attributes(tab)["data-theme"] == "cream"
    assert tab.open("/sitting/details").notices == [], "told once"
    tab.open("/sitting/look").press("next_time", next_time="no")
    assert tab.notices == ["We keep these settings for this test only."]
    assert attributes(tab)["data-theme"] == "cream"


def test_without_consent_nothing_is_left_of_the_look_when_the_test_ends(hall: Hall) -> None:
    first = again(hall)
    tab = first.sign_in()
    save(tab, "colours", "cream")
    assert len(stored(hall)) == 1
    first.confirm()
    first.start()
    first.finish()
    assert stored(hall) == []
    save(tab.open("/sitting"), "colours", "pink")
    assert stored(hall) == []
    assert attributes(again(hall).sign_in()) == {"data-theme": "device"}


def test_a_choice_holds_also_when_the_server_cannot_keep_it(candidate: Candidate, tab: Tab) -> None:
    form = Tab(tab.visitor).open("/sitting/look/size")
    asked = Tab(tab.visitor).open("/sitting/look")
    candidate.site.store.stop_accepting()
    form.press(size="200")
    assert form.notices == ["Text size: 200%."]
    assert attributes(form)["data-size"] == "200"
    asked.press("next_time", next_time="yes")
    assert asked.status == 503, "a promise that cannot be kept is not made"
    assert attributes(asked)["data-size"] == "200", "and the page that says so has the look"


def test_a_candidate_signs_in_also_when_the_look_cannot_be_kept(candidate: Candidate, hall: Hall) -> None:
    tab = Tab(hall.site.visitor())
    save(tab, "size", "175", at="/look")
    with hall.scene.store.engine.connect() as db, db.begin():
        db.execute(sa.text("DROP TABLE preference"))
    tab = candidate.sign_in(tab.visitor)
    assert tab.heading == "Is this you?"
    assert attributes(tab)["data-size"] == "175"


def test_nothing_of_a_look_is_audited_or_logged(
    candidate: Candidate, tab: Tab, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(list(candidate.scene.db.execute(sa.select(audit))))
    save(tab, "reader", "yes")
    save(tab, "colours", "yellow-on-blue")
    tab.open("/sitting/look").press("next_time", next_time="yes")
    assert len(list(candidate.scene.db.execute(sa.select(audit)))) == before
    said = "".join(capsys.readouterr())
    assert "yellow-on-blue" not in said
    assert "reader" not in said


def test_staff_choose_how_their_browser_looks(hall: Hall) -> None:
    tab = Tab(hall.site.visitor()).open("/staff/sign-in")
    assert "How this page looks" in names(tab, "a")
    tab.visitor.cookies.set("__Host-staff", "a.b.c", domain="testserver.local")
    assert list(rows(tab.open("/look"))) == [
        "Text size",
        "Letters",
        "Space between lines",
        "Space between letters and words",
        "Length of lines",
        "Colours",
        "Frame around the place where you are",
        "Movement",
    ]
    assert "Go back to your centre" in names(tab, "a")
    save(tab, "size", "150", at="/look")
    assert attributes(tab.open("/staff/sign-in"))["data-size"] == "150"
    assert WALK not in tab.html
