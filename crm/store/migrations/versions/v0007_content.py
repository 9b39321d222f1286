"""Versions of the knowledge content, what they say, and what changed."""

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "content_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_content_versions")),
    )
    op.create_table(
        "content_items",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item_id", "language", name=op.f("pk_content_items")),
    )
    op.create_table(
        "content_changes",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["content_versions.number"], name=op.f("fk_content_changes_number")
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_content_changes")),
    )
    op.create_index(op.f("ix_content_changes_kind_item_id"), "content_changes", ["kind", "item_id"])
    op.create_index(op.f("ix_content_changes_on_day"), "content_changes", ["on_day"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("content_changes")
    op.drop_table("content_items")
    op.drop_table("content_versions")
