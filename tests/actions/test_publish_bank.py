"""Publishing the bank: versions stay for ever, the keys stay apart, and papers come from the newest release."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.actions.publish_bank import publish_bank
from app.records import questions
from app.records.tables import bank_release, question_key, question_version
from app.rules.permissions import SYSTEM
from app.rules.refusals import Refusal, Refused
from question_bank.model import Picture
from tests.support.factories import Scene
from tests.support.small_edition import KEYS, QUESTIONS, edition, question


def releases(scene: Scene) -> int:
    return int(scene.db.execute(sa.select(sa.func.count()).select_from(bank_release)).scalar_one())


def test_the_same_edition_again_changes_nothing(scene: Scene) -> None:
    again = scene.do(publish_bank, SYSTEM, edition=edition())
    assert (again.release, again.questions, again.new) == (1, 24, 0)
    assert releases(scene) == 1


def test_a_new_version_is_added_beside_the_old_one_and_drawn_from_now_on(scene: Scene) -> None:
    newer = question(0, "alertness", version=2, stem="What would you do")
    published = scene.do(publish_bank, SYSTEM, edition=edition((newer, *QUESTIONS[1:]), "second"))
    assert (published.release, published.new) == (2, 1)
    versions = sa.select(question_version.c.version).where(question_version.c.id == newer.id)
    assert sorted(scene.db.execute(versions).scalars()) == [1, 2]
    release = scene.store.look(questions.newest_release)
    assert {one.version for one in release.pool if one.id == newer.id} == {2}
    old = scene.store.look(questions.content, question_id=newer.id, version=1)
    assert old.worded("en-GB", "standard").stem.startswith("What do you do")


def test_a_version_already_published_can_not_be_changed(scene: Scene) -> None:
    changed = question(0, "alertness", stem="Something else")
    with pytest.raises(ValueError, match="published with other content"):
        scene.do(publish_bank, SYSTEM, edition=edition((changed, *QUESTIONS[1:]), "second"))
    assert releases(scene) == 1


def test_the_key_of_a_version_already_published_can_not_be_changed(scene: Scene) -> None:
    first = QUESTIONS[0]
    other = frozenset(set(first.option_ids) - first.key)
    changed = replace(first, key=frozenset(sorted(other)[: first.choose]))
    with pytest.raises(ValueError, match="published with other content"):
        scene.do(publish_bank, SYSTEM, edition=edition((changed, *QUESTIONS[1:]), "second"))
    assert releases(scene) == 1


def test_a_paper_drawn_before_stays_as_it_was(scene: Scene) -> None:
    sat = scene.started()
    before = [sat.asked(n) for n in range(1, 7)]
    newer = tuple(
        question(n, topic, version=2, stem="Newer") for topic in ("alertness", "attitude") for n in range(12)
    )
    scene.do(publish_bank, SYSTEM, edition=edition(newer, "second"))
    assert [sat.asked(n) for n in range(1, 7)] == before
    sat.answer(right=6)
    assert sat.finish().state.value == "finished"


def test_only_the_service_itself_publishes(scene: Scene) -> None:
    for actor in (scene.desk, scene.lead, scene.officer, scene.administrator):
        refused = scene.do(publish_bank, actor, edition=edition(digest="theirs"))
        assert refused == Refused(Refusal.NOT_PERMITTED)
    assert releases(scene) == 1


def test_nothing_that_people_are_shown_tells_the_key(scene: Scene) -> None:
    for row in scene.db.execute(sa.select(question_version)).mappings():
        document = json.loads(row["document"])
        assert not {"key", "explanation", "rule", "edition", "difficulty"} & document.keys()
    keys = scene.db.execute(sa.select(question_key.c.id, question_key.c.key)).all()
    assert {row.id: frozenset(json.loads(row.key)) for row in keys} == KEYS


def test_a_picture_is_kept_by_its_digest_once(scene: Scene) -> None:
    shown = [
        replace(question(n, "alertness", version=2), picture=Picture("p.svg", "A lamp", 40, 40))
        for n in (0, 1)
    ]
    one = edition((*shown, *QUESTIONS[2:]), "with pictures")
    scene.do(publish_bank, SYSTEM, edition=replace(one, pictures={"p.svg": b"<svg/>"}))
    for n in (0, 1):
        content = scene.store.look(questions.content, question_id=shown[n].id, version=2)
        assert scene.store.look(questions.picture, digest=content.picture.file) == b"<svg/>"
