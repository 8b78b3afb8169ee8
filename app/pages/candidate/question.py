"""The question page: two reads, the kept words of the question, and what this candidate chose. Saving is `save.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate import practised
from app.pages.candidate.answers import LETTERS, Manner, filled, special
from app.pages.candidate.content import Shown, shown
from app.pages.candidate.frame import Frame, around, place_words
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import (
    Step,
    first_position,
    go,
    go_to_step,
    question_address,
    step,
)
from app.pages.deps import CandidateSeat
from app.pages.faults import Denied
from app.pages.forms import FieldError
from app.pages.hot_route import HotRoute
from app.pages.kept import Marks
from app.pages.look import look
from app.pages.place import Place, remember, remembered
from app.pages.security import page_token
from app.pages.words import _, ngettext
from app.records import papers
from app.records.papers import Asked
from app.records.seats import Seat
from app.records.store import Store
from app.rules.refusals import Refusal

router = APIRouter(route_class=HotRoute)
FIRST_ANSWER = "a1"
TEMPLATE = "candidate/question.html"


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture of a question; `in_words` shows its description beside it instead of inside it."""

    source: str
    description: str
    in_words: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything on a question's page; `back` is empty on the first.

    `sequence` is the last one stored for this question, where a script goes on counting. `caption` stands above it.
    """

    frame: Frame
    action: str
    stem: Markup
    count: Markup
    answers: Markup
    picture: PictureView | None
    flagged: bool
    saved: bool
    back: str
    sequence: int = 0
    caption: str = ""


async def find(store: Store, seat: Seat, number: int) -> Asked:
    """The question with this number in the present part. Raises Denied(NO_SUCH_QUESTION)."""
    if not seat.parts or not 1 <= number <= seat.plan.questions:
        raise Denied(Refusal.NO_SUCH_QUESTION)
    position = first_position(seat) + number - 1
    asked = await store.read(
        papers.asked, centre_id=seat.centre_id, sitting_id=seat.sitting_id, position=position
    )
    if asked is None:
        raise Denied(Refusal.NO_SUCH_QUESTION)
    return asked


@router.get("/sitting")
async def home(request: Request, seat: CandidateSeat) -> Response:
    """To the step where the sitting stands; in the test, to the question the candidate was on."""
    now = deps.now(request)
    where = step(seat, now)
    if where is not Step.QUESTIONS:
        # A tool that was pressed in practice leads back into it.
        return go((where is Step.INSTRUCTIONS and practised.place(request, seat)) or where)
    place = remembered(request, seat)
    if place is None:
        lines = await deps.store(request).read(
            papers.overview, centre_id=seat.centre_id, sitting_id=seat.sitting_id, part=seat.part
        )
        unanswered = (number for number, line in enumerate(lines, start=1) if not line.answered)
        place = Place(next(unanswered, seat.plan.questions), False)
    return go(question_address(place.number, from_list=place.from_list))


@router.get("/sitting/question/{number}")
async def question(request: Request, seat: CandidateSeat, number: int) -> Response:
    """One question with the answer that counts."""
    now = deps.now(request)
    if step(seat, now) is not Step.QUESTIONS:
        return go_to_step(seat, now)
    asked = await find(deps.store(request), seat, number)
    showing = Showing.of(request)
    remember(request, seat, Place(number, showing.from_list))
    too_many = [value for value, _id in asked.options if value in showing.too_many]
    if len(too_many) <= asked.choose:
        return await page(request, seat, asked, number, showing)
    wrong = wrong_count(asked, len(too_many))
    return await page(request, seat, asked, number, showing, chosen=too_many, wrong=wrong, status=422)


def wrong_count(asked: Asked, chosen: int) -> str:
    """What is wrong with so many choices, in words."""
    words = ngettext(
        "Choose %(wanted)d answer. You have chosen %(chosen)d.",
        "Choose %(wanted)d answers. You have chosen %(chosen)d.",
        asked.choose,
    )
    return words % {"wanted": asked.choose, "chosen": chosen}


async def page(
    request: Request,
    seat: Seat,
    asked: Asked,
    number: int,
    showing: Showing,
    *,
    chosen: Sequence[str] | None = None,
    wrong: str = "",
    notice: str = "",
    status: int = 200,
) -> Response:
    """The page of a question. `chosen` stands in for the saved answer where a form was refused, `wrong` says why."""
    said = await shown(deps.store(request), deps.pages(request), asked, seat.language)
    frame = _frame(request, seat, asked, number, showing, wrong, notice)
    shows = asked.chosen if chosen is None else tuple(chosen)
    starts = not (frame.errors or frame.notices)
    view = QuestionView(
        frame=frame,
        action=showing.address(number),
        stem=said.stem,
        count=said.count,
        answers=answers_as_chosen(request, said, asked, shows, opened=showing.opened, starts=starts),
        picture=_picture(said, number, showing),
        flagged=asked.flagged,
        saved=bool(asked.chosen),
        back=_("Back to question %(n)d") % {"n": number - 1} if number > 1 else "",
        sequence=asked.sequence,
    )
    if frame.errors or frame.notices or status != 200:
        return deps.pages(request).page(request, TEMPLATE, view, status)
    marks = Marks()
    same = marked(view, marks, look(request, deps.keyring(request))["clock"])
    return deps.pages(request).kept_page(request, TEMPLATE, same, marks)


def marked(view: QuestionView, marks: Marks, clock: str) -> QuestionView:
    """The view with marks for what differs from question to question and from moment to moment.

    The usual form of the `clock` only writes the time out; the others compare it, and see it as it is.
    """
    frame, picture = view.frame, view.picture
    frame = replace(
        frame,
        title=marks(frame.title),
        place=marks(frame.place),
        clock=marks(frame.clock),
        minutes=0 if clock == "minutes" else frame.minutes,
        left_ms=cast(int, marks(frame.left_ms)),  # written out as the number would be
        rev=marks(frame.rev),
    )
    if picture is not None:
        source, description = marks(picture.source), marks(picture.description)
        picture = replace(picture, source=source, description=description)
    return replace(
        view,
        frame=frame,
        action=marks(view.action),
        stem=marks(view.stem),
        count=marks(view.count),
        answers=marks(view.answers),
        picture=picture,
        back=marks(view.back) if view.back else "",
        sequence=cast(int, marks(view.sequence)),
    )


def answers_as_chosen(
    request: Request,
    said: Shown,
    asked: Asked,
    chosen: Sequence[str],
    *,
    opened: str = "",
    starts: bool = True,
) -> Markup:
    """The answers in the manner that this person chose. `starts`: nothing else on the page takes the focus."""
    chose = look(request, deps.keyring(request))
    starts = starts and chose.start == "answer"
    each, covered = chose["stops"] == "each" and asked.choose == 1, chose["aid"] == "answers"
    if each or covered:
        manner = Manner(each=each, covered=covered, opened=opened, starts=starts)
        return special(deps.pages(request), asked, said.texts, chosen, manner)
    return filled(said.answers, (value for value, _id in asked.options), said.texts, chosen, starts)


def _frame(
    request: Request, seat: Seat, asked: Asked, number: int, showing: Showing, wrong: str, notice: str
) -> Frame:
    now = deps.now(request)
    rev = page_token(
        deps.keyring(request),
        sitting=seat.sitting_id,
        position=asked.position,
        epoch=seat.epoch,
        rendered_at=now,
    )
    place = place_words(number, seat.plan.questions)
    return around(
        seat,
        now,
        place,
        place=place,
        rev=rev,
        tools_save=True,
        told=notice or ("" if wrong else told_after(asked, showing.said)),
        errors=(FieldError(FIRST_ANSWER, wrong),) if wrong else (),
    )


def told_after(asked: Asked, said: str) -> str:
    """What the press before this page did, in words; empty for nothing known."""
    if said == "flag":
        return _("You flagged this question.") if asked.flagged else _("The flag is removed.")
    if said == "clear" and not asked.chosen:
        return _("Your answer is cleared.")
    if said == "aid-off":
        return _("The reading aid is off. Everything is shown.")
    if said == "stay" and asked.chosen:
        words = _("You chose %(letters)s. To go on, choose Save and continue.")
        return words % {"letters": letters(asked, asked.chosen)}
    return _("You have not chosen an answer yet.") if said == "stay" else ""


def letters(asked: Asked, values: Sequence[str]) -> str:
    """The letters of chosen values, such as B, or B and D."""
    found = [letter for letter, (value, _id) in zip(LETTERS, asked.options, strict=False) if value in values]
    return _(" and ").join(found)


def _picture(said: Shown, number: int, showing: Showing) -> PictureView | None:
    if said.picture is None:
        return None
    source = f"/sitting/question/{number}/picture.svg?v={said.picture.file}"
    drawn = said.picture
    return PictureView(source, drawn.description, showing.in_words, drawn.width, drawn.height)
