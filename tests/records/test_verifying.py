"""What is sound is said to be sound, and whatever somebody edited behind the service's back is named, row by row."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.records.keyring import Keyring
from app.records.store import Unfit
from app.records.store.engines import sqlite_path
from app.records.tables import answer_revision, candidate, outcome, sitting, sitting_move
from app.records.verifying import Tally, faults
from app.records.verifying.chains import chain_faults
from app.records.verifying.contents import keys
from app.records.verifying.courses import course_faults
from app.records.verifying.stories import BATCH, _batch
from tests.faults.sitting_machine import SittingMachine
from tests.faults.test_whole_sitting import shelf
from tests.records.tampering import Kept, changing, filled
from tests.support.databases import run_sql
from tests.support.factories import KEYRING, Scene, furnish
from tests.support.inline_store import InlineStore


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("filled") / "clearway.db")
    return filled(f"sqlite:///{path}")


@pytest.fixture
def kept(template: Kept, tmp_path: Path) -> Kept:
    """A SQLite database of the test's own."""
    path = shutil.copy(sqlite_path(template.url), tmp_path / "clearway.db")
    return replace(template, url=f"sqlite:///{path}")


def found(kept: Kept, keyring: Keyring | None = KEYRING) -> list[str]:
    return list(faults(kept.url, Tally(), keyring))


def test_a_sound_database_has_no_fault_and_everything_in_it_was_looked_at(database_url: str) -> None:
    kept = filled(database_url)
    tally = Tally()
    assert list(faults(kept.url, tally, KEYRING)) == []
    with changing(kept.url) as db:
        counts = [
            db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (candidate, sitting, sitting_move, answer_revision, outcome)
        ]
    assert [tally.people, tally.sittings, tally.moves, tally.answers, tally.outcomes] == counts
    assert min(counts) > 0


class Looked(SittingMachine):
    """A sitting driven at random through the real actions; at its end its rows are looked at as `verify` does."""

    def teardown(self) -> None:
        try:
            if self.agreed:
                known = _batch(self.scene.db, ("", ""))
                story = known[self.sat.keys["centre_id"], self.sat.keys["sitting_id"]]
                assert [*chain_faults(story), *course_faults(story, keys(self.scene.db))] == []
                self.seen["looked at"] += 1
        finally:
            super().teardown()


def looked(scene: Scene, number: int, sittings: int) -> int:
    """How many random sittings were looked at and found sound."""
    seen: Counter[str] = Counter()
    drawn = settings(
        max_examples=sittings, stateful_step_count=50, database=None, deadline=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    machine = type("Machine", (Looked,), {"scene": scene, "shelf": shelf(scene), "seen": seen})
    run_state_machine_as_test(seed(number)(machine), settings=drawn)
    return seen["looked at"]


def test_whatever_the_actions_do_is_sound(sqlite_scene: Scene) -> None:
    assert looked(sqlite_scene, 1, 9) >= 9


@pytest.mark.deep
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(100, 106))
def test_whatever_the_actions_do_in_many_more_sittings_is_sound(scene: Scene, number: int) -> None:
    assert looked(scene, number, 45) >= 45


def test_sittings_beyond_the_first_batch_are_looked_at_too(sqlite_url: str) -> None:
    with changing(sqlite_url) as db:
        scene = furnish(InlineStore(db))
        sat = [scene.book() for _ in range(BATCH + 3)]
        last = max(one.keys["sitting_id"] for one in sat)
        db.execute(sa.update(sitting).where(sitting.c.id == last).values(chain_head="0"))
    tally = Tally()
    (fault,) = faults(sqlite_url, tally, KEYRING)
    assert last in fault
    assert tally.sittings == BATCH + 3


def test_another_sites_secret_opens_nobody(kept: Kept) -> None:
    (fault,) = found(kept, Keyring(bytes(range(1, 33))))
    assert "nobody's name can be opened" in fault
    assert found(kept, None) == []


def test_a_lost_trigger_and_a_lost_index_are_named(sqlite_url: str) -> None:
    run_sql(sqlite_url, "DROP TRIGGER answer_revision_no_update", "DROP INDEX ix_sitting_running")
    told = list(faults(sqlite_url, Tally()))
    assert [
        any(name in one for one in told) for name in ("answer_revision_no_update", "ix_sitting_running")
    ] == [
        True,
        True,
    ]


def test_a_row_that_no_rule_can_read_is_told_and_stops_nothing(kept: Kept) -> None:
    with changing(kept.url) as db:
        db.execute(sa.update(sitting).where(sitting.c.id == kept.over).values(state="asleep"))
    tally = Tally()
    (fault,) = faults(kept.url, tally, KEYRING)
    assert f"{kept.over}" in fault
    assert "no rule can read" in fault
    assert tally.sittings == 4


def test_damaged_pages_are_told_in_words_and_the_rest_is_read(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    told = list(faults(sqlite_url, Tally()))
    assert any("SQLite says of its file" in fault or "damaged" in fault for fault in told), told


@pytest.mark.parametrize("what", ["missing", "of another version", "of nobody"])
def test_what_cannot_be_verified_is_refused_in_one_sentence(sqlite_url: str, what: str) -> None:
    if what == "missing":
        sqlite_path(sqlite_url).unlink()
    elif what == "of nobody":
        run_sql(sqlite_url, "DROP TABLE alembic_version")
    else:
        run_sql(sqlite_url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Unfit) as refused:
        list(faults(sqlite_url, Tally()))
    assert str(refused.value).endswith(".")


def test_verifying_changes_no_byte(sqlite_url: str) -> None:
    before = sqlite_path(sqlite_url).read_bytes()
    assert list(faults(sqlite_url, Tally())) == []
    assert sqlite_path(sqlite_url).read_bytes() == before
