"""From the bytes of a form to values, or to a list of what is wrong with which field.

What a value means to the rules is judged by the action; here only its shape.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from app.pages.faults import Denied, Fault
from app.pages.words import _, ngettext

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 200
MOST_CHARACTERS = 200
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, in words for the person who filled it in."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """The fields as they were sent: valid UTF-8 without control characters, normalised to NFC."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str, default: str = "") -> str:
        """A field that stands once. Raises Denied(UNREADABLE) when it stands twice."""
        values = self.fields.get(name, ())
        if len(values) > 1:
            raise Denied(Fault.UNREADABLE)
        return values[0] if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """A field that may stand several times, such as checkboxes."""
        return self.fields.get(name, ())


async def read_form(request: Request) -> Form:
    """The form of a request. Raises Denied: WRONG_TYPE, TOO_LARGE, UNREADABLE, or BAD_FIELD naming the field."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = await request.body()  # the gate has limited it
    except ClientDisconnect as error:
        raise Denied(Fault.UNREADABLE) from error
    if body and kind != FORM_TYPE:
        raise Denied(Fault.WRONG_TYPE)
    return parse(body)


def parse(body: bytes) -> Form:
    """The form in a body, which the caller has limited. Raises Denied as `read_form` does."""
    fields: dict[str, list[str]] = {}
    try:
        pairs = (
            parse_qsl(
                body.decode("utf-8", "surrogateescape"),
                keep_blank_values=True,
                strict_parsing=True,
                errors="surrogateescape",
                max_num_fields=MOST_FIELDS,
            )
            if body
            else []
        )
    except ValueError as error:
        raise Denied(Fault.UNREADABLE) from error
    for name, value in pairs:
        if not _NAME.fullmatch(name):
            raise Denied(Fault.UNREADABLE)
        if not is_text(value):
            raise Denied(Fault.BAD_FIELD, details={"field": name})
        fields.setdefault(name, []).append(unicodedata.normalize("NFC", value))
    return Form({name: tuple(values) for name, values in fields.items()})


def is_text(value: str) -> bool:
    """Whether a value holds characters only: no invalid UTF-8, no lone surrogate, no control but line ends and tabs.

    Marks that change direction and joiners are letters' companions and stay (catalogue, case 21).
    """
    return not any(
        unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\t\r\n"
        for mark in value
        if mark < " " or mark > "~"
    )


class Reader:
    """Reads fields one by one and collects what is wrong, in the order of reading, so that the page can say it all."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.errors: list[FieldError] = []

    def wrong(self, field: str, words: str) -> None:
        """Say that a field is wrong; of several words about one field the first stays."""
        if all(error.field != field for error in self.errors):
            self.errors.append(FieldError(field, words))

    def line(self, field: str, missing: str | None = None, most: int = MOST_CHARACTERS) -> str:
        """One line of text, its spaces tidied; `missing` is what to say when it is empty (None: it may be)."""
        return self._limited(field, " ".join(self.form.one(field).split()), missing, most)

    def words(self, field: str, missing: str | None = None, most: int = 2000) -> str:
        """Text of several lines."""
        text = self.form.one(field).replace("\r\n", "\n").replace("\r", "\n").strip()
        return self._limited(field, text, missing, most)

    def choice(self, field: str, kinds: type[E], missing: str) -> E | None:
        """One of a closed set; anything else, or nothing, is `missing`."""
        value = self.form.one(field)
        if value in frozenset(kind.value for kind in kinds):
            return kinds(value)
        self.wrong(field, missing)
        return None

    def whole(self, field: str, missing: str, least: int, most: int) -> int | None:
        """A whole number within limits, both included."""
        text = self.form.one(field).strip()
        if not text:
            self.wrong(field, missing)
            return None
        if _WHOLE.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        self.wrong(
            field, _("Enter a whole number from %(least)d to %(most)d") % {"least": least, "most": most}
        )
        return None

    def day(self, field: str, missing: str) -> date | None:
        """A date typed in three boxes: `<field>-day`, `<field>-month`, `<field>-year`, the year with four digits."""
        typed = [self.form.one(f"{field}-{part}").strip() for part in ("day", "month", "year")]
        if not any(typed):
            self.wrong(field, missing)
            return None
        if all(re.fullmatch("[0-9]{1,4}", text) for text in typed) and len(typed[2]) == 4:
            try:
                return date(int(typed[2]), int(typed[1]), int(typed[0]))
            except ValueError:
                pass
        self.wrong(field, _("Enter a real date, for example 27 3 2008, with all four figures of the year"))
        return None

    def _limited(self, field: str, text: str, missing: str | None, most: int) -> str:
        if not text and missing is not None:
            self.wrong(field, missing)
        if len(text) > most:
            words = ngettext("Use %(most)d character or fewer", "Use %(most)d characters or fewer", most)
            self.wrong(field, words % {"most": most})
        return text
