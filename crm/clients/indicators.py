"""What a client did with the bank in the latest month on record."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables import indicators


@dataclass(frozen=True, slots=True)
class MonthlyIndicators:
    """One client's figures of one month.

    Every figure but the count of transactions is money in fen, CNY; None is unknown.
    `month` is the month's first day.
    """

    client_id: str
    month: date
    deposit_balance: int | None
    deposit_average: int | None
    deposit_transactions: int | None
    loan_balance: int | None
    loan_disbursed: int | None
    risk_loan_balance: int | None
    interest_receivable: int | None
    ebanking_turnover: int | None
    credit_card_spend: int | None
    debit_card_spend: int | None
    international_settlement: int | None
    agency_turnover: int | None
    remittance_turnover: int | None
    fund_turnover: int | None
    bond_turnover: int | None
    securities_link_turnover: int | None


def latest_indicators(session: Session, client_id: str) -> MonthlyIndicators | None:
    """Return the figures of the latest month on record, or None when there are none."""
    row = session.scalar(
        select(indicators.Indicators)
        .where(indicators.Indicators.client_id == client_id)
        .order_by(indicators.Indicators.month.desc())
        .limit(1)
    )
    if row is None:
        return None
    return MonthlyIndicators(
        **{field.name: getattr(row, field.name) for field in fields(MonthlyIndicators)}
    )
