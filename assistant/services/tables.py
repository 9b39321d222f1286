"""What the store knows, as the tables that a model learns from."""

from datetime import date

from assistant.services.features import client_attributes
from crm.store.frames import holding_frame, product_frame
from crm.store.session import Session
from recommender.dataset import Dataset


def dataset_of(session: Session, today: date) -> Dataset:
    """Return everything a model learns from as of a day, holdings with the day they began.

    Raises
    ------
    recommender.errors.DataError
        The store holds no clients or no holdings.
    """
    return Dataset.of(
        client_attributes(session, today).reset_index(),
        holding_frame(session, today),
        product_frame(session).reset_index(),
    )
