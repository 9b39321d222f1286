"""What the gate must know of clients and products, suggestions shown, and their outcomes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"

_CLIENT_COLUMNS = ("do_not_contact", "licences")
_PRODUCT_COLUMNS = (
    "licence",
    "balance_floor",
    "branches",
    "regions",
    "sold_from",
    "sold_until",
    "quota",
)


def upgrade() -> None:
    """Add the columns and create the tables."""
    _add("products", sa.Column("licence", sa.String(), nullable=True))
    _add("products", sa.Column("balance_floor", sa.BigInteger(), nullable=True))
    _add("products", sa.Column("branches", sa.JSON(), nullable=False, server_default="[]"))
    _add("products", sa.Column("regions", sa.JSON(), nullable=False, server_default="[]"))
    _add("products", sa.Column("sold_from", sa.Date(), nullable=True))
    _add("products", sa.Column("sold_until", sa.Date(), nullable=True))
    _add("products", sa.Column("quota", sa.Integer(), nullable=True))
    silent: sa.Column[bool] = sa.Column(
        "do_not_contact", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    _add("clients", silent)
    _add("clients", sa.Column("licences", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "suggestions",
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        *_pair("suggestions"),
        sa.Column("list_kind", sa.String(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.Column("play", sa.String(), nullable=True),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_suggestions")),
    )
    _index("suggestions", "employee_id", "shown_at")
    _index("suggestions", "client_id", "product_id")
    op.create_table(
        "outcomes",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        *_pair("outcomes"),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=True),
        sa.Column("play", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.turn_id"], name=op.f("fk_outcomes_turn_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_outcomes_turn_id")),
    )
    _index("outcomes", "client_id", "product_id")
    _index("outcomes", "employee_id", "said_at")
    _index("outcomes", "product_id")


def downgrade() -> None:
    """Drop the tables and the columns."""
    op.drop_table("outcomes")
    op.drop_table("suggestions")
    for column in _CLIENT_COLUMNS:
        op.drop_column("clients", column)
    for column in _PRODUCT_COLUMNS:
        op.drop_column("products", column)


def _add(table: str, column: "sa.Column[Any]") -> None:
    op.add_column(table, column)


def _pair(table: str) -> list[sa.schema.SchemaItem]:
    """Return the columns that name a client, a product and an employee."""
    named = ("client_id", "clients"), ("product_id", "products"), ("employee_id", "employees")
    columns = [sa.Column(column, sa.String(), nullable=False) for column, _ in named]
    keys = [
        sa.ForeignKeyConstraint([column], [f"{target}.{column}"], name=op.f(f"fk_{table}_{column}"))
        for column, target in named
    ]
    return [*columns, *keys]


def _index(table: str, *columns: str) -> None:
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, list(columns), unique=False)
