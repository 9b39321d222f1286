"""What the model must beat: five lines each, as anyone would try first.

Every function takes the holdings as ones, shape (clients, products), and returns scores of the
same shape.
"""

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from recommender.attributes import find_attributes
from recommender.dataset import Dataset

type Floats = NDArray[np.float64]

EASE_PENALTY = 100.0
SMOOTHING = 1.0
PLAIN_COMPONENTS = 16
PLAIN_EPOCHS = 20


def popularity(held: sp.csr_matrix) -> Floats:
    """Score by holders, the same for everyone."""
    counts = np.asarray(held.sum(axis=0), dtype=np.float64).ravel()
    return np.tile(counts, (held.shape[0], 1))


def co_occurrence(held: sp.csr_matrix) -> Floats:
    """Naive Bayes over the products held: ``log P(p) + Σ_h log P(h | p)``, add-one smoothed."""
    together = np.asarray((held.T @ held).todense(), dtype=np.float64)
    holders = np.diag(together)
    given = np.log((together.T + SMOOTHING) / (holders + 2 * SMOOTHING))
    return np.asarray(held @ given + np.log(holders + SMOOTHING), dtype=np.float64)


def ease(held: sp.csr_matrix, penalty: float = EASE_PENALTY) -> Floats:
    """EASE: ``B = I − P diag(P)⁻¹`` with ``P = (XᵀX + λI)⁻¹`` (Steck 2019, WWW, eq. 8)."""
    return np.asarray(held @ ease_weights(held, penalty), dtype=np.float64)


def ease_weights(held: sp.csr_matrix, penalty: float = EASE_PENALTY) -> Floats:
    """Weight of each held product for each product, shape (products, products)."""
    gram = np.asarray((held.T @ held).todense(), dtype=np.float64)
    inverse = np.linalg.inv(gram + penalty * np.eye(len(gram)))
    return np.asarray(np.eye(len(gram)) - inverse / np.diag(inverse))


def plain_lightfm(dataset: Dataset, seed: int) -> Floats:
    """LightFM as in its manual: one row a client, identity and attributes summing to 1, warp."""
    held = dataset.held()
    attributes = find_attributes(dataset.clients).encode(dataset.clients)
    identity = sp.eye_array(held.shape[0], dtype=np.float32)
    features = normalize(sp.hstack([identity, attributes > 0], dtype=np.float32), norm="l1")
    model = LightFM(no_components=PLAIN_COMPONENTS, loss="warp", random_state=seed)
    model.fit(held.tocoo(), user_features=features, epochs=PLAIN_EPOCHS, num_threads=1)
    biases, vectors = model.get_user_representations(features)
    item_biases, item_vectors = model.get_item_representations()
    return np.asarray(vectors @ item_vectors.T + biases[:, None] + item_biases, dtype=np.float64)
