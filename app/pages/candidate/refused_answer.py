"""The page for an answer that was refused: what happened, what was kept, what was chosen, and what to do now."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps, errors
from app.pages.candidate.content import shown
from app.pages.candidate.elsewhere import MessageView, open_elsewhere
from app.pages.candidate.frame import Choice, around
from app.pages.candidate.question import find, letters, page
from app.pages.candidate.showing import Showing
from app.pages.candidate.steps import Step, go, step
from app.pages.faults import Fault
from app.pages.sentences import SENTENCES
from app.pages.words import N_, _
from app.records.papers import Asked
from app.records.seats import Seat
from app.rules.refusals import Refusal, Refused

ON_THE_PAGE = frozenset({Refusal.TOO_MANY, Refusal.NO_SUCH_OPTION})
NOT_ONE_OF_THEM = N_("That is not one of the answers. Your earlier choice is kept. Choose again.")
STATES = frozenset(
    {
        Refusal.OPEN_ELSEWHERE,
        Refusal.PAUSED,
        Refusal.TIME_ENDED,
        Refusal.HANDED_IN,
        Refusal.FOR_REVIEW,
        Refusal.SEQUENCE_REUSED,
    }
)


async def reply(
    request: Request, seat: Seat, number: int, refused: Refused, values: Sequence[str]
) -> Response:
    """The reply to a refused save: the question again for a wrong choice, else a page of its own."""
    if errors.wants_json(request) or refused.code not in ON_THE_PAGE | STATES:
        return errors.refused(request, refused)
    asked = await find(deps.store(request), seat, number)
    if refused.code in ON_THE_PAGE:
        return await _choose_again(request, seat, asked, number, refused, values)
    return await _page_of_its_own(request, seat, asked, refused, values)


async def _choose_again(
    request: Request, seat: Seat, asked: Asked, number: int, refused: Refused, values: Sequence[str]
) -> Response:
    showing = Showing.of(request)
    if refused.code is Refusal.TOO_MANY:  # by an address of its own, so that Back and Refresh work from here
        return go(showing.address(number, too_many=values))
    return await page(request, seat, asked, number, showing, wrong=_(NOT_ONE_OF_THEM), status=422)


async def _page_of_its_own(
    request: Request, seat: Seat, asked: Asked, refused: Refused, values: Sequence[str]
) -> Response:
    row = SENTENCES[refused.code]
    said = row.in_words(refused.details, refused.kept)
    choice = await _choice(request, seat, asked, values)
    if refused.code is Refusal.OPEN_ELSEWHERE:
        return open_elsewhere(request, seat, (choice, _("This answer was stored but does not count.")))
    view = MessageView(
        around(seat, deps.now(request), said["title"]),
        said["title"],
        (said["sentence"], choice, said["kept"], said["todo"]),
        links=(Choice("/sitting", _("Go back to your test")),),
    )
    return deps.pages(request).page(request, "candidate/message.html", view, row.status)


async def _choice(request: Request, seat: Seat, asked: Asked, values: Sequence[str]) -> str:
    """What the refused form held, in letters and words, so that nobody has to remember it."""
    said = await shown(deps.store(request), deps.pages(request), asked, seat.language)
    texts = [text for (value, _id), text in zip(asked.options, said.texts, strict=True) if value in values]
    if not texts:
        return _("You had not chosen an answer.")
    told = {"letters": letters(asked, values), "words": _(" and ").join(texts)}
    return _("You chose %(letters)s: %(words)s") % told


async def once_more(request: Request, seat: Seat, number: int, values: Sequence[str]) -> Response:
    """A form whose page token cannot be read: the same choice again with a fresh one, one press to save."""
    if errors.wants_json(request):
        return errors.reply(request, Fault.OLD_FORM)
    asked = await find(deps.store(request), seat, number)
    if step(seat, deps.now(request)) is not Step.QUESTIONS:
        return go("/sitting")
    known = [value for value, _id in asked.options if value in values]
    notice = _("This page was out of date, so nothing was saved. Choose Save and continue to save it now.")
    showing = Showing.of(request)
    return await page(request, seat, asked, number, showing, chosen=known, notice=notice, status=409)
