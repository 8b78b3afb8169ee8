"""The tables, one file a subject. Look-ups and writers stand in the modules beside this package."""

from app.records.tables.bank import bank_release, picture, question_key, question_version
from app.records.tables.house import alive, audit, installation, metadata
from app.records.tables.people import (
    candidate,
    centre,
    desk,
    invitation,
    membership,
    person_key,
    preference,
    staff,
    web_session,
)
from app.records.tables.sittings import (
    answer_revision,
    help_call,
    outcome,
    paper_draw,
    paper_question,
    sitting,
    sitting_move,
)
from app.records.tables.survey import survey_answer

__all__ = [
    "alive",
    "answer_revision",
    "audit",
    "bank_release",
    "candidate",
    "centre",
    "desk",
    "help_call",
    "installation",
    "invitation",
    "membership",
    "metadata",
    "outcome",
    "paper_draw",
    "paper_question",
    "person_key",
    "picture",
    "preference",
    "question_key",
    "question_version",
    "sitting",
    "sitting_move",
    "staff",
    "survey_answer",
    "web_session",
]

APPEND_ONLY = (
    answer_revision,
    audit,
    bank_release,
    outcome,
    paper_draw,
    picture,
    question_key,
    question_version,
    sitting_move,
)
"""Tables whose rows are never changed or removed; `migrations/append_only.py` puts the triggers on."""
