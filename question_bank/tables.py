"""Reading TOML tables field by field, noting each fault and going on, so that editors see them all at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from question_bank.faults import Fault

LINE = re.compile(r"\(at (?:(line \d+), column \d+|end of document)\)")


class Table:
    """One TOML table. Each reader returns a harmless value after noting a fault in `notes`."""

    def __init__(self, values: Mapping[str, object], file: str, place: str, notes: list[Fault]) -> None:
        self.values = values
        self.file = file
        self.place = place
        self.notes = notes
        self._asked: set[str] = set()

    def note(self, sentence: str) -> None:
        """Add a fault at this table's place."""
        self.notes.append(Fault(self.file, self.place, sentence))

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self.values

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._complain(key, value, "a text")
        return ""

    def whole(self, key: str, least: int = 1) -> int:
        """A whole number, `least` or more."""
        value = self._take(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self._complain(key, value, f"a whole number, {least} or more")
        return least

    def share(self, key: str) -> float:
        """A number from 0 to 1."""
        value = self._take(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self._complain(key, value, "a number from 0 to 1")
        return 0.0

    def day(self, key: str) -> date:
        """A date such as 2026-11-22, without a time."""
        value = self._take(key)
        if type(value) is date:
            return value
        self._complain(key, value, "a date such as 2026-11-22")
        return date.min

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts with at least one."""
        value = self._take(key)
        if isinstance(value, list) and value and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        self._complain(key, value, "a list of texts")
        return ()

    def table(self, key: str, place: str = "") -> Table:
        """A table inside this one; an empty one if it is missing."""
        value = self._take(key)
        if not isinstance(value, Mapping):
            self._complain(key, value, "a table")
            value = {}
        return Table(value, self.file, place or self.place, self.notes)

    def tables(self, key: str) -> list[Table]:
        """A list of tables; each is at this table's place until it is given its own."""
        value = self._take(key)
        if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            return [Table(one, self.file, self.place, self.notes) for one in value]
        self._complain(key, value, "a list of tables")
        return []

    def finish(self) -> None:
        """Note every key that nobody asked for: most are spelling mistakes."""
        for key in self.values:
            if key not in self._asked:
                self.note(f"“{key}” is not a field here")

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self.values.get(key)

    def _complain(self, key: str, value: object, wanted: str) -> None:
        self.note(f"“{key}” is missing" if value is None else f"“{key}” must be {wanted}")


def read_toml(path: Path, file: str, notes: list[Fault]) -> Table:
    """The whole of one file; an empty table, and a fault with its line, if it cannot be read as TOML."""
    try:
        values: Mapping[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = LINE.search(str(error))
        sentence = LINE.sub("", str(error)).strip()
        notes.append(Fault(file, (line and line[1]) or "the end", f"not valid TOML: {sentence}"))
        values = {}
    except (OSError, UnicodeDecodeError) as error:
        notes.append(Fault(file, "", f"cannot be read: {type(error).__name__}"))
        values = {}
    return Table(values, file, "", notes)
