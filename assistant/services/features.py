"""Which attributes of a client the recommender may learn from."""

from datetime import date

import pandas as pd

from crm.store.frames import client_frame
from crm.store.session import Session

_FOLLOWS_A_HOLDING = (
    "loan_balance",
    "loan_disbursed",
    "risk_loan_balance",
    "interest_receivable",
    "ebanking_turnover",
    "credit_card_spend",
    "debit_card_spend",
    "international_settlement",
    "agency_turnover",
    "fund_turnover",
    "bond_turnover",
    "securities_link_turnover",
)


def client_attributes(session: Session, as_of: date) -> pd.DataFrame:
    """Return every client's attributes for training and scoring, one row a client.

    Figures that only a holder of one product has (fund turnover, card spending, loan balances)
    are left out: with them a model would read off what a client holds instead of learning who
    takes it up, and would be blind for those who do not hold it yet.
    """
    frame = client_frame(session, as_of)
    following = [c for c in frame.columns if c.removesuffix("_trend") in _FOLLOWS_A_HOLDING]
    return frame.drop(columns=following)
