"""Score a block of clients: features, scores, gate, the best few, and what speaks for them."""

from collections.abc import Sequence
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


def score_block(scorer: Scorer, block: Block, offer: Offer) -> ScoredBlock:
    """Answer for every client of a block; no client's answer depends on another's."""
    model = scorer.trained.model
    places = model.products.rows([product.product_id for product in offer.products])
    removed = gate_block(block.gate, offer.products, offer.today, offer.rules)
    unknown = removed[:, places < 0]
    unknown[unknown == MAY_BE_OFFERED] = len(offer.codes)
    removed[:, places < 0] = unknown
    features = scorer.features(block.attributes, block.held)
    scores = scorer.scores(features)
    closed = np.ones(scores.shape, dtype=np.bool_)
    closed[:, places[places >= 0]] = removed[:, places >= 0] != MAY_BE_OFFERED
    products, found = best(scores, closed, offer.limit)
    numbers, parts = largest(
        features, scorer.weights, products, offer.reasons, _unsaid(scorer, offer)
    )
    held = np.diff(block.held.indptr)
    chances = scorer.chances(scores, _shut(scorer, block, offer), block.gate.kinds, held)
    chosen = np.take_along_axis(chances, np.maximum(products, 0).astype(np.int64), axis=1)
    return ScoredBlock(
        client_ids=block.client_ids,
        products=products,
        scores=found,
        chances=np.where(products == NONE, np.float32(0), chosen),
        features=numbers,
        contributions=parts,
        removed=removed,
        without_holdings=held == 0,
    )


def _shut(scorer: Scorer, block: Block, offer: Offer) -> NDArray[np.bool_]:
    """Tell what cannot be the next product whatever the gate lets through: held, or not open."""
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
    hidden[: len(scorer.named)] = [each.attribute in offer.unsaid for each in scorer.named]
    return hidden


def joined(parts: Sequence[ScoredBlock]) -> ScoredBlock:
    """Put scored blocks one after the other."""
    names = ScoredBlock.__dataclass_fields__
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return ScoredBlock(**columns)
