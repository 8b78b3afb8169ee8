"""How a question is asked for by its address: from the list, picture in words, which answers are open, what to say.

All of it stands in the address, so that nothing is written, and Back and Refresh show the same again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request

from app.pages.candidate.answers import LETTERS
from app.pages.candidate.steps import QUESTION, question_address

ALL = "all"
PLACES = {str(place): letter for place, letter in enumerate(LETTERS, start=1)}


@dataclass(frozen=True, slots=True)
class Showing:
    """How a question is shown, and after which press.

    `too_many` are the values of a form that held more choices than the question takes; none of them is saved.
    `opened` are the letters of answers that were uncovered, `base` is where the questions stand.
    """

    from_list: bool = False
    in_words: bool = False
    said: str = ""
    too_many: tuple[str, ...] = ()
    opened: str = ""
    base: str = QUESTION

    @classmethod
    def of(cls, request: Request, base: str = QUESTION) -> "Showing":
        """What the address says; anything unknown in it is passed over."""
        asked = request.query_params
        if not asked:
            return _AS_USUAL if base == QUESTION else cls(base=base)
        too_many = tuple(value for value in asked.get("chosen", "").split(".") if value)
        opened = "".join(letter for letter in LETTERS if letter.lower() in asked.get("open", "").split("."))
        return cls(
            asked.get("from") == "list",
            asked.get("picture") == "words",
            asked.get("said", ""),
            too_many,
            opened,
            base,
        )

    def address(self, number: int | str, said: str = "", too_many: Sequence[str] = (), page: str = "") -> str:
        """The address of a question shown in this way, or of a page below it such as `picture`."""
        words, chosen = "words" if self.in_words else "", ".".join(too_many)
        return question_address(
            number,
            page,
            base=self.base,
            from_list=self.from_list,
            picture=words,
            open=".".join(self.opened.lower()),
            said=said,
            chosen=chosen,
        )

    def with_open(self, which: str) -> "Showing":
        """With one more answer open: the number of its place, or `all`. Anything else opens none."""
        more = LETTERS if which == ALL else PLACES.get(which, "")
        return replace(self, opened="".join(sorted({*self.opened, *more})))


_AS_USUAL = Showing()
