"""One person's choices of how pages look, speak and are answered, and what follows from them.

A preference is no adjustment: nobody grants it, nothing is asked, it may change at any moment and leaves no record
(settled design, point 25). What may be chosen is `preference_table.py`; where choices are kept is the service's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from accessibility.preference_table import BY_CODE, PREFERENCES
from accessibility.words import N_

LONGEST_TEXT = 1000  # more than all choices together need, also with every key changed
NOT_WITH_READER = N_("Not with a screen reader: it would not read the question.")
OFF_WITH_VOICE = N_("These keys are off because you answer by voice.")
OFF_WITH_READER = N_("These keys are off because you use a screen reader or magnifier.")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person chose. Only what differs from the usual is held; anything unknown was left out on reading."""

    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str) -> "Preferences":
        """Read what `text` wrote, such as `size=150&colours=cream`; what means nothing (any more) is left out."""
        return _read(text[:LONGEST_TEXT])

    @property
    def text(self) -> str:
        """All choices in one line of ASCII, empty when everything is as usual. `of` reads it."""
        return urlencode(self.chosen)

    def __getitem__(self, code: str) -> str:
        """What holds for a preference: the choice, else its default. Raises KeyError for an unknown preference."""
        return _held(self)[code]

    def with_(self, code: str, value: str) -> "Preferences":
        """The same with one choice made. Raises KeyError for no such preference, ValueError for no such value."""
        if not BY_CODE[code].takes(value):
            raise ValueError(f"{value!r} is no value of {code}")
        chosen = {**dict(self.chosen), code: value}
        return _usual_left_out(chosen)

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """The attributes of the root element, such as ("data-size", "150"): the theme, and what is not as usual."""
        return _attributes(self)

    @property
    def has_reader(self) -> bool:
        """Whether a screen reader or magnifier was declared: nothing that would talk over it, or skip a text, holds."""
        return self["reader"] == "yes"

    @property
    def start(self) -> str:
        """Where pages start: `top`, `question` or `answer`. With a screen reader never at an answer (finding M12),
        and at the question unless something else was chosen."""
        if not self.has_reader:
            return self["start"]
        said = dict(self.chosen).get("start")
        return "question" if said in (None, "answer") else self["start"]

    @property
    def answer_keys(self) -> bool:
        """Whether 1 to 4 and A to D choose an answer: never with voice, where a word overheard would choose one."""
        return self["answer_keys"] == "on" and self["answering"] != "voice"

    @property
    def page_keys(self) -> bool:
        """Whether single keys work on the whole page: only when turned on, never with a screen reader or voice."""
        return self["page_keys"] == "on" and not self.has_reader and self["answering"] != "voice"

    def holds(self, code: str) -> str:
        """The value in force: what was chosen, but for what a screen reader or voice rules out. Raises KeyError."""
        in_force = {
            "start": self.start,
            "answer_keys": "on" if self.answer_keys else "off",
            "page_keys": "on" if self.page_keys else "off",
        }
        return in_force.get(code) or self[code]

    def bars(self, code: str, value: str) -> str:
        """Why a value is not offered beside the other choices, in a sentence; empty when it is (findings M12, M3)."""
        if (code, value) == ("start", "answer") and self.has_reader:
            return NOT_WITH_READER
        if value == "on" and code in ("answer_keys", "page_keys") and self["answering"] == "voice":
            return OFF_WITH_VOICE
        if (code, value) == ("page_keys", "on") and self.has_reader:
            return OFF_WITH_READER
        return ""

    def over(self, older: "Preferences") -> "Preferences":
        """These choices, and those of `older` for whatever was left as usual here."""
        return _usual_left_out({**dict(older.chosen), **dict(self.chosen)})

    def told_at(self, minutes: int, *, longer: bool = False) -> tuple[int, ...]:
        """The minutes left at which the time is told in a part of so many minutes, most first (interface design, 3.2).

        `longer`: the part has a quarter more time or above, and the usual first telling is at 15 instead of 10.
        """
        said = self["told"]
        usual = {
            "usual": (15 if longer else 10, 5, 1),
            "five": (5, 1),
            "quarters": tuple(range(15, minutes, 15)),
            "none": (),
        }
        wanted = usual[said] if said in usual else tuple(int(one) for one in said.split("-"))
        return tuple(sorted({one for one in wanted if one < minutes}, reverse=True))


@lru_cache(maxsize=1000)
def _held(look: Preferences) -> Mapping[str, str]:
    """What holds for every preference: a page asks for many of them."""
    return {**{one.code: one.default for one in PREFERENCES}, **dict(look.chosen)}


@lru_cache(maxsize=1000)
def _attributes(look: Preferences) -> tuple[tuple[str, str], ...]:
    chosen = dict(look.chosen)
    named = ((one.attribute, chosen.get(one.code)) for one in PREFERENCES)
    rest = ((name, value) for name, value in named if name not in ("", "theme") and value is not None)
    return (("data-theme", look["colours"]), *((f"data-{name}", value) for name, value in rest))


@lru_cache(maxsize=1000)
def _read(text: str) -> Preferences:
    pairs = parse_qsl(text, keep_blank_values=True)
    return _usual_left_out(
        {code: value for code, value in pairs if code in BY_CODE and BY_CODE[code].takes(value)}
    )


def _usual_left_out(chosen: Mapping[str, str]) -> Preferences:
    """In the order of the table. With a screen reader declared, a start at the top is a choice, and stays."""
    kept = (
        (one.code, chosen[one.code])
        for one in PREFERENCES
        if one.code in chosen
        and (chosen[one.code] != one.default or (one.code == "start" and chosen.get("reader") == "yes"))
    )
    return Preferences(tuple(kept))


USUAL = Preferences()
