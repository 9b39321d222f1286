"""Outcomes as training data."""

from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables.advice import OutcomeRow
from crm.terms import OutcomeKind, RefusalReason

_POSITIVE = frozenset({OutcomeKind.SOLD, OutcomeKind.INTERESTED})
_NEGATIVE = frozenset({OutcomeKind.REFUSED, OutcomeKind.WRONG_CLIENT})
_SAYS_NOTHING_OF_THE_PRODUCT = frozenset({RefusalReason.LATER, RefusalReason.LEAVE_ALONE})


def outcome_frame(session: Session, as_of: date) -> pd.DataFrame:
    """Return what clients answered to offers, known by the end of a day (UTC).

    Returns
    -------
    DataFrame, shape (pairs, 4)
        `client_id`, `product_id`, `label` (1 for sold or interested, 0 for refused or the wrong
        client) and `said_on` (datetime64), by client and product. Of a pair the last answer
        counts. Refusals that say nothing of the product (later, leave me alone) are left out.
    """
    end = datetime.combine(as_of + timedelta(days=1), time.min, tzinfo=UTC)
    rows = session.execute(
        select(
            OutcomeRow.client_id,
            OutcomeRow.product_id,
            OutcomeRow.kind,
            OutcomeRow.reason,
            OutcomeRow.said_at,
        )
        .where(OutcomeRow.said_at < end, OutcomeRow.withdrawn_at.is_(None))
        .order_by(OutcomeRow.said_at, OutcomeRow.outcome_id)
    )
    last = {
        (row.client_id, row.product_id): row for row in rows if row.kind in _POSITIVE | _NEGATIVE
    }
    kept = [row for row in last.values() if row.reason not in _SAYS_NOTHING_OF_THE_PRODUCT]
    frame = pd.DataFrame(
        {
            "client_id": [row.client_id for row in kept],
            "product_id": [row.product_id for row in kept],
            "label": [int(row.kind in _POSITIVE) for row in kept],
            "said_on": pd.to_datetime([row.said_at.date() for row in kept]),
        }
    )
    return frame.sort_values(["client_id", "product_id"], ignore_index=True)
