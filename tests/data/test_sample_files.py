"""The files: the same bytes for the same seed, the contract's columns, labelled as invented."""

import csv
import re
from dataclasses import replace
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from data.sample.__main__ import write_sample
from data.sample.bank import SampleBank, build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank

SMALL = SampleSettings(seed=11, clients=1200)
COLUMNS = {
    "branches": "branch_id,name_zh,name_en,city",
    "employees": "employee_id,name,name_en,role,branch_id,leader_id,expertise",
    "products": (
        "product_id,name_zh,name_en,aliases,category,risk_level,client_kind,channels,requires,"
        "licence,balance_floor,branches,regions,sold_from,sold_until,quota"
    ),
    "clients": (
        "client_id,kind,name,name_en,branch_id,manager_id,grade,region,opened_on,"
        "risk_grade,risk_expires_on,do_not_contact,licences"
    ),
    "corporate": (
        "client_id,industry,industry_policy,industry_trend,competition,founded_on,"
        "registered_capital,shareholders,executives,annual_revenue,net_profit,total_assets,"
        "total_liabilities,market_rank,projects_under_construction,investment_plan,"
        "corporate_event,other_banks"
    ),
    "personal": (
        "client_id,birth_year,occupation,personal_income,household_income,household_structure,"
        "household_assets,main_consumption,consumption_preference,investment_preference"
    ),
    "holdings": "client_id,product_id,opened_on,closed_on",
    "indicators": (
        "client_id,month,deposit_balance,deposit_average,deposit_transactions,loan_balance,"
        "loan_disbursed,risk_loan_balance,interest_receivable,ebanking_turnover,"
        "credit_card_spend,debit_card_spend,international_settlement,agency_turnover,"
        "remittance_turnover,fund_turnover,bond_turnover,securities_link_turnover"
    ),
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write_bank(build_bank(SMALL), tmp_path)
    first = {file.name: file.read_bytes() for file in written.iterdir()}
    assert first == {file.name: file.read_bytes() for file in tmp_path.iterdir()}


def test_another_seed_gives_other_clients(bank: SampleBank) -> None:
    other = build_bank(replace(SMALL, seed=12, clients=240))
    assert other.clients["name"].tolist()[:20] != bank.clients["name"].tolist()[:20]


def test_every_file_has_the_columns_of_the_contract(written: Path) -> None:
    headers = {
        file.stem: file.read_text(encoding="utf-8").splitlines()[0]
        for file in written.glob("*.csv")
    }
    assert headers == COLUMNS


def test_every_amount_is_written_in_yuan_with_two_decimals(written: Path) -> None:
    counts = {"client_id", "month", "deposit_transactions"}
    for row in rows_of(written / "indicators.csv")[:2000]:
        amounts = [value for column, value in row.items() if column not in counts]
        assert all(re.fullmatch(r"\d+\.\d\d", amount) for amount in amounts), row


def test_every_date_is_iso_or_empty(written: Path) -> None:
    for name, column in (
        ("clients", "opened_on"),
        ("clients", "risk_expires_on"),
        ("corporate", "founded_on"),
        ("holdings", "opened_on"),
        ("holdings", "closed_on"),
    ):
        values = {row[column] for row in rows_of(written / f"{name}.csv")} - {""}
        assert values
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values), column


def test_the_directory_says_in_both_languages_that_all_is_invented(written: Path) -> None:
    note = (written / "SAMPLE.txt").read_text(encoding="utf-8")
    assert "虚构" in note
    assert "invented" in note


def test_the_command_writes_the_directory_it_is_given(tmp_path: Path) -> None:
    app = Typer()
    app.command()(write_sample)
    out = tmp_path / "new" / "bank"
    result = CliRunner().invoke(app, ["--out", str(out), "--clients", "240", "--months", "2"])
    assert result.exit_code == 0, result.output
    assert {file.stem for file in out.glob("*.csv")} == set(COLUMNS)
    assert len(rows_of(out / "indicators.csv")) == 480
