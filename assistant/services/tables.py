"""What the store knows, as the tables that a model learns from."""

from datetime import date

from assistant.services.features import client_attributes
from crm.store.frames import holding_frame, product_frame
from crm.store.session import Session
from recommender.dataset import Dataset
from recommender.protection import read_protected, unprotected


def dataset_of(session: Session, today: date) -> Dataset:
    """Return everything a model may learn from as of a day: no protected attribute.

    Raises
    ------
    recommender.errors.DataError
        The store holds no clients or no holdings.
    """
    whole = Dataset.of(
        client_attributes(session, today).reset_index(),
        holding_frame(session, today)[["client_id", "product_id"]],
        product_frame(session).reset_index(),
    )
    return unprotected(whole, read_protected())
