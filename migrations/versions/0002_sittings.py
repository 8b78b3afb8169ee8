"""Sittings with their papers, answers, moves, outcomes and calls: one hash chain a sitting.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import keep_forever

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "answer_revision",
    "outcome",
    "paper_draw",
    "sitting_move",
)


def upgrade() -> None:
    """Create the tables, then the triggers that keep the append-only ones."""
    op.create_table(
        "sitting",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("candidate_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pause_kind", sa.Text(), nullable=True),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_known_at", sa.BigInteger(), nullable=True),
        sa.Column("part", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("move_no", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("allowance_ms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("granted_ms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("used_ms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("running_since", sa.BigInteger(), nullable=True),
        sa.Column("deadline_at", sa.BigInteger(), nullable=True),
        sa.Column("break_used_ms", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("extra_minutes", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("break_minutes", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("arrangements", sa.Text(), nullable=True),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("start_token", sa.Text(), nullable=True),
        sa.Column("details_at", sa.BigInteger(), nullable=True),
        sa.Column("arrangements_at", sa.BigInteger(), nullable=True),
        sa.Column("told_unanswered", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("notice_at", sa.BigInteger(), nullable=True),
        sa.Column("chain_no", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("chain_head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "id", name=op.f("pk_sitting")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_sitting_candidate_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_sitting_centre_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sitting_candidate_id"), "sitting", ["candidate_id"])
    op.create_index(op.f("ix_sitting_centre_id_starts_at"), "sitting", ["centre_id", "starts_at"])
    op.create_index(op.f("ix_sitting_deadline_at"), "sitting", ["deadline_at"])
    op.create_index(
        op.f("ix_sitting_running"),
        "sitting",
        ["touched_at"],
        sqlite_where=sa.text("state = 'in_progress'"),
        postgresql_where=sa.text("state = 'in_progress'"),
    )
    op.create_index(op.f("uq_sitting_code"), "sitting", ["code"], unique=True)
    op.create_table(
        "answer_revision",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("twin", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("flagged", sa.BigInteger(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("counts", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("left_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_left_ms", sa.BigInteger(), nullable=True),
        sa.Column("rendered_at", sa.BigInteger(), nullable=True),
        sa.Column("link_no", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "centre_id", "sitting_id", "position", "revision", name=op.f("pk_answer_revision")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_answer_revision_centre_id_sitting_id"),
        ),
        sa.UniqueConstraint(
            "centre_id",
            "sitting_id",
            "position",
            "epoch",
            "sequence",
            "twin",
            name=op.f("uq_answer_revision_key"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "help_call",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre_id", "sitting_id", "n", name=op.f("pk_help_call")),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_help_call_centre_id_sitting_id"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_help_call_centre_id_answered_at"), "help_call", ["centre_id", "answered_at"])
    op.create_table(
        "outcome",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("passed", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("link_no", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "sitting_id", "revision", name=op.f("pk_outcome")),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_outcome_centre_id_sitting_id"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_draw",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("candidate_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("repeats", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "sitting_id", "n", name=op.f("pk_paper_draw")),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_paper_draw_centre_id_sitting_id"),
        ),
    )
    op.create_index(op.f("ix_paper_draw_candidate_id"), "paper_draw", ["candidate_id", "drawn_at"])
    op.create_index(op.f("ix_paper_draw_drawn_at"), "paper_draw", ["drawn_at"])
    op.create_table(
        "paper_question",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("question_version", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("choose", sa.BigInteger(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "sitting_id", "position", name=op.f("pk_paper_question")),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_paper_question_centre_id_sitting_id"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sitting_move",
        sa.Column("centre_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("amount_ms", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("link_no", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "sitting_id", "n", name=op.f("pk_sitting_move")),
        sa.ForeignKeyConstraint(
            ["centre_id", "sitting_id"],
            ["sitting.centre_id", "sitting.id"],
            name=op.f("fk_sitting_move_centre_id_sitting_id"),
        ),
        sqlite_with_rowid=False,
    )
    for table in APPEND_ONLY:
        keep_forever(table)


def downgrade() -> None:
    """Drop them, children first."""
    for table in (
        "sitting_move",
        "paper_question",
        "paper_draw",
        "outcome",
        "help_call",
        "answer_revision",
        "sitting",
    ):
        op.drop_table(table)
