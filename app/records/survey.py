"""Answers to the questions after a test, by random set: stored, changed, taken away, read back by the one who wrote."""

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import survey_answer
from app.rules.survey import SurveyQuestion


def put(
    db: Db,
    *,
    set_id: str,
    question: SurveyQuestion,
    centre_id: str,
    category: str | None,
    period: str,
    answer: str,
) -> None:
    """Write the answer of a set to a question, in place of one given before."""
    take_away(db, set_id=set_id, question=question)
    db.execute(
        sa.insert(survey_answer).inline(),
        {
            "set_id": set_id,
            "question": question.value,
            "centre_id": centre_id,
            "category": category,
            "period": period,
            "answer": answer,
        },
    )


def take_away(db: Db, *, set_id: str, question: SurveyQuestion) -> None:
    """Remove the answer of a set to a question, if there is one."""
    db.execute(sa.delete(survey_answer).where(*_one(set_id, question)))


def answer_of(db: Db, *, set_id: str, question: SurveyQuestion) -> str | None:
    """What a set answers to a question, for the browser that holds the set's id."""
    found = db.execute(sa.select(survey_answer.c.answer).where(*_one(set_id, question))).scalar()
    return None if found is None else str(found)


def _one(set_id: str, question: SurveyQuestion) -> tuple[sa.ColumnElement[bool], ...]:
    return (survey_answer.c.set_id == set_id, survey_answer.c.question == question.value)
