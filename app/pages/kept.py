"""What is made once and kept: values by how recently they were used, and pages in pieces around what changes on them.

A mark is a character for private use that stands for one changing value; words of our own hold none. Values are put
between the pieces and never looked into, so that nothing a value holds can be taken for a mark.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

from markupsafe import Markup, escape

K = TypeVar("K")
V = TypeVar("V")
MARKS = range(0xE000, 0xE100)
_MARK = re.compile(f"([{chr(MARKS[0])}-{chr(MARKS[-1])}])")


class Kept(Generic[K, V]):
    """The most recently used values of a store that never change."""

    def __init__(self, most: int) -> None:
        self._most, self._values = most, OrderedDict[K, V]()

    def get(self, key: K) -> V | None:
        """The value, now the most recently used; None when it is not kept."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep a value; the one not used for longest makes room."""
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)
        return value


class Marks:
    """Gives a mark for each changing value of a page, in order, and holds the values as markup."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def __call__(self, value: object) -> Markup:
        """The mark that stands for this value."""
        self.values.append(escape(value))
        return Markup(chr(MARKS[len(self.values) - 1]))  # noqa: S704  # one character, which is no markup


class Pieces:
    """A page cut at its marks."""

    def __init__(self, markup: str) -> None:
        pieces = _MARK.split(markup)
        self._fixed = pieces
        self._which = [ord(mark) - MARKS[0] for mark in pieces[1::2]]

    def filled(self, values: Sequence[str]) -> str:
        """The page with these values, which are markup already, in the order in which their marks were given."""
        pieces = self._fixed.copy()
        pieces[1::2] = [values[which] for which in self._which]
        return "".join(pieces)
