"""All clients at once: 1,000,000 invented clients × 26 products, the top 5 with gate and chance.

Run: ``python -m benchmarks.scoring [CLIENTS]``. The rival is `LightFM.predict` with the same
factors and a sort of its scores, without a gate, on a part of the clients and scaled up. Figures
go to ``benchmarks/results/scoring.json``, with the load of the machine beside them.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import scipy.sparse as sp
from lightfm import LightFM
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks import scoring_data
from recommender.attributes import find_attributes
from recommender.baselines import popularity
from recommender.cases import ProductFacts
from recommender.contexts import leave_one_out
from recommender.crosses import Crosses, sources
from recommender.dataset import Dataset
from recommender.factors import fold, interactions, item_features
from recommender.identifiers import Identifiers
from recommender.model import ContextModel
from recommender.peers import find_peers
from recommender.readiness import find_readiness
from recommender.scoring.blocks import Block, Offer, score_block, score_contexts
from recommender.scoring.gating import gate_clients
from recommender.scoring.scorer import Scorer
from recommender.settings import Settings
from recommender.standing import find_standing
from recommender.trained import ModelCard, TrainedModel

CORES = 2
BLOCK = 50_000
ROUNDS = 3
TRAINED_ON = 4_000
PREDICTED = 100_000
RESULTS = Path(__file__).with_name("results") / "scoring.json"


type Encoded = tuple[Block, sp.csr_matrix]


def main(clients: int) -> None:
    """Measure, print and write the figures."""
    products = tuple(_facts())
    offer = Offer(products, scoring_data.TODAY, reasons=0)
    factors, scorer = _trained()
    blocks: list[tuple[Block, sp.csr_matrix]] = []
    encoding = 0.0
    for frame, holdings in scoring_data.blocks(clients, block=BLOCK):
        block = _block(frame, holdings, products)
        started = perf_counter()
        features = scorer.features(block.attributes, block.held)
        encoding += perf_counter() - started
        blocks.append((replace(block, attributes=pd.DataFrame(index=frame.index)), features))
    sample = _block(*next(scoring_data.blocks(BLOCK, block=BLOCK)), products)

    def ours(each: tuple[Block, sp.csr_matrix]) -> None:
        score_contexts(scorer, *each, offer)

    told = replace(offer, reasons=3)
    with threadpool_limits(1):
        one = _least(lambda: [ours(each) for each in blocks])
        two = _least(lambda: _spread(ours, blocks))
        reasoned = _least(lambda: _spread(lambda b: score_contexts(scorer, *b, told), blocks))
        raw = _least(lambda: [score_block(scorer, sample, offer)])
    predicted, difference = _rival(factors, scorer, blocks, clients)
    figures = {
        "clients": clients,
        "products": scoring_data.PRODUCTS,
        "attributes": scoring_data.CODES + scoring_data.NUMBERS,
        "cores": CORES,
        "ours_two_processes_seconds": two.wall,
        "ours_two_processes_cpu_seconds": two.cpu,
        "ours_one_thread_seconds": one.wall,
        "ours_one_thread_cpu_seconds": one.cpu,
        "with_reasons_two_processes_seconds": reasoned.wall,
        "with_reasons_two_processes_cpu_seconds": reasoned.cpu,
        "encoding_one_thread_seconds": encoding,
        "from_raw_columns_one_thread_cpu_seconds_scaled": raw.cpu * clients / BLOCK,
        "lightfm_predict_and_sort_seconds_scaled": predicted.wall,
        "lightfm_predict_and_sort_cpu_seconds_scaled": predicted.cpu,
        "lightfm_predicted_clients": min(PREDICTED, clients),
        "times_as_fast": predicted.wall / two.wall,
        "times_less_cpu": predicted.cpu / two.cpu,
        "largest_difference_of_scores": difference,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "load_average": os.getloadavg()[0],
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    figures = {k: round(v, 6) if isinstance(v, float) else v for k, v in figures.items()}
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("\n".join(f"{name:45} {value}" for name, value in figures.items()))


def _spread(work: Callable[[Encoded], object], blocks: list[Encoded]) -> None:
    """Score in two forked processes, which see the blocks without a copy; forking is counted."""
    halves = [blocks[place::CORES] for place in range(CORES)]
    forked = get_context("fork")
    others = [forked.Process(target=_all, args=(work, half)) for half in halves]
    for process in others:
        process.start()
    for process in others:
        process.join()
        assert process.exitcode == 0


def _all(work: Callable[[Encoded], object], blocks: list[Encoded]) -> None:
    for each in blocks:
        work(each)


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, and of processor time on all threads together."""

    wall: float
    cpu: float


