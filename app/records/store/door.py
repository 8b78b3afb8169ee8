"""The store's doors: write, read and read long. Pages know nothing else of the database."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa

from app.records.store import fitness
from app.records.store.direct import Direct
from app.records.store.engines import sqlite_path
from app.records.store.failures import NotRead, NotSaved, Unfit, named
from app.records.store.herald import Herald
from app.records.store.jobs import BOUND, Done, Hint, Job, Line
from app.records.store.lock import OneProcess
from app.records.store.performing import BeforeBatch, Watch, boot_ms
from app.records.store.postgres_pool import PostgresPool
from app.records.store.reading import LoopReader, PostgresReaders, read_long_postgres, read_long_sqlite
from app.records.store.sqlite_writer import SqliteWriter, is_in_doubt

T = TypeVar("T")
LONG_READS = 2
LONG_READ_S = 20.0
WAL_ALARM_BYTES = 64 * 1024 * 1024
log = logging.getLogger(__name__)


class Store:
    """One store for the whole service, opened and used on one event loop. Make it with `open_store`."""

    def __init__(
        self,
        url: str,
        *,
        before_batch: BeforeBatch | None = None,
        on_hints: Callable[[Sequence[Hint]], None] | None = None,
        on_broken: Callable[[str], None] | None = None,
        schema: fitness.Schema | None = fitness.SCHEMA,
        clock_ms: Callable[[], int] = boot_ms,
        bound: int = BOUND,
        long_read_s: float = LONG_READ_S,
    ) -> None:
        self.url = url
        self.dialect = sa.make_url(url).get_backend_name()
        if self.dialect not in ("sqlite", "postgresql"):
            raise Unfit(f"DATABASE_URL names {self.dialect}: the store knows sqlite and postgresql.")
        self.ready = False
        self._before_batch, self._on_hints, self._on_broken = before_batch, on_hints, on_broken
        self._schema, self._long_read_s = schema, long_read_s
        self._watch, self._line = Watch(clock_ms), Line(bound)
        self._findings: dict[str, Any] = {}
        self._broken: str | None = None
        self._herald: Herald | None = None

    async def open(self) -> None:
        """Check that the database is fit, then start the writer. Raises Unfit with a sentence."""
        self._loop = asyncio.get_running_loop()
        self._long = ThreadPoolExecutor(LONG_READS, "clearway-long-reader")
        if self.dialect == "sqlite":
            await self._open_sqlite()
        else:
            await self._open_postgres()
        await asyncio.to_thread(Direct.compile_all, self._writer.engine.dialect)
        self.ready = True

    async def _open_sqlite(self) -> None:
        path = sqlite_path(self.url)
        self._lock: OneProcess | None = OneProcess(path)
        self._lock.take()
        try:
            noted = self._lock.noted()
            self._findings = await asyncio.to_thread(fitness.check_sqlite, path, self._schema, noted)
            self._writer: SqliteWriter | PostgresPool = SqliteWriter(
                path,
                self._line,
                self._post,
                self._watch,
                before_batch=self._before_batch,
                on_broken=self._break,
            )
            self._writer.start()
            self._reader: LoopReader | PostgresReaders = LoopReader(path)
        except BaseException:
            self._line.shut("closing")
            self._lock.free()
            raise

    async def _open_postgres(self) -> None:
        self._lock = None
        self._findings = await asyncio.to_thread(fitness.check_postgres, self.url, self._schema)
        self._writer = PostgresPool(
            self.url,
            self._line,
            self._post,
            self._watch,
            before_batch=self._before_batch,
            on_broken=self._break,
        )
        self._writer.start()
        self._reader = PostgresReaders(self.url, self._watch)
        if self._on_hints is not None:
            self._herald = Herald(self.url, self._hear)
            self._herald.start()

    async def write(self, action: Callable[..., T], actor: object, now: int, /, **values: Any) -> T:
        """What `action(db, actor, now, **values)` returned, after its commit. `now`: ms since the epoch, UTC.

        Raises NotSaved when it is not stored, or nobody can know; otherwise the action's own error.
        A cancelled wait cancels nothing: the job is stored.
        """
        future: asyncio.Future[T] = self._loop.create_future()
        self._line.put(Job(action, actor, now, values, future))
        return await future

    async def read(self, look_up: Callable[..., T], /, **values: Any) -> T:
        """What `look_up(db, **values)` returned. Only plain data: TypeError on a Result, cursor, generator or
        ORM object. Raises NotRead when the database is away."""
        self._must_be_open()
        if isinstance(self._reader, LoopReader):
            try:
                return self._reader.read(look_up, values)  # type: ignore[no-any-return]  # a look-up gives what it says
            except Exception as error:
                if not is_in_doubt(error):
                    raise
                self._break(named(error))  # a page that shows what is damaged is worse than none
                raise NotRead(error) from error
        return await self._loop.run_in_executor(self._reader.threads, self._reader.read, look_up, values)

    async def read_long(self, look_up: Callable[..., T], /, **values: Any) -> T:
        """The same in a thread, with its own connection and one snapshot. Raises TimeoutError at the deadline."""
        self._must_be_open()
        if self.dialect == "sqlite":
            where, run = sqlite_path(self.url), read_long_sqlite
            return await self._loop.run_in_executor(
                self._long, run, where, look_up, values, self._long_read_s
            )
        return await self._loop.run_in_executor(
            self._long, read_long_postgres, self.url, look_up, values, self._long_read_s
        )

    def _must_be_open(self) -> None:
        if not self.ready and self._broken is None:  # what is broken is still read from
            raise NotRead("closed")

    def note_alive(self, at: int) -> None:
        """Write down beside a SQLite file that it holds everything up to this moment (ms, UTC), after the commit."""
        if self._lock is not None:
            self._lock.note(at)

    def stop_accepting(self) -> None:
        """From now on a write raises NotSaved("closing"); those that wait are still saved."""
        self._line.shut("closing")

    async def close(self) -> None:
        """Save what waits, close every connection, free the file. Safe to call twice."""
        self.stop_accepting()
        if not self.ready and self._broken is None:
            return
        await asyncio.to_thread(self._writer.join)
        await asyncio.sleep(0)  # the last results are on their way to their requests
        self.ready, self._broken = False, None
        if self._herald is not None:
            await asyncio.to_thread(self._herald.stop)
        await asyncio.to_thread(self._long.shutdown)
        if isinstance(self._reader, LoopReader):
            self._reader.close()
        else:
            await asyncio.to_thread(self._reader.close)
        if self._lock is not None:
            self._lock.free()

    def health(self) -> dict[str, Any]:
        """For the health page: what waits, what was slow, versions, and sentences under "amber"."""
        amber = list(self._findings.get("amber", ()))
        found = {
            **self._findings,
            "dialect": self.dialect,
            "ready": self.ready,
            "waiting": self._line.pending,
        }
        if self.dialect == "sqlite":
            found["wal_bytes"] = wal = _size(self.url)
            if wal > WAL_ALARM_BYTES:
                amber.append(
                    f"The write-ahead log has grown to {wal // 1_048_576} MiB: a reader is holding it."
                )
        slow = dict(self._watch.slow)
        return {
            **found,
            "slow_actions": sum(slow.values()),
            "slow": slow,
            "broken": self._broken,
            "amber": amber,
        }

    def _post(self, done: Sequence[Done], hints: Sequence[Hint]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._deliver, done, hints)
        except RuntimeError:
            log.warning("the event loop is gone: %d results have nobody to go to", len(done))

    def _deliver(self, done: Sequence[Done], hints: Sequence[Hint]) -> None:
        self._line.delivered(len(done))
        for one in done:
            future = one.job.future
            if future.done():  # the request went away; the job is stored all the same
                continue
            if one.error is None:
                future.set_result(one.value)
            else:
                future.set_exception(one.error)
        if hints:
            if self._herald is not None:
                self._herald.tell(hints)
            self._publish(hints)  # last: what it raises is for the loop's own log, every future is served

    def _publish(self, hints: Sequence[Hint]) -> None:
        if self._on_hints is not None:
            self._on_hints(hints)

    def _hear(self, hints: Sequence[Hint]) -> None:
        """From another process, in the herald's thread."""
        with contextlib.suppress(RuntimeError):  # the loop is gone, and its pages with it
            self._loop.call_soon_threadsafe(self._publish, hints)

    def _break(self, reason: str) -> None:
        """Called in a writer thread: the service should answer 503 and be started again."""
        log.critical("the store is broken: %s", reason)
        self._broken, self.ready = reason, False
        self._line.shut("broken")
        if self._on_broken is not None:
            try:
                self._loop.call_soon_threadsafe(self._on_broken, reason)
            except RuntimeError:
                log.warning("the event loop is gone")


def _size(url: str) -> int:
    path = sqlite_path(url)
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except OSError:
        return 0


def open_store(url: str, **settings: Any) -> Store:
    """A store for this address, not yet open: `await store.open()` on the loop that will use it.

    Settings as in `Store`: `before_batch(db, gap_ms)`, `on_hints(hints)`, `on_broken(reason)`, `schema`, …
    """
    return Store(url, **settings)


__all__ = ["NotRead", "NotSaved", "Store", "Unfit", "open_store"]
