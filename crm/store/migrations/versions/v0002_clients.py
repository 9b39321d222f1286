"""Clients, their profiles, holdings and monthly indicators."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "clients",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("manager_id", sa.String(), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("risk_grade", sa.String(length=32), nullable=True),
        sa.Column("risk_expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.branch_id"], name=op.f("fk_clients_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["employees.employee_id"], name=op.f("fk_clients_manager_id")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_clients")),
    )
    op.create_index(op.f("ix_clients_branch_id"), "clients", ["branch_id"], unique=False)
    op.create_index(op.f("ix_clients_manager_id"), "clients", ["manager_id"], unique=False)
    op.create_table(
        "corporate_profiles",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("industry_policy", sa.String(length=32), nullable=True),
        sa.Column("industry_trend", sa.String(length=32), nullable=True),
        sa.Column("competition", sa.String(length=32), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("registered_capital", sa.BigInteger(), nullable=True),
        sa.Column("shareholders", sa.String(), nullable=True),
        sa.Column("executives", sa.String(), nullable=True),
        sa.Column("annual_revenue", sa.BigInteger(), nullable=True),
        sa.Column("net_profit", sa.BigInteger(), nullable=True),
        sa.Column("total_assets", sa.BigInteger(), nullable=True),
        sa.Column("total_liabilities", sa.BigInteger(), nullable=True),
        sa.Column("market_rank", sa.Integer(), nullable=True),
        sa.Column("projects_under_construction", sa.String(), nullable=True),
        sa.Column("investment_plan", sa.String(), nullable=True),
        sa.Column("corporate_event", sa.String(length=32), nullable=True),
        sa.Column("other_banks", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name=op.f("fk_corporate_profiles_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_corporate_profiles")),
    )
    op.create_table(
        "holdings",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name=op.f("fk_holdings_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.product_id"], name=op.f("fk_holdings_product_id")
        ),
        sa.PrimaryKeyConstraint("holding_id", name=op.f("pk_holdings")),
        sa.UniqueConstraint(
            "client_id",
            "product_id",
            "opened_on",
            name=op.f("uq_holdings_client_id_product_id_opened_on"),
        ),
    )
    op.create_index(op.f("ix_holdings_product_id"), "holdings", ["product_id"], unique=False)
    op.create_table(
        "indicators",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("deposit_balance", sa.BigInteger(), nullable=True),
        sa.Column("deposit_average", sa.BigInteger(), nullable=True),
        sa.Column("deposit_transactions", sa.Integer(), nullable=True),
        sa.Column("loan_balance", sa.BigInteger(), nullable=True),
        sa.Column("loan_disbursed", sa.BigInteger(), nullable=True),
        sa.Column("risk_loan_balance", sa.BigInteger(), nullable=True),
        sa.Column("interest_receivable", sa.BigInteger(), nullable=True),
        sa.Column("ebanking_turnover", sa.BigInteger(), nullable=True),
        sa.Column("credit_card_spend", sa.BigInteger(), nullable=True),
        sa.Column("debit_card_spend", sa.BigInteger(), nullable=True),
        sa.Column("international_settlement", sa.BigInteger(), nullable=True),
        sa.Column("agency_turnover", sa.BigInteger(), nullable=True),
        sa.Column("remittance_turnover", sa.BigInteger(), nullable=True),
        sa.Column("fund_turnover", sa.BigInteger(), nullable=True),
        sa.Column("bond_turnover", sa.BigInteger(), nullable=True),
        sa.Column("securities_link_turnover", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name=op.f("fk_indicators_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "month", name=op.f("pk_indicators")),
    )
    op.create_table(
        "personal_profiles",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("personal_income", sa.BigInteger(), nullable=True),
        sa.Column("household_income", sa.BigInteger(), nullable=True),
        sa.Column("household_structure", sa.String(), nullable=True),
        sa.Column("household_assets", sa.String(length=32), nullable=True),
        sa.Column("main_consumption", sa.String(), nullable=True),
        sa.Column("consumption_preference", sa.String(), nullable=True),
        sa.Column("investment_preference", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.client_id"], name=op.f("fk_personal_profiles_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_personal_profiles")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("personal_profiles")
    op.drop_table("indicators")
    op.drop_table("holdings")
    op.drop_table("corporate_profiles")
    op.drop_table("clients")
