"""The first tables: people, centres, the bank, sittings with their chain, and the service itself.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import keep_forever

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "answer_revision",
    "audit",
    "bank_release",
    "outcome",
    "paper_draw",
    "picture",
    "question_key",
    "question_version",
    "sitting_move",
)


def upgrade() -> None:
    """Create every table, then the triggers that keep the append-only ones."""
    op.create_table(
        "alive",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alive")),
    )
    op.create_table(
        "audit",
        sa.Column(
            "n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Text(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_about"), "audit", ["about"])
    op.create_table(
        "bank_release",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("blueprint", sa.Text(), nullable=False),
        sa.Column("questions", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_bank_release")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("born", sa.LargeBinary(), nullable=True),
        sa.Column("licence", sa.LargeBinary(), nullable=True),
        sa.Column("licence_digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )
    op.create_index(op.f("ix_candidate_licence_digest"), "candidate", ["licence_digest"])
    op.create_table(
        "centre",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("opens", sa.Text(), nullable=False),
        sa.Column("closes", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
    )
    op.create_table(
        "desk",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_try_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_desk")),
        sa.UniqueConstraint("word", name=op.f("uq_desk_word")),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "person_key",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_key")),
    )
    op.create_table(
        "picture",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_picture")),
    )
    op.create_table(
        "question_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_question_version")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "web_session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Text(), nullable=True),
        sa.Column("sitting_id", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_session")),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"])
    op.create_table(
        "invitation",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Text(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitation")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_invitation_centre_id")),
    )
    op.create_table(
        "membership",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("centre_id", sa.Text(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "n", name=op.f("pk_membership")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_membership_centre_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_membership_staff_id")),
    )
    op.create_table(
        "question_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_question_key")),
        sa.ForeignKeyConstraint(
            ["id", "version"],
            ["question_version.id", "question_version.version"],
            name=op.f("fk_question_key_id_version"),
        ),
    )
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
    """Drop everything, children first."""
    for table in (
        "sitting_move",
        "paper_question",
        "paper_draw",
        "outcome",
        "help_call",
        "answer_revision",
        "sitting",
        "question_key",
        "membership",
        "invitation",
        "web_session",
        "staff",
        "question_version",
        "picture",
        "person_key",
        "installation",
        "desk",
        "centre",
        "candidate",
        "bank_release",
        "audit",
        "alive",
    ):
        op.drop_table(table)
