"""The answers of a question as its page shows them: one group, each a stop of its own, or covered until opened.

The group is kept as markup with marks for what changes; the other manners are rendered for each page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.pages.render import Renderer
from app.records.papers import Asked

LETTERS = "ABCDEFGH"
# Characters for private use stand for what a page fills in; a text of the bank is shown without any it might hold.
MARKS = range(0xE000, 0xE020)
WITHOUT_MARKS = dict.fromkeys(MARKS)
CHOSEN, STARTS = Markup(" checked"), Markup(" autofocus")


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer. `chosen` and `starts` are attributes of its control, empty for none; `covered` hides its words."""

    value: str
    letter: str
    words: str
    chosen: str
    starts: str
    covered: bool = False


@dataclass(frozen=True, slots=True)
class AnswersView:
    """All answers of a question; `kind` is the GOV.UK name of their control.

    `each`: every answer is a button that chooses it. `unsaved` is what such a page holds, for a button holds nothing.
    """

    kind: str
    input: str
    options: tuple[AnswerView, ...]
    each: bool = False
    unsaved: tuple[str, ...] = ()

    @property
    def covers(self) -> bool:
        """Whether any answer is covered."""
        return any(option.covered for option in self.options)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page shows answers: as buttons, covered but for the opened letters, and with the focus on the first."""

    each: bool = False
    covered: bool = False
    opened: str = ""
    starts: bool = False


def group(renderer: Renderer, choose: int, texts: Sequence[str]) -> str:
    """The usual markup of these words, with marks for values, for what is chosen and for the focus."""
    options = tuple(
        AnswerView(
            _value_mark(place),
            LETTERS[place],
            text.translate(WITHOUT_MARKS),
            _chosen_mark(place),
            _START_MARK if place == 0 else "",
        )
        for place, text in enumerate(texts)
    )
    return str(renderer.part("components/answers.html", AnswersView(*_kind(choose), options)))


def filled(markup: str, values: Sequence[str], chosen: Sequence[str], starts: bool) -> Markup:
    """The group of one paper, whose page values these are, with what is chosen ticked."""
    for place, value in enumerate(values):
        markup = markup.replace(_value_mark(place), escape(value))
        markup = markup.replace(_chosen_mark(place), CHOSEN if value in chosen else "")
    return Markup(markup.replace(_START_MARK, STARTS if starts else ""))  # noqa: S704  # ours, and escaped values


def special(
    renderer: Renderer, asked: Asked, texts: Sequence[str], chosen: Sequence[str], manner: Manner
) -> Markup:
    """The answers as buttons, or covered. What is chosen is never covered."""
    each = manner.each and asked.choose == 1
    options = tuple(
        AnswerView(
            value,
            letter,
            text,
            _chosen(value in chosen, each),
            STARTS if manner.starts and letter == LETTERS[0] else "",
            manner.covered and value not in chosen and letter not in manner.opened,
        )
        for letter, text, (value, _id) in zip(LETTERS, texts, asked.options, strict=False)
    )
    unsaved = tuple(value for value in chosen if each and value not in asked.chosen)
    return renderer.part(
        "components/answers.html", AnswersView(*_kind(asked.choose), options, each=each, unsaved=unsaved)
    )


def _kind(choose: int) -> tuple[str, str]:
    return ("radios", "radio") if choose == 1 else ("checkboxes", "checkbox")


def _chosen(is_chosen: bool, each: bool) -> Markup:
    if each:
        return Markup(' aria-pressed="true"') if is_chosen else Markup(' aria-pressed="false"')
    return CHOSEN if is_chosen else Markup("")


def _value_mark(place: int) -> str:
    return chr(MARKS[place])


def _chosen_mark(place: int) -> str:
    return chr(MARKS[len(LETTERS) + place])


_START_MARK = chr(MARKS[2 * len(LETTERS)])
