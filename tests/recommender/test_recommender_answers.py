from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from recommender.cases import ClientCase, ProductFacts
from recommender.peers import Peers, PeerShare
from recommender.ranking import rank_clients
from recommender.readiness import chances_by_number
from recommender.recommend import recommend
from recommender.results import Mark, ReasonKind
from recommender.trained import TrainedModel

TODAY = date(2026, 11, 20)
RICH = ClientCase(
    "new1",
    {"age": 41, "trade": "retail", "income": 30000.0},
    ("deposit",),
    "personal",
    "C5",
    date(2027, 1, 1),
)
POOR = replace(RICH, client_id="new2", attributes={**RICH.attributes, "income": 1500.0})


def test_a_suggestion_carries_its_whole_case(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """Ranks count up, scores fall, reasons sum, peers are counted, the model is named."""
    answer = recommend(trained, RICH, catalogue, TODAY, limit=3)
    assert [found.rank for found in answer.suggestions] == [1, 2, 3]
    scores = [found.score for found in answer.suggestions]
    assert scores == sorted(scores, reverse=True)
    for found in answer.suggestions:
        total = sum(reason.contribution for reason in found.reasons)
        assert total == pytest.approx(found.score, abs=1e-5)
        assert found.reasons[-1].kind is ReasonKind.BASE
        assert 0 <= found.peer_share <= 1
        assert found.peer_count > 0
    assert (answer.model_version, answer.trained_at) == ("v1", trained.card.trained_at)


def test_the_taste_hidden_in_income_is_found(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """Funds suit the rich of the invented bank, and income is among the reasons."""
    rich = recommend(trained, RICH, catalogue, TODAY, limit=9).suggestions
    poor = recommend(trained, POOR, catalogue, TODAY, limit=9).suggestions
    fund, other = (next(f for f in found if f.product_id == "fund") for found in (rich, poor))
    assert fund.rank < other.rank
    assert fund.peer_share > other.peer_share
    income = next(reason for reason in fund.reasons if reason.feature == "income")
    assert income.contribution > 0


def test_what_the_model_does_not_know_is_said(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """An unseen value, a client without holdings, a product without holders."""
    stranger = replace(RICH, attributes={"trade": "astronaut"}, held=())
    answer = recommend(trained, stranger, catalogue, TODAY, limit=9)
    assert [(found.name, found.value) for found in answer.unknown_attributes] == [
        ("trade", "astronaut")
    ]
    marks = {found.product_id: found.marks for found in answer.suggestions}
    assert marks["deposit"] == (Mark.CLIENT_WITHOUT_HOLDINGS,)
    assert marks["pension"] == (Mark.CLIENT_WITHOUT_HOLDINGS, Mark.PRODUCT_WITHOUT_HOLDERS)


def test_clients_are_ranked_by_a_chance_that_compares(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """The rich come first for funds, in whatever order the clients are handed in."""
    first = rank_clients(trained, "fund", [POOR, RICH], catalogue, TODAY, limit=2)
    second = rank_clients(trained, "fund", [RICH, POOR], catalogue, TODAY, limit=2)
    assert first == second
    assert [entry.client_id for entry in first.entries] == ["new1", "new2"]
    assert 0 < first.entries[1].chance < first.entries[0].chance < 1


def test_chances_of_all_open_products_sum_to_that_of_one_more(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """Products held and products of the other client type take no share."""
    free = {name: replace(facts, risk_level=None, requires=()) for name, facts in catalogue.items()}
    chances = [
        entry.chance
        for product in free
        for entry in rank_clients(trained, product, [RICH], free, TODAY, limit=1).entries
    ]
    assert sum(chances) == pytest.approx(trained.readiness.of("personal", 1))


def test_readiness_follows_robbins_rule_by_hand() -> None:
    """Four clients hold one, two hold two, one holds three; half a count is added to each side."""
    chances = chances_by_number(np.array([1, 1, 1, 1, 2, 2, 3]), products=3)
    expected = [4.5 / 5, (2 * 2 + 0.5) / (2 * 2 + 4 + 1), (3 + 0.5) / (3 + 2 + 1), 0.5 / 2]
    assert_allclose(chances, expected)


def test_a_type_never_seen_is_as_ready_as_all_clients_together(trained: TrainedModel) -> None:
    ready = trained.readiness
    assert ready.of("unheard-of", 2) == ready.chances[-1, 2]
    assert ready.of("personal", 2) != ready.of("corporate", 2)


def test_a_client_with_one_product_left_does_not_come_out_on_top(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    """Holding all but the fund, the share of the fund is 1, the chance of one more is not."""
    full = replace(
        RICH, client_id="full", held=("deposit", "card", "gold", "mortgage", "insurance", "pension")
    )
    entries = rank_clients(trained, "fund", [full, RICH], catalogue, TODAY, limit=2).entries
    assert [entry.client_id for entry in entries] == ["new1", "full"]


def test_no_clients_make_an_empty_ranking(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    assert rank_clients(trained, "fund", [], catalogue, TODAY, limit=5).entries == ()


def test_peers_are_of_the_same_kind_and_never_the_client_itself() -> None:
    """Two near holders of another kind and the client itself do not count."""
    peers = Peers(
        profiles=np.array([[1, 0], [1, 0], [1, 0.1], [-1, 0]], np.float32),
        held=np.array([[True, False], [True, False], [False, False], [True, False]]),
        kinds=np.array(["corporate", "personal", "personal", "personal"]),
        client_ids=np.array(["a", "b", "c", "d"]),
        effects=np.zeros((2, 2), np.float32),
    )
    profile, first = np.array([1.0, 0.0]), np.array([0])
    assert peers.shares(profile, first, "personal", "b") == [PeerShare(0.0, 1)]
    assert peers.shares(profile, first, "unheard-of", "b") == [PeerShare(0.0, 0)]


def test_a_kind_with_no_other_client_has_no_peers() -> None:
    peers = Peers(
        np.ones((1, 2), np.float32),
        np.array([[True, False]]),
        np.array(["x"]),
        np.array(["me"]),
        np.zeros((2, 2), np.float32),
    )
    assert peers.shares(np.ones(2), np.array([0, 1]), "x", "me") == [PeerShare(0.0, 0)] * 2


def test_holding_the_product_itself_brings_nobody_nearer() -> None:
    """A holder's profile is compared without what the holding adds to it."""
    effects = np.array([[2.0, -3.0], [0.0, 0.0]])
    profiles = np.array([[1.0, 0.0], [-1.0, 0.0]]) + np.array([[1], [0]]) * effects[0]
    peers = Peers(
        profiles.astype(np.float32),
        np.array([[True, False], [False, False]]),
        np.array(["x", "x"]),
        np.array(["a", "b"]),
        effects.astype(np.float32),
    )
    assert peers.shares(np.array([1.0, 0.0]), np.array([0]), "x", "me") == [PeerShare(1.0, 1)]


@given(seed=st.integers(0, 200))
def test_nearest_clients_are_those_of_a_plain_loop(seed: int) -> None:
    """Cosine to each client without the product, one after another, picks the same holders."""
    rng = np.random.default_rng(seed)
    profiles, effects = rng.normal(size=(60, 4)), rng.normal(size=(4, 4))
    held = rng.random((60, 4)) < 0.4
    ids = np.array([f"c{row}" for row in range(60)])
    peers = Peers(
        profiles.astype(np.float32), held, np.full(60, "x"), ids, effects.astype(np.float32)
    )
    wanted = rng.normal(size=4)
    found = peers.shares(wanted, np.arange(4), "x", "c7")
    for product in range(4):
        near = []
        for row in range(60):
            other = profiles[row] - held[row, product] * effects[product]
            near.append(other @ wanted / np.linalg.norm(other) if row != 7 else -np.inf)
        best = np.argsort(near)[::-1][:5]
        assert found[product].count == 5
        assert found[product].share == pytest.approx(held[best, product].mean(), abs=1e-6)
