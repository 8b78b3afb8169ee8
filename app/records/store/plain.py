"""Only plain data leaves the store: a half-read result across an await would make other people's pages stale."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
import traceback
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Result
from sqlalchemy.orm import Session

_DRIVERS_OWN = (
    Result,
    sqlite3.Cursor,
    sqlite3.Connection,
    psycopg.Cursor,
    psycopg.Connection,
    sa.Connection,
    Session,
)
_verdicts: dict[type, bool] = {}


def _is_plain_type(kind: type) -> bool:
    if issubclass(kind, _DRIVERS_OWN):
        return False
    if hasattr(kind, "__next__") or hasattr(kind, "__await__"):  # generators, iterators, coroutines
        return False
    return not hasattr(kind, "__mapper__")  # ORM objects


def _leak(value: Any, depth: int) -> Any:
    kind = type(value)
    plain = _verdicts.get(kind)
    if plain is None:
        plain = _verdicts.setdefault(kind, _is_plain_type(kind))
    if not plain:
        return value
    if depth == 0:
        return None
    if kind is dict:
        inside = list(value.values())
    elif isinstance(value, (list, tuple, set, frozenset)) and not isinstance(value, sa.Row):
        inside = list(value)
    elif dataclasses.is_dataclass(value):
        inside = [getattr(value, field.name) for field in dataclasses.fields(value)]
    else:
        return None
    return next((found for one in inside if (found := _leak(one, depth - 1)) is not None), None)


def must_be_plain(value: Any) -> None:
    """Raise TypeError when a Result, cursor, generator or ORM object is, or lies two levels deep in, the value.

    What is refused is closed first, so that the error that carries it keeps no statement open.
    """
    found = _leak(value, 2)
    if found is not None:
        with contextlib.suppress(Exception):
            found.close()
        raise TypeError(
            f"only plain data leaves the store, not a {type(found).__name__}: read it to the end first"
        )


def forget_frames(error: BaseException) -> None:
    """Empty the finished frames of an error: a traceback that is kept would keep its cursors open."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        traceback.clear_frames(now.__traceback__)
        now = now.__cause__ or now.__context__
