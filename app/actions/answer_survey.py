"""One answer to a question after the test: stored without the sitting, changed or taken away again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.records import centres, survey
from app.records.sittings import take
from app.records.store import Db
from app.rules.permissions import Act, Actor
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import State
from app.rules.survey import ABOUT_YOU, SurveyQuestion, takes

WAS_TAKEN = frozenset({State.FINISHED, State.STOPPED})


@dataclass(frozen=True)
class Answered:
    """Stored, or taken away."""

    kept: bool


def answer_survey(
    db: Db,
    actor: Actor,
    now: int,
    *,
    centre_id: str,
    sitting_id: str,
    set_id: str,
    question: SurveyQuestion,
    answer: str | None,
) -> Answered | Refused:
    """Store what a random set answers to a question; None takes it away.

    The sitting is looked at only to know that it is over (NOT_OVER) and whose it is. What is stored names neither
    it nor its candidate. NO_SUCH_OPTION for what is no answer. Source: interface design, 1.14.
    """
    taken = take(db, actor, Act.SIT, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    if taken.seat.state not in WAS_TAKEN:
        return Refused(Refusal.NOT_OVER)
    if answer is None:
        survey.take_away(db, set_id=set_id, question=question)
        return Answered(kept=False)
    if not takes(question, answer):
        return Refused(Refusal.NO_SUCH_OPTION)
    about_you = question in ABOUT_YOU
    day = datetime.fromtimestamp(now / 1000, UTC).astimezone(
        ZoneInfo(centres.zone_of(db, centre_id=centre_id))
    )
    survey.put(
        db,
        set_id=set_id,
        question=question,
        centre_id=centre_id,
        category=None if about_you else taken.seat.category,
        period=f"{day:%Y-%m}" if about_you else f"{day:%Y-%m-%d}",
        answer=answer.strip(),
    )
    return Answered(kept=True)
