"""Scored blocks as Arrow tables: one row a client, suggestions and removals nested."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recommender.gate_block import ClientBlock
from recommender.results import ReasonKind
from recommender.scoring.best import NONE
from recommender.scoring.blocks import Offer, ScoredBlock
from recommender.scoring.removal_values import values_found
from recommender.scoring.scorer import Scorer

_REASON = pa.struct(
    [
        ("kind", pa.string()),
        ("feature", pa.string()),
        ("value", pa.string()),
        ("contribution", pa.float32()),
    ]
)
_SUGGESTION = pa.struct(
    [
        ("product_id", pa.string()),
        ("score", pa.float32()),
        ("chance", pa.float32()),
        ("without_holders", pa.bool_()),
        ("reasons", pa.list_(_REASON)),
    ]
)
_REMOVAL = pa.struct([("product_id", pa.string()), ("rule", pa.string()), ("value", pa.string())])

SCHEMA = pa.schema(
    [
        ("client_id", pa.string()),
        ("without_holdings", pa.bool_()),
        ("suggestions", pa.list_(_SUGGESTION)),
        ("removals", pa.list_(_REMOVAL)),
    ]
)
"""What `python -m recommender score` writes.

``suggestions`` are best first. ``score`` compares products of one client, ``chance`` compares
clients too (see `recommender.ranking`). ``without_holders`` marks a product nobody held in
training, ``without_holdings`` a client without products. A reason is an attribute with its level
or a held product, in units of the score. ``removals`` name the first rule that each product not
offered breaks, and what it found: the client's kind, place, balance in fen, grade or last valid
day, the products or the licence that lack, the last quiet day, the product's dates or sales so far.
"""


def table(scored: ScoredBlock, scorer: Scorer, offer: Offer, gate: ClientBlock) -> pa.Table:
    """Lay out a scored block by `SCHEMA`; the metadata say model, day and rules.

    Parameters
    ----------
    gate
        What the gate knew of the same clients.
    """
    arrays = [
        pa.array(scored.client_ids, pa.string()),
        pa.array(scored.without_holdings),
        _suggestions(scored, scorer),
        _removals(scored, offer, gate),
    ]
    card = scorer.trained.card
    told = {
        "model_version": card.version,
        "trained_at": card.trained_at.isoformat(),
        "scored_for": offer.today.isoformat(),
    }
    return pa.Table.from_arrays(arrays, schema=SCHEMA.with_metadata(told))


def _suggestions(scored: ScoredBlock, scorer: Scorer) -> pa.ListArray:
    model = scorer.trained.model
    shown = scored.products != NONE
    products = scored.products[shown]
    columns = [
        _texts(model.products.ids, products),
        pa.array(scored.scores[shown]),
        pa.array(scored.chances[shown]),
        pa.array((model.holders == 0)[products]),
        _reasons(scored.features[shown], scored.contributions[shown], scorer),
    ]
    return _lists(shown.sum(axis=1), pa.StructArray.from_arrays(columns, fields=list(_SUGGESTION)))


def _reasons(
    features: NDArray[np.int32], contributions: NDArray[np.float32], scorer: Scorer
) -> pa.ListArray:
    said = features != NONE
    numbers = features[said]
    known, held = scorer.trained.model.named, scorer.trained.model.products.ids
    kinds = [ReasonKind.ATTRIBUTE] * len(known) + [ReasonKind.HOLDING] * len(held)
    names = [*(feature.attribute for feature in known), *held]
    levels = [*(feature.level for feature in known), *[""] * len(held)]
    columns = [
        *(_texts(words, numbers) for words in (kinds, names, levels)),
        pa.array(contributions[said]),
    ]
    return _lists(said.sum(axis=1), pa.StructArray.from_arrays(columns, fields=list(_REASON)))


def _removals(scored: ScoredBlock, offer: Offer, gate: ClientBlock) -> pa.ListArray:
    held_back = scored.removed != 0
    _, columns = np.nonzero(held_back)
    names = [product.product_id for product in offer.products]
    rules = scored.removed[held_back] - 1
    values = pa.array(values_found(gate, offer, scored.removed), pa.string())
    removals = pa.StructArray.from_arrays(
        [_texts(names, columns), _texts(offer.codes, rules), values], fields=list(_REMOVAL)
    )
    return _lists(held_back.sum(axis=1), removals)


def _texts(words: Sequence[str], places: NDArray[np.integer]) -> pa.Array:
    return pa.array([str(word) for word in words], pa.string()).take(pa.array(places))


def _lists(lengths: NDArray[np.integer], values: pa.Array) -> pa.ListArray:
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)
