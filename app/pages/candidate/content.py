"""The unchanging part of questions, kept ready as markup: read and rendered once, never per request.

What a candidate chose, and everything else that changes, is added by the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from app.pages.candidate import answers
from app.pages.faults import Denied, Fault
from app.pages.kept import Kept, Pieces
from app.pages.render import Renderer
from app.pages.words import _, ngettext
from app.records import questions
from app.records.papers import Asked
from app.records.store import Store
from question_bank.model import STANDARD, CandidateQuestion, Picture

MOST_QUESTIONS = 2000
MOST_PICTURES = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One question in one order of its options: escaped words, and the picture as the bank describes it.

    `answers` is the markup of their group in pieces, as `answers.filled` takes it; `texts` are the plain words.
    """

    stem: Markup
    count: Markup
    answers: Pieces
    texts: tuple[str, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Ready:
    """One question in one language, whatever the order; `words` are those of each option."""

    stem: Markup
    count: Markup
    answers: Pieces
    words: Mapping[str, str]
    picture: Picture | None

    def in_order(self, options: Iterable[str]) -> Shown:
        """The question with its options in this order."""
        texts = tuple(self.words[option] for option in options)
        return Shown(self.stem, self.count, self.answers, texts, self.picture)


class Shelf:
    """What is kept for one store."""

    def __init__(self) -> None:
        self.content: Kept[tuple[str, int], CandidateQuestion] = Kept(MOST_QUESTIONS)
        self.ready: Kept[tuple[str, int, str], Ready] = Kept(MOST_QUESTIONS)
        self.pictures: Kept[str, bytes] = Kept(MOST_PICTURES)


_SHELVES: WeakKeyDictionary[Store, Shelf] = WeakKeyDictionary()


def _shelf(store: Store) -> Shelf:
    return _SHELVES.setdefault(store, Shelf())


async def shown(store: Store, renderer: Renderer, asked: Asked, language: str) -> Shown:
    """A question of a paper, ready to be filled in. Raises Denied(BROKEN) when the bank has lost it."""
    shelf, key = _shelf(store), (asked.question_id, asked.question_version, language)
    found = shelf.ready.get(key)
    if found is None:
        content = await bare(store, asked.question_id, asked.question_version)
        found = shelf.ready.put(key, ready(renderer, content, language))
    return found.in_order(option for _value, option in asked.options)


async def bare(store: Store, question_id: str, version: int) -> CandidateQuestion:
    """One version of a question without its key. Raises Denied(BROKEN) when the bank has lost it."""
    shelf = _shelf(store)
    found = shelf.content.get((question_id, version))
    if found is None:
        read = await store.read(questions.content, question_id=question_id, version=version)
        if read is None:
            raise Denied(Fault.BROKEN)
        found = shelf.content.put((question_id, version), read)
    return found


async def drawing(store: Store, digest: str) -> bytes:
    """The SVG of a picture. Raises Denied(NO_SUCH_PAGE) when there is none."""
    shelf = _shelf(store)
    found = shelf.pictures.get(digest)
    if found is None:
        read = await store.read(questions.picture, digest=digest)
        if read is None:
            raise Denied(Fault.NO_SUCH_PAGE)
        found = shelf.pictures.put(digest, read)
    return found


def ready(renderer: Renderer, content: CandidateQuestion, language: str) -> Ready:
    """A question made ready for whatever order."""
    worded = content.worded(language, STANDARD)
    words = dict(zip(content.option_ids, worded.options, strict=True))
    group = answers.group(renderer, content.choose, len(words))
    return Ready(escape(worded.stem), escape(_count(content)), group, words, content.picture)


def _count(content: CandidateQuestion) -> str:
    words = ngettext("Choose %(n)d answer.", "Choose %(n)d answers.", content.choose) % {"n": content.choose}
    return f"{words} {_('There is a picture.')}" if content.picture is not None else words
