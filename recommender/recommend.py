"""What would suit this client: gate, score, explain."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from recommender.cases import ClientCase, ProductFacts
from recommender.gate_rules import USUAL, GateRules
from recommender.order import likeliest_first
from recommender.results import Recommendation, Suggestion
from recommender.trained import TrainedModel
from recommender.views import (
    ClientView,
    Evidence,
    evidence,
    known_attributes,
    stopped,
    view_clients,
)


def recommend(
    trained: TrainedModel,
    case: ClientCase,
    products: Mapping[str, ProductFacts],
    today: date,
    limit: int,
    rules: GateRules = USUAL,
) -> Recommendation:
    """Suggest the best products a client may be offered.

    Parameters
    ----------
    products
        The catalogue by product_id.
    today
        The day on which the questionnaire must be valid.
    limit
        At most so many suggestions.
    rules
        What the gate goes by.

    Returns
    -------
    Recommendation
        Every product of the catalogue that is not held back is ranked, see `order`; the first
        `limit` are suggestions.
    """
    model = trained.model
    checked = {name: stopped(model, case, facts, today, rules) for name, facts in products.items()}
    rows = model.products.rows([name for name, stop in checked.items() if stop is None])
    [view] = view_clients(model, [case])
    rows.sort()
    nothing = np.zeros((1, len(rows)), dtype=np.bool_)
    order = likeliest_first(view.scores[None, rows], model.tilt[rows], nothing)[0]
    best = rows[np.argsort(-order, kind="stable")][:limit]
    return Recommendation(
        client_id=case.client_id,
        suggestions=tuple(
            _suggestion(trained, view, int(product), (rank, shown))
            for rank, (product, shown) in enumerate(
                zip(best, evidence(trained, view, best), strict=True), start=1
            )
        ),
        held_back=tuple(stop for stop in checked.values() if stop is not None),
        unknown_attributes=model.attributes.unknown(known_attributes(case)),
        model_version=trained.card.version,
        trained_at=trained.card.trained_at,
    )


def _suggestion(
    trained: TrainedModel, view: ClientView, product: int, place: tuple[int, Evidence]
) -> Suggestion:
    rank, shown = place
    return Suggestion(
        product_id=trained.model.products.ids[product],
        score=float(view.scores[product]),
        rank=rank,
        reasons=shown.reasons,
        peer_share=shown.peers.share,
        peer_count=shown.peers.count,
        marks=shown.marks,
    )
