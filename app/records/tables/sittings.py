"""A sitting and everything that happens in it. `centre_id` opens every key, so that the store can be split by centre.

Moves, answers and outcomes form one hash chain a sitting: `link_no` orders it, `digest` covers the row's content,
`link` covers the digest and the link before it; the head stands on the sitting.
"""

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from app.records.tables.house import metadata, sealed, text, whole


def _sitting_key(*more: sa.Column[int]) -> list[SchemaItem]:
    """The key of a table that belongs to a sitting: centre, sitting, and what numbers the row within it."""
    return [
        sa.Column("centre_id", sa.Text(), primary_key=True),
        sa.Column("sitting_id", sa.Text(), primary_key=True),
        *more,
        sa.ForeignKeyConstraint(["centre_id", "sitting_id"], ["sitting.centre_id", "sitting.id"]),
    ]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), primary_key=True, autoincrement=False)


def _chained() -> list[sa.Column[int] | sa.Column[str]]:
    return [whole("link_no"), text("digest"), text("link")]


_RUNNING = sa.text("state = 'in_progress'")

sitting = sa.Table(
    "sitting",
    metadata,
    sa.Column("centre_id", sa.Text(), sa.ForeignKey("centre.id"), primary_key=True),
    sa.Column("id", sa.Text(), primary_key=True),
    sa.Column("candidate_id", sa.Text(), sa.ForeignKey("candidate.id"), nullable=False),
    text("category"),
    text("language"),
    whole("starts_at"),
    whole("booked_at"),
    # where it stands: written by record_move alone
    text("state"),
    text("pause_kind", null=True),
    whole("paused_at", null=True),
    whole("paused_known_at", null=True),
    whole("part", default=0),
    whole("state_at"),
    whole("move_no", default=0),
    # the clock of the present part: written by record_move alone; a test proves that it equals the fold
    whole("allowance_ms", default=0),
    whole("granted_ms", default=0),
    whole("used_ms", default=0),
    whole("running_since", null=True),
    whole("deadline_at", null=True),
    whole("break_used_ms", default=0),
    # what was asked for before, and what check-in froze
    whole("extra_minutes", default=0),
    whole("break_minutes"),
    text("parts", null=True),
    text("arrangements", null=True),
    text("policy_version"),
    # the pen: one browser writes at a time
    text("code", null=True),
    whole("released_at", null=True),
    whole("epoch", default=0),
    text("device", null=True),
    text("start_token", null=True),
    # where the candidate is
    whole("details_at", null=True),
    whole("arrangements_at", null=True),
    whole("told_unanswered", default=0),
    whole("seen_at", default=0),
    whole("touched_at"),
    text("notice", null=True),
    whole("notice_at", null=True),
    # the head of the chain
    whole("chain_no", default=0),
    text("chain_head"),
    sa.Index("ix_sitting_centre_id_starts_at", "centre_id", "starts_at"),
    sa.Index("ix_sitting_candidate_id", "candidate_id"),
    sa.Index("ix_sitting_deadline_at", "deadline_at"),
    sa.Index("ix_sitting_running", "touched_at", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    sa.Index("uq_sitting_code", "code", unique=True),
    sqlite_with_rowid=False,
)

sitting_move = sa.Table(
    "sitting_move",
    metadata,
    *_sitting_key(_number("n")),
    whole("part"),
    text("move"),
    text("kind", null=True),
    text("from_state"),
    text("to_state"),
    whole("at"),
    whole("recorded_at"),
    text("actor"),
    text("role"),
    whole("amount_ms"),
    text("reason", null=True),
    sealed("words"),
    *_chained(),
    sqlite_with_rowid=False,
)
"""Append-only. `at` is when the move took effect, `recorded_at` when it was written; `words` are free text, sealed."""

paper_draw = sa.Table(
    "paper_draw",
    metadata,
    *_sitting_key(_number("n")),
    text("candidate_id"),
    text("category"),
    whole("drawn_at"),
    text("seed"),
    whole("release"),
    text("questions"),
    text("repeats"),
    sa.Index("ix_paper_draw_candidate_id", "candidate_id", "drawn_at"),
    sa.Index("ix_paper_draw_drawn_at", "drawn_at"),
)
"""Append-only: every paper ever drawn, also one discarded by an undone check-in, because it was exposed."""

paper_question = sa.Table(
    "paper_question",
    metadata,
    *_sitting_key(_number("position")),
    whole("part"),
    text("question_id"),
    whole("question_version"),
    text("topic"),
    whole("choose"),
    text("options"),
    sqlite_with_rowid=False,
)
"""The frozen paper. `options` is a JSON list of [value on the page, option id], in the order shown."""

answer_revision = sa.Table(
    "answer_revision",
    metadata,
    *_sitting_key(_number("position"), _number("revision")),
    whole("epoch"),
    whole("sequence"),
    whole("twin", default=0),
    text("token"),
    text("value"),
    whole("flagged"),
    text("wording"),
    text("standing"),
    whole("counts"),
    whole("arrived_at"),
    whole("left_ms"),
    whole("made_left_ms", null=True),
    whole("rendered_at", null=True),
    *_chained(),
    sa.UniqueConstraint(
        "centre_id", "sitting_id", "position", "epoch", "sequence", "twin", name="uq_answer_revision_key"
    ),
    sqlite_with_rowid=False,
)
"""Append-only. `value` is the chosen page values joined by spaces, empty for none; `twin` is 0 but for a sequence used
twice; `counts` is 1 for a standing that counts."""

outcome = sa.Table(
    "outcome",
    metadata,
    *_sitting_key(_number("revision")),
    text("status"),
    text("ended"),
    whole("passed", null=True),
    text("result"),
    whole("at"),
    text("actor"),
    text("reason", null=True),
    *_chained(),
    sqlite_with_rowid=False,
)
"""Append-only: the newest revision is the outcome. `result` is JSON, counts only: no question and no key."""

help_call = sa.Table(
    "help_call",
    metadata,
    *_sitting_key(_number("n")),
    text("reason"),
    sealed("words"),
    whole("called_at"),
    whole("seen_at", null=True),
    text("seen_by", null=True),
    whole("answered_at", null=True),
    text("answered_by", null=True),
    sa.Index("ix_help_call_centre_id_answered_at", "centre_id", "answered_at"),
    sqlite_with_rowid=False,
)
