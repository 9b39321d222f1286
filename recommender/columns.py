"""The column names of every table the recommender reads, in one place."""

from typing import Final


class Columns:
    """Names shared by clients.csv, holdings.csv, heldout.csv and products.csv."""

    CLIENT: Final = "client_id"
    PRODUCT: Final = "product_id"
    KIND: Final = "kind"
    OPENED: Final = "opened_on"
    CLOSED: Final = "closed_on"
