"""What each rule found that keeps a product back: the client's own value, or the product's."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender.cases import ProductFacts
from recommender.gate_block import ClientBlock
from recommender.gate_rules import Limit, Rule
from recommender.scoring.blocks import Offer

type Rows = NDArray[np.int64]
type Texts = NDArray[np.object_] | str
"""A text a row, or one for all."""

_GRADES = np.array(["", *(f"C{step}" for step in range(1, 6))], dtype=object)


def values_found(gate: ClientBlock, offer: Offer, removed: NDArray[np.int8]) -> NDArray[np.object_]:
    """Say of every removal what its rule found, as `recommender.gate` says it of one client.

    Parameters
    ----------
    removed
        Shape (clients, products of the offer), as in `recommender.scoring.blocks.ScoredBlock`.

    Returns
    -------
    array of str
        One for each removal, clients in their order and each one's products in theirs; empty where
        the rule alone says all (held, not to be contacted, no questionnaire, a control group), and
        for a grade that cannot be read.
    """
    rows, columns = np.nonzero(removed)
    alike = removed[rows, columns].astype(np.int64) * removed.shape[1] + columns
    order = np.argsort(alike, kind="stable")
    keys, starts = np.unique(alike[order], return_index=True)
    found = np.full(len(rows), "", dtype=object)
    for key, places in zip(keys.tolist(), np.split(order, starts[1:]), strict=False):
        code, column = divmod(key, removed.shape[1])
        found[places] = _found(gate, offer, offer.products[column], code - 1, rows[places])
    return found


def _found(
    gate: ClientBlock, offer: Offer, product: ProductFacts, number: int, rows: Rows
) -> Texts:
    usual = len(offer.rules.order)
    if number < usual:
        says = _SAYS.get(offer.rules.order[number])
        return "" if says is None else says(gate, product, offer.today, rows)
    if number < usual + len(offer.rules.limits):
        return _limit(gate, offer.rules.limits[number - usual], rows)
    return ""  # the model does not know the product


def _limit(gate: ClientBlock, limit: Limit, rows: Rows) -> Texts:
    values = gate.attributes.get(limit.need.attribute)
    if values is None:
        return ""
    return _said(values[rows], lambda value: "" if pd.isna(value) else str(value))


def _kind(gate: ClientBlock, _product: ProductFacts, _today: date, rows: Rows) -> Texts:
    return gate.kinds[rows].astype(object)


def _place(gate: ClientBlock, product: ProductFacts, _today: date, rows: Rows) -> Texts:
    branches, regions = gate.branches[rows], gate.regions[rows]
    outside = (
        ~np.isin(branches, product.branches) if product.branches else np.zeros(len(rows), bool)
    )
    return np.where(outside, branches, regions).astype(object)


def _window(_gate: ClientBlock, product: ProductFacts, today: date, _rows: Rows) -> Texts:
    ahead = product.sold_from is not None and today < product.sold_from
    day = product.sold_from if ahead else product.sold_until
    return "" if day is None else day.isoformat()


def _taken(_gate: ClientBlock, product: ProductFacts, _today: date, _rows: Rows) -> Texts:
    return str(product.taken)


def _lacking(gate: ClientBlock, product: ProductFacts, _today: date, rows: Rows) -> Texts:
    places = gate.held_ids.rows(product.requires)
    lacking = np.ones((len(rows), len(places)), dtype=np.bool_)
    known = places >= 0
    lacking[:, known] = ~gate.held[np.ix_(rows, places[known])]
    sets = lacking @ (1 << np.arange(len(places), dtype=np.int64))
    names = product.requires

    def named(these: int) -> str:
        return ", ".join(name for at, name in enumerate(names) if these >> at & 1)

    return _said(sets, named)


def _licence(_gate: ClientBlock, product: ProductFacts, _today: date, _rows: Rows) -> Texts:
    return product.licence or ""


def _balance(gate: ClientBlock, _product: ProductFacts, _today: date, rows: Rows) -> Texts:
    return _said(gate.balances[rows], lambda fen: "" if fen < 0 else str(fen))


def _expired(gate: ClientBlock, _product: ProductFacts, _today: date, rows: Rows) -> Texts:
    return _said(gate.risk_expires[rows], _day)


def _grade(gate: ClientBlock, _product: ProductFacts, _today: date, rows: Rows) -> Texts:
    return np.asarray(_GRADES[np.maximum(gate.risk_grades[rows], 0)])


def _quiet(gate: ClientBlock, product: ProductFacts, _today: date, rows: Rows) -> Texts:
    return _said(gate.quiet_until[product.product_id][rows], _day)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _said(values: NDArray[Any], say: Callable[[Any], str]) -> NDArray[np.object_]:
    """Say each different value once, since most clients share theirs."""
    places, different = pd.factorize(values, use_na_sentinel=False)
    said = np.array([say(value) for value in different.tolist()], dtype=object)
    return np.asarray(said[places])


_SAYS: Mapping[Rule, Callable[[ClientBlock, ProductFacts, date, Rows], Texts]] = {
    Rule.CLIENT_KIND: _kind,
    Rule.PLACE: _place,
    Rule.SALES_WINDOW: _window,
    Rule.QUOTA: _taken,
    Rule.REQUIRES_PRODUCT: _lacking,
    Rule.LICENCE: _licence,
    Rule.BALANCE_FLOOR: _balance,
    Rule.QUESTIONNAIRE_EXPIRED: _expired,
    Rule.SUITABILITY_RISK: _grade,
    Rule.QUIET_PERIOD: _quiet,
}
