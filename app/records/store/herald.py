"""Tells the pages of other processes to look again, over PostgreSQL, off the path of a save. Hints may be lost."""

from __future__ import annotations

import contextlib
import json
import logging
import secrets
import threading
from collections.abc import Callable, Sequence

import psycopg
import sqlalchemy as sa

from app.records.store.engines import POSTGRES_CONNECTION
from app.records.store.failures import named
from app.records.store.jobs import Hint

CHANNEL = "clearway_hints"
GATHER_S = 0.2
RETRY_S = 1.0
MOST_BYTES = 7_000  # PostgreSQL takes 8,000

log = logging.getLogger(__name__)


class Herald:
    """One thread with its own autocommit connection: it listens, and every 200 ms it sends what was gathered."""

    def __init__(self, url: str, hear: Callable[[Sequence[Hint]], None]) -> None:
        self._url = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._hear = hear
        self._me = secrets.token_hex(8)
        self._gathered: dict[Hint, None] = {}
        self._gathering = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clearway-herald", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def tell(self, hints: Sequence[Hint]) -> None:
        """Gather hints for the others. `which` of each is text or a whole number."""
        with self._gathering:
            self._gathered.update(dict.fromkeys(hints))

    def stop(self) -> None:
        """Send what is left, as far as the server allows, and end."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, **POSTGRES_CONNECTION) as db:
                    self._serve(db)
            except Exception as error:  # noqa: BLE001 (the thread must live; what is lost is only a hint)
                log.warning("the herald lost its connection: %s", named(error))
                self._stop.wait(RETRY_S)

    def _serve(self, db: psycopg.Connection) -> None:
        db.execute(f"LISTEN {CHANNEL}")
        while True:
            for heard in db.notifies(timeout=GATHER_S):
                self._take(heard.payload)
            for payload in self._payloads():
                db.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
            if self._stop.is_set():
                return

    def _take(self, payload: str) -> None:
        with contextlib.suppress(ValueError, KeyError):
            said = json.loads(payload)
            if said["from"] != self._me:
                self._hear([(str(kind), which) for kind, which in said["hints"]])

    def _payloads(self) -> list[str]:
        with self._gathering:
            hints, self._gathered = list(self._gathered), {}
        payloads = []
        while hints:
            some = hints
            while (
                len(payload := json.dumps({"from": self._me, "hints": some})) > MOST_BYTES and len(some) > 1
            ):
                some = some[: len(some) // 2]
            hints = hints[len(some) :]
            payloads.append(payload)
        return payloads
