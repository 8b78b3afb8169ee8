"""What may leave the store: judged once by its type where the type says it all, by value where it does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest

from app.records.answers import Position
from app.records.day import DayRow, SittingSeen
from app.records.papers import Asked, Line
from app.records.questions import Release
from app.records.seats import Seat
from app.records.staff import StaffSeen
from app.records.store.plain import is_plain_by_type, must_be_plain


class Colour(Enum):
    """A closed set."""

    RED = "red"


@dataclass(frozen=True)
class Inner:
    """Plain all the way down."""

    names: tuple[str, ...]
    colour: Colour | None
    bands: Mapping[str, tuple[frozenset[str], int]]


@dataclass(frozen=True)
class Plain:
    """Plain in a nest."""

    inner: Inner
    many: tuple[Inner, ...] = ()
    after: Plain | None = None


@dataclass(frozen=True)
class Anything:
    """Its type says nothing of what it holds."""

    rows: Any


@dataclass(frozen=True)
class Loose:
    """A wide word in a tuple, and one in a nest."""

    rows: tuple[object, ...] = ()
    nested: Anything | None = None


@dataclass(frozen=True)
class Walking:
    """Promises a sequence that is read while it is walked."""

    rows: Iterator[str]


@dataclass(frozen=True)
class Ring:
    """Holds what holds it, and something that may be anything."""

    other: Ringed | None
    rows: object


@dataclass(frozen=True)
class Ringed:
    """Plain but for the ring that it is part of."""

    ring: Ring | None


@dataclass
class Changing:
    """Not frozen: somebody may put anything there later."""

    rows: str = ""


@dataclass(frozen=True)
class Hidden:
    """A field that is no argument is still a field."""

    rows: object = field(default=None, init=False)


def cursor() -> sqlite3.Cursor:
    return sqlite3.connect(":memory:").execute("SELECT 1")


GOOD = Inner(("a",), Colour.RED, {"all": (frozenset({"b"}), 1)})


@pytest.mark.parametrize("kind", [Seat, Asked, Line, Position, StaffSeen, DayRow, SittingSeen, Release])
def test_what_our_look_ups_give_is_plain_by_its_type(kind: type) -> None:
    assert is_plain_by_type(kind)


def test_a_type_that_holds_its_own_kind_is_judged_too() -> None:
    assert is_plain_by_type(Plain)
    assert is_plain_by_type(Inner)
    assert not is_plain_by_type(Ring)
    assert not is_plain_by_type(Ringed)


@pytest.mark.parametrize(
    "kind", [Anything, Loose, Walking, Changing, Hidden, sqlite3.Cursor, tuple, dict, object]
)
def test_a_type_that_does_not_say_what_it_holds_is_looked_into(kind: type) -> None:
    assert not is_plain_by_type(kind)


LEAKS: dict[str, Callable[[], object]] = {
    "a cursor": cursor,
    "in a field of any type": lambda: Anything(cursor()),
    "in a tuple of a field": lambda: Loose((1, cursor())),
    "in a nest": lambda: Loose((), Anything(cursor())),
    "beside plain ones": lambda: (Plain(GOOD), cursor()),
    "in a dictionary": lambda: {"plain": GOOD, "not": cursor()},
    "an iterator": lambda: Walking(iter("ab")),
    "in what may change": lambda: Changing(cursor()),
    "a generator": lambda: (one for one in "ab"),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS.keys())
def test_what_is_not_plain_is_refused_also_the_second_time(leak: Callable[[], object]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="only plain data"):
            must_be_plain(leak())


@pytest.mark.parametrize(
    "value", [None, 1, "a", b"a", True, 1.5, Colour.RED, (), [GOOD], {"a": Plain(GOOD)}, Changing()]
)
def test_plain_values_may_leave(value: object) -> None:
    must_be_plain(value)
