"""Two bare floors: FastAPI, one Jinja2 page and one durable SQLite insert a POST, and nothing else of a service.

`python -m tests.bench.floors thread|writer PORT DATABASE ATTEMPTS`. `thread`: every thread of the pool has a connection
of its own. `writer`: one thread writes and takes all who wait into one transaction (group commit); the loop reads.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import jinja2
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

QUESTIONS = 50
MOST_IN_A_BATCH = 256
PAGE = jinja2.Environment(autoescape=True).from_string("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Question {{ n }} of {{ total }}</title></head><body>
<header><p>Question {{ n }} of {{ total }}</p></header>
<main><form method="post" action="/sitting/question/{{ n }}">
<input type="hidden" name="csrf" value="{{ token }}"><input type="hidden" name="rev" value="{{ n }}">
<fieldset><legend><h1>{{ stem }}</h1></legend>
{% for value, words in options %}
<div class="answer">
<input type="radio" name="answer" id="a{{ loop.index }}" value="{{ value }}"{{ " checked" if value == chosen }}>
<label for="a{{ loop.index }}">{{ words }}</label></div>
{% endfor %}
</fieldset><button name="action" value="next">Save and continue</button></form>
<nav><ol>
{% for at in range(1, 41) %}
<li><a href="/sitting/question/{{ at }}"{{ ' aria-current="page"' if at == n }}>Question {{ at }}</a></li>
{% endfor %}</ol></nav></main></body></html>""")
STEM = (
    "You are driving on a wet road behind a slow lorry & the spray hides the road ahead. What should you do?"
)
WORDS = (
    "Drop back until you can see past it",
    "Sound your horn",
    "Move close & overtake",
    "Use your fog lights",
)
OPTIONS = tuple((f"v{at}", words) for at, words in enumerate(WORDS))
READ = """SELECT attempt.token, answer.value FROM attempt LEFT JOIN answer ON answer.attempt = attempt.token
AND answer.question = ? WHERE attempt.token = ? ORDER BY answer.n DESC LIMIT 1"""
INSERT = "INSERT INTO answer (attempt, question, value) VALUES (?, ?, ?)"


def opened(path: str) -> sqlite3.Connection:
    """A connection as durable as ours: nothing is lost by a power cut."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "wal_autocheckpoint=4000"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


def made(path: str, attempts: int) -> None:
    """So many attempts, known by a token of their own."""
    db = opened(path)
    db.execute("CREATE TABLE attempt (token TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("CREATE TABLE answer (n INTEGER PRIMARY KEY, attempt TEXT, question INTEGER, value TEXT)")
    db.execute("CREATE INDEX answer_of ON answer (attempt, question)")
    db.execute("BEGIN")
    db.executemany("INSERT INTO attempt VALUES (?)", [(f"attempt-{n}",) for n in range(attempts)])
    db.execute("COMMIT")
    db.close()


class Writer(threading.Thread):
    """The one writer: what waits is one transaction, and nobody is told before its commit."""

    def __init__(self, path: str) -> None:
        super().__init__(daemon=True)
        self.db, self.waiting = (
            opened(path),
            queue.SimpleQueue[tuple[tuple[Any, ...], asyncio.Future[None]]](),
        )

    async def insert(self, row: tuple[Any, ...]) -> None:
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.put((row, stored))
        await stored

    def run(self) -> None:
        while True:
            batch = [self.waiting.get()]
            while len(batch) < MOST_IN_A_BATCH and not self.waiting.empty():
                batch.append(self.waiting.get())
            self.db.execute("BEGIN IMMEDIATE")
            for row, _ in batch:
                self.db.execute(INSERT, row)
            self.db.execute("COMMIT")
            done = [stored for _, stored in batch]
            done[0].get_loop().call_soon_threadsafe(lambda told: [one.set_result(None) for one in told], done)


def page(db: sqlite3.Connection, token: str, n: int) -> HTMLResponse:
    found = db.execute(READ, (n, token)).fetchone()
    if found is None:
        return HTMLResponse("unknown", 403)
    return HTMLResponse(
        PAGE.render(n=n, total=QUESTIONS, token=found[0], stem=STEM, options=OPTIONS, chosen=found[1])
    )


def chosen(token: str, n: int, body: bytes) -> tuple[Any, ...]:
    return token, n, dict(parse_qsl(body.decode())).get("answer", "")


def following(n: int) -> Response:
    return RedirectResponse(f"/sitting/question/{n % QUESTIONS + 1}", 303)


def with_a_writer(path: str) -> FastAPI:
    app, writer, reader = FastAPI(openapi_url=None), Writer(path), opened(path)
    writer.start()

    @app.get("/sitting/question/{n}")
    async def show(request: Request, n: int) -> Response:
        return page(reader, request.cookies.get("attempt", ""), n)

    @app.post("/sitting/question/{n}")
    async def save(request: Request, n: int) -> Response:
        await writer.insert(chosen(request.cookies.get("attempt", ""), n, await request.body()))
        return following(n)

    return app


def with_a_connection_per_thread(path: str) -> FastAPI:
    app, own = FastAPI(openapi_url=None), threading.local()

    def mine() -> sqlite3.Connection:
        if not hasattr(own, "db"):
            own.db = opened(path)
        return own.db

    def insert(row: tuple[Any, ...]) -> None:
        db = mine()
        db.execute("BEGIN IMMEDIATE")
        db.execute(INSERT, row)
        db.execute("COMMIT")

    @app.get("/sitting/question/{n}")
    def show(request: Request, n: int) -> Response:
        return page(mine(), request.cookies.get("attempt", ""), n)

    @app.post("/sitting/question/{n}")
    async def save(request: Request, n: int) -> Response:
        row = chosen(request.cookies.get("attempt", ""), n, await request.body())
        await asyncio.to_thread(insert, row)
        return following(n)

    return app


FLOORS: dict[str, Callable[[str], FastAPI]] = {
    "thread": with_a_connection_per_thread,
    "writer": with_a_writer,
}
Serving = Callable[[], Awaitable[None]]


def main(kind: str, port: str, database: str, attempts: str) -> None:
    """Serve one floor until stopped."""
    made(database, int(attempts))
    app = FLOORS[kind](database)

    @app.get("/health")
    async def health() -> Response:
        return HTMLResponse("well")

    uvicorn.run(app, host="localhost", port=int(port), log_level="critical", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
