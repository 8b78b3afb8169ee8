"""A site that was killed while it answered, the ways in which its files can be harmed, and how each harm came out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from app.actions.keep_alive import mark_alive
from app.clock import SystemClock
from app.main import create_app
from app.records.keyring import Keyring
from app.records.store import Unfit
from app.records.store.engines import driver, sqlite_engine
from app.records.store.lock import OneProcess
from app.records.tables import paper_question
from app.records.verifying import Tally, faults
from app.rules.permissions import SYSTEM
from app.rules.policy import MINUTE
from app.settings import Settings, make_secret, read_secret
from tests.faults.ledger import Ledger, Ruins, Sent
from tests.support.factories import furnish
from tests.support.inline_store import InlineStore
from tests.support.sat import Sat

PAGE = 4096
NAME = "clearway.db"


class Verdict(Enum):
    """What became of a harm. The last is what must never be."""

    REFUSED = "the start was refused"
    FOUND = "verify found it"
    HARMLESS = "nothing was lost or changed"
    UNSEEN = "it was served as if nothing had happened"


@dataclass(frozen=True)
class Site:
    """A killed site: part of what was acknowledged lies in its log alone. `older` is its file before that."""

    folder: Path
    older: bytes
    ledgers: tuple[Ledger, ...]
    over: frozenset[str]  # ids of the sittings that have an outcome

    @property
    def database(self) -> Path:
        return self.folder / NAME

    def beside(self, ending: str) -> Path:
        """Its log is `-wal`, the index of the log `-shm`."""
        return self.folder / (NAME + ending)

    def contents(self) -> list[bytes]:
        """The file and its log. A log that is not there and one that holds nothing are the same."""
        files = (self.database, self.beside("-wal"))
        return [file.read_bytes() if file.exists() else b"" for file in files]

    def copied(self, folder: Path) -> Site:
        """The same site to be harmed; its own lock knows the copy, as it knew the file."""
        site = Site(Path(shutil.copytree(self.folder, folder)), self.older, self.ledgers, self.over)
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as plain:
            (mark,) = plain.execute("SELECT at FROM alive").fetchone()
        plain.close()
        _note(site.database, mark)
        return site


def _note(database: Path, mark: int) -> None:
    lock = OneProcess(database)
    lock.take()
    lock.note(mark)
    lock.free()


def _answer(sat: Sat, ledger: Ledger, positions: range, now: int) -> None:
    for position in positions:
        sent = Sent(f"nonce {position}", sat.right(position), now + position)
        ledger.sending(position, sent)
        sat.save(position, sent.value, token=sent.nonce)
        ledger.heard(position, sent)


def killed_site(template: Path, folder: Path) -> Site:
    """Two sittings over, two under way; the last answers of these are in the log, which nobody brought back."""
    folder.mkdir()
    work = folder.with_name(folder.name + "-work")
    work.mkdir()
    engine = sqlite_engine(Path(shutil.copy(template, work / NAME)), writes=True)
    now = SystemClock().now_ms() - MINUTE
    with engine.connect() as db:
        with db.begin():
            scene = furnish(InlineStore(db), Keyring(make_secret(folder / "secret")), now)
            sats = [scene.started() for _ in range(4)]
            ledgers = [Ledger(sat.keys["sitting_id"]) for sat in sats]
            for sat, ledger in zip(sats, ledgers, strict=True):
                _answer(sat, ledger, range(1, 4), now)
            for sat in sats[:2]:
                sat.finish()
            scene.do(mark_alive, SYSTEM)
        driver(db).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        older = (work / NAME).read_bytes()
        with db.begin():
            scene.forward(seconds=5)
            for sat, ledger in zip(sats[2:], ledgers[2:], strict=True):
                _answer(sat, ledger, range(4, 7), now)
            scene.do(mark_alive, SYSTEM)
        for file in work.iterdir():
            shutil.copy(file, folder)
    engine.dispose()
    return Site(folder, older, tuple(ledgers), frozenset(ledger.sitting_id for ledger in ledgers[:2]))


Harm = Callable[[Site, random.Random], object]


def page_overwritten(site: Site, chance: random.Random) -> None:
    _write(
        site.database, PAGE * chance.randrange(site.database.stat().st_size // PAGE), chance.randbytes(PAGE)
    )


def cut_off(site: Site, chance: random.Random) -> None:
    os.truncate(site.database, chance.randrange(1, site.database.stat().st_size))


def emptied(site: Site, _: random.Random) -> None:
    os.truncate(site.database, 0)


def taken_away(site: Site, _: random.Random) -> None:
    site.database.unlink()


def header_zeroed(site: Site, _: random.Random) -> None:
    _write(site.database, 0, bytes(100))


def log_taken_away(site: Site, _: random.Random) -> None:
    site.beside("-wal").unlink()


def log_and_index_taken_away(site: Site, _: random.Random) -> None:
    site.beside("-wal").unlink()
    site.beside("-shm").unlink()


def log_damaged(site: Site, chance: random.Random) -> None:
    log = site.beside("-wal")
    _write(log, chance.randrange(log.stat().st_size - 64), chance.randbytes(64))


def log_cut_off(site: Site, chance: random.Random) -> None:
    os.truncate(site.beside("-wal"), chance.randrange(1, site.beside("-wal").stat().st_size))


def older_copy(site: Site, _: random.Random) -> None:
    """As `cp` puts it over the file, the log and its index tidied away."""
    log_and_index_taken_away(site, _)
    site.database.write_bytes(site.older)


def value_altered(site: Site, chance: random.Random) -> None:
    """One answer of a sitting that is over, changed to another option of its question, byte for byte on the disk."""
    whole(site)
    ledger = next(one for one in site.ledgers if one.sitting_id in site.over)
    position = chance.choice(list(ledger.acknowledged))
    with Ruins(site.database) as ruins:
        paper = ruins.rows(paper_question, ledger.sitting_id)
    whole(site)
    options = next(dict(json.loads(row["options"])) for row in paper if row["position"] == position)
    old = ledger.acknowledged[position][-1].value
    new = old.replace(old.split()[0], next(one for one in options if one not in old))
    content = site.database.read_bytes()
    places = [found.start() for found in re.finditer(rb'(?<!")' + old.encode(), content)]
    assert len(places) == 1, "the answer stands once; in the paper every value is in quotes"
    _write(site.database, places[0], new.encode())


HARMS: tuple[Harm, ...] = (
    page_overwritten, cut_off, emptied, taken_away, header_zeroed, log_taken_away, log_and_index_taken_away,
    log_damaged, log_cut_off, older_copy, value_altered,
)  # fmt: skip


def log_swapped(other: Site) -> Harm:
    """The log of another site, sound in itself, put in the place of this one's."""

    def swap(site: Site, _: random.Random) -> None:
        shutil.copy(other.beside("-wal"), site.beside("-wal"))
        site.beside("-shm").unlink()

    return swap


