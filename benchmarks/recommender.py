"""Training, one recommendation, and a block of clients against LightFM's own prediction.

Run: ``python -m benchmarks.recommender [CLIENTS]``. Everything is invented.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import scipy.sparse as sp
from lightfm import LightFM
from numpy.typing import NDArray

from recommender.cases import ClientCase, ProductFacts
from recommender.dataset import Dataset
from recommender.factors import item_features
from recommender.fitting import fit
from recommender.model import ContextModel, score_block
from recommender.peers import find_peers
from recommender.readiness import find_readiness
from recommender.recommend import recommend
from recommender.settings import Settings
from recommender.trained import ModelCard, TrainedModel

TRAINED_ON = 30_000
PRODUCTS = 21
INDICATORS = 32
ASKED = 300
BLOCK = 50_000
THREADS = 2
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


def in_blocks(trained: TrainedModel, data: Dataset, clients: int) -> None:
    """Print the time for the top five of many clients, and for LightFM's predict and a sort."""
    model, products = trained.model, len(trained.model.products)
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, len(data.client_ids), clients)
    encoded = model.attributes.encode(data.clients)[drawn]
    held = data.held()[drawn]
    allowed = rng.random((clients, products)) < 0.8
    blocks = [slice(start, start + BLOCK) for start in range(0, clients, BLOCK)]
    started = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda b: best(model, encoded[b], held[b], allowed[b]), blocks))
    ours = perf_counter() - started

    features = sp.csr_matrix(sp.hstack([encoded, held], dtype=np.float32))
    items = item_features(sp.csr_matrix((products, 0)), np.ones(products, dtype=np.int64))
    lightfm = LightFM(no_components=Settings().components, loss="warp", random_state=0)
    wanted = sp.coo_matrix(held[:2000])
    lightfm.fit(wanted, user_features=features[:2000], item_features=items, epochs=2)
    users, columns = np.repeat(np.arange(clients), products), np.tile(np.arange(products), clients)
    started = perf_counter()
    scores = lightfm.predict(
        users, columns, item_features=items, user_features=features, num_threads=THREADS
    )
    np.argsort(-scores.reshape(clients, products), axis=1)
    theirs = perf_counter() - started
    print(
        f"{clients} clients x {products} products, top {TOP} of what is allowed, {THREADS} threads"
    )
    print(f"  {ours:.2f} s; LightFM.predict and a sort {theirs:.2f} s: {theirs / ours:.1f} times")


def best(
    model: ContextModel, encoded: sp.csr_matrix, held: sp.csr_matrix, allowed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Best allowed products of a block of clients, shape (clients, 5)."""
    scores = score_block(model, model.features(encoded, held))
    scores[~allowed] = -np.inf
    top = np.argpartition(-scores, TOP - 1, axis=1)[:, :TOP]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1)
    return np.take_along_axis(top, order, axis=1)


def main(clients: int) -> None:
    """Run all three."""
    data = invented(TRAINED_ON, PRODUCTS, 0)
    trained = train(data)
    one_at_a_time(trained, data)
    in_blocks(trained, data, clients)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
