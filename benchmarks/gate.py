"""The gate over a million invented clients at once, against one client after the other.

Run ``python -m benchmarks.gate [CLIENTS]``. Prints the seconds of the block, and how many times as
fast it is as the single form on the same clients and products.
"""

import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter

import numpy as np

from recommender.cases import ClientCase, ProductFacts
from recommender.gate import held_back
from recommender.gate_block import ClientBlock, gate_block
from recommender.identifiers import Identifiers

TODAY = date(2026, 11, 25)
PRODUCTS = 26
SINGLE = 2_000
IDS = tuple(f"P{number:02}" for number in range(PRODUCTS))


def main(clients: int) -> None:
    """Measure both forms and print the figures."""
    facts = [_product(number) for number in range(PRODUCTS)]
    block = _block(clients, np.random.default_rng(0))
    whole = _seconds(lambda: gate_block(block, facts, TODAY))
    cases = [_case(number) for number in range(SINGLE)]
    single = _seconds(lambda: [held_back(case, fact, TODAY) for case in cases for fact in facts])
    ratio = (single / SINGLE) / (whole / clients)
    print(f"block of {clients} clients x {PRODUCTS} products: {whole:.2f} s")
    print(f"one after the other: {ratio:.0f} times as long for each client")


def _product(number: int) -> ProductFacts:
    return ProductFacts(
        product_id=IDS[number],
        client_kind=(None, "personal", "corporate")[number % 3],
        risk_level=(None, "R2", "R4")[number % 3],
        requires=(IDS[0],) if number % 5 == 1 else (),
        licence="trade" if number % 7 == 0 else None,
        balance_floor=100_000 if number % 6 == 0 else None,
    )


def _case(number: int) -> ClientCase:
    kind = ("personal", "corporate")[number % 2]
    held = (IDS[number % PRODUCTS],)
    return ClientCase(f"k{number}", {}, held, kind, f"C{number % 5 + 1}", TODAY, balance=number)


def _block(clients: int, rng: np.random.Generator) -> ClientBlock:
    day = TODAY.toordinal()
    return ClientBlock(
        kinds=rng.choice(np.array(["personal", "corporate"]), clients),
        branches=np.full(clients, "B01"),
        regions=np.full(clients, ""),
        do_not_contact=rng.random(clients) < 0.01,
        risk_grades=rng.integers(-1, 6, clients),
        risk_expires=rng.integers(day - 400, day + 400, clients),
        balances=rng.integers(0, 1_000_000, clients),
        held=rng.random((clients, PRODUCTS)) < 0.1,
        held_ids=Identifiers(IDS),
        licences={"trade": rng.random(clients) < 0.3},
        quiet_until={IDS[3]: rng.integers(day - 90, day + 90, clients)},
    )


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
