"""Why a product scores as it does: every share of its score, none left out.

What a cross adds is due to both its members; each is given half, its Shapley value (Shapley
1953), so that every share has one name a banker knows. What is missing because of the client type
(a person has no registered capital) is due to the type and no reason of its own.
"""

from collections import defaultdict

import scipy.sparse as sp

from recommender.model import ContextModel
from recommender.results import Reason, ReasonKind


def reasons(
    model: ContextModel, features: sp.csr_matrix, product: int, kind: str = ""
) -> tuple[Reason, ...]:
    """Take a score apart.

    Parameters
    ----------
    features
        The context of one client, shape (1, features).
    product
        Row number of the product scored.
    kind
        The client's type, to say where the client stands.

    Returns
    -------
    tuple of Reason
        Largest absolute contribution first, then the base; they sum to the score.
    """
    parts = model.scores.weights[features.indices, product] * features.data
    plain = model.levels + len(model.products)
    own = features.indices < plain
    columns = features.indices[own]
    members = model.members[features.indices[~own] - plain]
    shares = dict(zip(columns.tolist(), parts[own].tolist(), strict=True))
    for pair, part in zip(members.tolist(), parts[~own].tolist(), strict=True):
        for member in pair:
            shares[member] += part / 2
    shares = _by_owner(model, shares)
    order = sorted(shares, key=lambda column: (-abs(shares[column]), column))
    base = float(model.scores.base[product])
    named = tuple(_reason(model, column, shares[column], kind) for column in order)
    return (*named, Reason(ReasonKind.BASE, model.products.ids[product], "", base))


def _by_owner(model: ContextModel, shares: dict[int, float]) -> dict[int, float]:
    owners = next((model.owners[column] for column in shares if column in model.owners), None)
    if owners is None:
        return shares
    found: defaultdict[int, float] = defaultdict(float)
    for column, share in shares.items():
        found[int(owners[column]) if column < len(owners) else column] += share
    return found


def _reason(model: ContextModel, column: int, contribution: float, kind: str) -> Reason:
    if column < model.levels:
        named = model.named[column]
        where = model.standing.of(kind, column)
        return Reason(ReasonKind.ATTRIBUTE, named.attribute, named.level, contribution, *where)
    held = model.products.ids[column - model.levels]
    return Reason(ReasonKind.HOLDING, held, "", contribution)