def _used() -> float:
    """Processor seconds of this process and of those that have ended under it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _least(work: Callable[[], object]) -> Taken:
    """Take the least of a few rounds: what others on the machine do only ever adds."""
    rounds = []
    for _ in range(ROUNDS):
        started, used = perf_counter(), _used()
        work()
        rounds.append((perf_counter() - started, _used() - used))
    walls, cpus = zip(*rounds, strict=True)
    return Taken(min(walls), min(cpus))


def _rival(
    factors: LightFM, scorer: Scorer, blocks: list[tuple[Block, sp.csr_matrix]], clients: int
) -> tuple[Taken, float]:
    count, share = min(PREDICTED, clients), clients / min(PREDICTED, clients)
    features = sp.vstack([each for _, each in blocks[: -(-count // BLOCK)]]).tocsr()[:count]
    items = sp.identity(scoring_data.PRODUCTS, dtype=np.float32, format="csr")
    found: list[NDArray[np.float32]] = []

    def predict() -> None:
        users = np.repeat(np.arange(count, dtype=np.int32), scoring_data.PRODUCTS)
        products = np.tile(np.arange(scoring_data.PRODUCTS, dtype=np.int32), count)
        scores = factors.predict(
            users, products, item_features=items, user_features=features, num_threads=CORES
        ).reshape(count, -1)
        np.argsort(-scores, axis=1)[:, :5]
        found[:] = [scores]

    least = _least(predict)
    difference = float(np.abs(found[0] - scorer.scores(features)).max())
    return Taken(least.wall * share, least.cpu * share), difference


def _trained() -> tuple[LightFM, Scorer]:
    """Train LightFM on a few of the clients and fold it; without gauge, so scores compare."""
    frame, holdings = next(scoring_data.blocks(TRAINED_ON, seed=7, block=TRAINED_ON))
    dataset = Dataset.of(frame, holdings, scoring_data.products())
    held = dataset.held()
    space = find_attributes(dataset.clients)
    contexts = leave_one_out(held)
    features = sp.csr_matrix(
        sp.hstack([space.encode(dataset.clients)[contexts.clients], contexts.others])
    )
    holders = popularity(held)[0].astype(np.int64)
    items = item_features(sp.csr_matrix((scoring_data.PRODUCTS, 0)), holders)
    factors = LightFM(no_components=16, loss="warp", random_state=0)
    factors.fit(
        interactions(contexts, np.arange(scoring_data.PRODUCTS)),
        user_features=features,
        item_features=items,
        epochs=5,
    )
    settings = Settings()
    crosses = Crosses(sources(space, scoring_data.PRODUCTS), len(space.attributes))
    model = ContextModel(
        attributes=space,
        products=dataset.product_ids,
        crosses=crosses,
        scores=fold(factors, items),
        tilt=np.zeros(scoring_data.PRODUCTS),
        holders=holders,
        standing=find_standing(dataset, space, space.encode(dataset.clients)),
    )
    peers = find_peers(dataset, model, 0, 10)
    card = ModelCard("bench", datetime.now(UTC), 0, settings, "", TRAINED_ON, len(holdings), ())
    return factors, Scorer.of(TrainedModel(model, peers, find_readiness(dataset), card))


def _facts() -> list[ProductFacts]:
    return [
        ProductFacts(
            row.product_id,
            row.client_kind,
            row.risk_level if isinstance(row.risk_level, str) else None,
            (row.requires,) if isinstance(row.requires, str) else (),
        )
        for row in scoring_data.products().itertuples()
    ]


def _block(
    frame: pd.DataFrame, holdings: pd.DataFrame, products: tuple[ProductFacts, ...]
) -> Block:
    ids = Identifiers(tuple(product.product_id for product in products))
    clients = Identifiers(tuple(frame["client_id"]))
    rows, columns = clients.rows(holdings["client_id"]), ids.rows(holdings["product_id"])
    ones = np.ones(len(rows), dtype=np.float32)
    held = sp.csr_matrix((ones, (rows, columns)), shape=(len(clients), len(ids)))
    gate = gate_clients(frame, (ids, held.toarray() > 0), set())
    return Block(frame["client_id"].to_numpy(), frame, held, gate)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
