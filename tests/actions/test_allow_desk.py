"""A browser that typed too many wrong codes: blocked by itself alone, and let go by the word on its screen."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.allow_desk import DeskAllowed, allow_desk
from app.actions.sign_in import take_seat
from app.rules.permissions import NOBODY
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from tests.support.factories import Scene


def code_of(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.code


def wrong_try(scene: Scene, device: str, word: str) -> Any:
    return scene.do(take_seat, NOBODY, code="no such code", device=device, session="s", word=word)


def blocked(scene: Scene, device: str = "device one", word: str = "BCDF") -> None:
    for _try in range(POLICY.code_tries):
        refused = wrong_try(scene, device, word)
    assert refused.code is Refusal.DESK_BLOCKED
    assert refused.details == {"word": word}


def test_staff_let_a_blocked_browser_try_again_by_its_word(scene: Scene) -> None:
    blocked(scene)
    allowed = scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word="BCDF")
    assert allowed == DeskAllowed("BCDF")
    refused = wrong_try(scene, "device one", "OTHER")
    assert (refused.code, refused.details) == (
        Refusal.NO_SUCH_CODE,
        {"tries_left": POLICY.code_tries - 1},
    )


def test_the_word_is_read_without_regard_to_spaces_and_case(scene: Scene) -> None:
    blocked(scene)
    assert scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word=" bc df ") == DeskAllowed("BCDF")


def test_a_word_that_no_browser_shows_is_refused_and_lets_nobody_go(scene: Scene) -> None:
    blocked(scene)
    refused = scene.do(allow_desk, scene.desk, centre_id=scene.centre_id, word="ZZZZ")
    assert code_of(refused) is Refusal.NO_SUCH_DESK
    assert code_of(wrong_try(scene, "device one", "BCDF")) is Refusal.DESK_BLOCKED


def test_one_blocked_browser_blocks_no_other(scene: Scene) -> None:
    blocked(scene)
    assert wrong_try(scene, "device two", "GHJK").details == {"tries_left": POLICY.code_tries - 1}


@pytest.mark.parametrize("who", ["officer", "administrator", "elsewhere"])
def test_only_the_desk_of_the_centre_lets_a_browser_go(scene: Scene, who: str) -> None:
    blocked(scene)
    refused = scene.do(allow_desk, getattr(scene, who), centre_id=scene.centre_id, word="BCDF")
    assert code_of(refused) is Refusal.NOT_FOUND
    assert code_of(wrong_try(scene, "device one", "BCDF")) is Refusal.DESK_BLOCKED
