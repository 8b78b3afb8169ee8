"""The data folders of measured sites: fresh ones, and ones with a long past that are made once and kept in `.build`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from app.clock import SystemClock
from app.demonstration import edition
from app.records import alive
from app.records.keyring import Keyring
from app.records.migrate import script_heads
from app.records.store.engines import postgres_engine, sqlite_engine
from app.settings import read_secret
from tests.bench import past
from tests.bench.site import Site, admit, open_site, sign_staff_in
from tests.bench.visitors import Visitor
from tests.faults.room import ROOT, verb

KEPT = ROOT / ".build" / "bench"
WITH_ANSWERS = 10_000
Crowds = dict[str, list[Visitor]]


def make(folder: Path, url: str = "") -> Site:
    """A new site, by the verb of an operator. With a `url` its database is there and not in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    done = verb(folder, "migrate", "--plain", **({"DATABASE_URL": url} if url else {}))
    if done.returncode:
        raise RuntimeError(done.stderr)
    return look_at(folder, url)


def look_at(folder: Path, url: str = "") -> Site:
    """The site that lies in a folder, with moulds of this moment."""
    keyring = Keyring(read_secret(folder / "secret"))
    with written(folder, url) as db:
        return open_site(db, keyring, SystemClock().now_ms())


@contextmanager
def written(folder: Path, url: str = "") -> Iterator[sa.Connection]:
    """A transaction of ours on the database of a site that is not being served."""
    engine = postgres_engine(url) if url else sqlite_engine(folder / "clearway.db", writes=True)
    with engine.connect() as db, db.begin():
        yield db
    engine.dispose()


def crowds(folder: Path, site: Site, wanted: Mapping[str, int], url: str = "") -> Crowds:
    """Everybody who is to come, right before the server starts. `wanted` is how many at each stage."""
    with written(folder, url) as db:
        now = SystemClock().now_ms()
        met = {stage: admit(db, site, stage, count, now) for stage, count in wanted.items()}
        staff = sign_staff_in(db, site, now, met.get("booked", ()))
        alive.mark(db, SystemClock().now_ms())
    return {
        "candidates": met.get("started", []), "arriving": met.get("released", []), "staff": staff
    }  # fmt: skip


def with_past(sittings: int) -> tuple[Path, Site]:
    """A site with so many stored sittings, made at the first call; those of earlier measurements are over."""
    version = f"{sorted(script_heads())}{edition().digest}{past.VERSION}"
    name = f"past-{sittings}-{hashlib.sha256(version.encode()).hexdigest()[:12]}"
    folder = KEPT / name
    if not (folder / "done").exists():
        for old in KEPT.glob(f"past-{sittings}-*"):
            shutil.rmtree(old)
        site = make(folder)
        past.fill(folder / "clearway.db", site, sittings, WITH_ANSWERS)
        (folder / "done").touch()
    past.retire(folder / "clearway.db")
    return folder, look_at(folder)
