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
from recommender.model import ContextModel
from recommender.peers import PeerShare
from recommender.reasons import reasons
from recommender.results import HeldBack, Mark, Reason
from recommender.trained import TrainedModel


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
    """Score every product for every client in one sparse product."""
    if not cases:
        return []
    attributes = model.attributes.encode(frame_of([known_attributes(case) for case in cases]))
    held = model.held([case.held for case in cases])
    features = model.features(attributes, held)
    scores = model.scores.of(features)
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


def evidence(trained: TrainedModel, view: ClientView, product: int) -> Evidence:
    """Gather what speaks for a product, given by its row number."""
    model, case = trained.model, view.case
    effect = model.effect(product)
    share = trained.peers.share(view.scores, (product, effect), case.kind, case.client_id)
    marks = {
        Mark.CLIENT_WITHOUT_HOLDINGS: not case.held,
        Mark.PRODUCT_WITHOUT_HOLDERS: model.holders[product] == 0,
    }
    found = tuple(mark for mark, applies in marks.items() if applies)
    return Evidence(reasons(model, view.features, product), share, found)
