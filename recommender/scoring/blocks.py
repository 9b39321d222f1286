"""Score a block of clients: features, scores, gate, the best few, and what speaks for them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.cases import ProductFacts
from recommender.gate_block import MAY_BE_OFFERED, ClientBlock, gate_block
from recommender.gate_rules import USUAL, GateRules, Rule
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
        Attributes never to be named as a reason.
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some clients of a block, few enough for the processor's cache.

    Attributes
    ----------
    closed, shut
        What may not be offered, and what cannot be the next product whatever the gate lets
        through; shape (clients, products of the model).
    kinds, numbers
        Client type, and how many products are held, shape (clients,).
    """

    features: sp.csr_matrix
    closed: NDArray[np.bool_]
    shut: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    numbers: NDArray[np.int64]

    def cut(self, rows: slice) -> "_Piece":
        return _Piece(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def score_block(scorer: Scorer, block: Block, offer: Offer) -> ScoredBlock:
    """Answer for every client of a block; no client's answer depends on another's."""
    return score_contexts(scorer, block, scorer.features(block.attributes, block.held), offer)


def score_contexts(
    scorer: Scorer, block: Block, features: sp.csr_matrix, offer: Offer
) -> ScoredBlock:
    """Answer for clients whose contexts, shape (clients, features), are encoded already."""
    removed = _removed(scorer, block, offer)
    whole = _Piece(
        features=features,
        closed=_closed(scorer, removed, offer),
        shut=_shut(scorer, block, offer),
        kinds=block.gate.kinds,
        numbers=np.diff(block.held.indptr),
    )
    starts = range(0, max(len(block.client_ids), 1), PIECE)
    cells = (whole.cut(slice(start, start + PIECE)) for start in starts)
    unsaid = _unsaid(scorer, offer)
    scored = [_score(scorer, piece, offer, unsaid) for piece in cells]
    products, scores, chances, features, contributions = (
        np.concatenate(column) for column in zip(*scored, strict=True)
    )
    return ScoredBlock(
        client_ids=block.client_ids,
        products=products,
        scores=scores,
        chances=chances,
        features=features,
        contributions=contributions,
        removed=removed,
        without_holdings=whole.numbers == 0,
    )


def _score(
    scorer: Scorer, piece: _Piece, offer: Offer, unsaid: NDArray[np.bool_]
) -> tuple[NDArray[np.generic], ...]:
    scores = scorer.scores(piece.features)
    products, found = best(scores, piece.closed, offer.limit)
    chances = scorer.chances(scores, piece.shut, piece.kinds, piece.numbers)
    chosen = np.take_along_axis(chances, np.maximum(products, 0).astype(np.int64), axis=1)
    chosen[products == NONE] = 0
    told = largest(scorer, piece.features, products, offer.reasons, unsaid)
    return products, found, chosen, *told


def _removed(scorer: Scorer, block: Block, offer: Offer) -> NDArray[np.int8]:
    removed = gate_block(block.gate, offer.products, offer.today, offer.rules)
    for place in np.flatnonzero(_places(scorer, offer) < 0):
        column = removed[:, place]
        column[column == MAY_BE_OFFERED] = len(offer.codes)
    return removed


def _closed(scorer: Scorer, removed: NDArray[np.int8], offer: Offer) -> NDArray[np.bool_]:
    places = _places(scorer, offer)
    closed = np.ones((len(removed), len(scorer.base)), dtype=np.bool_)
    closed[:, places[places >= 0]] = removed[:, places >= 0] != MAY_BE_OFFERED
    return closed


def _places(scorer: Scorer, offer: Offer) -> NDArray[np.int64]:
    """Row number in the model of each product on offer, −1 where it is unknown there."""
    return scorer.trained.model.products.rows(product.product_id for product in offer.products)


def _shut(scorer: Scorer, block: Block, offer: Offer) -> NDArray[np.bool_]:
    open_to = {product.product_id: product.client_kind for product in offer.products}
    own = [open_to.get(name, "") for name in scorer.trained.model.products.ids]
    kinds, rows = np.unique(block.gate.kinds, return_inverse=True)
    closed = np.array([[kind not in (None, own_kind) for kind in own] for own_kind in kinds])
    shut = closed[rows]
    pairs = block.held.tocoo()
    shut[pairs.row, pairs.col] = True
    return np.asarray(shut, dtype=np.bool_)


def _unsaid(scorer: Scorer, offer: Offer) -> NDArray[np.bool_]:
    hidden = np.zeros(scorer.weights.shape[0], dtype=np.bool_)
    named = scorer.trained.model.named
    hidden[: len(named)] = [each.attribute in offer.unsaid for each in named]
    return hidden
