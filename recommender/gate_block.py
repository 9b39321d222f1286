"""The gate for a block of clients at once: arrays in, one code a client and product out.

Each rule is a few comparisons of whole columns, and only for the products it concerns. The
answer is that of `recommender.gate.held_back` for every pair; a test holds both together.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from recommender.cases import ClientCase, ProductFacts
from recommender.gate import risk_step
from recommender.gate_rules import USUAL, GateRules, Rule
from recommender.identifiers import Identifiers

MAY_BE_OFFERED = 0
_NEVER = np.iinfo(np.int64).max
_UNKNOWN_BALANCE = -1
_NO_QUESTIONNAIRE, _UNREADABLE = -1, 0

type Bools = NDArray[np.bool_]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClientBlock:
    """What the gate must know of many clients, a row each; days are proleptic ordinals.

    Attributes
    ----------
    kinds, branches, regions
        Text, shape (clients,); "" where not known.
    risk_grades
        1 to 5, 0 where a grade cannot be read, −1 where there is no questionnaire.
    risk_expires
        Last valid day; the largest integer where there is no expiry.
    balances
        Fen; −1 where not known.
    held
        Shape (clients, held_ids).
    licences
        By code, shape (clients,) each; a code that is absent nobody holds.
    quiet_until
        By product, shape (clients,) each: last quiet day, 0 where there is none.
    withheld
        By product, shape (clients,) each.
    attributes
        By name, shape (clients,) each, for the bank's own limits.
    """

    kinds: NDArray[np.str_]
    branches: NDArray[np.str_]
    regions: NDArray[np.str_]
    do_not_contact: Bools
    risk_grades: Ints
    risk_expires: Ints
    balances: Ints
    held: Bools
    held_ids: Identifiers
    licences: Mapping[str, Bools] = field(default_factory=dict)
    quiet_until: Mapping[str, Ints] = field(default_factory=dict)
    withheld: Mapping[str, Bools] = field(default_factory=dict)
    attributes: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    _others: dict[str, Bools] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.kinds)

    def other_than(self, kind: str) -> Bools:
        """Tell which clients are of another type, shape (clients,); compared once a type."""
        if kind not in self._others:
            self._others[kind] = self.kinds != kind
        return self._others[kind]

    @classmethod
    def of(cls, cases: Sequence[ClientCase], products: Sequence[ProductFacts]) -> Self:
        """Put single cases into a block that answers for these products."""
        named = {product.product_id for product in products}
        held_ids = Identifiers(tuple(sorted(named.union(*(p.requires for p in products)))))
        held = np.zeros((len(cases), len(held_ids)), dtype=np.bool_)
        for row, case in enumerate(cases):
            columns = held_ids.rows(case.held)
            held[row, columns[columns >= 0]] = True
        return cls(
            kinds=_texts(case.kind for case in cases),
            branches=_texts(case.branch_id for case in cases),
            regions=_texts(case.region for case in cases),
            do_not_contact=np.array([case.do_not_contact for case in cases], dtype=np.bool_),
            risk_grades=np.array([_grade(case.risk_grade) for case in cases], dtype=np.int64),
            risk_expires=np.array([_last_day(case) for case in cases], dtype=np.int64),
            balances=np.array(
                [_UNKNOWN_BALANCE if c.balance is None else c.balance for c in cases],
                dtype=np.int64,
            ),
            held=held,
            held_ids=held_ids,
            licences={
                code: np.array([code in case.licences for case in cases], dtype=np.bool_)
                for code in {code for case in cases for code in case.licences}
            },
            quiet_until={
                name: np.array(
                    [c.quiet[name].until.toordinal() if name in c.quiet else 0 for c in cases],
                    dtype=np.int64,
                )
                for name in {name for case in cases for name in case.quiet}
            },
            withheld={
                name: np.array([name in case.withheld for case in cases], dtype=np.bool_)
                for name in {name for case in cases for name in case.withheld}
            },
            attributes={
                name: np.array([case.attributes.get(name) for case in cases], dtype=object)
                for name in {name for case in cases for name in case.attributes}
            },
        )


def gate_block(
    block: ClientBlock,
    products: Sequence[ProductFacts],
    today: date,
    rules: GateRules = USUAL,
) -> NDArray[np.int8]:
    """Gate every product for every client of a block.

    Returns
    -------
    array of int8, shape (clients, products)
        `MAY_BE_OFFERED`, or 1 + the position in ``rules.codes`` of the first rule broken.
    """
    stopped = np.zeros((len(products), len(block)), dtype=np.int8)  # a product's row is contiguous
    known: dict[tuple[Rule, Hashable], _Broken] = {}
    for column, product in zip(stopped, products, strict=True):
        for number, limit in reversed(list(enumerate(rules.limits, start=len(rules.order) + 1))):
            if product.product_id in limit.products:
                _put(column, ~limit.need.met_by(block.attributes, len(block)), number)
        for number, rule in reversed(list(enumerate(rules.order, start=1))):
            alike = rule, _ALIKE[rule](product)
            if alike not in known:
                known[alike] = _BROKEN[rule](block, product, today)
            broken = known[alike]
            if broken is not None:
                _put(column, broken, number)
    return stopped.T


def _put(column: NDArray[np.int8], broken: Bools | bool, number: int) -> None:
    """Set a column's code where a rule is broken; many times as fast as by a mask index."""
    column += np.asarray(broken, dtype=np.bool_).view(np.int8) * (np.int8(number) - column)


