"""A whole book of clients at once: chances, gate and values side by side.

From one such table come the list of whom to contact first, a product's clients by expected
value, and how far each product has penetrated.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray

from recommender.cases import ClientCase, ProductFacts
from recommender.gate_block import MAY_BE_OFFERED, ClientBlock, gate_block
from recommender.gate_rules import GateRules
from recommender.ranking import chance_table
from recommender.trained import TrainedModel
from recommender.values import Values
from recommender.views import view_clients


@dataclass(frozen=True, slots=True)
class Book:
    """Every client of a book against every product; rows are clients, columns products.

    Attributes
    ----------
    stops
        Codes of `recommender.gate_block.gate_block`, shape (clients, products).
    chances
        0 to 1, shape (clients, products); 0 for products the model does not know.
    values
        Yearly value of a sale in fen, shape (clients, products).
    """

    cases: tuple[ClientCase, ...]
    products: tuple[ProductFacts, ...]
    stops: NDArray[np.int8]
    chances: NDArray[np.float64]
    values: NDArray[np.int64]

    @property
    def open(self) -> NDArray[np.bool_]:
        """Where the gate lets the product be offered, shape (clients, products)."""
        return np.asarray(self.stops == MAY_BE_OFFERED)

    @property
    def expected(self) -> NDArray[np.float64]:
        """Chance × value where the product may be offered, 0 elsewhere, in fen."""
        return np.where(self.open, self.chances * self.values, 0.0)


@dataclass(frozen=True, slots=True)
class Action:
    """One call worth making: a client, a product, what to expect of it."""

    client_id: str
    product_id: str
    chance: float
    value: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """Whom to contact first, one action a client.

    Attributes
    ----------
    most_of_one_product
        So many entries at most were allowed of one product.
    set_back
        Clients whose best product had taken its share already, so that they got their next best
        or none.
    hopeless
        Clients with no product of a chance worth a call.
    """

    actions: tuple[Action, ...]
    most_of_one_product: int
    set_back: int
    hopeless: int


@dataclass(frozen=True, slots=True)
class Penetration:
    """How far a product has come in a book.

    Attributes
    ----------
    eligible
        Clients of a kind that may hold it.
    holders
        Of these, those who do.
    open
        Clients it may be offered to today, and would not be hopeless.
    expected_sales, expected_value
        Sum of their chances, and of chance × value in fen.
    """

    product_id: str
    eligible: int
    holders: int
    open: int
    expected_sales: float
    expected_value: float

    @property
    def share(self) -> float:
        """Holders of those eligible; 0 without any."""
        return self.holders / self.eligible if self.eligible else 0.0


def open_book(
    trained: TrainedModel,
    cases: Sequence[ClientCase],
    products: Mapping[str, ProductFacts],
    values: Values,
    today: date,
    rules: GateRules,
) -> Book:
    """Put a book together."""
    facts = tuple(products.values())
    stops = gate_block(ClientBlock.of(cases, facts), facts, today, rules)
    known = trained.model.products.rows([fact.product_id for fact in facts])
    table = chance_table(trained, view_clients(trained.model, cases), products)
    chances = np.zeros((len(cases), len(facts)))
    chances[:, known >= 0] = table[:, known[known >= 0]]
    unknown_code = len(rules.codes) + 1
    stops[:, known < 0] = np.where(
        stops[:, known < 0] == MAY_BE_OFFERED, unknown_code, stops[:, known < 0]
    )
    worth = np.array(
        [[values.of(fact.product_id, case.attributes) for fact in facts] for case in cases],
        dtype=np.int64,
    ).reshape(len(cases), len(facts))
    return Book(tuple(cases), facts, stops, chances, worth)


def contact_first(book: Book, values: Values, limit: int) -> Worklist:
    """Choose one action a client by chance × value, no product taking more than its share.

    Pairs are taken in order of expected value; a client once, a product up to its cap. Of equal
    worth the lower client number goes first, so that the same book gives the same list.
    """
    cap = max(1, ceil(limit * values.most_of_one_product))
    worth = np.where(book.chances >= values.hopeless_below, book.expected, 0.0)
    rows, columns = np.nonzero(worth > 0)
    names = np.array([case.client_id for case in book.cases], dtype=np.str_)
    order = np.lexsort((columns, names[rows] if len(names) else rows, -worth[rows, columns]))
    taken: Counter[int] = Counter()
    done: set[int] = set()
    waiting: set[int] = set()
    actions: list[Action] = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if len(actions) == limit:
            break
        if row in done:
            continue
        if taken[column] == cap:
            waiting.add(row)
            continue
        taken[column] += 1
        done.add(row)
        actions.append(_action(book, row, column))
    return Worklist(
        actions=tuple(actions),
        most_of_one_product=cap,
        set_back=len(waiting),
        hopeless=len(book.cases) - len(set(rows.tolist())),
    )


def by_expected_value(book: Book, product_id: str, values: Values) -> tuple[list[Action], int]:
    """Rank the clients a product may be offered to by chance × value.

    Returns
    -------
    actions, hopeless
        Best first, and how many more were left out for a chance below `hopeless_below`.
    """
    column = [fact.product_id for fact in book.products].index(product_id)
    rows = np.flatnonzero(book.open[:, column])
    worth_it = rows[book.chances[rows, column] >= values.hopeless_below]
    names = np.array([book.cases[row].client_id for row in worth_it], dtype=np.str_)
    order = np.lexsort((names, -book.expected[worth_it, column]))
    return [_action(book, int(row), column) for row in worth_it[order]], len(rows) - len(worth_it)


def penetration(book: Book, values: Values) -> list[Penetration]:
    """Measure every product of the book, the one of most expected value first."""
    kinds = np.array([case.kind for case in book.cases], dtype=np.str_)
    hopeful = book.open & (book.chances >= values.hopeless_below)
    found: list[Penetration] = []
    for column, fact in enumerate(book.products):
        held = np.array([fact.product_id in case.held for case in book.cases], dtype=np.bool_)
        may = held | (fact.client_kind is None) | (kinds == (fact.client_kind or ""))
        chosen = hopeful[:, column]
        found.append(
            Penetration(
                product_id=fact.product_id,
                eligible=int(may.sum()),
                holders=int(held.sum()),
                open=int(chosen.sum()),
                expected_sales=float(book.chances[chosen, column].sum()),
                expected_value=float(book.expected[chosen, column].sum()),
            )
        )
    return sorted(found, key=lambda row: (-row.expected_value, row.product_id))


def _action(book: Book, row: int, column: int) -> Action:
    return Action(
        client_id=book.cases[row].client_id,
        product_id=book.products[column].product_id,
        chance=float(book.chances[row, column]),
        value=int(book.values[row, column]),
    )
