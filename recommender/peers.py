"""Clients alike: how many of those nearest to a client hold a product."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.dataset import Dataset
from recommender.model import ContextModel

MOST_NEIGHBOURS = 200
NEIGHBOURHOOD = 0.1
"""No more than this share of the clients of a kind count as near."""


@dataclass(frozen=True, slots=True)
class PeerShare:
    """Share of the `count` nearest clients who hold a product; 0 of 0 if there is none."""

    share: float
    count: int


@dataclass(frozen=True, slots=True)
class Peers:
    """Clients of the training data as the model sees them.

    Attributes
    ----------
    profiles
        The model's scores of every product, shape (clients, products), float32: two clients are
        alike if the model would offer them the same.
    held
        Shape (clients, products).
    kinds, client_ids
        Client type and identifier, shape (clients,).
    """

    profiles: NDArray[np.float32]
    held: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    client_ids: NDArray[np.str_]

    def share(
        self,
        profile: NDArray[np.float64],
        product: tuple[int, NDArray[np.float64]],
        kind: str,
        client_id: str,
    ) -> PeerShare:
        """Count the holders of a product among the nearest clients of the same kind.

        Everyone is compared as if not holding the product, by the cosine of the profiles; else
        its holders would be near each other because they hold it.

        Parameters
        ----------
        profile
            The client's scores, shape (products,).
        product
            Its row number, and what holding it adds to every score, shape (products,).
        client_id
            Left out, should the client itself be among the training data.
        """
        number, effect = product
        same = np.flatnonzero((self.kinds == kind) & (self.client_ids != client_id))
        if not len(same):
            return PeerShare(0.0, 0)
        holds = self.held[same, number]
        others = self.profiles[same] - holds[:, None] * effect.astype(np.float32)
        lengths = np.maximum(np.linalg.norm(others, axis=1), np.finfo(np.float32).tiny)
        likeness = (others @ profile.astype(np.float32)) / lengths
        count = min(MOST_NEIGHBOURS, max(1, int(len(same) * NEIGHBOURHOOD)))
        nearest = np.argsort(-likeness, kind="stable")[:count]
        return PeerShare(float(holds[nearest].mean()), count)


def find_peers(dataset: Dataset, model: ContextModel, seed: int, most: int) -> Peers:
    """Profile the training clients, at most so many, drawn without replacement."""
    held = dataset.held()
    rows = np.arange(held.shape[0])
    if len(rows) > most:
        rows = np.sort(np.random.default_rng([seed, 2]).choice(rows, most, replace=False))
    encoded = model.attributes.encode(dataset.clients.iloc[rows])
    profiles = model.scores.of(model.features(encoded, held[rows])).astype(np.float32)
    ids = np.array(dataset.client_ids.ids, dtype=np.str_)[rows]
    return Peers(profiles, held[rows].toarray() > 0, dataset.kinds()[rows], ids)
