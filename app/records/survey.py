"""Answers to the questions after a test, by random set: stored, changed, taken away, read back, and counted."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.records.store import Db
from app.records.tables import survey_answer
from app.rules.survey import ABOUT_YOU, FEWEST, VALUES, SurveyQuestion


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


@dataclass(frozen=True)
class Counted:
    """How many sets gave one answer to one question."""

    question: SurveyQuestion
    answer: str
    count: int


def counts(db: Db) -> tuple[Counted, ...]:
    """Each choice with how often it was made, at all centres together; a small group about persons is left out."""
    number = sa.func.count().label("number")
    rows = db.execute(
        sa.select(survey_answer.c.question, survey_answer.c.answer, number)
        .where(survey_answer.c.question != SurveyQuestion.BARRIER.value)
        .group_by(survey_answer.c.question, survey_answer.c.answer)
    ).all()
    found = {(SurveyQuestion(question), answer): int(count) for question, answer, count in rows}
    return tuple(
        Counted(question, answer, found[question, answer])
        for question, answers in VALUES.items()
        for answer in answers
        if found.get((question, answer), 0) >= (FEWEST if question in ABOUT_YOU else 1)
    )


def in_words(db: Db) -> tuple[tuple[str, str], ...]:
    """What was in people's way, in their own words, each with its day (2026-11-23), by day."""
    rows = db.execute(
        sa.select(survey_answer.c.period, survey_answer.c.answer)
        .where(survey_answer.c.question == SurveyQuestion.BARRIER.value)
        .order_by(survey_answer.c.period, survey_answer.c.set_id)
    ).all()
    return tuple((str(period), str(answer)) for period, answer in rows)


def _one(set_id: str, question: SurveyQuestion) -> tuple[sa.ColumnElement[bool], ...]:
    return (survey_answer.c.set_id == set_id, survey_answer.c.question == question.value)
