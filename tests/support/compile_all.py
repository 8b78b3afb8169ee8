"""Compiles every `Direct` statement of a package for both databases, as the start of a server would find them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from app.records.store import Direct

DIALECTS: tuple[Dialect, ...] = (
    sqlite.dialect(paramstyle="named"),
    postgresql.psycopg.dialect(),
)


def directs(package: ModuleType) -> Iterator[tuple[str, Direct]]:
    """Every Direct that a module of the package holds, with its dotted name."""
    names = [package.__name__] + [
        found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    for name in names:
        for attribute, value in vars(importlib.import_module(name)).items():
            for place, one in _held(attribute, value):
                yield f"{name}.{place}", one


def _held(name: str, value: object) -> Iterator[tuple[str, Direct]]:
    if isinstance(value, Direct):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _held(f"{name}[{key!r}]", inner)
    elif isinstance(value, (list, tuple)):
        for place, inner in enumerate(value):
            yield from _held(f"{name}[{place}]", inner)


def compile_all(package: ModuleType) -> tuple[list[str], list[str]]:
    """The names that compile on both databases, and a sentence for each that does not."""
    good, faults = [], []
    for name, direct in directs(package):
        for dialect in DIALECTS:
            try:
                direct.compile(dialect)
            except Exception as error:  # noqa: BLE001 (every fault is reported, not the first)
                faults.append(f"{name} for {dialect.name}: {error}")
        good.append(name)
    return good, faults
