"""Clients, what is known of them, and what they hold."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.organisation import Branch, Employee
from crm.store.tables.products import Product
from crm.store.types import Fen
from crm.terms import (
    ClientKind,
    Competition,
    CorporateEvent,
    Grade,
    HouseholdAssets,
    IndustryPolicy,
    IndustryTrend,
    RiskGrade,
)


class Client(Base):
    """A client, with the one manager who answers for it."""

    __tablename__ = "clients"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ClientKind]
    name: Mapped[str]
    name_en: Mapped[str | None]
    branch_id: Mapped[str] = mapped_column(ForeignKey(Branch.branch_id), index=True)
    manager_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), index=True)
    grade: Mapped[Grade]
    region: Mapped[str | None]
    opened_on: Mapped[date]
    risk_grade: Mapped[RiskGrade | None]
    risk_expires_on: Mapped[date | None]
    do_not_contact: Mapped[bool] = mapped_column(default=False, server_default=false())
    licences: Mapped[list[str]] = mapped_column(default=list, server_default="[]")


class CorporateProfile(Base):
    """What is gathered about a company outside the bank's own systems; money in fen, CNY."""

    __tablename__ = "corporate_profiles"

    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id), primary_key=True)
    industry: Mapped[str | None]
    industry_policy: Mapped[IndustryPolicy | None]
    industry_trend: Mapped[IndustryTrend | None]
    competition: Mapped[Competition | None]
    founded_on: Mapped[date | None]
    registered_capital: Mapped[Fen | None]
    shareholders: Mapped[str | None]
    executives: Mapped[str | None]
    annual_revenue: Mapped[Fen | None]
    net_profit: Mapped[Fen | None]
    total_assets: Mapped[Fen | None]
    total_liabilities: Mapped[Fen | None]
    market_rank: Mapped[int | None]
    projects_under_construction: Mapped[str | None]
    investment_plan: Mapped[str | None]
    corporate_event: Mapped[CorporateEvent | None]
    other_banks: Mapped[int | None]


class PersonalProfile(Base):
    """What is gathered about a person and the household; money in fen, CNY."""

    __tablename__ = "personal_profiles"

    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id), primary_key=True)
    birth_year: Mapped[int | None]
    occupation: Mapped[str | None]
    personal_income: Mapped[Fen | None]
    household_income: Mapped[Fen | None]
    household_structure: Mapped[str | None]
    household_assets: Mapped[HouseholdAssets | None]
    main_consumption: Mapped[str | None]
    consumption_preference: Mapped[str | None]
    investment_preference: Mapped[str | None]


class Holding(Base):
    """A product a client holds or held, from `opened_on` until the day before `closed_on`."""

    __tablename__ = "holdings"
    __table_args__ = (
        UniqueConstraint("client_id", "product_id", "opened_on"),
        Index(None, "product_id"),
    )

    holding_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id))
    product_id: Mapped[str] = mapped_column(ForeignKey(Product.product_id))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
