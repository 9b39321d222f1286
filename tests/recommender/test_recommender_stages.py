"""The parts of the final stage against independent calculations."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression

from recommender.attributes import find_attributes
from recommender.basis import find_basis
from recommender.crosses import Crosses, sources
from recommender.dataset import Dataset
from recommender.design import Design, Sums
from recommender.effects import fit_effects, folded
from recommender.evaluate import answers, ask, evaluate
from recommender.fitting import fit, prepare
from recommender.methods import all_methods
from recommender.model import score_block, share_block
from recommender.odds import Odds
from recommender.rivals import fit_odds
from recommender.screening import with_found_crosses
from recommender.settings import Settings
from recommender.softmax import Softmax
from recommender.trained import TrainedModel


def plain_design(rng: np.random.Generator, rows: int = 400) -> Design:
    features = sp.csr_matrix((rng.random((rows, 5)) < 0.4).astype(np.float32))
    pull = features @ rng.normal(size=(5, 3)) * 1.5
    chances = np.exp(pull) / np.exp(pull).sum(axis=1, keepdims=True)
    targets = (rng.random((rows, 1)) > chances.cumsum(axis=1)).sum(axis=1).clip(max=2)
    return Design(
        levels=features[:, :2],
        parts=sp.csr_matrix(np.eye(2)),
        clients=np.arange(rows),
        others=features[:, 2:],
        groups=np.zeros(5, dtype=np.int64),
        targets=targets,
        closed=np.zeros((rows, 3), dtype=bool),
        weights=np.ones(rows, dtype=np.float32),
    )


def test_the_regression_is_scikit_learn_s_own_multinomial_one() -> None:
    """Same penalty, same rows: the same probabilities to a thousandth."""
    design = plain_design(np.random.default_rng(1))
    fitted = fit_effects(Softmax(design), design.groups, np.array([2.0]), 1, 200)
    ours = folded(design.parts, fitted.effects)
    features = sp.csr_matrix(sp.hstack([design.levels, design.others]), dtype=np.float64)
    theirs = LogisticRegression(C=0.5, max_iter=500, tol=1e-8).fit(features, design.targets)
    scores = ours.of(features)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    assert_allclose(
        odds / odds.sum(axis=1, keepdims=True), theirs.predict_proba(features), atol=2e-3
    )


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    """Finite differences, with closed products, weights and several contexts a client."""
    rng = np.random.default_rng(2)
    design = plain_design(rng, 60)
    closed = np.zeros((60, 3), dtype=bool)
    closed[::4, 0] = design.targets[::4] != 0
    design = replace(
        design,
        clients=np.repeat(np.arange(30), 2),
        closed=closed,
        weights=rng.random(60).astype(np.float32),
    )
    likelihood, effects = Softmax(design), rng.normal(size=(6, 3))
    _, gradient = likelihood.loss(effects)
    for place in ((0, 0), (3, 1), (5, 2)):
        step = np.zeros_like(effects)
        step[place] = 1e-2
        slope = (likelihood.loss(effects + step)[0] - likelihood.loss(effects - step)[0]) / 2e-2
        assert slope == pytest.approx(gradient[place], abs=2e-2)


def clients_and_holdings(rng: np.random.Generator, count: int) -> tuple[sp.csr_matrix, np.ndarray]:
    levels = (rng.random((count, 2)) < 0.4).astype(np.float32)
    held = rng.random((count, 3)) < 1 / (1 + np.exp(1 - levels @ rng.normal(size=(2, 3)) * 2))
    held[:, 1] |= held[:, 0] & (rng.random(count) < 0.5)
    return sp.csr_matrix(levels), held


def odds_of(levels: sp.csr_matrix, held: np.ndarray) -> Odds:
    ones = sp.csr_matrix(held, dtype=np.float32)
    sums = Sums(levels, sp.csr_matrix(np.eye(2)), np.arange(len(held)), ones)
    apart = np.zeros((6, 3), dtype=bool)
    apart[2:5] = np.eye(3, dtype=bool)
    return Odds(sums, ones, apart)


def test_the_odds_of_a_product_are_scikit_learn_s_own_binary_ones() -> None:
    """Same penalty, the other products beside the attributes: the same odds to a hundredth."""
    levels, held = clients_and_holdings(np.random.default_rng(7), 500)
    groups = np.zeros(5, dtype=np.int64)
    fitted = fit_effects(odds_of(levels, held), groups, np.array([2.0]), 1, 300)
    ours = folded(sp.csr_matrix(np.eye(2)), fitted.effects)
    rows = np.hstack([levels.toarray(), held])
    for product in range(3):
        others = np.delete(rows, 2 + product, axis=1)
        theirs = LogisticRegression(C=0.5, max_iter=500, tol=1e-8).fit(others, held[:, product])
        assert ours.weights[2 + product, product] == 0
        alone = np.delete(ours.weights[:, product], 2 + product)
        assert_allclose(
            others @ alone + ours.base[product], theirs.decision_function(others), atol=2e-2
        )


def test_the_gradient_of_the_odds_is_the_slope_of_their_loss() -> None:
    """Finite differences; what is a product's own has no slope."""
    rng = np.random.default_rng(8)
    odds, effects = odds_of(*clients_and_holdings(rng, 60)), rng.normal(size=(6, 3))
    _, gradient = odds.loss(effects)
    for place in ((0, 0), (2, 1), (3, 1), (5, 2)):
        step = np.zeros_like(effects)
        step[place] = 1e-2
        slope = (odds.loss(effects + step)[0] - odds.loss(effects - step)[0]) / 2e-2
        assert slope == pytest.approx(gradient[place], abs=2e-2)
    assert gradient[3, 1] == 0


