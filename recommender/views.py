"""A client as the model sees it, and what speaks for a product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import frame_of
from recommender.cases import ClientCase, ProductFacts
from recommender.columns import Columns
from recommender.gate import held_back
from recommender.gate_rules import USUAL, GateRules, Rule
from recommender.model import ContextModel, score_block
from recommender.peers import PeerShare
from recommender.reasons import reasons
from recommender.results import HeldBack, Mark, Reason
from recommender.trained import TrainedModel

MANY = 8
"""From so many clients on, one table is faster than one client after another."""


@dataclass(frozen=True, slots=True)
class ClientView:
    """One client with its context, shape (1, features), and its scores, shape (products,)."""

    case: ClientCase
    features: sp.csr_matrix
    scores: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is shown beside a score."""

    reasons: tuple[Reason, ...]
    peers: PeerShare
    marks: tuple[Mark, ...]


def view_clients(model: ContextModel, cases: Sequence[ClientCase]) -> list[ClientView]:
    """Score every product for every client, many clients in one sparse product."""
    if len(cases) < MANY:
        contexts = [model.context(known_attributes(case), case.held) for case in cases]
        return [
            ClientView(case, features, score_block(model, features)[0])
            for case, features in zip(cases, contexts, strict=True)
        ]
    attributes = model.attributes.encode(frame_of([known_attributes(case) for case in cases]))
    features = model.features(attributes, model.held([case.held for case in cases]))
    scores = score_block(model, features)
    return [ClientView(case, features[row], scores[row]) for row, case in enumerate(cases)]


def known_attributes(case: ClientCase) -> Mapping[str, object]:
    """Return the attributes of a client with the client type among them."""
    return {Columns.KIND: case.kind, **case.attributes}


def stopped(
    model: ContextModel,
    case: ClientCase,
    product: ProductFacts,
    today: date,
    rules: GateRules = USUAL,
) -> HeldBack | None:
    """Find what keeps a product from a client: a rule of the gate, or a model without it."""
    stop = held_back(case, product, today, rules)
    if stop is None and product.product_id not in model.products:
        return HeldBack(product.product_id, Rule.UNKNOWN_TO_MODEL, {"product": product.product_id})
    return stop


def evidence(
    trained: TrainedModel, view: ClientView, products: NDArray[np.int64]
) -> list[Evidence]:
    """Gather what speaks for some products, given by their row numbers."""
    model, case = trained.model, view.case
    profile = model.plain(view.features)[0]
    shares = trained.peers.shares(profile, products, case.kind, case.client_id)
    return [
        Evidence(
            reasons(model, view.features, product, case.kind), share, _marks(model, case, product)
        )
        for product, share in zip(products.tolist(), shares, strict=True)
    ]


def _marks(model: ContextModel, case: ClientCase, product: int) -> tuple[Mark, ...]:
    applying = {
        Mark.CLIENT_WITHOUT_HOLDINGS: not case.held,
        Mark.PRODUCT_WITHOUT_HOLDERS: model.holders[product] == 0,
    }
    return tuple(mark for mark, applies in applying.items() if applies)
