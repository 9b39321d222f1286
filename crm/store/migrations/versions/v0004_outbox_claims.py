"""Who is delivering a message of the outbox, and until when others keep away from it."""

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"


def upgrade() -> None:
    """Add the columns of a claim."""
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("claimed_by", sa.String(), nullable=True))
        table.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        op.f("ix_turns_employee_id_received_at"), "turns", ["employee_id", "received_at"]
    )


def downgrade() -> None:
    """Drop the columns of a claim."""
    op.drop_index(op.f("ix_turns_employee_id_received_at"), "turns")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("held_until")
        table.drop_column("claimed_by")