def test_an_attribute_that_says_nothing_is_silenced() -> None:
    """The precision of noise ends far above that of a group with something to say."""
    rng = np.random.default_rng(3)
    design = plain_design(rng, 3000)
    noise = sp.csr_matrix((rng.random((3000, 4)) < 0.5).astype(np.float32))
    design = replace(
        design,
        others=sp.csr_matrix(sp.hstack([design.others, noise])),
        groups=np.array([0, 0, 0, 0, 0, 1, 1, 1, 1]),
    )
    found = fit_effects(Softmax(design), design.groups, np.array([5.0, 5.0]), 4, 60).precisions
    assert found[1] > 10 * found[0]


@given(seed=st.integers(0, 300))
def test_crosses_are_those_of_a_plain_loop(seed: int) -> None:
    """Pairs of holdings, an attribute with another and with a product, gaps included."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "a": rng.choice(["x", "y", None], 40, p=[0.4, 0.4, 0.2]),
            "b": rng.choice(["u", "v", "w"], 40),
        }
    )
    space = find_attributes(frame)
    encoded = space.encode(frame)
    held = sp.csr_matrix((rng.random((40, 4)) < 0.5).astype(np.float32))
    crosses = Crosses(sources(space, 4), 2, ((0, 2), (1, 3)), ((0, 1), (1, 3)))
    found = crosses.encode(encoded, held).toarray()
    base = np.hstack([encoded.toarray() > 0, held.toarray() > 0])
    members = crosses.members()
    assert found.shape == (40, len(crosses)) == (40, len(members))
    for column, (first, second) in enumerate(members):
        assert_array_equal(found[:, column] > 0, base[:, first] & base[:, second])


def test_the_parts_of_an_ordered_attribute_span_lines_and_steps() -> None:
    """A straight line and a jump at any level can both be written with the parts."""
    frame = pd.DataFrame({"n": np.linspace(0.1, 9.7, 400), "c": ["x", "y"] * 200})
    space = find_attributes(frame)
    parts = find_basis(space).parts.toarray()
    levels = len(space.attributes[0].names)
    for wanted in (np.arange(levels, dtype=float), (np.arange(levels) > 4).astype(float)):
        own = parts[:levels]
        assert_allclose(own @ np.linalg.lstsq(own, wanted, rcond=None)[0], wanted, atol=1e-9)
    assert parts.shape[0] == space.width


def test_the_odds_of_a_product_never_use_the_product_itself(bank: Dataset) -> None:
    encoded = find_attributes(bank.clients).encode(bank.clients)
    scores = fit_odds(encoded, bank.held())
    own = scores.weights[encoded.shape[1] :]
    assert_array_equal(np.diag(own), np.zeros(len(own)))


def test_a_taste_that_needs_two_attributes_is_found(quick: Settings) -> None:
    """Neither attribute alone says anything; their cross does and is made a feature."""
    rng = np.random.default_rng(4)
    first, second = rng.choice(["a", "b"], 3000), rng.choice(["c", "d"], 3000)
    other = rng.choice(["e", "f"], 3000)
    likes = (first == "a") == (second == "c")
    pairs = [(f"k{row}", "base") for row in range(3000)]
    pairs += [(f"k{row}", "left" if likes[row] else "right") for row in range(3000)]
    clients = pd.DataFrame(
        {"client_id": [f"k{row}" for row in range(3000)], "x": first, "y": second, "z": other}
    )
    data = Dataset.of(clients, pd.DataFrame(pairs, columns=["client_id", "product_id"]))
    material = with_found_crosses(prepare(data, 0, quick), 0, quick)
    assert material.crosses.sides == ((0, 1),)
    model = fit(data, 0, quick)
    agree, differ = (model.score({"x": "a", "y": y, "z": "e"}, ["base"]) for y in ("c", "d"))
    left, right = model.products.rows(["left", "right"])
    assert agree[left] > agree[right] + 1
    assert differ[right] > differ[left] + 1


def test_noise_makes_no_crosses(quick: Settings) -> None:
    rng = np.random.default_rng(5)
    held = rng.random((1500, 5)) < 0.4
    held[:, 0] |= ~held.any(axis=1)
    rows, products = np.nonzero(held)
    clients = pd.DataFrame({"client_id": [f"k{row}" for row in range(1500)]})
    for name in "uvwxyz":
        clients[name] = rng.choice(list("abcd"), 1500)
    holdings = pd.DataFrame(
        {"client_id": [f"k{row}" for row in rows], "product_id": [f"p{p}" for p in products]}
    )
    data = Dataset.of(clients, holdings)
    assert with_found_crosses(prepare(data, 0, quick), 0, quick).crosses.sides == ()


def test_another_client_in_the_block_changes_nothing(bank: Dataset, trained: TrainedModel) -> None:
    """Scores and chances of the others are the same to the last bit."""
    model, held = trained.model, bank.held()[:50]
    encoded = model.attributes.encode(bank.clients.iloc[:50])
    alone = score_block(model, model.features(encoded[:-1], held[:-1]))
    among = score_block(model, model.features(encoded, held))
    assert_array_equal(alone, among[:-1])
    closed = held.toarray() > 0
    assert_array_equal(
        share_block(model, alone, closed[:-1]), share_block(model, among, closed)[:-1]
    )


def test_shares_are_chances_over_what_is_open(trained: TrainedModel) -> None:
    """They sum to 1, the closed have none, and all closed is all 0."""
    model = trained.model
    scores = np.random.default_rng(6).normal(size=(3, len(model.products)))
    closed = np.zeros(scores.shape, dtype=bool)
    closed[1, 0] = True
    closed[2] = True
    shares = share_block(model, scores, closed)
    assert_allclose(shares.sum(axis=1), [1.0, 1.0, 0.0])
    assert shares[1, 0] == 0
    logs = np.log(shares[0])
    assert_allclose(np.diff(logs), np.diff(scores[0] - model.tilt))


@given(
    age=st.one_of(st.none(), st.floats(-10, 200), st.just("old"), st.just(float("nan"))),
    trade=st.sampled_from(["retail", "farming", "unheard-of", None]),
    held=st.lists(st.sampled_from(["deposit", "card", "fund", "loan", "not-ours"])),
)
def test_one_client_is_laid_out_as_a_table_of_one_row(
    trained: TrainedModel, age: object, trade: object, held: list[str]
) -> None:
    model = trained.model
    frame = pd.DataFrame({"age": pd.Series([age], dtype=object), "trade": [trade]})
    table = model.features(model.attributes.encode(frame), model.held([held]))
    own = model.context({"age": age, "trade": trade}, held)
    assert_array_equal(own.toarray(), table.toarray())


def test_the_final_model_keeps_its_floors(bank: Dataset, quick: Settings) -> None:
    """On tastes hidden in attributes: no counting method is ahead, and chances are better."""
    visible, hidden = bank.hide(seed=1, share=0.4)
    rows = answers(visible, ask(visible, hidden), all_methods(), 1, quick)
    found = {answer.row.method: answer.row.quality for answer in rows}
    final, regression = found["final"], found["logistic regression"]
    for counting in ("popularity", "co-occurrence", "EASE", "lightfm"):
        assert final.mrr > found[counting].mrr
        assert final.macro_hr_at_3 >= found[counting].macro_hr_at_3 - 0.02
    assert final.mrr > regression.mrr - 0.01
    assert final.log_loss is not None
    assert regression.log_loss is not None
    assert final.log_loss < regression.log_loss
    assert final.calibration_error is not None
    assert final.calibration_error < 0.03


def test_a_method_with_nothing_to_say_is_left_out(bank: Dataset, quick: Settings) -> None:
    visible, hidden = bank.hide(seed=1, share=0.2)
    methods = {"mute": lambda *_: None, "popularity": all_methods()["popularity"]}
    assert [row.method for row in evaluate(visible, hidden, 1, quick, methods)] == ["popularity"]


def test_standing_is_the_share_of_the_same_type_by_hand(
    trained: TrainedModel, bank: Dataset
) -> None:
    """Counted again from the table: incomes of personal clients in the topmost range."""
    standing, named = trained.model.standing, trained.model.named
    [attribute] = [a for a in trained.model.attributes.attributes if a.name == "income"]
    assert attribute.edges is not None
    top = max(place for place, each in enumerate(named) if each.attribute == "income")
    personal = bank.clients[bank.clients["kind"] == "personal"]["income"]
    expected = (personal >= attribute.edges[-1]).mean()
    above, below = standing.of("personal", top)
    assert above == pytest.approx(expected)
    assert below == pytest.approx(1.0)
    assert standing.of("unheard-of", top) == (None, None)
    trade = next(place for place, each in enumerate(named) if each.attribute == "trade")
    assert standing.of("personal", trade) == (None, None)


def test_small_data_are_learnt_by_many_members_and_large_by_few() -> None:
    """Members times rows stay within what the settings allow, but for the least of two."""
    settings = Settings()
    assert settings.members_for(1_000) == settings.members
    assert settings.members_for(settings.most_contexts) == 2
    for contexts in (20_000, 30_000, 50_000):
        assert settings.members_for(contexts) * contexts <= settings.most_trained
    assert replace(settings, members=1).members_for(1) == 1
