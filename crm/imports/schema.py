"""The CSV form: which files an import directory holds, and which columns each has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from crm import terms
from crm.imports.values import (
    Parse,
    amount,
    code,
    count,
    day,
    day_until,
    identifier,
    list_of,
    month_until,
    one_of,
    signed_amount,
    text,
    year_until,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file; an optional one that is left empty becomes `empty`.

    Attributes
    ----------
    absent
        Whether the whole column may be missing; what the store has of it then stays.
    """

    name: str
    parse: Parse
    required: bool = False
    empty: object = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class FileForm:
    """A file of the import directory; `key` are the columns that no two rows may share."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _needed(parse: Parse, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, parse, required=True) for name in names)


def _maybe(parse: Parse, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, parse) for name in names)


def _list(name: str, parse: Parse) -> Column:
    return Column(name, list_of(parse), empty=())


def _extra(parse: Parse, *names: str, empty: object = None) -> tuple[Column, ...]:
    return tuple(Column(name, parse, empty=empty, absent=True) for name in names)


def _branches(_: date) -> FileForm:
    return FileForm(
        "branches.csv",
        ("branch_id",),
        (
            *_needed(identifier, "branch_id"),
            *_needed(text, "name_zh", "name_en"),
            *_maybe(text, "city"),
        ),
    )


def _employees(_: date) -> FileForm:
    return FileForm(
        "employees.csv",
        ("employee_id",),
        (
            *_needed(identifier, "employee_id"),
            *_needed(text, "name"),
            *_maybe(text, "name_en"),
            *_needed(one_of(terms.Role), "role"),
            *_needed(identifier, "branch_id"),
            *_maybe(identifier, "leader_id"),
            _list("expertise", text),
        ),
    )


def _products(_: date) -> FileForm:
    return FileForm(
        "products.csv",
        ("product_id",),
        (
            *_needed(identifier, "product_id"),
            *_needed(text, "name_zh", "name_en"),
            _list("aliases", text),
            *_needed(code, "category"),
            *_maybe(one_of(terms.RiskLevel), "risk_level"),
            *_needed(one_of(terms.ProductAudience), "client_kind"),
            _list("channels", one_of(terms.SalesChannel)),
            _list("requires", identifier),
            *_extra(code, "licence"),
            *_extra(amount, "balance_floor"),
            *_extra(list_of(identifier), "branches", empty=()),
            *_extra(list_of(text), "regions", empty=()),
            *_extra(day, "sold_from", "sold_until"),
            *_extra(count, "quota"),
        ),
    )


def _clients(today: date) -> FileForm:
    return FileForm(
        "clients.csv",
        ("client_id",),
        (
            *_needed(identifier, "client_id"),
            *_needed(one_of(terms.ClientKind), "kind"),
            *_needed(text, "name"),
            *_maybe(text, "name_en"),
            *_needed(identifier, "branch_id", "manager_id"),
            *_needed(one_of(terms.Grade), "grade"),
            *_maybe(text, "region"),
            *_needed(day_until(today), "opened_on"),
            *_maybe(one_of(terms.RiskGrade), "risk_grade"),
            *_maybe(day, "risk_expires_on"),
            *_extra(yes_or_no, "do_not_contact", empty=False),
            *_extra(list_of(code), "licences", empty=()),
        ),
    )


def _corporate(today: date) -> FileForm:
    return FileForm(
        "corporate.csv",
        ("client_id",),
        (
            *_needed(identifier, "client_id"),
            *_maybe(code, "industry"),
            *_maybe(one_of(terms.IndustryPolicy), "industry_policy"),
            *_maybe(one_of(terms.IndustryTrend), "industry_trend"),
            *_maybe(one_of(terms.Competition), "competition"),
            *_maybe(day_until(today), "founded_on"),
            *_maybe(amount, "registered_capital"),
            *_maybe(text, "shareholders", "executives"),
            *_maybe(amount, "annual_revenue"),
            *_maybe(signed_amount, "net_profit"),
            *_maybe(amount, "total_assets", "total_liabilities"),
            *_maybe(count, "market_rank"),
            *_maybe(code, "projects_under_construction", "investment_plan"),
            *_maybe(one_of(terms.CorporateEvent), "corporate_event"),
            *_maybe(count, "other_banks"),
        ),
    )


def _personal(today: date) -> FileForm:
    return FileForm(
        "personal.csv",
        ("client_id",),
        (
            *_needed(identifier, "client_id"),
            *_maybe(year_until(today), "birth_year"),
            *_maybe(code, "occupation"),
            *_maybe(amount, "personal_income", "household_income"),
            *_maybe(code, "household_structure"),
            *_maybe(one_of(terms.HouseholdAssets), "household_assets"),
            *_maybe(code, "main_consumption", "consumption_preference", "investment_preference"),
        ),
    )


def _holdings(today: date) -> FileForm:
    return FileForm(
        "holdings.csv",
        ("client_id", "product_id", "opened_on"),
        (
            *_needed(identifier, "client_id", "product_id"),
            *_needed(day_until(today), "opened_on"),
            *_maybe(day, "closed_on"),
        ),
    )


def _indicators(today: date) -> FileForm:
    return FileForm(
        "indicators.csv",
        ("client_id", "month"),
        (
            *_needed(identifier, "client_id"),
            *_needed(month_until(today), "month"),
            *_maybe(amount, "deposit_balance", "deposit_average"),
            *_maybe(count, "deposit_transactions"),
            *_maybe(amount, "loan_balance", "loan_disbursed", "risk_loan_balance"),
            *_maybe(amount, "interest_receivable", "ebanking_turnover"),
            *_maybe(amount, "credit_card_spend", "debit_card_spend"),
            *_maybe(amount, "international_settlement", "agency_turnover"),
            *_maybe(amount, "remittance_turnover", "fund_turnover", "bond_turnover"),
            *_maybe(amount, "securities_link_turnover"),
        ),
    )


_FORMS: Sequence[Callable[[date], FileForm]] = (
    _branches,
    _employees,
    _products,
    _clients,
    _corporate,
    _personal,
    _holdings,
    _indicators,
)


def file_forms(today: date) -> list[FileForm]:
    """Return the form of every file, in the order in which they can be written.

    Parameters
    ----------
    today
        The day after which nothing can have happened yet.
    """
    return [form(today) for form in _FORMS]
