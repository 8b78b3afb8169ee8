"""What practice remembers, in a small signed cookie of one sitting: choices and flags on its questions, and the page.

Nothing of it reaches the database, and nothing of it says how well somebody did. The pages are in `practice/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request

from app.pages import sessions
from app.pages.deps import keyring
from app.records.papers import Asked
from app.records.seats import Seat
from question_bank.model import CandidateQuestion

COOKIE = "__Host-practice"
LONGEST = 400
HOME = "/sitting/practice"
_TRY = re.compile(r"([a-z]{1,12})\.([a-d]{0,4})\.(f?)\.([0-9]{1,16})")
_PLACE = re.compile(r"at:((?:/[a-z0-9-]{1,12}){1,3})")
_TOLD, _FIRST = "told", "first"


@dataclass(frozen=True, slots=True)
class Try:
    """One question as it stands: chosen values, the flag, and the highest number of a save by script."""

    chosen: tuple[str, ...] = ()
    flagged: bool = False
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """All questions that were tried, by name, and whether the page about an unanswered question was shown.

    `place` is the page of practice that was open last, below its home; empty when practice was left.
    """

    tries: Mapping[str, Try]
    told_unanswered: bool = False
    place: str = ""

    def of(self, question: CandidateQuestion) -> Try:
        """How a question stands; as on a fresh paper when it was not tried."""
        return self.tries.get(question.id, Try())

    def with_(self, question: CandidateQuestion, tried: Try) -> "Kept":
        """The same with one question as it stands now."""
        return replace(self, tries={**self.tries, question.id: tried})

    @property
    def first(self) -> tuple[str, ...]:
        """What was chosen before it was to be changed."""
        return self.tries.get(_FIRST, Try()).chosen

    def with_first(self, chosen: tuple[str, ...]) -> "Kept":
        """The same with a choice that is to be changed now."""
        return replace(self, tries={**self.tries, _FIRST: Try(chosen)})

    @property
    def text(self) -> str:
        """All of it, fit for a cookie."""
        tries = [
            f"{name}.{''.join(one.chosen)}.{'f' if one.flagged else ''}.{one.sequence}"
            for name, one in sorted(self.tries.items())
        ]
        place = [f"at:{self.place}"] if self.place else []
        return "~".join([*tries, *([_TOLD] if self.told_unanswered else []), *place])


def kept(request: Request, seat: Seat) -> Kept:
    """What this browser brings; nothing when it brings none, or another sitting's."""
    raw = request.cookies.get(COOKIE, "")
    text = keyring(request).read(_purpose(seat), raw) if raw and len(raw) <= LONGEST else None
    parts = (text or "").split("~")
    found = (_TRY.fullmatch(part) for part in parts)
    tries = {one[1]: Try(tuple(one[2]), bool(one[3]), int(one[4])) for one in found if one}
    places = [one[1] for one in map(_PLACE.fullmatch, parts) if one]
    return Kept(tries, _TOLD in parts, places[0] if places else "")


def keep(request: Request, seat: Seat, now: Kept) -> None:
    """Let this browser remember, until it is closed."""
    sessions.put(request, COOKIE, keyring(request).sign(_purpose(seat), now.text))


def remember(request: Request, seat: Seat, address: str) -> None:
    """Keep the page of practice that is open, so that a look at the tools leads back to it; empty when it is left."""
    place, found = address.removeprefix(HOME), kept(request, seat)
    if found.place != place:
        keep(request, seat, replace(found, place=place))


def place(request: Request, seat: Seat) -> str:
    """The address of the page of practice that was open last; empty for none."""
    found = kept(request, seat).place
    return f"{HOME}{found}" if found else ""


def forget(request: Request) -> None:
    """Practice is over: the browser forgets it."""
    sessions.clear(request, COOKIE)


def asked(question: CandidateQuestion, tried: Try, number: int) -> Asked:
    """A practice question as the page of a question takes it. Its values are the names of its options."""
    return Asked(
        position=number,
        part=0,
        question_id=question.id,
        question_version=question.version,
        topic=question.topic,
        choose=question.choose,
        options=tuple((option, option) for option in question.option_ids),
        chosen=tried.chosen,
        flagged=tried.flagged,
        saved_at=None,
        sequence=tried.sequence,
    )


def _purpose(seat: Seat) -> str:
    return f"practice in {seat.sitting_id}"
