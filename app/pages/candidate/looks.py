"""What the pages about the look show, and how their forms are read: the same for candidates and before sign-in.

What may be chosen is `accessibility.preference_table`; the routes are in `look.py` and `open_look.py`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from accessibility.preference import MOST_MINUTES, MOST_TELLINGS, Preference
from accessibility.preference_table import BY_CODE
from accessibility.preferences import Preferences
from app.pages.candidate.frame import Choice, Frame
from app.pages.faults import Denied, Fault
from app.pages.forms import FieldError, Form
from app.pages.words import N_, _, ngettext

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("How you answer"), ("answering", "reader")),
    (N_("Text"), ("size", "font", "line", "spacing", "width")),
    (N_("Colours and frame"), ("colours", "ring", "motion")),
    (N_("Reading"), ("show", "aid", "band", "pictures", "layout")),
    (N_("Time"), ("clock", "told")),
    (N_("Keys and stops"), ("start", "stops", "answer_keys", "page_keys", "keys")),
)
ON_PAGES_OF_THEIR_OWN = {"keys": "/sitting/keys/change"}
FOR_STAFF = frozenset({"size", "font", "line", "spacing", "width", "colours", "ring", "motion"})
FOR_ALL = frozenset(BY_CODE) - frozenset(ON_PAGES_OF_THEIR_OWN)
EXPLAINED = (
    "answering",
    "reader",
    "clock",
    "aid",
)  # what follows from these is said again once they are chosen
OWN, MINUTES = "own", "minutes"
SAID = "said"
TOLD = {
    "reset": N_("Everything is as it was at first."),
    "undone": N_("Your settings are back."),
    "yes": N_("We keep these settings for your next test."),
    "no": N_("We keep these settings for this test only."),
}
PICTURES = {
    "touch": "pictures/touch.svg",
    "mouse": "pictures/mouse.svg",
    "keyboard": "pictures/keyboard-tab.svg",
    "switch": "pictures/switch.svg",
    "voice": "pictures/voice.svg",
    "person": "pictures/person.svg",
}


@dataclass(frozen=True, slots=True)
class RowView:
    """One preference with what holds now, and where it is changed."""

    code: str
    name: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Some preferences that belong together."""

    title: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class LooksView:
    """All preferences. `next_time` is yes or no where that is asked, else empty; `undo`: a reset can be taken back."""

    frame: Frame
    address: str
    groups: tuple[GroupView, ...]
    links: tuple[Choice, ...]
    undo: bool
    next_time: str = ""
    yes_no: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueView:
    """One radio: what it sends, its words, a sentence, a sample of a theme or a picture."""

    value: str
    words: str
    hint: str = ""
    sample: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One preference on a page of its own. `note` says why only one value is offered; `step`: within the set-up."""

    frame: Frame
    code: str
    question: str
    values: tuple[ValueView, ...]
    chosen: str
    action: str
    links: tuple[Choice, ...]
    note: str = ""
    asks_minutes: bool = False
    minutes: str = ""
    step: bool = False


def known(code: str, offered: Collection[str] = FOR_ALL) -> Preference:
    """The preference that a page of ours is about. Raises Denied(NO_SUCH_PAGE)."""
    if code not in offered:
        raise Denied(Fault.NO_SUCH_PAGE)
    return BY_CODE[code]


def groups(look: Preferences, address: str, offered: Collection[str]) -> tuple[GroupView, ...]:
    """Every preference that is offered, with what holds now; the height of the band only while there is a band."""
    there = [code for code in BY_CODE if code in offered and (code != "band" or look["aid"] == "band")]
    made = (
        GroupView(_(title), tuple(_row(look, code, address) for code in codes if code in there))
        for title, codes in GROUPS
    )
    return tuple(group for group in made if group.rows)


def _row(look: Preferences, code: str, address: str) -> RowView:
    where = ON_PAGES_OF_THEIR_OWN.get(code, f"{address}/{code}")
    return RowView(code, _(BY_CODE[code].name), in_words(look, code), where)


def in_words(look: Preferences, code: str) -> str:
    """What holds for a preference, such as 150%."""
    held = look.holds(code)
    said = next((value.words for value in BY_CODE[code].values if value.code == held), "")
    if said:
        return _(said)
    return _at_minutes(held) if code == "told" else _("Keys of your own")


def _at_minutes(listed: str) -> str:
    *most, last = listed.split("-")
    if not most:
        return ngettext("At %(n)d minute", "At %(n)d minutes", int(last)) % {"n": int(last)}
    return _("At %(most)s and %(last)s minutes") % {"most": ", ".join(most), "last": last}


def told(look: Preferences, said: str) -> tuple[str, ...]:
    """The notice after a press: what holds now, and what follows from it. `said` is a preference, or one of TOLD.

    It comes with the address, so that anything else says nothing.
    """
    if said in TOLD:
        return (_(TOLD[said]),)
    if said not in FOR_ALL:
        return ()
    one = BY_CODE[said]
    held = next((value for value in one.values if value.code == look.holds(said)), None)
    words = f"{_(one.name)}: {in_words(look, said)}."
    return (f"{words} {_(held.hint)}" if held and held.hint and said in EXPLAINED else words,)


def values(look: Preferences, one: Preference) -> tuple[ValueView, ...]:
    """The radios of a preference; a value that other choices rule out is not among them."""
    offered = tuple(
        ValueView(
            value.code,
            _(value.words),
            _(value.hint) if value.hint else "",
            sample=value.code if one.code == "colours" and value.code != one.default else "",
            picture=PICTURES.get(value.code, "") if one.code == "answering" else "",
        )
        for value in one.values
        if not look.bars(one.code, value.code)
    )
    return (*offered, ValueView(OWN, _("At minutes of my own"))) if one.code == "told" else offered


def note(look: Preferences, one: Preference) -> str:
    """Why only one value is left; empty where there are more."""
    barred = [words for value in one.values if (words := look.bars(one.code, value.code))]
    return _(barred[0]) if barred and len(one.values) - len(barred) < 2 else ""


def choice(
    frame: Frame,
    one: Preference,
    look: Preferences,
    *,
    action: str,
    links: tuple[Choice, ...],
    sent: Form | None = None,
    step: bool = False,
) -> ChoiceView:
    """The page of one preference; `sent` is a form that was refused, whose fields stand as they were typed."""
    checked, minutes = held(look, one)
    if sent is not None:
        checked, minutes = sent.one(one.code) or checked, sent.one(MINUTES)
    return ChoiceView(
        frame,
        one.code,
        _(one.question),
        values(look, one),
        checked,
        action,
        links,
        note=note(look, one),
        asks_minutes=one.code == "told",
        minutes=minutes,
        step=step,
    )


def held(look: Preferences, one: Preference) -> tuple[str, str]:
    """The radio that is checked, and what stands in the field for minutes."""
    value = look.holds(one.code)
    if one.code == "told" and not any(known.code == value for known in one.values):
        return OWN, value.replace("-", ", ")
    return value, ""


def read(form: Form, one: Preference, look: Preferences) -> Preferences | FieldError:
    """The look after a form was sent, or what is wrong with the form."""
    value = form.one(one.code)
    if one.code == "told" and _means_own(form, value, look, one):
        own = _minutes(form.one(MINUTES))
        return FieldError(MINUTES, _wrong_minutes()) if own is None else look.with_(one.code, own)
    barred = look.bars(one.code, value)
    if barred:
        return FieldError(one.code, _(barred))
    if not any(known.code == value for known in one.values):
        return FieldError(one.code, _("Choose one of these"))
    return look.with_(one.code, value)


def _means_own(form: Form, value: str, look: Preferences, one: Preference) -> bool:
    """Whether own minutes are meant: they were chosen, or typed while the choice was left alone."""
    chosen, shown = held(look, one)
    typed = form.one(MINUTES).strip()
    return value == OWN or (bool(typed) and typed != shown and value in ("", chosen))


def _minutes(typed: str) -> str | None:
    """Minutes as the table takes them, most first, each once; None when they are none."""
    parts = [part for part in re.split(r"[\s,;]+", typed) if part]
    if not parts or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        return None
    listed = "-".join(str(n) for n in sorted({int(part) for part in parts}, reverse=True))
    return listed if BY_CODE["told"].takes(listed) else None


def _wrong_minutes() -> str:
    words = _("Enter whole minutes from 1 to %(largest)d, at most %(most)d of them, for example 20, 10, 2")
    return words % {"largest": MOST_MINUTES, "most": MOST_TELLINGS}
