"""What a client did with the bank, month by month."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.clients import Client
from crm.store.types import Fen


class Indicators(Base):
    """One client's figures of one month; `month` is its first day, money in fen, CNY."""

    __tablename__ = "indicators"

    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    deposit_balance: Mapped[Fen | None]
    deposit_average: Mapped[Fen | None]
    deposit_transactions: Mapped[int | None]
    loan_balance: Mapped[Fen | None]
    loan_disbursed: Mapped[Fen | None]
    risk_loan_balance: Mapped[Fen | None]
    interest_receivable: Mapped[Fen | None]
    ebanking_turnover: Mapped[Fen | None]
    credit_card_spend: Mapped[Fen | None]
    debit_card_spend: Mapped[Fen | None]
    international_settlement: Mapped[Fen | None]
    agency_turnover: Mapped[Fen | None]
    remittance_turnover: Mapped[Fen | None]
    fund_turnover: Mapped[Fen | None]
    bond_turnover: Mapped[Fen | None]
    securities_link_turnover: Mapped[Fen | None]
