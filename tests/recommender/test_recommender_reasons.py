"""What a client cannot have because of its type is told as the type, and the sum stays exact."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.dataset import Dataset
from recommender.fitting import fit
from recommender.levels import MISSING
from recommender.model import score_block
from recommender.peers import find_peers
from recommender.readiness import find_readiness
from recommender.reasons import reasons
from recommender.scoring.best import NONE
from recommender.scoring.contributions import largest
from recommender.scoring.scorer import Scorer
from recommender.settings import Settings
from recommender.trained import ModelCard, TrainedModel

CLIENTS = 600
OF_FIRMS = {"capital", "company_age"}
PRODUCTS = ("deposit", "card", "account", "payroll")


@pytest.fixture(scope="module")
def two_kinds(quick: Settings) -> TrainedModel:
    """Firms alone have capital and an age; turnover is unknown of some of either kind."""
    rng = np.random.default_rng(3)
    firm = rng.random(CLIENTS) < 0.5
    numbers = {name: rng.integers(0, 100, CLIENTS).astype(float) for name in sorted(OF_FIRMS)}
    turnover = rng.integers(0, 100, CLIENTS).astype(float)
    table = pd.DataFrame(
        {
            "client_id": [f"k{row}" for row in range(CLIENTS)],
            "kind": np.where(firm, "corporate", "personal"),
            **{name: np.where(firm, values, np.nan) for name, values in numbers.items()},
            "turnover": np.where(rng.random(CLIENTS) < 0.2, np.nan, turnover),
        }
    )
    pairs = [
        (f"k{row}", product)
        for row in range(CLIENTS)
        for product in (PRODUCTS[2:] if firm[row] else PRODUCTS[:2])
        if rng.random() < 0.7
    ]
    holdings = pd.DataFrame(pairs, columns=["client_id", "product_id"])
    data = Dataset.of(table, holdings, pd.DataFrame({"product_id": PRODUCTS}))
    model = fit(data, 0, quick)
    card = ModelCard("two", datetime(2026, 11, 20, tzinfo=UTC), 0, quick, "", 0, 0, ())
    return TrainedModel(model, find_peers(data, model, 0, 100), find_readiness(data), card)


@settings(max_examples=60)
@given(
    kind=st.sampled_from(["personal", "corporate", "unheard-of", None]),
    capital=st.one_of(st.none(), st.floats(0, 100)),
    turnover=st.one_of(st.none(), st.floats(0, 100)),
    held=st.lists(st.sampled_from(PRODUCTS), unique=True),
    product=st.integers(0, len(PRODUCTS) - 1),
)
def test_what_a_type_cannot_have_is_no_reason_and_the_sum_is_the_score(
    two_kinds: TrainedModel,
    kind: str | None,
    capital: float | None,
    turnover: float | None,
    held: list[str],
    product: int,
) -> None:
    model = two_kinds.model
    attributes = {"kind": kind, "capital": capital, "turnover": turnover}
    context = model.context(attributes, held)
    found = reasons(model, context, product, kind or "")
    total = sum(reason.contribution for reason in found)
    assert total == pytest.approx(float(model.score(attributes, held)[product]), abs=1e-6)
    missing = {reason.feature for reason in found if reason.value == MISSING}
    if kind == "personal":
        assert not missing & OF_FIRMS
    else:
        assert "company_age" in missing, "a firm that does not tell its age is told so"
    assert ("turnover" in missing) == (turnover is None)


def test_a_block_gives_the_type_what_one_client_does(two_kinds: TrainedModel) -> None:
    """The shares of batch scoring are those of the reasons of each client alone."""
    model = two_kinds.model
    clients = pd.DataFrame({"kind": ["personal", "corporate"] * 4, "turnover": [5.0, None] * 4})
    held = model.held([[], ["deposit"], ["card"], ["account"]] * 2)
    features = model.features(model.attributes.encode(clients), held)
    best = np.argsort(-score_block(model, features), axis=1)[:, :2].astype(np.int16)
    unsaid = np.zeros(model.scores.weights.shape[0], dtype=bool)
    numbers, parts = largest(Scorer.of(two_kinds), features, best, 20, unsaid)
    for row, place in np.ndindex(best.shape):
        kind = clients["kind"][row]
        alone = reasons(model, features[row], int(best[row, place]), kind)[:-1]
        wanted = sorted((r.contribution for r in alone if r.contribution > 0), reverse=True)
        shown = numbers[row, place] != NONE
        np.testing.assert_allclose(parts[row, place][shown], wanted, atol=1e-5)
        named = [model.named[n] for n in numbers[row, place][shown] if n < model.levels]
        if kind == "personal":
            assert not {n.attribute for n in named if n.level == MISSING} & OF_FIRMS