type _Broken = Bools | None
"""Which clients break a rule; None where the rule does not concern the product."""


def _already_held(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return _holds(block, product.product_id)


def _client_kind(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return None if product.client_kind is None else block.other_than(product.client_kind)


def _do_not_contact(block: ClientBlock, _product: ProductFacts, _today: date) -> _Broken:
    return block.do_not_contact


def _place(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    if not product.branches and not product.regions:
        return None
    outside = np.zeros(len(block), dtype=np.bool_)
    for places, own in ((product.branches, block.branches), (product.regions, block.regions)):
        if places:
            outside |= ~np.isin(own, places)
    return outside


def _sales_window(block: ClientBlock, product: ProductFacts, today: date) -> _Broken:
    begins = product.sold_from is None or today >= product.sold_from
    lasts = product.sold_until is None or today <= product.sold_until
    return None if begins and lasts else _everybody(block)


def _quota(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return None if product.quota is None or product.taken < product.quota else _everybody(block)


def _requires_product(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    if not product.requires:
        return None
    held = [_holds(block, needed) for needed in product.requires]
    return np.asarray(~np.logical_and.reduce(held), dtype=np.bool_)


def _licence(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    if product.licence is None:
        return None
    held = block.licences.get(product.licence)
    return _everybody(block) if held is None else ~held


def _balance_floor(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return None if product.balance_floor is None else block.balances < product.balance_floor


def _questionnaire_missing(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return None if product.risk_level is None else block.risk_grades == _NO_QUESTIONNAIRE


def _questionnaire_expired(block: ClientBlock, product: ProductFacts, today: date) -> _Broken:
    if product.risk_level is None:
        return None
    expired = block.risk_expires < today.toordinal()
    return np.asarray(expired & (block.risk_grades != _NO_QUESTIONNAIRE), dtype=np.bool_)


def _suitability_risk(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    if product.risk_level is None:
        return None
    asked: Bools = block.risk_grades != _NO_QUESTIONNAIRE
    level = risk_step("R", product.risk_level)
    too_low = asked if level is None else asked & (block.risk_grades < level)
    return np.asarray(too_low, dtype=np.bool_)


def _quiet_period(block: ClientBlock, product: ProductFacts, today: date) -> _Broken:
    until = block.quiet_until.get(product.product_id)
    return None if until is None else until >= today.toordinal()


def _control_group(block: ClientBlock, product: ProductFacts, _today: date) -> _Broken:
    return block.withheld.get(product.product_id)


_BROKEN: Mapping[Rule, Callable[[ClientBlock, ProductFacts, date], _Broken]] = {
    Rule.ALREADY_HELD: _already_held,
    Rule.CLIENT_KIND: _client_kind,
    Rule.DO_NOT_CONTACT: _do_not_contact,
    Rule.PLACE: _place,
    Rule.SALES_WINDOW: _sales_window,
    Rule.QUOTA: _quota,
    Rule.REQUIRES_PRODUCT: _requires_product,
    Rule.LICENCE: _licence,
    Rule.BALANCE_FLOOR: _balance_floor,
    Rule.QUESTIONNAIRE_MISSING: _questionnaire_missing,
    Rule.QUESTIONNAIRE_EXPIRED: _questionnaire_expired,
    Rule.SUITABILITY_RISK: _suitability_risk,
    Rule.QUIET_PERIOD: _quiet_period,
    Rule.CONTROL_GROUP: _control_group,
}


_ALIKE: Mapping[Rule, Callable[[ProductFacts], Hashable]] = {
    Rule.CLIENT_KIND: lambda product: product.client_kind,
    Rule.DO_NOT_CONTACT: lambda _: None,
    Rule.PLACE: lambda product: (product.branches, product.regions),
    Rule.REQUIRES_PRODUCT: lambda product: product.requires,
    Rule.LICENCE: lambda product: product.licence,
    Rule.BALANCE_FLOOR: lambda product: product.balance_floor,
    Rule.QUESTIONNAIRE_MISSING: lambda product: product.risk_level is None,
    Rule.QUESTIONNAIRE_EXPIRED: lambda product: product.risk_level is None,
    Rule.SUITABILITY_RISK: lambda product: product.risk_level,
} | {
    rule: lambda product: product.product_id
    for rule in (
        Rule.ALREADY_HELD,
        Rule.SALES_WINDOW,
        Rule.QUOTA,
        Rule.QUIET_PERIOD,
        Rule.CONTROL_GROUP,
    )
}
"""What products of one answer to a rule have in common: each is worked out once a block."""


def _holds(block: ClientBlock, product_id: str) -> Bools:
    [column] = block.held_ids.rows([product_id])
    if column < 0:
        return np.zeros(len(block), dtype=np.bool_)
    return np.asarray(block.held[:, column])


def _everybody(block: ClientBlock) -> Bools:
    return np.ones(len(block), dtype=np.bool_)


def _texts(values: Iterable[str | None]) -> NDArray[np.str_]:
    return np.array([value or "" for value in values], dtype=np.str_)


def _grade(code: str | None) -> int:
    if not code:
        return _NO_QUESTIONNAIRE
    step = risk_step("C", code)
    return _UNREADABLE if step is None else step


def _last_day(case: ClientCase) -> int:
    return _NEVER if case.risk_expires_on is None else case.risk_expires_on.toordinal()
