"""The answers of a question as its page shows them: one group, each a stop of its own, or covered until opened.

The group is kept in pieces around what changes; the other manners are rendered for each page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.pages.kept import Marks, Pieces
from app.pages.render import Renderer
from app.records.papers import Asked

LETTERS = "ABCDEFGH"
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


def group(renderer: Renderer, choose: int, places: int) -> Pieces:
    """The usual markup of so many answers, cut where `filled` puts values, words, what is chosen and the focus."""
    mark = Marks()
    starts = mark("")
    options = tuple(
        AnswerView(mark(""), letter, mark(""), mark(""), starts if letter == LETTERS[0] else "")
        for letter in LETTERS[:places]
    )
    return Pieces(renderer.part("components/answers.html", AnswersView(*_kind(choose), options)))


def filled(
    pieces: Pieces, values: Iterable[str], texts: Iterable[str], chosen: Sequence[str], starts: bool
) -> Markup:
    """The group of one paper: its page values and words in order, with what is chosen ticked."""
    changing: list[str] = [STARTS if starts else ""]
    for value, text in zip(values, texts, strict=True):
        changing += (escape(value), escape(text), CHOSEN if value in chosen else "")
    return Markup(pieces.filled(changing))  # noqa: S704  # ours, and escaped values


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
