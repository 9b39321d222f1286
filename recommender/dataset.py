"""Clients, what they hold, and what is on offer: checked once, when made."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.checks import check_columns, check_filled, check_known, check_unique
from recommender.columns import Columns
from recommender.identifiers import Identifiers

PAIR = [Columns.CLIENT, Columns.PRODUCT]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Training data; made by `of`, which checks it.

    Attributes
    ----------
    clients
        One row a client, indexed by client_id; every column is an attribute.
    holdings
        Columns client_id and product_id, and opened_on where it is known.
    products
        One row a product on offer, indexed by product_id; columns are attributes and may be none.
    client_ids, product_ids
        Row numbers of both, in the order of the tables.
    """

    clients: pd.DataFrame
    holdings: pd.DataFrame
    products: pd.DataFrame
    client_ids: Identifiers
    product_ids: Identifiers

    @classmethod
    def of(
        cls, clients: pd.DataFrame, holdings: pd.DataFrame, products: pd.DataFrame | None = None
    ) -> Self:
        """Check the tables and join them.

        Parameters
        ----------
        clients
            Column client_id, unique, and any attributes.
        holdings
            Columns client_id and product_id; the same pair twice counts once.
        products
            Column product_id, unique, and any attributes; without it the products held count.

        Raises
        ------
        DataError
            On an empty table, a missing column, an empty, repeated or unknown identifier.
        """
        check_columns("holdings.csv", holdings, *PAIR)
        for column in PAIR:
            check_filled("holdings.csv", holdings, column)
        holdings = holdings.astype(dict.fromkeys(PAIR, "str"))
        if products is None:
            products = pd.DataFrame({Columns.PRODUCT: sorted(holdings[Columns.PRODUCT].unique())})
        clients = _indexed("clients.csv", clients, Columns.CLIENT)
        products = _indexed("products.csv", products, Columns.PRODUCT)
        client_ids, product_ids = (
            Identifiers(tuple(clients.index)),
            Identifiers(tuple(products.index)),
        )
        check_known("holdings.csv", holdings, Columns.CLIENT, client_ids)
        check_known("holdings.csv", holdings, Columns.PRODUCT, product_ids)
        once = [*PAIR, *(c for c in (Columns.OPENED,) if c in holdings.columns)]
        return cls(clients, holdings.drop_duplicates(once), products, client_ids, product_ids)

    def held(self) -> sp.csr_matrix:
        """Return the holdings as ones, shape (clients, products), float32."""
        rows = self.client_ids.rows(self.holdings[Columns.CLIENT])
        columns = self.product_ids.rows(self.holdings[Columns.PRODUCT])
        ones = np.ones(len(rows), dtype=np.float32)
        shape = (len(self.client_ids), len(self.product_ids))
        held = sp.csr_matrix((ones, (rows, columns)), shape=shape)
        held.data[:] = 1.0
        return held

    def kinds(self) -> NDArray[np.str_]:
        """Return the client type of each client, shape (clients,); empty where there is none."""
        if Columns.KIND not in self.clients.columns:
            return np.full(len(self.clients), "", dtype=np.str_)
        return self.clients[Columns.KIND].fillna("").astype(str).to_numpy(dtype=np.str_)

    def hide(self, seed: int, share: float) -> tuple["Dataset", pd.DataFrame]:
        """Hide one holding of a share of those clients who hold two or more.

        Returns
        -------
        tuple
            What stays visible, and the hidden pairs.
        """
        once = self.holdings.drop_duplicates(PAIR)
        shuffled = once.sample(frac=1.0, random_state=seed)
        counts = shuffled.groupby(Columns.CLIENT)[Columns.PRODUCT].transform("size")
        candidates = shuffled[counts > 1].drop_duplicates(Columns.CLIENT)
        hidden = candidates.iloc[: round(len(candidates) * share)]
        visible = once.drop(index=hidden.index)
        parts = (self.clients, visible, self.products, self.client_ids, self.product_ids)
        return Dataset(*parts), hidden


def _indexed(table: str, frame: pd.DataFrame, column: str) -> pd.DataFrame:
    check_columns(table, frame, column)
    check_filled(table, frame, column)
    frame = frame.astype({column: "str"})
    check_unique(table, frame, column)
    return frame.set_index(column)
