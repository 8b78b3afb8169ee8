"""The checker itself: it finds nothing in a sound database, and each kind of harm in one that was harmed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.records.store.engines import sqlite_engine
from app.records.tables import answer_revision, outcome, sitting
from tests.faults.ledger import Ledger, Ruins, Sent
from tests.support.factories import NINE, furnish
from tests.support.inline_store import InlineStore
from tests.support.links import behind_the_back

Harm = Callable[[sa.Connection], object]


@pytest.fixture
def kept(sqlite_template: Path, tmp_path: Path) -> tuple[Path, Ledger]:
    """A finished sitting of five answers in a file, and what its candidate was told."""
    path = Path(shutil.copy(sqlite_template, tmp_path / "clearway.db"))
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin():
        sat = furnish(InlineStore(db)).started()
        ledger = Ledger(sat.keys["sitting_id"])
        for position in range(1, 6):
            sent = Sent(f"nonce {position}", sat.right(position), NINE + position)
            ledger.sending(position, sent)
            sat.save(position, sent.value, token=sent.nonce)
            ledger.heard(position, sent)
        sat.finish()
    engine.dispose()
    return path, ledger


def found(kept: tuple[Path, Ledger], harm: Harm) -> str:
    """What the checker says after somebody has done this behind the service's back."""
    path, ledger = kept
    engine = sqlite_engine(path, writes=True)
    with engine.connect() as db, db.begin(), behind_the_back(db):
        harm(db)
    engine.dispose()
    with Ruins(path) as ruins:
        return "\n".join([*ruins.faults(ledger), *ruins.wrong_mark(ledger)])


HARMS: dict[str, Harm] = {
    "lost:": lambda db: db.execute(sa.delete(answer_revision).where(answer_revision.c.position == 2)),
    "changed:": lambda db: db.execute(sa.update(answer_revision).values(value="")),
    "counts ''": lambda db: db.execute(sa.update(answer_revision).values(counts=0)),
    "nobody sent": lambda db: db.execute(
        sa.update(answer_revision).where(answer_revision.c.position == 3).values(token="forged")
    ),
    "the head on the sitting": lambda db: db.execute(sa.update(sitting).values(chain_no=1)),
    "no outcome": lambda db: db.execute(sa.delete(outcome)),
    "marked 0, deserves 5": lambda db: db.execute(
        sa.update(outcome).values(result=sa.func.replace(outcome.c.result, '"right": 5', '"right": 0'))
    ),
}


def test_a_sound_database_has_no_fault(kept: tuple[Path, Ledger]) -> None:
    assert found(kept, lambda db: db.rollback) == ""


@pytest.mark.parametrize("sign", HARMS)
def test_each_harm_is_seen(kept: tuple[Path, Ledger], sign: str) -> None:
    assert sign in found(kept, HARMS[sign])


def test_an_answer_nobody_heard_of_may_stand_or_not(kept: tuple[Path, Ledger]) -> None:
    _, ledger = kept
    ledger.sending(1, Sent("nonce 9", "other", NINE + 99))
    assert ledger.may_stand(1) == {ledger.acknowledged[1][-1].value, "other"}
    ledger.sending(2, Sent("nonce 0", "older", NINE))
    assert "older" not in ledger.may_stand(2)


def test_time_taken_by_an_outage_is_seen(kept: tuple[Path, Ledger]) -> None:
    path, ledger = kept
    with Ruins(path) as ruins:
        assert ruins.stolen_time(ledger, NINE, NINE + 1) == ["no credit: the outage stands nowhere"]