def whole(site: Site) -> None:
    """Bring the log back into the file, as a clean stop does."""
    with contextlib.closing(sqlite3.connect(site.database)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _write(file: Path, at: int, data: bytes) -> None:
    with file.open("r+b") as there:
        there.seek(at)
        there.write(data)


def started(site: Site) -> None:
    """The real service opened and closed in this process. Raises Unfit; anything else would be a traceback."""

    async def once() -> None:
        app = create_app(Settings(data_dir=site.folder, public_url="https://testserver"))
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(once())


def judged(site: Site, start: Callable[[Site], None] = started) -> tuple[Verdict, str]:
    """Start, verify, and look with the checker of all faults: what became of the harm, and in which words."""
    before = site.contents()
    try:
        start(site)
    except Unfit as refusal:
        assert site.contents() == before, "a refusal changes nothing"
        return Verdict.REFUSED, str(refusal)
    keyring = Keyring(read_secret(site.folder / "secret"))
    words = list(islice(faults(f"sqlite:///{site.database}", Tally(), keyring), 3))
    if words:
        return Verdict.FOUND, " ".join(words)
    with Ruins(site.database) as ruins:
        harmed = [fault for ledger in site.ledgers for fault in ruins.faults(ledger)]
        harmed += [
            fault
            for ledger in site.ledgers
            if ledger.sitting_id in site.over
            for fault in ruins.wrong_mark(ledger)
        ]
    return (Verdict.UNSEEN, " ".join(harmed)) if harmed else (Verdict.HARMLESS, "")
