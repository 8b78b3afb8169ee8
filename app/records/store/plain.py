"""Only plain data leaves the store: a half-read result across an await would make other people's pages stale."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
import traceback
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
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
_SCALARS = frozenset({int, str, bytes, float, bool, types.NoneType, date, datetime, time})
_HOLDERS = frozenset({tuple, list, set, frozenset, dict, Mapping})
_verdicts: dict[type, bool] = {}
_by_type: dict[type, bool] = {}


def is_plain_by_type(kind: type) -> bool:
    """Whether no value of this type can hold anything but plain data, so that none need be looked into.

    True for scalars, enums, and frozen dataclasses whose fields are annotated with such, also in tuples and
    mappings. The annotations are believed because the type checker holds the look-ups to them. Any, object or a
    protocol promise nothing: False.
    """
    known = _by_type.get(kind)
    if known is None:
        known = _by_type[kind] = _is_plain_hint(kind, frozenset())
    return known


def _is_plain_hint(hint: Any, judging: frozenset[type]) -> bool:
    """`judging` holds the types around this one: one that holds its own kind is as plain as its other fields."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType) or origin in _HOLDERS:
        return all(one is Ellipsis or _is_plain_hint(one, judging) for one in inner)
    if not isinstance(hint, type):
        return False
    if hint in _SCALARS or hint in judging or issubclass(hint, Enum):
        return True
    return _is_plain_dataclass(hint, judging | {hint})


def _is_plain_dataclass(kind: type, judging: frozenset[type]) -> bool:
    settings = getattr(kind, "__dataclass_params__", None)
    if settings is None or not settings.frozen or not _is_plain_type(kind):
        return False
    try:
        hints = typing.get_type_hints(kind)
    except (NameError, TypeError):  # a name that only the type checker imports
        return False
    return all(_is_plain_hint(hints[field.name], judging) for field in dataclasses.fields(kind))


def _is_plain_type(kind: type) -> bool:
    if issubclass(kind, _DRIVERS_OWN):
        return False
    if hasattr(kind, "__next__") or hasattr(kind, "__await__"):  # generators, iterators, coroutines
        return False
    return not hasattr(kind, "__mapper__")  # ORM objects


def _leak(value: Any, depth: int) -> Any:
    kind = type(value)
    if is_plain_by_type(kind):
        return None
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
