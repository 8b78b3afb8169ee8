"""Core statements compiled once per dialect and run by the driver, for the hot doors. Stays within the records."""

from __future__ import annotations

import contextlib
import weakref
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from app.records.store.engines import driver

# By exact type: an Enum is a String too, and it needs conversion.
PLAIN: Final = frozenset(
    {
        sa.Integer,
        sa.BigInteger,
        sa.SmallInteger,
        sa.String,
        sa.Text,
        sa.Unicode,
        sa.UnicodeText,
        sa.LargeBinary,
    }
)


class Direct:
    """A statement whose values need no conversion: integers, text and bytes only.

    Calling it skips type conversion and `sqlalchemy.exc`: it raises the driver's own errors and returns its cursor.
    """

    _all: ClassVar[weakref.WeakSet[Direct]] = weakref.WeakSet()

    def __init__(self, statement: sa.ClauseElement) -> None:
        self.statement = statement
        self._ready: dict[str, tuple[str, dict[str, Any]]] = {}
        Direct._all.add(self)

    @classmethod
    def compile_all(cls, dialect: Dialect) -> None:
        """Compile whatever there is, so that no save waits for it. What cannot be compiled says so when it is run."""
        for one in list(cls._all):
            with contextlib.suppress(TypeError):
                one.compile(dialect)

    def is_ready_for(self, name: str) -> bool:
        """Whether it is compiled for the dialect of this name."""
        return name in self._ready

    def __call__(self, db: sa.Connection, **values: Any) -> Any:
        """The driver's cursor. Read it to the end, or take one row and drop it, before the look-up returns."""
        text, fixed = self._ready.get(db.dialect.name) or self.compile(db.dialect)
        return driver(db).execute(text, {**fixed, **values})

    def compile(self, dialect: Dialect) -> tuple[str, dict[str, Any]]:
        """The text and its own literals. Raises TypeError for a statement that the driver alone cannot run."""
        compiled = self.statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"only a statement over rows can be run directly: {compiled}")
        for reason, found in _needs(compiled):
            if found:
                raise TypeError(f"{reason}, use db.execute: {compiled}")
        literals = {name: value for name, value in compiled.params.items() if value is not None}
        return self._ready.setdefault(dialect.name, (str(compiled), literals))


def _needs(compiled: SQLCompiler) -> list[tuple[str, object]]:
    types: list[Any] = [bind.type for bind in compiled.binds.values()]
    types += [column.type for column in compiled._result_columns or ()]  # noqa: SLF001 (a test notices if it goes)
    unplain = [kind for kind in types if type(kind) not in PLAIN]
    implicit = compiled.effective_returning and not getattr(compiled.statement, "_returning", ())
    return [
        (f"needs conversion of {unplain}", unplain),
        ("needs expansion", compiled.post_compile_params),
        (
            "needs defaults made in Python",
            [*(compiled.insert_prefetch or ()), *(compiled.update_prefetch or ())],
        ),
        ("returns rows nobody asked for, say .inline()", implicit),
    ]
