"""The clients of a part as a block: attributes, holdings, and what the gate compares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.cases import ProductFacts
from recommender.checks import LINE, check_known, check_unique
from recommender.columns import Columns
from recommender.identifiers import Identifiers
from recommender.scoring.blocks import Block, Offer
from recommender.scoring.gating import GATE_COLUMNS, UNTIL, days, gate_clients
from recommender.scoring.scorer import Scorer
from recommender.scoring.splitting import TEXT, TableWanted, as_judged

CLIENTS, HOLDINGS, QUIET, WITHHELD = "clients", "holdings", "quiet", "withheld"
PAIR = (Columns.CLIENT, Columns.PRODUCT)


def tables_wanted(attributes: Sequence[str]) -> tuple[TableWanted, ...]:
    """Name the tables of a folder and which of their columns are read.

    ``quiet`` (client_id, product_id, until) and ``withheld`` (client_id, product_id) are what
    outcomes and a control group keep from a client.
    """
    others = tuple(dict.fromkeys([*attributes, *GATE_COLUMNS]))
    return (
        TableWanted(CLIENTS, (Columns.CLIENT,), others),
        TableWanted(HOLDINGS, PAIR),
        TableWanted(QUIET, (*PAIR, UNTIL), optional=True),
        TableWanted(WITHHELD, PAIR, optional=True),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of one part, read and checked."""

    clients: pd.DataFrame
    ids: Identifiers
    holdings: pd.DataFrame
    quiet: pd.DataFrame
    withheld: pd.DataFrame


def read_part(
    folder: Path, products: Sequence[ProductFacts], kinds: Mapping[str, str]
) -> Part | None:
    """Read a part; None where no client fell into it.

    Raises
    ------
    DataError
        A client occurs twice, or a row names a client or a product that there is not.
    """
    clients = _table(folder, CLIENTS, (Columns.CLIENT,), kinds).sort_values(Columns.CLIENT)
    pairs = {name: _table(folder, name, PAIR) for name in (HOLDINGS, QUIET, WITHHELD)}
    check_unique(f"{CLIENTS}.csv", clients, Columns.CLIENT)
    ids = Identifiers(tuple(clients[Columns.CLIENT]))
    catalogue = Identifiers(tuple(product.product_id for product in products))
    for name, frame in pairs.items():
        check_known(f"{name}.csv", frame, Columns.CLIENT, ids)
        check_known(f"{name}.csv", frame, Columns.PRODUCT, catalogue)
    return Part(clients, ids, **pairs) if len(clients) else None


def block_of(part: Part, scorer: Scorer, offer: Offer) -> Block:
    """Lay out a part for the model and the gate."""
    catalogue = Identifiers(tuple(product.product_id for product in offer.products))
    held = _pairs(part, part.holdings, catalogue).toarray() > 0
    compared = {limit.need.attribute for limit in offer.rules.limits}
    gate = gate_clients(part.clients, (catalogue, held), compared)
    model = scorer.trained.model
    return Block(
        client_ids=np.array(part.ids.ids, dtype=object),
        attributes=part.clients,
        held=_pairs(part, part.holdings, model.products),
        gate=replace(gate, quiet_until=_quiet(part), withheld=_withheld(part)),
    )


def _table(
    folder: Path, name: str, needed: Sequence[str], kinds: Mapping[str, str] | None = None
) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in (*needed, UNTIL)})
    identifiers = {Columns.CLIENT: TEXT, Columns.PRODUCT: TEXT}
    read = as_judged(pq.read_table(path), {**(kinds or {}), **identifiers})
    frame: pd.DataFrame = read.to_pandas().set_index(LINE)
    # Row by row, a column of plain objects is read much faster than one of Arrow strings.
    return frame.astype(dict.fromkeys(frame.columns.intersection(list(identifiers)), object))


def _pairs(part: Part, frame: pd.DataFrame, products: Identifiers) -> sp.csr_matrix:
    rows, columns = part.ids.rows(frame[Columns.CLIENT]), products.rows(frame[Columns.PRODUCT])
    known = columns >= 0
    ones = np.ones(int(known.sum()), dtype=np.float32)
    shape = (len(part.ids), len(products))
    held = sp.csr_matrix((ones, (rows[known], columns[known])), shape=shape)
    held.data[:] = 1.0  # one product in two accounts is held once
    return held


def _quiet(part: Part) -> dict[str, NDArray[np.int64]]:
    last = days(f"{QUIET}.csv", part.quiet, UNTIL, 0)
    rows = part.ids.rows(part.quiet[Columns.CLIENT])
    found: dict[str, NDArray[np.int64]] = {}
    for name in sorted(part.quiet[Columns.PRODUCT].unique()):
        own = (part.quiet[Columns.PRODUCT] == name).to_numpy()
        found[name] = np.zeros(len(part.ids), dtype=np.int64)
        np.maximum.at(found[name], rows[own], last[own])
    return found


def _withheld(part: Part) -> dict[str, NDArray[np.bool_]]:
    products = part.withheld[Columns.PRODUCT]
    own = {name: part.withheld[Columns.CLIENT][products == name] for name in products.unique()}
    return {str(name): np.isin(part.ids.ids, clients) for name, clients in own.items()}
