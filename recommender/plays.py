"""Plays: the trade's own selling rules, as data, measured beside the model.

A play says which clients are offered which products because bankers have always done so: large
settlement to e-banking, large savings to bonds. Where the model agrees, the play is a reason that
a manager knows; how often it is right is measured like any other method (`scores`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.baselines import popularity
from recommender.cases import ClientCase
from recommender.columns import Columns
from recommender.conditions import Condition, read_conditions
from recommender.dataset import Dataset
from recommender.rule_files import Entry, RuleFile

PLAYS_FILE = Path(__file__).with_name("content") / "plays.yml"

type Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Play:
    """One selling rule.

    Attributes
    ----------
    names
        What it is called, by language code.
    when
        Conditions on attributes, all of which must be met.
    holds
        Products that must be held.
    offers
        Products it offers to who does not hold them.
    steps
        Whether they are offered one after the other.
    """

    code: str
    names: Mapping[str, str]
    when: tuple[Condition, ...]
    holds: tuple[str, ...]
    offers: tuple[str, ...]
    steps: bool

    def offered(self, case: ClientCase) -> tuple[str, ...]:
        """Return what the play offers one client now; empty when it does not apply."""
        attributes = {Columns.KIND: case.kind, **case.attributes}
        if not set(self.holds) <= set(case.held):
            return ()
        if not all(condition.met(attributes) for condition in self.when):
            return ()
        open_to = tuple(product for product in self.offers if product not in case.held)
        return open_to[:1] if self.steps else open_to


def load_plays(path: Path = PLAYS_FILE) -> tuple[Play, ...]:
    """Read a file of plays.

    Raises
    ------
    RulesRefused
        With every fault, by file and line.
    """
    file = RuleFile(path)
    whole = file.open()
    whole.only("plays")
    plays = tuple(_play(entry) for entry in whole.entries("plays"))
    codes = [play.code for play in plays]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        whole.fault("plays", code, "is the code of two plays")
    file.close()
    return plays


def agreeing(plays: Sequence[Play], case: ClientCase) -> dict[str, str]:
    """Return the products that plays offer a client, with the first play that does."""
    found: dict[str, str] = {}
    for play in plays:
        for product in play.offered(case):
            found.setdefault(product, play.code)
    return found


def scores(plays: Sequence[Play], dataset: Dataset) -> NDArray[np.float64]:
    """Score as the plays would have it: what one offers first, all else by popularity.

    Returns
    -------
    array, shape (clients, products)
        The share of holders of each product, plus 1 where some play offers it.
    """
    held = dataset.held().toarray() > 0
    found = popularity(dataset.held()) / max(1, held.shape[0])
    for offered in (matches(play, dataset, held) for play in plays):
        found += (found < 1.0) & offered
    return np.asarray(found, dtype=np.float64)


def fits(plays: Sequence[Play], dataset: Dataset) -> bool:
    """Tell whether some play can be asked of a dataset: it has all that the play goes by.

    That is, every attribute of its conditions, every product it wants held, and one it offers.
    """
    attributes, products = set(dataset.clients.columns), set(dataset.product_ids.ids)
    return any(
        {condition.attribute for condition in play.when} <= attributes
        and set(play.holds) <= products
        and bool(products.intersection(play.offers))
        for play in plays
    )


def matches(play: Play, dataset: Dataset, held: Bools) -> Bools:
    """Tell which products a play offers which clients of a dataset, shape (clients, products)."""
    rows = len(dataset.client_ids)
    columns = {str(name): dataset.clients[name].to_numpy() for name in dataset.clients.columns}
    meant = np.ones(rows, dtype=np.bool_)
    for condition in play.when:
        meant &= condition.met_by(columns, rows)
    for needed in dataset.product_ids.rows(play.holds):
        meant &= held[:, needed] if needed >= 0 else False
    offered = np.zeros_like(held)
    for product in dataset.product_ids.rows(play.offers):
        if product < 0:
            continue
        offered[:, product] = meant & ~held[:, product]
        if play.steps:
            meant = meant & held[:, product]
    return offered


def _play(entry: Entry) -> Play:
    entry.only("code", "zh", "en", "when", "holds", "offers", "steps")
    if not entry.has("when") and not entry.has("holds"):
        entry.fault("when", "", "or holds must say whom the play is for")
    return Play(
        code=entry.text("code"),
        names={"zh": entry.text("zh"), "en": entry.text("en")},
        when=read_conditions(list(entry.entries("when"))),
        holds=entry.words("holds"),
        offers=entry.words("offers", required=True),
        steps=entry.choice("steps", _yes_or_no, default=False),
    )


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "true": True, "no": False, "false": False}[text.lower()]
