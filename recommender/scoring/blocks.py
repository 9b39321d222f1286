"""Score a block of clients: features, scores, gate, the best few, and what speaks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.cases import ProductFacts
from recommender.gate_block import MAY_BE_OFFERED, ClientBlock, gate_block
from recommender.gate_rules import USUAL, GateRules, Rule
from recommender.levels import MISSING
from recommender.order import likeliest_first
from recommender.scoring.best import NONE, best
from recommender.scoring.contributions import largest
from recommender.scoring.scorer import Scorer

type Floats = NDArray[np.float32]

PIECE = 8_192
"""Clients scored at once."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is on offer, by which rules, and how much of the answer is wanted.

    Attributes
    ----------
    products
        The catalogue; every product the model knows is among them.
    limit, reasons
        Suggestions a client, and reasons a suggestion.
    unsaid
        Attributes never to be named as a reason. A missing value is none either: most often the
        attribute belongs to the other type of client.
    """

    products: tuple[ProductFacts, ...]
    today: date
    rules: GateRules = USUAL
    limit: int = 5
    reasons: int = 3
    unsaid: frozenset[str] = frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """Rules by code − 1, as `ScoredBlock.removed` has them."""
        return (*self.rules.codes, Rule.UNKNOWN_TO_MODEL)


@dataclass(frozen=True, slots=True)
class Block:
    """Clients as the model and the gate need them, a row each.

    Attributes
    ----------
    attributes
        Columns named as in training; missing ones count as missing values.
    held
        Ones, shape (clients, products of the model).
    """

    client_ids: NDArray[np.object_]
    attributes: pd.DataFrame
    held: sp.csr_matrix
    gate: ClientBlock


@dataclass(frozen=True, slots=True)
class ScoredBlock:
    """The answers.

    Attributes
    ----------
    products, scores, chances
        Best first, shape (clients, limit); products are row numbers of the model, `NONE` (with 0)
        where no more may be offered.
    features, contributions
        Reasons by feature number of the model, shape (clients, limit, reasons).
    removed
        Shape (clients, products of the offer): 0 where a product may be offered, else 1 + the
        position of the rule in `Offer.codes`.
    without_holdings
        Clients of whom the model knows attributes alone, shape (clients,).
    """

    client_ids: NDArray[np.object_]
    products: NDArray[np.int16]
    scores: Floats
    chances: Floats
    features: NDArray[np.int32]
    contributions: Floats
    removed: NDArray[np.int8]
    without_holdings: NDArray[np.bool_]


def score_block(scorer: Scorer, block: Block, offer: Offer) -> ScoredBlock:
    """Answer for every client of a block; no client's answer depends on another's."""
    return score_contexts(scorer, block, scorer.features(block.attributes, block.held), offer)


def score_contexts(
    scorer: Scorer, block: Block, features: sp.csr_matrix, offer: Offer
) -> ScoredBlock:
    """Answer for clients whose contexts, shape (clients, features), are encoded already."""
    removed = _removed(scorer, block, offer)
    numbers = np.diff(block.held.indptr)
    all_scores, closed = scorer.scores(features), _closed(scorer, removed, offer)
    shut, ready = _shut(scorer, block, offer), scorer.readiness(block.gate, numbers)
    starts = range(0, max(len(block.client_ids), 1), PIECE)
    pieces = [slice(start, start + PIECE) for start in starts]
    products, scores, chances = _joined(
        _score(scorer, all_scores[rows], closed[rows], shut[rows], ready[rows], offer.limit)
        for rows in pieces
    )
    named, contributions = _reasons(scorer, features, products, offer, pieces)
    return ScoredBlock(
        client_ids=block.client_ids,
        products=products,
        scores=scores,
        chances=chances,
        features=named,
        contributions=contributions,
        removed=removed,
        without_holdings=numbers == 0,
    )


def _score(
    scorer: Scorer,
    scores: Floats,
    closed: NDArray[np.bool_],
    shut: NDArray[np.bool_],
    ready: Floats,
    limit: int,
) -> tuple[NDArray[np.int16], Floats, Floats]:
    """Find the best products of a few clients, few enough for the processor's cache."""
    products, found = best(likeliest_first(scores, scorer.tilt, closed), closed, limit)
    places = np.maximum(products, 0).astype(np.int64)
    found = np.where(products == NONE, found, np.take_along_axis(scores, places, axis=1))
    chances = scorer.chances(scores, shut, ready)
    chosen = np.take_along_axis(chances, places, axis=1)
    chosen[products == NONE] = 0
    return products, found, chosen


def _reasons(
    scorer: Scorer,
    features: sp.csr_matrix,
    products: NDArray[np.int16],
    offer: Offer,
    pieces: Iterable[slice],
) -> tuple[NDArray[np.int32], Floats]:
    if not offer.reasons:
        shape = (*products.shape, 0)
        return np.empty(shape, dtype=np.int32), np.empty(shape, dtype=np.float32)
    unsaid = _unsaid(scorer, offer)
    named, contributions = _joined(
        largest(scorer, features[rows], products[rows], offer.reasons, unsaid) for rows in pieces
    )
    return named, contributions


def _joined(pieces: Iterable[tuple[NDArray[Any], ...]]) -> tuple[NDArray[Any], ...]:
    return tuple(np.concatenate(column) for column in zip(*pieces, strict=True))


def _removed(scorer: Scorer, block: Block, offer: Offer) -> NDArray[np.int8]:
    removed = gate_block(block.gate, offer.products, offer.today, offer.rules)
    for place in np.flatnonzero(_places(scorer, offer) < 0):
        column = removed[:, place]
        column[column == MAY_BE_OFFERED] = len(offer.codes)
    return removed


def _closed(scorer: Scorer, removed: NDArray[np.int8], offer: Offer) -> NDArray[np.bool_]:
    """Tell what may not be offered, shape (clients, products of the model)."""
    places = _places(scorer, offer)
    by_product = removed.T
    closed = np.ones((len(scorer.base), len(removed)), dtype=np.bool_)
    for place in np.flatnonzero(places >= 0):
        np.not_equal(by_product[place], MAY_BE_OFFERED, out=closed[places[place]])
    return np.ascontiguousarray(closed.T)


def _places(scorer: Scorer, offer: Offer) -> NDArray[np.int64]:
    """Row number in the model of each product on offer, −1 where it is unknown there."""
    return scorer.trained.model.products.rows(product.product_id for product in offer.products)


def _shut(scorer: Scorer, block: Block, offer: Offer) -> NDArray[np.bool_]:
    """Tell what is held or not open to the client's type, shape (clients, products of the model).

    What the gate keeps back for another reason may still be the client's next product.
    """
    open_to = {product.product_id: product.client_kind for product in offer.products}
    shut = np.zeros((len(scorer.base), len(block.client_ids)), dtype=np.bool_)
    for row, name in zip(shut, scorer.trained.model.products.ids, strict=True):
        kind = open_to.get(name, "")
        if kind is not None:
            row[:] = block.gate.other_than(kind)
    shut = np.ascontiguousarray(shut.T)
    clients = np.repeat(np.arange(len(shut)), np.diff(block.held.indptr))
    shut[clients, block.held.indices] = True
    return shut


def _unsaid(scorer: Scorer, offer: Offer) -> NDArray[np.bool_]:
    hidden = np.zeros(scorer.weights.shape[0], dtype=np.bool_)
    named = scorer.trained.model.named
    hidden[: len(named)] = [
        each.attribute in offer.unsaid or each.level == MISSING for each in named
    ]
    return hidden
