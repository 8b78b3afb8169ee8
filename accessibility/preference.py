"""What one preference is: a question about pages, its values, and the texts that are values too.

Which there are is `preference_table.py`; one person's choices are `preferences.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that may be chosen: its code, its words, and a sentence where the words need one."""

    code: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Preference:
    """One question about pages. The first value holds until another is chosen.

    `attribute` is the name after `data-` on the root element where style sheets need the value; empty: none do.
    `free` tells other texts that are values too, such as a list of minutes.
    """

    code: str
    name: str
    question: str
    values: tuple[Value, ...]
    attribute: str = ""
    free: Callable[[str], bool] = field(default=lambda _text: False)

    @property
    def default(self) -> str:
        """The code of the value that holds until another is chosen."""
        return self.values[0].code

    def takes(self, code: str) -> bool:
        """Whether this is a value of this preference."""
        return any(value.code == code for value in self.values) or self.free(code)


MOST_MINUTES = 120
MOST_TELLINGS = 8
_MINUTES = re.compile(r"[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})*")
_KEYS = re.compile(r"[a-z]{1,12}\.[^.~\s=&;]?(~[a-z]{1,12}\.[^.~\s=&;]?){0,11}")


def are_minutes(text: str) -> bool:
    """Whether this is a list of whole minutes, such as `20-10-2`: 1 to 8 of them, each from 1 to 120, most first."""
    if not _MINUTES.fullmatch(text):
        return False
    minutes = [int(one) for one in text.split("-")]
    falling = all(one > other for one, other in pairwise(minutes))
    return falling and len(minutes) <= MOST_TELLINGS and minutes[0] <= MOST_MINUTES


def are_keys(text: str) -> bool:
    """Whether this has the form of changed keys, such as `next.m~flag.`; `accessibility.keys` says what they mean."""
    return bool(_KEYS.fullmatch(text)) and text.isprintable()
