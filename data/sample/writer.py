"""Writing the sample bank in the form the import reads: UTF-8 CSV, yuan with two decimals."""

from dataclasses import fields
from pathlib import Path

import pandas as pd

from data.sample.bank import SampleBank

MONTHLY_COUNTS = {"deposit_transactions"}
PROFILE_MONEY = (
    "registered_capital",
    "annual_revenue",
    "net_profit",
    "total_assets",
    "total_liabilities",
    "personal_income",
    "household_income",
)
COUNTS = ("market_rank", "other_banks")
DATES = ("opened_on", "closed_on", "founded_on", "risk_expires_on")
COLUMNS = {
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
}
"""Order of the columns of the contract, where the frame's own order is another."""


def write_bank(bank: SampleBank, out: Path) -> None:
    """Write every file of the import directory and the note that all of it is invented.

    Parameters
    ----------
    out
        Made when it is not there; files of the same name are replaced.
    """
    out.mkdir(parents=True, exist_ok=True)
    for field in fields(bank):
        frame: pd.DataFrame = getattr(bank, field.name)
        if field.name in COLUMNS:
            frame = frame[COLUMNS[field.name].split(",")]
        _plain(field.name, frame).to_csv(
            out / f"{field.name}.csv", index=False, lineterminator="\n", encoding="utf-8"
        )
    note = Path(__file__).with_name("note.txt").read_text(encoding="utf-8")
    (out / "SAMPLE.txt").write_text(note, encoding="utf-8", newline="\n")


def _plain(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Turn money, counts and dates into the text the import reads."""
    plain = frame.copy()
    money: tuple[str, ...] = PROFILE_MONEY
    if name == "indicators":
        money = tuple(column for column in frame.columns[2:] if column not in MONTHLY_COUNTS)
    for column in frame.columns.intersection(list(money)):
        plain[column] = [_yuan(value) for value in frame[column].tolist()]
    for column in frame.columns.intersection(list(COUNTS)):
        plain[column] = frame[column].astype("Int64")
    for column in frame.columns.intersection(list(DATES)):
        plain[column] = frame[column].dt.strftime("%Y-%m-%d")
    return plain


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:.2f}"
