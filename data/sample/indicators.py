"""Monthly figures that follow from circumstances, holdings, trends and the calendar.

Every figure is a level (log-normal around what income or revenue allows), times the client's own
trend, times the season (year-end and the Spring Festival), times a little noise. Turnover of a
product appears with the product; settlement by remittance is there without any product, so that
large settlement without e-banking exists. All money is in fen, CNY.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.sample.draws import Floats, fen
from data.sample.lending import draw_lending

SEASON = {
    "corporate": (0.93, 0.86, 1.0, 0.99, 1.0, 1.04, 0.98, 0.99, 1.03, 0.99, 1.02, 1.14),
    "personal": (1.06, 1.10, 1.02, 0.99, 0.98, 1.0, 0.99, 0.98, 0.99, 0.98, 0.99, 1.03),
}
"""January to December; the Spring Festival drains firms and fills households."""
DEPOSITS = ("TIME_P", "TIME_C", "NOTICE_C", "AGREEMENT_C", "DEPOSIT_P", "DEPOSIT_C")
TURNOVERS: dict[str, tuple[tuple[str, ...], float]] = {
    "ebanking_turnover": (("EBANK_P", "EBANK_C", "MOBILE_P"), 0.35),
    "credit_card_spend": (("CREDIT_CARD", "CARD_C"), 0.05),
    "debit_card_spend": (("DEBIT_CARD",), 0.12),
    "international_settlement": (("INTL_SETTLEMENT", "LETTER_CREDIT", "FX_PURCHASE"), 0.25),
    "agency_turnover": (("PAYROLL_C", "COLLECTION_C"), 0.15),
    "remittance_turnover": (("REMITTANCE",), 0.20),
    "fund_turnover": (("FUND_OPEN", "FUND_MONEY", "FUND_AGENCY"), 0.10),
    "bond_turnover": (("BOND_TREASURY",), 0.08),
    "securities_link_turnover": (("SECURITIES_LINK", "SECURITIES_COOP"), 0.22),
}
"""Products that bring each turnover, and its usual share of a month's income or revenue."""


@dataclass(frozen=True, slots=True)
class IndicatorBasis:
    """What the figures of all clients rest on, a row a client in the order of ``client_id``."""

    client_id: pd.Series
    kind: pd.Series
    monthly_yuan: Floats
    """Income of the household or revenue of the firm a month, in yuan."""
    drift: Floats
    """Monthly growth of the client's business, e.g. 0.01."""
    first_month: np.ndarray
    """Month the relationship began; before it every figure is nought."""


def draw_indicators(
    rng: np.random.Generator, basis: IndicatorBasis, holdings: pd.DataFrame, months: np.ndarray
) -> pd.DataFrame:
    """Give ``indicators.csv``: clients x months rows, ordered by client and month."""
    shape = (len(basis.client_id), len(months))
    begun = basis.first_month[:, None] <= months[None, :]
    pace = _pace(rng, basis, months) * begun
    income = basis.monthly_yuan[:, None] * pace
    held = {str(name): _held(basis, rows, months) for name, rows in holdings.groupby("product_id")}
    nobody = np.zeros(shape, dtype=bool)
    firm = (basis.kind == "corporate").to_numpy()[:, None]

    saved = sum(held.get(name, nobody).astype(np.float64) for name in DEPOSITS)
    wealth = rng.lognormal(np.where(firm, -0.6, 1.1), 0.9, size=(shape[0], 1))
    balance = income * wealth * (0.4 + saved) * rng.lognormal(0, 0.12, shape)
    figures: dict[str, np.ndarray] = {
        "deposit_balance": fen(balance),
        "deposit_average": fen(balance * rng.lognormal(-0.02, 0.06, shape)),
        "deposit_transactions": rng.poisson(begun * np.clip(np.sqrt(income) / 12, 1, 400)),
    }
    figures |= draw_lending(rng, income, held, nobody)
    for name, (products, share) in TURNOVERS.items():
        active = np.any([held.get(product, nobody) for product in products], axis=0)
        figures[name] = fen(income * share * _use(rng, name, active, firm))
    cells = {name: values.reshape(-1) for name, values in figures.items()}
    ids = np.repeat(basis.client_id.to_numpy(), shape[1])
    return pd.DataFrame({"client_id": ids, "month": np.tile(months.astype(str), shape[0]), **cells})


def _pace(rng: np.random.Generator, basis: IndicatorBasis, months: np.ndarray) -> Floats:
    """Clients x months: trend, season and the noise of the month around one."""
    calendar = months.astype("datetime64[M]").astype(int) % 12
    firm = (basis.kind == "corporate").to_numpy()[:, None]
    season = np.where(
        firm, np.array(SEASON["corporate"])[calendar], np.array(SEASON["personal"])[calendar]
    )
    trend = np.exp(np.outer(basis.drift, np.arange(len(months)) - len(months) + 1))
    noise = rng.lognormal(0, 0.08, size=trend.shape)
    return np.asarray(trend * season * noise, dtype=np.float64)


def _held(basis: IndicatorBasis, rows: pd.DataFrame, months: np.ndarray) -> np.ndarray:
    """Clients x months: whether the product was open in the month."""
    by_client = rows.set_index("client_id").reindex(basis.client_id)
    opened = by_client["opened_on"].to_numpy().astype("datetime64[M]")[:, None]
    closed = by_client["closed_on"].to_numpy().astype("datetime64[M]")[:, None]
    return np.asarray((opened <= months) & ~(closed <= months))


def _use(rng: np.random.Generator, name: str, active: np.ndarray, firm: np.ndarray) -> Floats:
    """How strongly a turnover runs, in parts of its usual share; mostly nought when inactive."""
    habit = rng.lognormal(0, 0.7, size=(len(active), 1)) * rng.lognormal(0, 0.3, active.shape)
    if name == "remittance_turnover":
        return np.asarray(habit * np.where(active, 1.0, 0.45), dtype=np.float64)
    if name == "agency_turnover":
        paid_through_us = ~firm & (rng.random((len(active), 1)) < 0.4)
        return np.asarray(habit * np.where(paid_through_us, 4.0, active), dtype=np.float64)
    if name == "international_settlement":
        now_and_then = rng.random(active.shape) < 0.01
        return np.asarray(habit * np.where(active, 1.0, 0.3 * now_and_then), dtype=np.float64)
    return np.asarray(habit * active, dtype=np.float64)
