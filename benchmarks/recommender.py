"""Training with the final stage, and one recommendation; `benchmarks.scoring` scores many.

Run: ``python -m benchmarks.recommender``. Everything is invented.
"""

from datetime import UTC, date, datetime
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from recommender.cases import ClientCase, ProductFacts
from recommender.dataset import Dataset
from recommender.fitting import fit
from recommender.peers import find_peers
from recommender.readiness import find_readiness
from recommender.recommend import recommend
from recommender.settings import Settings
from recommender.trained import ModelCard, TrainedModel

TRAINED_ON = 30_000
PRODUCTS = 21
INDICATORS = 32
ASKED = 300
TOP = 5
TODAY = date(2026, 11, 20)


def invented(clients: int, products: int, seed: int) -> Dataset:
    """Strings, dates, gaps and high cardinality; tastes follow attributes and other holdings."""
    rng = np.random.default_rng(seed)
    age = rng.gamma(6, 7, clients).clip(18, 95).round()
    segment = rng.choice(["top", "private", "student"], clients, p=[0.1, 0.6, 0.3])
    channel = rng.choice([f"K{n:03d}" for n in range(160)], clients)
    income = np.exp(rng.normal(11, 0.6, clients)).round(2)
    since = pd.Timestamp("2000-01-01") + pd.to_timedelta(rng.integers(0, 9000, clients), "D")
    balance = np.exp(rng.normal(8, 2, clients)).round(2)
    traits = np.stack(
        [(age - 45) / 18, np.log(income) - 11, segment == "top", np.log(balance) / 4 - 2], axis=1
    ).astype(float)
    base = np.sort(rng.normal(-3.0, 1.2, products))[::-1]
    wish = base + traits @ rng.normal(0, 0.8, (4, products))
    wish += rng.normal(0, 1, (clients, 3)) @ rng.normal(0, 0.8, (3, products))
    held = rng.random((clients, products)) < 1 / (1 + np.exp(-wish))
    held[np.arange(clients), rng.choice(4, clients)] = True
    rows, columns = np.nonzero(held)
    table = pd.DataFrame(
        {
            "client_id": [f"c{n}" for n in range(clients)],
            "kind": rng.choice(["personal", "corporate"], clients),
            "age": age,
            "segment": np.where(rng.random(clients) < 0.05, None, segment),
            "channel": channel,
            "income": np.where(rng.random(clients) < 0.2, np.nan, income),
            "since": since.strftime("%Y-%m-%d"),
            "balance": balance,
        }
    )
    for number in range(INDICATORS):
        table[f"indicator_{number:02d}"] = np.exp(rng.normal(5, 1, clients)).round(2)
    pairs = pd.DataFrame(
        {
            "client_id": table["client_id"].to_numpy()[rows],
            "product_id": [f"p{n:02d}" for n in columns],
        }
    )
    catalogue = pd.DataFrame({"product_id": [f"p{n:02d}" for n in range(products)]})
    return Dataset.of(table, pairs, catalogue)


def train(data: Dataset) -> TrainedModel:
    """Train, and print how long it took."""
    wall, cpu = perf_counter(), process_time()
    model = fit(data, 0)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    print(f"fit of {len(data.client_ids)} clients x {len(data.product_ids)} products, final stage")
    print(f"  {wall:.1f} s, {cpu:.1f} s of processor")
    card = ModelCard("bench", datetime.now(UTC), 0, Settings(), "", 0, 0, ())
    peers = find_peers(data, model, 0, Settings().most_peers)
    return TrainedModel(model, peers, find_readiness(data), card)


def one_at_a_time(trained: TrainedModel, data: Dataset) -> None:
    """Print the time of a recommendation with reasons, peers and gate."""
    products = trained.model.products.ids
    facts = {
        name: ProductFacts(name, risk_level="R2" if number % 3 == 0 else None)
        for number, name in enumerate(products)
    }
    holdings = data.holdings.groupby("client_id")["product_id"].agg(tuple)
    cases = [
        ClientCase(str(name), row.to_dict(), holdings[name], str(row["kind"]), "C3", TODAY)
        for name, row in data.clients.iloc[:ASKED].iterrows()
    ]
    times = []
    for case in cases:
        started = perf_counter()
        recommend(trained, case, facts, TODAY, TOP)
        times.append(perf_counter() - started)
    print(f"one recommendation of {TOP} with reasons, peers and gate, {len(cases)} clients")
    middle, late = np.quantile(times, [0.5, 0.95]) * 1000
    print(f"  {middle:.2f} ms in the middle, {late:.2f} ms at 95 %")


def main() -> None:
    """Run both."""
    data = invented(TRAINED_ON, PRODUCTS, 0)
    one_at_a_time(train(data), data)


if __name__ == "__main__":
    main()
