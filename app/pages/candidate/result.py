"""The result of a sitting: counts by part and topics to study. Never which question was wrong."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages import deps
from app.pages.candidate.arranged import RowView
from app.pages.candidate.frame import PARTS, Choice, Frame, around
from app.pages.candidate.steps import Step, go_to_step, step
from app.pages.candidate.survey import offered
from app.pages.deps import CandidateSeat
from app.pages.render import local_day
from app.pages.words import _, ngettext
from app.records import centres, outcomes, people, questions
from app.records.outcomes import OutcomeSeen
from app.records.seats import PartPlan, Seat
from app.rules.outcome import Ended, OutcomeStatus, PartResult
from app.rules.policy import MINUTE, POLICY
from app.rules.sitting import State
from question_bank.model import PartKind
from question_bank.topics import TOPICS

router = APIRouter()
TOPIC_NAMES = {topic.code: topic.name for topic in TOPICS}


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One row of the table: a part, or topics that have to be passed together."""

    name: str
    right: str
    needed: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result in words, in numbers, what to study, what happens now, and how to ask for a check of the test.

    `about` is for paper too: whose result this is, of which test, on which day.
    """

    frame: Frame
    heading: str
    words: tuple[str, ...]
    scores: tuple[ScoreView, ...]
    study: tuple[str, ...]
    happens: tuple[str, ...]
    checks: tuple[str, ...] = ()
    closes: str = ""
    about: tuple[RowView, ...] = ()
    survey: Choice | None = None


@router.get("/sitting/result")
async def result(request: Request, seat: CandidateSeat) -> Response:
    """What came out, once the sitting is over."""
    now = deps.now(request)
    if step(seat, now) is not Step.RESULT:
        return go_to_step(seat, now)
    outcome = await deps.store(request).read(
        outcomes.newest, centre_id=seat.centre_id, sitting_id=seat.sitting_id
    )
    frame = replace(around(seat, now, _("Your result")), tools=(), notices=())
    view = _view(seat, frame, outcome)
    if outcome is not None:
        view = replace(view, about=await _about(request, seat, outcome), survey=offered(request, seat))
    return deps.pages(request).page(request, "candidate/result.html", view)


def _view(seat: Seat, frame: Frame, outcome: OutcomeSeen | None) -> ResultView:
    if seat.state in (State.NOT_ATTENDED, State.CANCELLED):
        words: tuple[str, ...] = (_("This test did not take place."), _("Speak to the person at the desk."))
        return ResultView(frame, _("This test is closed"), words, (), (), ())
    ready = outcome is not None and outcome.status is OutcomeStatus.PROVISIONAL
    if outcome is None or not ready or outcome.passed is None:
        return _not_ready(frame, outcome)
    words = (_came_to_an_end(outcome.ended), *_in_words(seat.parts, outcome))
    parts = tuple(zip(seat.parts, outcome.parts, strict=False))
    study = tuple(TOPIC_NAMES.get(code, code) for _plan, part in parts for code in part.to_study)
    return ResultView(
        frame,
        _heading(seat, passed=outcome.passed),
        words,
        tuple(row for plan, part in parts for row in _scores(plan, part)),
        tuple(dict.fromkeys(study)),
        (
            _("This result is provisional. The centre still checks how the test was run."),
            _("Ask the person at the desk what comes next.")
            if outcome.passed
            else _("You can take the test again. Ask the person at the desk how."),
            _("The person at the desk can print this page for you."),
        ),
        (
            _("Did you not get what was set up for you? Did something go wrong?"),
            _(
                "You can ask for a check of how your test was run. Tell the person at the desk before you leave."
            ),
            _("Or ask here. Then your result is hidden until a person has looked at it."),
        ),
        _closes(),
    )


async def _about(request: Request, seat: Seat, outcome: OutcomeSeen) -> tuple[RowView, ...]:
    """Whose result this is."""
    store = deps.store(request)
    person = await store.read(
        people.candidate_named, keyring=deps.keyring(request), candidate_id=seat.candidate_id
    )
    titles = await store.read(questions.category_titles)
    zone = await store.read(centres.zone_of, centre_id=seat.centre_id)
    return (
        RowView(_("Name"), person.name),
        RowView(_("Test"), titles.get(seat.category, seat.category)),
        RowView(_("Day"), local_day(outcome.at, zone)),
    )


def _not_ready(frame: Frame, outcome: OutcomeSeen | None) -> ResultView:
    ended = () if outcome is None else (_came_to_an_end(outcome.ended),)
    words = (*ended, _("A person will tell you."), _("All the answers you saved are kept."))
    happens = (_("Speak to the person at the desk. They know what happens next."),)
    return ResultView(frame, _("Your result is not ready"), words, (), (), happens, closes=_closes())


def _closes() -> str:
    words = ngettext(
        "This page closes by itself %(n)d minute after the end of your test.",
        "This page closes by itself %(n)d minutes after the end of your test.",
        POLICY.result_open_ms // MINUTE,
    )
    return words % {"n": POLICY.result_open_ms // MINUTE}


def _came_to_an_end(ended: Ended) -> str:
    return {
        Ended.FINISHED: _("You finished your test."),
        Ended.TIME: _("Your time ended."),
        Ended.STOPPED: _("Your test was stopped."),
        Ended.NOT_ATTENDED: _("This test did not take place."),
    }[ended]


def _heading(seat: Seat, *, passed: bool) -> str:
    if not passed:
        return _("You did not pass this time")
    if len(seat.parts) > 1:
        return _("You passed all the parts of this test")
    return _("You passed the %(part)s part") % {"part": _part(seat.parts[0]).lower()}


def _part(plan: PartPlan) -> str:
    return _(PARTS[PartKind(plan.kind)])


def _in_words(plans: tuple[PartPlan, ...], outcome: OutcomeSeen) -> tuple[str, ...]:
    """Each part's score in a sentence, and why right answers enough were still no pass."""
    said = []
    for plan, part in zip(plans, outcome.parts, strict=False):
        words = ngettext(
            "You had %(right)d right answer of %(of)d.",
            "You had %(right)d right answers of %(of)d.",
            part.score.right,
        )
        said.append(words % {"right": part.score.right, "of": part.score.of})
        said.append(_("To pass you need %(n)d right answers.") % {"n": part.pass_mark})
        left = plan.questions - part.answered
        unanswered = ngettext("%(n)d question had no answer.", "%(n)d questions had no answer.", left)
        said += [unanswered % {"n": left}] if left else []
        said += (
            [_("You also need enough right answers in each group of topics.")] if part.bands_missed else []
        )
    return tuple(said)


def _scores(plan: PartPlan, part: PartResult) -> tuple[ScoreView, ...]:
    of = _("%(right)d of %(of)d")
    whole = ScoreView(_part(plan), of % {"right": part.score.right, "of": part.score.of}, str(part.pass_mark))
    bands = tuple(
        ScoreView(name, of % {"right": score.right, "of": score.of}, str(plan.bands[name][1]))
        for name, score in part.bands.items()
    )
    return (whole, *bands)
