"""There is something to learn in the sample, and popularity cannot learn it.

One product is hidden for a fifth of the clients. A logistic regression over leave-one-out
contexts (attributes and other holdings) stands for any fair model.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from data.sample.bank import SampleBank

HIDDEN_SHARE = 5


@dataclass(frozen=True, slots=True)
class Trial:
    kinds: NDArray[np.object_]
    attributes: NDArray[np.float64]
    visible: NDArray[np.bool_]
    clients: NDArray[np.int64]
    hidden: NDArray[np.int64]

    def first_hits(self, scores: NDArray[np.float64]) -> float:
        """Share of hidden products ranked first among those not visibly held."""
        ranked = np.where(self.visible[self.clients], -np.inf, scores)
        return float((ranked.argmax(axis=1) == self.hidden).mean())

    def popularity_within_kind(self) -> float:
        shares = {kind: self.visible[self.kinds == kind].mean(axis=0) for kind in set(self.kinds)}
        return self.first_hits(np.stack([shares[kind] for kind in self.kinds[self.clients]]))

    def model(self, *, attributes: bool, holdings: bool) -> float:
        """First hits of a model that is shown the attributes, the other holdings, or both."""
        rows, targets = np.nonzero(self.visible)
        others = self.visible[rows].astype(np.float64)
        others[np.arange(len(rows)), targets] = 0
        shown = np.hstack([self.attributes[rows] * attributes, others * holdings])
        held = self.visible[self.clients].astype(np.float64)
        asked = np.hstack([self.attributes[self.clients] * attributes, held * holdings])
        model = LogisticRegression(C=0.1, max_iter=100, tol=1e-3).fit(shown, targets)
        scores = np.full((len(self.clients), self.visible.shape[1]), -1e9)
        scores[:, model.classes_] = model.predict_log_proba(asked)
        return self.first_hits(scores)


@pytest.fixture(scope="module")
def trial(bank: SampleBank) -> Trial:
    rng = np.random.default_rng(5)
    ids = bank.clients["client_id"].tolist()
    held = bank.holdings[bank.holdings["closed_on"].isna()]
    table = pd.crosstab(held["client_id"], held["product_id"]).reindex(ids, fill_value=0)
    visible = table.to_numpy() > 0
    several = np.flatnonzero(visible.sum(axis=1) >= 2)
    clients = rng.choice(several, len(ids) // HIDDEN_SHARE, replace=False)
    hidden = np.array([rng.choice(np.flatnonzero(visible[row])) for row in clients])
    visible[clients, hidden] = False
    kinds = bank.clients["kind"].to_numpy(dtype=object)
    return Trial(kinds, attribute_table(bank), visible, clients, hidden)


def attribute_table(bank: SampleBank) -> NDArray[np.float64]:
    """One column an attribute value, numbers in five bands; nothing that names the client."""
    clients = bank.clients.set_index("client_id")[["kind", "grade", "region", "risk_grade"]]
    firms = bank.corporate.set_index("client_id")
    firms = firms.drop(columns=["shareholders", "executives", "founded_on"])
    frame = clients.join(firms).join(bank.personal.set_index("client_id"))
    columns: list[pd.DataFrame] = []
    for name in frame:
        numbers = pd.to_numeric(frame[name], errors="coerce")
        banded = pd.qcut(numbers, 5, duplicates="drop") if numbers.notna().any() else frame[name]
        columns.append(pd.get_dummies(banded.astype(str), prefix=str(name)))
    return pd.concat(columns, axis=1).to_numpy(dtype=np.float64)


@pytest.fixture(scope="module")
def learned(trial: Trial) -> float:
    return trial.model(attributes=True, holdings=True)


def test_popularity_finds_some_but_far_fewer_than_a_model(trial: Trial, learned: float) -> None:
    popular = trial.first_hits(np.tile(trial.visible.mean(axis=0), (len(trial.clients), 1)))
    assert 0.2 <= popular <= 0.45
    assert learned >= popular + 0.15


def test_knowing_the_kind_of_client_is_not_all_there_is(trial: Trial, learned: float) -> None:
    assert learned >= trial.popularity_within_kind() + 0.05


def test_attributes_alone_tell_something(trial: Trial) -> None:
    found = trial.model(attributes=True, holdings=False)
    assert found >= trial.popularity_within_kind() + 0.03


def test_other_holdings_alone_tell_something(trial: Trial) -> None:
    found = trial.model(attributes=False, holdings=True)
    assert found >= trial.popularity_within_kind() + 0.03


def test_the_task_keeps_its_share_of_chance(learned: float) -> None:
    assert 0.5 <= learned <= 0.75
