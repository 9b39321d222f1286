"""The two stages on the same contexts, and their mixture.

A part of the clients is kept from a first training, to learn how far to trust each stage. On
small data the stages are then trained again on everyone; on large data the part kept back is too
small to matter, and the first training stands.
"""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from recommender.contexts import Contexts
from recommender.factors import fit_factors
from recommender.linear import LinearScores, mixed
from recommender.mixing import UNTESTED, fit_shares
from recommender.settings import Settings
from recommender.softmax import fit_softmax

LARGEST_SHARE_BACK = 0.2
ENOUGH_BACK = 4_000
NEGLIGIBLE_SHARE = 0.1
MEMBERS_TO_WEIGH = 2


@dataclass(frozen=True, slots=True)
class Stages:
    """What both stages learn from.

    Attributes
    ----------
    clients
        Encoded attributes, shape (clients, attribute features).
    products
        Encoded attributes, shape (products, product features).
    """

    clients: sp.csr_matrix
    products: sp.csr_matrix

    def features(self, contexts: Contexts) -> sp.csr_matrix:
        """Attributes beside the other products held, shape (contexts, features)."""
        return sp.csr_matrix(sp.hstack([self.clients[contexts.clients], contexts.others]))

    def fit(self, contexts: Contexts, seed: int, settings: Settings) -> list[LinearScores]:
        """Train LightFM on all contexts, the logistic regression on a sample of them."""
        sample = contexts.sample(settings.most_softmax_contexts, np.random.default_rng([seed, 3]))
        return [
            fit_factors(self.features(contexts), contexts, self.products, seed, settings),
            fit_softmax(self.features(sample), sample.targets, self.products.shape[0]),
        ]


def fit_mixture(stages: Stages, contexts: Contexts, seed: int, settings: Settings) -> LinearScores:
    """Train both stages and mix them by the likelihood of contexts kept back."""
    share = min(LARGEST_SHARE_BACK, ENOUGH_BACK / len(contexts))
    rng = np.random.default_rng([seed, 1])
    back = rng.random(stages.clients.shape[0])[contexts.clients] < share
    seen, tested = contexts.where(~back), contexts.where(back)
    if len(np.unique(seen.targets)) < 2:
        return mixed(stages.fit(contexts, seed, settings), UNTESTED)
    again = share > NEGLIGIBLE_SHARE
    members = min(settings.members, MEMBERS_TO_WEIGH) if again else settings.members
    parts = stages.fit(seen, seed, replace(settings, members=members))
    first, second = (part.of(stages.features(tested)) for part in parts)
    shares = fit_shares(first, second, tested.targets, tested.others.toarray() > 0)
    return mixed(stages.fit(contexts, seed, settings) if again else parts, shares)
