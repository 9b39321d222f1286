"""Questions without an answer, what closes them, and what readers thought of answers."""

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "gaps",
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("entry_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["employees.employee_id"], name=op.f("fk_gaps_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["employees.employee_id"], name=op.f("fk_gaps_owner_id")
        ),
        sa.PrimaryKeyConstraint("gap_id", name=op.f("pk_gaps")),
    )
    op.create_index(op.f("ix_gaps_owner_id"), "gaps", ["owner_id"])
    op.create_index(op.f("ix_gaps_status_due_at"), "gaps", ["status", "due_at"])
    op.create_table(
        "gap_answers",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("title_zh", sa.String(), nullable=True),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("answer_zh", sa.String(), nullable=True),
        sa.Column("answer_en", sa.String(), nullable=True),
        sa.Column("wordings", sa.JSON(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["employees.employee_id"], name=op.f("fk_gap_answers_answered_by")
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.gap_id"], name=op.f("fk_gap_answers_gap_id")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_gap_answers")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_gap_answers_entry_id_version")),
        sa.UniqueConstraint("gap_id", name=op.f("uq_gap_answers_gap_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gap_asks",
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("nearest", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.employee_id"], name=op.f("fk_gap_asks_employee_id")
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.gap_id"], name=op.f("fk_gap_asks_gap_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.turn_id"], name=op.f("fk_gap_asks_turn_id")),
        sa.PrimaryKeyConstraint("ask_id", name=op.f("pk_gap_asks")),
        sa.UniqueConstraint("turn_id", "kind", name=op.f("uq_gap_asks_turn_id_kind")),
    )
    op.create_index(op.f("ix_gap_asks_gap_id_asked_at"), "gap_asks", ["gap_id", "asked_at"])
    op.create_table(
        "gap_drafts",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=True),
        sa.Column("title_zh", sa.String(), nullable=True),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("answer_zh", sa.String(), nullable=True),
        sa.Column("answer_en", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.employee_id"], name=op.f("fk_gap_drafts_employee_id")
        ),
        sa.ForeignKeyConstraint(["gap_id"], ["gaps.gap_id"], name=op.f("fk_gap_drafts_gap_id")),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_gap_drafts")),
    )
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.employee_id"], name=op.f("fk_feedback_employee_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_feedback_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_employee_id"), "feedback", ["employee_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_feedback_employee_id"), table_name="feedback")
    op.drop_table("feedback")
    op.drop_table("gap_drafts")
    op.drop_index(op.f("ix_gap_asks_gap_id_asked_at"), table_name="gap_asks")
    op.drop_table("gap_asks")
    op.drop_table("gap_answers")
    op.drop_index(op.f("ix_gaps_status_due_at"), table_name="gaps")
    op.drop_index(op.f("ix_gaps_owner_id"), table_name="gaps")
    op.drop_table("gaps")
