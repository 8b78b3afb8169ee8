"""Opening a centre: once under its code, by an administrator or the operator."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest

from app.actions.open_centre import CentreOpened, open_centre
from app.records import centres
from app.rules.permissions import SYSTEM, Actor
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene


def opened(scene: Scene, by: Actor = SYSTEM, **changed: Any) -> Any:
    values = {
        "code": "Stornoway",
        "name": "Stornoway",
        "time_zone": "Europe/London",
        "opens": "08:30",
        "closes": "17:00",
    }
    return scene.do(open_centre, by, **{**values, **changed})


def test_a_centre_is_found_by_its_code_in_any_case(scene: Scene) -> None:
    centre_id = opened(scene).centre_id
    seen = scene.store.look(centres.by_code, code="STORNOWAY")
    assert seen is not None
    assert (seen.id, seen.code, seen.opens, seen.closes) == (centre_id, "stornoway", "08:30", "17:00")


def test_opening_twice_opens_once(scene: Scene) -> None:
    assert opened(scene) == opened(scene, name="Another name")


def test_a_name_that_is_no_time_zone_is_an_error(scene: Scene) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        opened(scene, time_zone="Europe/Nowhere")
    assert scene.store.look(centres.by_code, code="stornoway") is None


@pytest.mark.parametrize("who", ["desk", "lead", "officer"])
def test_only_administrators_and_the_operator_open_centres(scene: Scene, who: str) -> None:
    assert opened(scene, by=getattr(scene, who)) == Refused(Refusal.NOT_FOUND)
    assert isinstance(opened(scene, by=scene.administrator), CentreOpened)


def test_everybody_sees_their_own_centres_and_an_administrator_all(scene: Scene) -> None:
    def codes(who: str) -> list[str]:
        found = scene.store.look(centres.centres_of, actor=getattr(scene, who), now=scene.now)
        return [centre.code for centre in found]

    assert codes("desk") == ["here"]
    assert codes("elsewhere") == ["there"]
    assert codes("administrator") == ["here", "there"]
