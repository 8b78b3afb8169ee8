"""What every page of practice shares: the seven steps, the frame with its ways out, and when practice is open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.frame import Choice, Frame, around, place_words
from app.pages.candidate.practised import HOME, remember
from app.pages.candidate.steps import Step, go_to_step, step
from app.pages.words import N_, _
from app.records.seats import Seat

PARTS = f"{HOME}/parts"
LESSON, QUESTION = f"{HOME}/lesson", f"{HOME}/question"
INSTRUCTIONS = Step.INSTRUCTIONS.value
STEPS = (
    N_("what you answer with"),
    N_("choose an answer"),
    N_("change an answer"),
    N_("go on and go back"),
    N_("flags and the list"),
    N_("time, breaks and help"),
    N_("two questions"),
)
DEVICE, CHOOSE, CHANGE, ONWARD, FLAGS, TOOLS, QUESTIONS = range(1, len(STEPS) + 1)
QUESTION_COUNT = 2


@dataclass(frozen=True, slots=True)
class Where:
    """Where a page stands: its step, its own words in the title, and the page before it.

    `number` is that of the question it shows, 0 for none.
    """

    step: int
    name: str
    before: str
    number: int = 0


def closed(request: Request, seat: Seat) -> Response | None:
    """Where to go instead, unless the sitting waits for its start: practice is open then and at no other time."""
    now = deps.now(request)
    return None if step(seat, now) is Step.INSTRUCTIONS else go_to_step(seat, now)


def title(where: Where) -> str:
    """How far practice has come and what this page is about, such as: Practice 3 of 7: change an answer."""
    told = {"n": where.step, "total": len(STEPS), "what": where.name}
    return _("Practice %(n)d of %(total)d: %(what)s") % told


def framed(
    request: Request, seat: Seat, where: Where, *, done: str = "", notices: Sequence[str] = (), rev: str = ""
) -> Frame:
    """The frame of a page of practice: the tools of the test, no clock, two ways out. Tools lead back to this page."""
    remember(request, seat, request.url.path)
    words = title(where)
    place = place_words(where.number, QUESTION_COUNT) if where.number else ""
    frame = around(seat, deps.now(request), words, place=place, rev=rev)
    return replace(frame, part="", caption=words, done=done, notices=tuple(notices), ways=ways(where.before))


def ways(before: str) -> tuple[Choice, ...]:
    """Back, and out of practice."""
    return (Choice(before, _("Back to the page before")), Choice(INSTRUCTIONS, _("Skip practice")))


def at(address: str, **told: str) -> str:
    """An address with what its page is to tell."""
    query = urlencode({name: one for name, one in told.items() if one})
    return f"{address}?{query}" if query else address
