"""The context model: what the client is and holds in, one score a product out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace, find_attributes, frame_of
from recommender.contexts import leave_one_out
from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.gauge import centred
from recommender.identifiers import Identifiers
from recommender.linear import LinearScores
from recommender.settings import Settings
from recommender.stages import Stages, fit_mixture

FEWEST_CONTEXTS = 10


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

    def held(self, several: Sequence[Sequence[str]]) -> sp.csr_matrix:
        """Lay out holdings as ones, shape (clients, products); unknown products are left out."""
        rows = np.repeat(np.arange(len(several)), [len(held) for held in several])
        columns = self.products.rows(product for held in several for product in held)
        pairs = np.unique(np.stack([rows, columns])[:, columns >= 0], axis=1)
        ones = np.ones(pairs.shape[1], dtype=np.float32)
        return sp.csr_matrix((ones, (pairs[0], pairs[1])), (len(several), len(self.products)))

    def effect(self, product: int) -> NDArray[np.float64]:
        """Return what holding a product adds to the score of each, shape (products,)."""
        return np.asarray(self.scores.weights[len(self.attributes.features) + product])

    def score(self, attributes: Mapping[str, object], held: Sequence[str]) -> NDArray[np.float64]:
        """Score every product for one client, shape (products,)."""
        encoded = self.attributes.encode(frame_of([attributes]))
        return np.asarray(self.scores.of(self.features(encoded, self.held([held])))[0])


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
    products = find_attributes(dataset.products).encode(dataset.products)
    scores = fit_mixture(Stages(encoded, products), contexts, seed, settings)
    mean = np.asarray(encoded.mean(axis=0), dtype=np.float64).ravel()
    holders = np.asarray(held.sum(axis=0), dtype=np.int64).ravel()
    return ContextModel(space, dataset.product_ids, centred(scores, space, mean), holders)
