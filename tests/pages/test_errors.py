"""Every "no" has its words; pages and JSON say the same; a form that came too late can be sent once more."""

import dataclasses
import re

import pytest

from app.pages.faults import Fault
from app.pages.sentences import SENTENCES
from app.records.store import NotSaved
from app.rules.refusals import Refusal
from tests.support.application import Site, Visitor, csrf_of

EVERY = [*Refusal, *Fault]


@pytest.mark.parametrize("code", EVERY)
def test_every_no_has_a_status_and_says_what_happened_what_is_kept_and_what_to_do(
    code: Refusal | Fault,
) -> None:
    row = SENTENCES[code]
    assert 400 <= row.status <= 503
    words = row.in_words({}, kept=False)
    assert all(re.match(r"[A-Z].*", text) for text in words.values())
    assert all(words[part].endswith(".") for part in ("sentence", "kept", "todo"))
    assert not words["title"].endswith(".")
    assert "%(" not in "".join(words.values())


def test_codes_are_never_shared_by_two_meanings() -> None:
    assert len({str(code) for code in EVERY}) == len(EVERY)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (Refusal.NO_SUCH_QUESTION, 422),
        (Refusal.NO_SUCH_OPTION, 422),
        (Refusal.TOO_MANY, 422),
        (Refusal.SEQUENCE_REUSED, 409),
        (Refusal.OPEN_ELSEWHERE, 409),
        (Refusal.PAUSED, 409),
        (Refusal.TIME_ENDED, 409),
        (Refusal.HANDED_IN, 409),
        (Refusal.NOT_STARTED, 409),
        (Refusal.DESK_BLOCKED, 429),
        (Refusal.NOT_FOUND, 404),
        (Fault.UNREADABLE, 400),
        (Fault.OLD_FORM, 403),
        (Fault.TOO_LARGE, 413),
        (Fault.WRONG_TYPE, 415),
        (Fault.BAD_FIELD, 422),
        (Fault.NOT_SAVED_YET, 503),
    ],
)
def test_a_case_of_the_bad_input_catalogue_keeps_its_status(code: Refusal | Fault, status: int) -> None:
    assert SENTENCES[code].status == status


def test_details_are_told_where_they_are_known() -> None:
    words = SENTENCES[Refusal.TOO_MANY].in_words({"chosen": 3, "wanted": 2}, kept=False)
    assert words["sentence"] == "You chose 3 answers. This question asks for 2."


def test_what_a_refusal_stored_is_told() -> None:
    late = SENTENCES[Refusal.TIME_ENDED]
    assert "a person will look at it" in late.in_words({}, kept=True)["kept"]
    assert "a person" not in late.in_words({}, kept=False)["kept"]


def test_a_page_and_json_carry_the_same_words_and_code(visitor: Visitor) -> None:
    page = visitor.get("/nothing-here")
    told = visitor.get("/nothing-here", headers={"accept": "application/json"})
    assert page.status_code == told.status_code == 404
    assert told.json()["code"] == "no_such_page"
    assert all(told.json()[part] in page.text for part in ("title", "sentence", "kept", "todo"))


def test_a_form_with_an_old_token_is_offered_again_and_one_press_sends_it(visitor: Visitor) -> None:
    visitor.get("/")
    reply = visitor.post("/", data={"csrf": "old", "code": "AB<C>12"})
    assert reply.status_code == 403
    assert 'name="code" value="AB&lt;C&gt;12"' in reply.text
    again = visitor.post("/", data={"csrf": csrf_of(reply.text), "code": "ABC"})
    assert again.status_code == 422
    assert "does not match a test" in again.text


def test_a_password_is_never_offered_again(visitor: Visitor) -> None:
    visitor.get("/staff/sign-in")
    reply = visitor.post(
        "/staff/sign-in", data={"csrf": "old", "email": "a@example.test", "password": "hunter22"}
    )
    assert reply.status_code == 403
    assert "hunter22" not in reply.text
    assert "<form" not in reply.text
    assert 'href="/staff' in reply.text


def test_an_answer_that_could_not_be_saved_says_so_and_can_be_sent_again(
    visitor: Visitor, site: Site
) -> None:
    token = csrf_of(visitor.get("/").text)
    site.store.stop_accepting()
    reply = visitor.post("/", data={"csrf": token, "code": "ABCDEF"})
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0
    assert "Not saved yet" in reply.text
    assert 'name="code" value="ABCDEF"' in reply.text
    told = visitor.post("/", data={"csrf": token, "code": "ABCDEF"}, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (503, "not_saved_yet")


def test_the_store_away_is_told_without_its_own_words(visitor: Visitor, site: Site) -> None:
    site.run(site.store.close)
    visitor.cookies.set("__Host-candidate", "A" * 43)
    reply = visitor.get("/sitting")
    assert reply.status_code == 503
    assert "just now" in reply.text
    assert visitor.get("/health").status_code == 503


def test_what_was_sent_while_nobody_could_be_looked_up_is_not_saved_yet_and_can_be_sent_again(
    visitor: Visitor, site: Site
) -> None:
    site.run(site.store.close)
    visitor.cookies.set("__Host-candidate", "A" * 43)
    reply = visitor.post("/sitting/question/1", data={"csrf": "old", "answer": "p7"})
    assert reply.status_code == 503
    assert "Not saved yet" in reply.text
    assert "still on this page" in reply.text
    assert 'name="answer" value="p7"' in reply.text


def test_an_error_row_cannot_be_changed_by_accident() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        SENTENCES[Fault.BROKEN].status = 200


def test_logs_tell_kind_and_place_of_an_error_and_never_its_words(
    visitor: Visitor, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    from app import logs

    try:
        raise NotSaved(LookupError("Ada Example, born 2004"))
    except NotSaved as error:
        event = logs.errors_without_words(None, "error", {"event": "x", "exc_info": error})
    assert event["error"] == ["NotSaved"]
    assert "test_errors.py" in event["places"][0]
    assert "Ada" not in str(event)


def test_a_password_that_was_not_saved_is_not_said_to_be_still_there(visitor: Visitor) -> None:
    visitor.get("/staff/sign-in")
    reply = visitor.post("/staff/sign-in", data={"csrf": "old", "password": "hunter22"})
    assert "still on this page" not in reply.text
    assert "Everything you saved before is safe." in reply.text


def test_outside_a_test_a_person_is_one_link_away(visitor: Visitor) -> None:
    for address in ("/nothing-here", "/sitting/leave"):
        page = visitor.get(address)
        assert page.status_code in (404, 405)
        assert "Ask a person for help" in page.text
