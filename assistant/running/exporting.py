"""Writes the store as a folder the recommender can be evaluated on, cut at a day."""

from datetime import date, timedelta
from pathlib import Path

from assistant.services.features import client_attributes
from crm.store.engine import Store
from crm.store.frames import holding_history, product_frame


def export_for_evaluation(store: Store, folder: Path, since: date) -> dict[str, int]:
    """Write clients.csv, holdings.csv and products.csv for ``evaluate --split time --since``.

    Attributes are as known on the eve of `since`, so that nothing learnt from was known later;
    holdings are all that ever were, with their days, of the clients known then. No names.

    Returns
    -------
    dict
        Rows written by file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with store.read() as session:
        clients = client_attributes(session, since - timedelta(days=1))
        holdings = holding_history(session)
        products = product_frame(session)
    products["channels"] = products["channels"].map(";".join)
    frames = {
        "clients.csv": clients.reset_index(),
        "holdings.csv": holdings[holdings["client_id"].isin(clients.index)],
        "products.csv": products.reset_index(),
    }
    for name, frame in frames.items():
        frame.to_csv(folder / name, index=False)
    return {name: len(frame) for name, frame in frames.items()}
