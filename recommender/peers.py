"""Clients alike: how many of those nearest to a client hold a product."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recommender.dataset import Dataset
from recommender.model import ContextModel

MOST_NEIGHBOURS = 200
NEIGHBOURHOOD = 0.1
"""No more than this share of the clients of a kind count as near."""

type Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PeerShare:
    """Share of the `count` nearest clients who hold a product; 0 of 0 if there is none."""

    share: float
    count: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Clients of one kind: their rows, profiles, holdings and inverse lengths, see `Peers`."""

    places: dict[str, int]
    profiles: Floats
    held: Floats
    inverse: Floats


@dataclass(frozen=True, slots=True)
class Peers:
    """Clients of the training data as the model sees them.

    Everyone is compared as if not holding the product asked about, by the cosine of the profiles;
    else its holders would be near each other because they hold it.

    Attributes
    ----------
    profiles
        The model's scores of every product without crosses, shape (clients, products), float32:
        two clients are alike if the model would offer them the same.
    held
        Shape (clients, products).
    kinds, client_ids
        Client type and identifier, shape (clients,).
    effects
        What holding a product (row) adds to the profile, shape (products, products).
    """

    profiles: Floats
    held: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    client_ids: NDArray[np.str_]
    effects: Floats
    _groups: dict[str, _Group] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = {str(kind): self._group(kind) for kind in np.unique(self.kinds)}
        object.__setattr__(self, "_groups", groups)

    def shares(
        self, profile: NDArray[np.float64], products: NDArray[np.int64], kind: str, client_id: str
    ) -> list[PeerShare]:
        """Count the holders of some products among the nearest clients of the same kind.

        Parameters
        ----------
        profile
            The client's scores without crosses, shape (products,).
        products
            Row numbers.
        client_id
            Left out, should the client itself be among the training data.
        """
        group = self._groups.get(kind)
        own = group.places.get(client_id) if group else None
        others = len(group.places) - (own is not None) if group else 0
        if group is None or others < 1:
            return [PeerShare(0.0, 0)] * len(products)
        wanted = profile.astype(np.float32)
        gained = self.effects[products] @ wanted
        likeness = group.profiles @ wanted
        likeness = likeness[None, :] - group.held[products] * gained[:, None]
        likeness *= group.inverse[products]
        if own is not None:
            likeness[:, own] = -np.inf
        count = min(MOST_NEIGHBOURS, max(1, int(others * NEIGHBOURHOOD)))
        nearest = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        found = np.take_along_axis(group.held[products], nearest, axis=1).mean(axis=1)
        return [PeerShare(float(share), count) for share in found]

    def _group(self, kind: str) -> _Group:
        rows = np.flatnonzero(self.kinds == kind)
        profiles, held = self.profiles[rows], self.held[rows].T.astype(np.float32)
        squares = (profiles**2).sum(axis=1)[None, :]
        squares = squares - 2 * held * (self.effects @ profiles.T)
        squares += held * (self.effects**2).sum(axis=1)[:, None]
        inverse = 1.0 / np.sqrt(np.maximum(squares, np.float32(1e-12)))
        places = {str(self.client_ids[row]): place for place, row in enumerate(rows)}
        return _Group(places, profiles, held, inverse.astype(np.float32))


def find_peers(dataset: Dataset, model: ContextModel, seed: int, most: int) -> Peers:
    """Profile the training clients, at most so many, drawn without replacement."""
    held = dataset.held()
    rows = np.arange(held.shape[0])
    if len(rows) > most:
        rows = np.sort(np.random.default_rng([seed, 2]).choice(rows, most, replace=False))
    encoded = model.attributes.encode(dataset.clients.iloc[rows])
    profiles = model.plain(model.features(encoded, held[rows])).astype(np.float32)
    ids = np.array(dataset.client_ids.ids, dtype=np.str_)[rows]
    effects = model.scores.weights[model.levels : model.levels + len(model.products)]
    kinds = dataset.kinds()[rows]
    return Peers(profiles, held[rows].toarray() > 0, kinds, ids, effects.astype(np.float32))
