"""Branches and the people who work in them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.terms import Role


class Branch(Base):
    """A branch of the bank."""

    __tablename__ = "branches"

    branch_id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    city: Mapped[str | None]


class Employee(Base):
    """Somebody who works for the bank."""

    __tablename__ = "employees"

    employee_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    role: Mapped[Role]
    branch_id: Mapped[str] = mapped_column(ForeignKey(Branch.branch_id), index=True)
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("employees.employee_id"))
    expertise: Mapped[list[str]]
