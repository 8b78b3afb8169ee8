"""Form fields as values: pages say which fields a form has, one template shows them through the GOV.UK macros."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from app.pages.forms import Form
from app.pages.words import _

K = TypeVar("K", bound=StrEnum)


class FieldKind(StrEnum):
    """How a field is shown."""

    LINE = "line"
    NUMBER = "number"
    WORDS = "words"
    RADIOS = "radios"
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  # a kind of field, not a password
    NEW_PASSWORD = "new_password"  # noqa: S105  # a kind of field, not a password


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a group of radios."""

    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its label (the legend of radios), a hint, and what stands in it."""

    kind: FieldKind
    name: str
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()

    @property
    def items(self) -> list[dict[str, object]]:
        """The options as the GOV.UK radios take them."""
        return [
            {
                "value": one.value,
                "text": one.words,
                "checked": one.value == self.value,
                "hint": {"text": one.hint} if one.hint else None,
            }
            for one in self.options
        ]


def options(kinds: type[K], words: Mapping[K, str]) -> tuple[Option, ...]:
    """Every value of a closed set that has words, in its own order."""
    return tuple(Option(kind.value, _(words[kind])) for kind in kinds if kind in words)


def filled(fields: tuple[Field, ...], form: Form) -> tuple[Field, ...]:
    """The fields with what was typed in them; a password is never sent back."""
    secret = (FieldKind.PASSWORD, FieldKind.NEW_PASSWORD)
    return tuple(
        field if field.kind in secret else replace(field, value=form.one(field.name)) for field in fields
    )
