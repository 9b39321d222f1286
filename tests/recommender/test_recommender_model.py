import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from lightfm import LightFM
from numpy.testing import assert_allclose, assert_array_equal

from recommender import hiding
from recommender.attributes import find_attributes
from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.evaluate import evaluate
from recommender.factors import fold, item_features
from recommender.fitting import fit
from recommender.gauge import centred
from recommender.linear import LinearScores
from recommender.reasons import reasons
from recommender.settings import Settings
from recommender.trained import TrainedModel


def test_folded_scores_equal_lightfm_s_own() -> None:
    """Every client, every product, with features on both sides, to 1e-4."""
    rng = np.random.default_rng(0)
    features = sp.random(40, 9, 0.4, format="csr", dtype=np.float32, random_state=0)
    items = item_features(
        sp.csr_matrix(rng.integers(0, 2, (6, 3)).astype(np.float32)), np.array([3, 1, 2, 4, 1, 5])
    )
    wanted = sp.coo_matrix((rng.random((40, 6)) < 0.3).astype(np.float32))
    model = LightFM(no_components=8, loss="warp", random_state=1)
    model.fit(wanted, user_features=features, item_features=items, epochs=5)
    clients, products = np.repeat(np.arange(40), 6), np.tile(np.arange(6), 40)
    theirs = model.predict(clients, products, user_features=features, item_features=items)
    assert_allclose(fold(model, items).of(features).ravel(), theirs, atol=1e-4)


def test_centring_changes_no_order_and_no_difference() -> None:
    """For clients without gaps, differences between products stay to the last digit shown."""
    frame = pd.DataFrame({"a": ["x", "y", "x", "y"] * 5, "b": ["u", "u", "v", "v"] * 5})
    space = find_attributes(frame)
    encoded = space.encode(frame)
    rng = np.random.default_rng(2)
    raw = LinearScores(rng.normal(size=(encoded.shape[1], 3)), rng.normal(size=3))
    moved = centred(raw, space, np.asarray(encoded.mean(axis=0)).ravel())
    assert_allclose(np.diff(moved.of(encoded)), np.diff(raw.of(encoded)), atol=1e-6)
    assert_allclose(moved.of(encoded).mean(axis=0), moved.base, atol=1e-6)


@settings(max_examples=60)
@given(
    age=st.one_of(st.none(), st.floats(-10, 200), st.just("old")),
    trade=st.sampled_from(["retail", "farming", "unheard-of", None]),
    held=st.lists(st.sampled_from(["deposit", "card", "fund", "loan", "not-ours"])),
    product=st.integers(0, 11),
)
def test_contributions_sum_to_the_score_for_any_client(
    trained: TrainedModel, age: object, trade: object, held: list[str], product: int
) -> None:
    """Missing, unknown and repeated values included, to 1e-5."""
    model = trained.model
    attributes = {"age": age, "trade": trade}
    frame = pd.DataFrame(
        {name: pd.Series([value], dtype=object) for name, value in attributes.items()}
    )
    features = model.features(model.attributes.encode(frame), model.held([held]))
    parts = reasons(model, features, product)
    total = sum(part.contribution for part in parts)
    assert total == pytest.approx(model.score(attributes, held)[product], abs=1e-5)


def test_contexts_beat_popularity_where_tastes_are_hidden(bank: Dataset, quick: Settings) -> None:
    """The floor on quality: hit rate and reciprocal rank above popularity by a clear margin."""
    visible, hidden = bank.hide(seed=1, share=0.3)
    found = {row.method: row.quality for row in evaluate(visible, hidden, 1, quick)}
    assert found["final"].hr_at_1 > found["popularity"].hr_at_1 + 0.1
    assert found["final"].mrr > found["popularity"].mrr + 0.1
    assert found["final"].mrr > 0.7


def test_one_part_hidden_weighs_the_stages_as_well_as_all_in_turn(
    bank: Dataset, quick: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is hidden to weigh the stages is learnt from all the same."""
    visible, hidden = bank.hide(seed=1, share=0.3)
    in_turn = evaluate(visible, hidden, 1, quick)[-1].quality
    monkeypatch.setattr(hiding, "ENOUGH", 150)
    one_part = evaluate(visible, hidden, 1, quick)[-1].quality
    assert one_part.log_loss != in_turn.log_loss
    assert one_part.log_loss == pytest.approx(in_turn.log_loss, rel=0.05)
    assert one_part.mrr == pytest.approx(in_turn.mrr, abs=0.02)


def test_one_seed_is_one_model(small_bank: Dataset, quick: Settings) -> None:
    """Bit for bit, and another seed is another model."""
    first, second, other = (fit(small_bank, seed, quick).scores.weights for seed in (4, 4, 5))
    assert_array_equal(first, second)
    assert not np.array_equal(first, other)


def test_the_order_of_clients_does_not_matter_at_scoring(
    bank: Dataset, trained: TrainedModel
) -> None:
    model, held = trained.model, bank.held()
    order = np.random.default_rng(3).permutation(len(bank.clients))
    scores = model.scores.of(model.features(model.attributes.encode(bank.clients), held))
    shuffled = model.attributes.encode(bank.clients.iloc[order])
    assert_allclose(model.scores.of(model.features(shuffled, held[order])), scores[order])


def test_unknown_values_count_as_the_average_client(trained: TrainedModel) -> None:
    """Nothing known of a client leaves the bases alone."""
    assert_allclose(
        trained.model.score({"trade": "unheard-of", "age": "old"}, ()), trained.model.scores.base
    )


def test_a_product_nobody_holds_gets_a_finite_score(trained: TrainedModel) -> None:
    model = trained.model
    row = int(model.products.rows(["pension"])[0])
    assert model.holders[row] == 0
    assert np.isfinite(model.score({"kind": "personal"}, ("deposit",))[row])


def test_too_few_holdings_are_refused_in_a_sentence() -> None:
    clients = pd.DataFrame({"client_id": ["a", "b"], "x": [1, 2]})
    holdings = pd.DataFrame({"client_id": ["a", "b"], "product_id": ["p", "q"]})
    with pytest.raises(TooFewHoldings, match="2 training rows and at least 10"):
        fit(Dataset.of(clients, holdings), 0)
