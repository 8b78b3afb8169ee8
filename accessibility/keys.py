"""Which key does what: the one table behind the script, the page of keys and the tests, and what a person changed.

Keys of the browser itself (Tab, arrows, Space, Enter) are never taken; no key is ever held with Ctrl, Alt or another.
Source: the interface design, 2.1 to 2.3.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from accessibility.preferences import Preferences
from accessibility.words import N_

ANSWER_KEYS: tuple[tuple[str, str], ...] = (("1", "a"), ("2", "b"), ("3", "c"), ("4", "d"))
"""For each answer, in the order of the page, the keys that choose it."""

_RESERVED = frozenset(key for keys in ANSWER_KEYS for key in keys)
_ONE_SIGN = re.compile(r"[^\s.~=&;]")  # the marks left out divide what is stored


@dataclass(frozen=True, slots=True)
class Key:
    """An action that a single key may do on the whole page, once such keys are turned on.

    `code` is the value of the button or the last part of the link that does the same. `taken_by` says what screen
    readers do with the usual key while they read a page: the reason why these keys are off for people who use one.
    """

    code: str
    name: str
    usual: str
    taken_by: str


KEYS: tuple[Key, ...] = (
    Key("next", N_("Save and continue"), "n", "NVDA: text that is no link"),
    Key("back", N_("Back to the question before"), "z", ""),
    Key("flag", N_("Flag to check later"), "f", "NVDA: form field"),
    Key("time", N_("Say the time left"), "t", "NVDA, JAWS: table"),
    Key("help", N_("Ask a person for help"), "h", "NVDA, JAWS, Orca: heading"),
    Key("keys", N_("Keys"), "?", ""),
)
BY_CODE: Mapping[str, Key] = {key.code: key for key in KEYS}


def bindings(look: Preferences) -> dict[str, str]:
    """The key of each action that has one, in the order of the table, whether or not such keys are turned on.

    What was stored and cannot hold, such as one key for two actions, is passed over from the later action on.
    """
    changed = parse(look["keys"])
    found: dict[str, str] = {}
    for key in KEYS:
        wanted = changed.get(key.code, key.usual)
        if wanted and not fault(wanted) and wanted not in found.values():
            found[key.code] = wanted
    return found


def behind(look: Preferences, code: str) -> str:
    """What stands behind the words of the button of an action, such as " (F)"; nothing while single keys are off."""
    key = bindings(look).get(code) if look.page_keys else None
    return f" ({key.upper()})" if key else ""


def parse(text: str) -> dict[str, str]:
    """The changed keys in a text such as `next.m~flag.`: action to key, empty for none, known actions only."""
    pairs = (one.partition(".") for one in text.split("~") if one)
    return {code: key.lower() for code, _dot, key in pairs if code in BY_CODE}


def written(keys: Mapping[str, str]) -> str:
    """What `parse` reads: only the actions whose key is not the usual one, so that the usual keys are an empty text."""
    return "~".join(
        f"{key.code}.{keys[key.code]}" for key in KEYS if keys.get(key.code, key.usual) != key.usual
    )


def fault(key: str) -> str:
    """Why this cannot be the key of an action: `one`, `answer` or `mark`; empty when it can.

    `one`: it is not a single sign, or nothing that can be seen. `answer`: it chooses an answer. `mark`: one of the
    few signs that cannot be kept.
    """
    if len(key) != 1 or not key.isprintable() or key.isspace():
        return "one"
    if key.lower() in _RESERVED:
        return "answer"
    return "" if _ONE_SIGN.fullmatch(key) else "mark"


def clash(keys: Mapping[str, str], code: str) -> str | None:
    """The action, earlier in the table, that has the same key as this one; None when there is none."""
    mine = keys.get(code, "")
    earlier = list(BY_CODE)[: list(BY_CODE).index(code)]
    return next((one for one in earlier if mine and keys.get(one) == mine), None)
