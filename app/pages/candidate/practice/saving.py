"""A press on a practice question: what stands there now, kept in the browser alone, and the reply to a script."""

from dataclasses import dataclass

from starlette.requests import Request

from app.actions.save_answer import Saved
from app.pages import deps
from app.pages.candidate.leading import FLAGS
from app.pages.candidate.practised import Kept, Try
from app.pages.candidate.save import answers, sequence
from app.pages.forms import Form
from app.records.seats import Seat
from app.rules.saving import Repeat, Standing
from question_bank.model import CandidateQuestion


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a form is no answer here: too many values of the question, or one that it does not have."""

    values: tuple[str, ...]
    too_many: bool


def press(
    request: Request, seat: Seat, question: CandidateQuestion, before: Kept
) -> tuple[Saved, Kept] | Wrong:
    """What a form makes of a question, by the rules of a save in the test, and what is to be kept then."""
    form = deps.form(request)
    found = _stands(form, question, before.of(question))
    if isinstance(found, Wrong):
        return found
    came = sequence(form)
    overtaken = came is not None and came < before.of(question).sequence
    if overtaken:  # a save that a newer one overtook on the way changes nothing
        found = before.of(question)
    values = found.chosen
    saved = Saved(
        position=0,
        revision=0,
        sequence=found.sequence,
        value=" ".join(values),
        flagged=found.flagged,
        standing=Standing.COUNTS,
        repeat=Repeat.SUPERSEDED if overtaken else Repeat.NEW,
        left_ms=seat.clock.left(deps.now(request)),
        state=seat.state,
        answered=len(values) == question.choose,
        places=tuple(question.option_ids.index(value) + 1 for value in values),
    )
    return saved, before.with_(question, found)


def _stands(form: Form, question: CandidateQuestion, before: Try) -> Try | Wrong:
    action, sent, came = form.one("action"), answers(form), sequence(form)
    # As in the test, a page without a choice says nothing about radios, and clears boxes.
    keeps = not sent and question.choose == 1
    wanted = () if action == "clear" else before.chosen if keeps else sent
    if not set(wanted) <= set(question.option_ids):
        return Wrong(sent, too_many=False)
    if len(wanted) > question.choose:
        return Wrong(sent, too_many=True)
    flag = {"on": True, "off": False}.get(FLAGS.get(action, ""), before.flagged)
    number = before.sequence + 1 if came is None else came
    return Try(tuple(one for one in question.option_ids if one in wanted), flag, number)
