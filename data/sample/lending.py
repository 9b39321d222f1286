"""Monthly figures of loans: balance, new lending, the part at risk, interest not yet paid.

A loan runs down from the month it appears in; working capital is drawn again and again. One
borrower in twenty-five gets into trouble at some month: a growing part of his balance counts as
at risk and interest piles up uncollected. Amounts in fen, CNY.
"""

from collections.abc import Mapping

import numpy as np

from data.sample.draws import Floats, fen

SIZES = {
    "LOAN_HOUSING": (45.0, 0.006),
    "LOAN_CONSUMER": (6.0, 0.03),
    "LOAN_WORKING": (1.6, 0.0),
    "LOAN_FIXED": (4.0, 0.012),
    "BILL_DISCOUNT": (0.5, 0.0),
}
"""Size in months of income or revenue, and the part repaid a month."""
TROUBLE_SHARE = 0.04
MONTHLY_RATE = 0.0045


def draw_lending(
    rng: np.random.Generator,
    income: Floats,
    held: Mapping[str, np.ndarray],
    nobody: np.ndarray,
) -> dict[str, np.ndarray]:
    """Give the four loan figures, clients x months in fen.

    Parameters
    ----------
    income
        Income or revenue a month in yuan, clients x months.
    held
        Clients x months flags of each product held; ``nobody`` stands in for absent ones.
    """
    shape = income.shape
    balance = np.zeros(shape)
    for product, (size, repaid) in SIZES.items():
        active = held.get(product, nobody)
        principal = np.max(income, axis=1, keepdims=True) * size
        scale = rng.lognormal(-0.3, 0.5, size=(shape[0], 1))
        age = np.cumsum(active, axis=1) + rng.integers(0, 12, size=(shape[0], 1))
        swing = 1.0 if repaid else rng.lognormal(0, 0.15, shape)
        balance += active * principal * scale * swing * np.exp(-repaid * age)
    before = np.concatenate([np.zeros((shape[0], 1)), balance[:, :-1]], axis=1)
    before[:, 0] = balance[:, 0]
    risk = balance * _trouble(rng, shape)
    return {
        "loan_balance": fen(balance),
        "loan_disbursed": fen(np.maximum(balance - before, 0)),
        "risk_loan_balance": fen(risk),
        "interest_receivable": fen(np.cumsum(risk * MONTHLY_RATE, axis=1)),
    }


def _trouble(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Part of the balance at risk, clients x months: nought, then growing to between 0.2 and 1."""
    start = rng.integers(0, shape[1], size=(shape[0], 1))
    troubled = rng.random((shape[0], 1)) < TROUBLE_SHARE
    depth = rng.uniform(0.2, 1.0, size=(shape[0], 1))
    since = np.arange(shape[1])[None, :] - start
    return np.asarray(troubled * depth * np.clip((since + 1) / 4, 0, 1), dtype=np.float64)
