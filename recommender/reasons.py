"""Why a product scores as it does: every share of its score, none left out."""

import numpy as np
import scipy.sparse as sp

from recommender.attributes import Feature
from recommender.model import ContextModel
from recommender.results import Reason, ReasonKind


def reasons(model: ContextModel, features: sp.csr_matrix, product: int) -> tuple[Reason, ...]:
    """Take a score apart.

    Parameters
    ----------
    features
        The context of one client, shape (1, features).
    product
        Row number of the product scored.

    Returns
    -------
    tuple of Reason
        Largest absolute contribution first, then the base; they sum to the score.
    """
    row = features.tocoo()
    contributions = row.data * model.scores.weights[row.col, product]
    order = np.argsort(-np.abs(contributions), kind="stable")
    named = model.attributes.features
    parts = [
        _reason(model, named, int(row.col[place]), float(contributions[place])) for place in order
    ]
    base = float(model.scores.base[product])
    return (*parts, Reason(ReasonKind.BASE, model.products.ids[product], "", base))


def _reason(
    model: ContextModel, named: tuple[Feature, ...], column: int, contribution: float
) -> Reason:
    if column < len(named):
        feature = named[column]
        return Reason(ReasonKind.ATTRIBUTE, feature.attribute, feature.level, contribution)
    held = model.products.ids[column - len(named)]
    return Reason(ReasonKind.HOLDING, held, "", contribution)
