"""The context model: what the client is and holds in, one score a product out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace, find_attributes, frame_of
from recommender.contexts import Contexts, leave_one_out
from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.factors import fit_factors
from recommender.gauge import centred
from recommender.identifiers import Identifiers
from recommender.linear import LinearScores, mixed
from recommender.mixing import UNTESTED, fit_shares
from recommender.settings import Settings
from recommender.softmax import fit_softmax

FEWEST_CONTEXTS = 10
HELD_BACK_SHARE = 0.2
HELD_BACK_MEMBERS = 2


@dataclass(frozen=True, slots=True)
class ContextModel:
    """A trained model; it needs no retraining for a new client or a changed holding.

    Attributes
    ----------
    attributes
        The client attributes it knows, the first features of `scores`.
    products
        The catalogue, both the last features of `scores` and its columns.
    scores
        Folded and centred, see `linear` and `gauge`.
    holders
        Clients who held each product in training, shape (products,).
    """

    attributes: AttributeSpace
    products: Identifiers
    scores: LinearScores
    holders: NDArray[np.int64]

    def features(self, attributes: sp.csr_matrix, held: sp.csr_matrix) -> sp.csr_matrix:
        """Join encoded attributes and holdings into contexts, shape (n, features)."""
        return sp.csr_matrix(sp.hstack([attributes, held]))

    def held_row(self, held: Sequence[str]) -> sp.csr_matrix:
        """One client's holdings as ones, shape (1, products); unknown products are left out."""
        known = np.unique(self.products.rows(held))
        known = known[known >= 0]
        row = (np.ones(len(known), dtype=np.float32), (np.zeros(len(known), dtype=int), known))
        return sp.csr_matrix(row, shape=(1, len(self.products)))

    def effect(self, product: int) -> NDArray[np.float64]:
        """Return what holding a product adds to the score of each, shape (products,)."""
        return np.asarray(self.scores.weights[len(self.attributes.features) + product])

    def score(self, attributes: Mapping[str, object], held: Sequence[str]) -> NDArray[np.float64]:
        """Score every product for one client, shape (products,)."""
        encoded = self.attributes.encode(frame_of([attributes]))
        return np.asarray(self.scores.of(self.features(encoded, self.held_row(held)))[0])


def fit(dataset: Dataset, seed: int, settings: Settings | None = None) -> ContextModel:
    """Train on all that is visible.

    Raises
    ------
    TooFewHoldings
        If there are fewer than ten training rows, or fewer than two products held.
    """
    settings = settings or Settings()
    held = dataset.held()
    space = find_attributes(dataset.clients)
    encoded = space.encode(dataset.clients)
    contexts = leave_one_out(held).sample(settings.most_contexts, np.random.default_rng(seed))
    if len(contexts) < FEWEST_CONTEXTS or len(np.unique(contexts.targets)) < 2:
        raise TooFewHoldings(len(contexts), FEWEST_CONTEXTS)
    stages = _Stages(encoded, find_attributes(dataset.products).encode(dataset.products))
    shares = _held_back_shares(stages, contexts, seed, settings)
    scores = mixed(stages.fit(contexts, seed, settings), shares)
    mean = np.asarray(encoded.mean(axis=0), dtype=np.float64).ravel()
    holders = np.asarray(held.sum(axis=0), dtype=np.int64).ravel()
    return ContextModel(space, dataset.product_ids, centred(scores, space, mean), holders)


@dataclass(frozen=True, slots=True)
class _Stages:
    """The two stages over the same features."""

    clients: sp.csr_matrix
    products: sp.csr_matrix

    def features(self, contexts: Contexts) -> sp.csr_matrix:
        return sp.csr_matrix(sp.hstack([self.clients[contexts.clients], contexts.others]))

    def fit(self, contexts: Contexts, seed: int, settings: Settings) -> list[LinearScores]:
        features = self.features(contexts)
        return [
            fit_factors(features, contexts, self.products, seed, settings),
            fit_softmax(features, contexts.targets, self.products.shape[0]),
        ]


def _held_back_shares(
    stages: _Stages, contexts: Contexts, seed: int, settings: Settings
) -> tuple[float, float]:
    """Train without a fifth of the clients and weigh the stages on that fifth."""
    rng = np.random.default_rng([seed, 1])
    back = rng.random(stages.clients.shape[0])[contexts.clients] < HELD_BACK_SHARE
    trained, tested = contexts.where(~back), contexts.where(back)
    if len(np.unique(trained.targets)) < 2:
        return UNTESTED
    quick = replace(settings, members=min(settings.members, HELD_BACK_MEMBERS))
    first, second = (
        stage.of(stages.features(tested)) for stage in stages.fit(trained, seed, quick)
    )
    return fit_shares(first, second, tested.targets, tested.others.toarray() > 0)
