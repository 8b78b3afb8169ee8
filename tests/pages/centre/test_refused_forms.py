"""A staff form that was refused: back on its own page with what was typed, for this person and this form alone."""

from __future__ import annotations

import base64

from app.pages import typed
from tests.pages.centre.office import Office, again, errors


def test_a_refused_form_can_be_looked_at_again_and_is_forgotten_once_it_is_done(office: Office) -> None:
    visitor, path = office.visitor(), office.path("started", "pause")
    reply = visitor.press(path, reason="A drill")
    for _look in range(2):
        shown = again(visitor, reply)
        assert ">A drill</textarea>" in shown.text
        assert errors(shown) == [("kind", "Choose why the clock should stop")]
    clean = visitor.get(path)
    assert (clean.status_code, "A drill" in clean.text) == (200, False)
    other = visitor.get(office.path("on_break", "pause") + "?again=1")
    assert (other.status_code, "A drill" in other.text) == (200, False)
    visitor.press(path, kind="technical", reason="A drill")
    assert typed.TYPED not in visitor.cookies


def test_what_one_person_typed_is_not_shown_to_the_next_at_that_computer(office: Office) -> None:
    first = office.visitor()
    first.press(office.path("started", "pause"), reason="A drill")
    second = office.visitor("second")
    second.cookies.set(typed.TYPED, first.cookies[typed.TYPED], domain="testserver.local")
    assert "A drill" not in second.get(office.path("started", "pause") + "?again=1").text


def test_the_cookie_does_not_show_what_was_typed(office: Office) -> None:
    visitor = office.visitor()
    visitor.press(office.path("started", "pause"), reason="A drill")
    for part in visitor.cookies[typed.TYPED].strip('"').split("."):
        assert b"drill" not in base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_more_than_a_cookie_holds_is_refused_on_the_spot_and_kept(office: Office) -> None:
    reply = office.visitor().press(office.path("started", "pause"), kind="technical", reason="x" * 4000)
    assert reply.status_code == 422
    assert errors(reply) == [("reason", "Use 500 characters or fewer")]
    assert "x" * 4000 in reply.text
