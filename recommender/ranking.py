"""Which of these clients would a product suit: one product, many clients.

Scores cannot be compared between clients: they are only differences between the products of one
client. What can be compared is a chance of two factors,

    chance = (chance that the client holds one product more) × (share for whom it is this one).

The first is in `readiness`. The second is the softmax share of the product over everything the
client does not hold and may by type hold; the scale of the scores makes it a probability (see
`model.share_block` and `mixing`). Without the first, a client with a single product left would
always come out on top.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from recommender.cases import ClientCase, ProductFacts
from recommender.gate_rules import USUAL, GateRules
from recommender.model import share_block
from recommender.results import ClientRanking, ClientSuggestion
from recommender.trained import TrainedModel
from recommender.views import ClientView, evidence, stopped, view_clients


def rank_clients(
    trained: TrainedModel,
    product_id: str,
    cases: Sequence[ClientCase],
    products: Mapping[str, ProductFacts],
    today: date,
    limit: int,
    rules: GateRules = USUAL,
) -> ClientRanking:
    """Rank the clients a product may be offered to.

    Parameters
    ----------
    product_id
        A key of `products`.
    products
        The catalogue by product_id.
    limit
        At most so many entries.
    rules
        What the gate goes by.
    """
    held_back: defaultdict[str, list[str]] = defaultdict(list)
    offered: list[ClientCase] = []
    for case in cases:
        stop = stopped(trained.model, case, products[product_id], today, rules)
        if stop is None:
            offered.append(case)
        else:
            held_back[stop.rule].append(case.client_id)
    views = view_clients(trained.model, offered)
    chances = chance_table(trained, views, products)[:, _row(trained, product_id)]
    names = np.array([case.client_id for case in offered], dtype=np.str_)
    best = np.lexsort((names, -chances))[:limit]
    return ClientRanking(
        product_id=product_id,
        entries=tuple(
            _entry(trained, views[row], product_id, (rank, float(chances[row])))
            for rank, row in enumerate(best, start=1)
        ),
        held_back={rule: tuple(clients) for rule, clients in held_back.items()},
        model_version=trained.card.version,
        trained_at=trained.card.trained_at,
    )


def chance_table(
    trained: TrainedModel,
    views: Sequence[ClientView],
    products: Mapping[str, ProductFacts],
) -> NDArray[np.float64]:
    """Chance of every product of the model for each client, shape (clients, products)."""
    model = trained.model
    if not views:
        return np.empty((0, len(model.products)))
    open_to = [
        products[name].client_kind if name in products else "" for name in model.products.ids
    ]
    closed = {
        kind: np.array([own not in (None, kind) for own in open_to])
        for kind in {view.case.kind for view in views}
    }
    shut = np.array([closed[view.case.kind] for view in views])
    for row, view in enumerate(views):
        held = model.products.rows(view.case.held)
        shut[row, held[held >= 0]] = True
    shares = share_block(model, np.array([view.scores for view in views]), shut)
    ready = [trained.readiness.of(view.case.kind, len(set(view.case.held))) for view in views]
    return np.asarray(shares * np.array(ready)[:, None], dtype=np.float64)


def _entry(
    trained: TrainedModel, view: ClientView, product_id: str, place: tuple[int, float]
) -> ClientSuggestion:
    rank, chance = place
    [shown] = evidence(trained, view, trained.model.products.rows([product_id]))
    return ClientSuggestion(
        client_id=view.case.client_id,
        chance=chance,
        rank=rank,
        reasons=shown.reasons,
        peer_share=shown.peers.share,
        peer_count=shown.peers.count,
        marks=shown.marks,
    )


def _row(trained: TrainedModel, product_id: str) -> int:
    return int(trained.model.products.rows([product_id])[0])
